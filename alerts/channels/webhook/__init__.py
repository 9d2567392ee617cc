"""A signed request to any service."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.channels.recipe import Channel, Recipe
from alerts.config import AlertConfig


def _check(address: str) -> str:
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
        parts.port  # noqa: B018  (raises)
    except ValueError:
        good = False
    return "" if good else _("Hãy ghi địa chỉ đầy đủ, bắt đầu bằng https://")


def _open(config: AlertConfig) -> Channel | None:
    if not config.webhook_secret:
        return None
    from alerts.channels.webhook.transport import WebhookChannel

    return WebhookChannel(config)


RECIPE = Recipe(
    name="webhook",
    label="Webhook",
    address_label=gettext_lazy("Địa chỉ (URL)"),
    kinds=frozenset({"first", "refire", "update", "state", "escalation", "digest", "notice"}),
    pace_s=0.0,
    check=_check,
    open=_open,
)
