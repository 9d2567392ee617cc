"""Elasticsearch index template, analysis and mappings as JSON files, and their loader."""
