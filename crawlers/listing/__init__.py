"""What a source lists: feeds, sitemaps and section pages. Bytes in, ``FoundLink`` records out."""

from crawlers.listing.feeds import FeedReading, read_feed
from crawlers.listing.sections import read_listing
from crawlers.listing.sitemaps import SitemapReading, read_sitemap

__all__ = ["FeedReading", "SitemapReading", "read_feed", "read_listing", "read_sitemap"]
