"""Builds briefings that somebody asked for, and the week's own at its cut-off."""
