"""The ways in which a headline can go beyond its article, one module each."""
