"""Watches for corrections and keeps deadlines up to date."""
