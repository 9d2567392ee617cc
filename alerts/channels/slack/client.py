"""A Slack client for the real API, or for a server that stands in for it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from slack_sdk import WebClient

from alerts.config import AlertConfig


def make_client(config: AlertConfig) -> WebClient:
    """Without the SDK's own retries: the outbox decides when something is sent again."""
    base = config.slack_api_url or WebClient.BASE_URL
    client = WebClient(
        token=config.slack_bot_token,
        base_url=base if base.endswith("/") else base + "/",
        timeout=max(1, round(config.timeout_s)),
        retry_handlers=[],
    )
    if _is_loopback(urlsplit(base).hostname or ""):
        client.proxy = None  # the SDK takes HTTPS_PROXY and knows no NO_PROXY
    return client


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
