"""A made-up province with made-up outlets, served on loopback, so that a first run works anywhere."""
