"""Bytes to text, text to times, addresses to their one spelling. Pure functions."""
