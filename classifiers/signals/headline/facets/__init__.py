"""What a title says of a matter (dead, up, arrested, opened), against what its text says of the same matter.

Families of words hold states that exclude each other (``families.py``); boosted trees decide from how well
title and sentences match around them (``model.py``). docs/signals/facets.md is the model card.
"""
