"""Measures the classifiers on the evaluation corpora."""
