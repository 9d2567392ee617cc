"""Pages and JSON API, one module per subject."""
