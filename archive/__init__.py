"""The truth: outlets, sources, articles, revisions, snapshots, findings and decisions.

Everything the program knows is a row here. The search index, the pages and the alerts are views
of these rows and can be rebuilt from them at any time.
"""
