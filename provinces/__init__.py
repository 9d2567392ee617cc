"""Provinces, their outlets and their figures, as data; and the loaders that check it.

The lowest room: it imports no other room. One folder per province, one shared list of central
outlets, and the national gazetteer. A new province or outlet is a file here, never code.
"""
