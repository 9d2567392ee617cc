"""Measurements: figures and ratios against named peers, printed by ``make bench``. Never asserted."""
