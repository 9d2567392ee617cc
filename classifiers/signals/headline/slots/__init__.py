"""Stretches of a title that its text fills otherwise: another number, name, role, direction, certainty.

Each finder proposes slots with features that say how well title and sentence match around the slot; a linear
model per kind (``model.py``) decides. docs/signals/slots.md is the model card.
"""
