"""Scrapy's crawler with the two things of ours that its components share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings

if TYPE_CHECKING:
    from crawlers.collector.addresses import GuardedResolver
    from crawlers.collector.hosts import HostGate


class Crawl(Crawler):
    """One crawl. ``gate`` keeps the manners; ``guard`` is set when the resolver is installed."""

    guard: GuardedResolver

    def __init__(self, spider: type[Spider], settings: Settings, gate: HostGate) -> None:
        super().__init__(spider, settings)
        self.gate = gate


def crawl_of(crawler: Crawler) -> Crawl:
    """The crawler that Scrapy hands to a component, known to be ours."""
    if not isinstance(crawler, Crawl):
        raise TypeError("this component belongs to the collector and needs its Crawl")
    return crawler
