"""Backup and restore: the database and the evidence. The search index is rebuilt, not kept."""
