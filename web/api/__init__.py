"""The JSON API under /api/v1/: one module per subject, on the doors of the rooms below."""
