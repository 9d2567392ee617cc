"""The first step: what the collector fetches goes into the archive, and what is due comes out of it."""
