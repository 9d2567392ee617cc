"""Collecting: feeds, sitemaps, section pages and article pages, fetched politely and extracted.

Takes jobs and gives typed records (see ``crawlers.records``). Knows no database: whoever runs the
collector hands it a ``Desk`` that deals out jobs and takes back readings.
"""
