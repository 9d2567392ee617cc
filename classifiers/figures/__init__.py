"""Figures: what an article states, compared with the register of official figures."""
