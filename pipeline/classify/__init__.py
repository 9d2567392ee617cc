"""Archived text in, findings out: the step that joins the classifiers to the archive."""
