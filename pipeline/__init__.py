"""The steps of an article's way: collect, classify, index, alert.

The only room where crawlers, classifiers, archive, search and alerts meet. Each step picks up the
rows that wait for it, is idempotent, and may be killed at any moment.
"""
