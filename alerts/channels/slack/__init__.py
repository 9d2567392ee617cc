"""Slack: cards with buttons, one thread per alert."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.channels.recipe import Channel, Recipe
from alerts.config import AlertConfig

_ID = re.compile(r"[CGDU][A-Z0-9]{2,20}")


def _check(address: str) -> str:
    if _ID.fullmatch(address):
        return ""
    return _("Hãy ghi mã kênh của Slack, như C0123456789 (cuối trang chi tiết của kênh).")


def _open(config: AlertConfig) -> Channel | None:
    if not config.slack_bot_token:
        return None
    from alerts.channels.slack.transport import SlackChannel

    return SlackChannel(config)


RECIPE = Recipe(
    name="slack",
    label="Slack",
    address_label=gettext_lazy("Mã kênh"),
    kinds=frozenset({"first", "refire", "update", "state", "escalation", "digest", "notice"}),
    pace_s=1.0,
    check=_check,
    open=_open,
    unpaced=frozenset({"state"}),  # people press seldom, and look at the card afterwards
)
