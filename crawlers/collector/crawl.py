"""Scrapy's crawler with the two things of ours that its components share."""

from __future__ import annotations

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from crawlers.collector.addresses import GuardedResolver
from crawlers.collector.hosts import HostGate


class Crawl(Crawler):
    """One crawl: ``gate`` keeps the manners, ``guard`` keeps us out of private networks."""

    def __init__(
        self, spider: type[Spider], settings: Settings, gate: HostGate, guard: GuardedResolver
    ) -> None:
        super().__init__(spider, settings)
        self.gate, self.guard = gate, guard


def crawl_of(crawler: Crawler) -> Crawl:
    """The crawler that Scrapy hands to a component, known to be ours."""
    if not isinstance(crawler, Crawl):
        raise TypeError("this component belongs to the collector and needs its Crawl")
    return crawler
