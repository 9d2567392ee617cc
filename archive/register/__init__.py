"""The register of official figures: reading files, changing entries with history, candidates."""
