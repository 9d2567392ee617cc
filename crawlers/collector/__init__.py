"""The collector: one long-lived Scrapy crawl that fetches whatever a ``Desk`` deals out.

``collector`` runs the day, ``fetcher`` brings one address, ``hosts`` and ``robots`` keep the manners,
``addresses`` keeps us out of private networks, ``workshop`` does the reading in other processes.
"""
