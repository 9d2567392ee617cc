"""Text in, findings out: places, topics, figures and signals, each with its evidence spans.

Pure: no Django, no network, and no files but this room's own models and the data of ``provinces``.
"""
