"""Archived articles into the search index: the step that joins the archive to an engine."""
