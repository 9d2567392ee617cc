"""Housekeeping: what has to be done now and then so that the archive neither grows nor stalls."""
