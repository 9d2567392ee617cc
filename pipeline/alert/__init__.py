"""Indexed articles in, alerts out: the step that asks the rules."""
