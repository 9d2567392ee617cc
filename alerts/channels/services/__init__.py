"""Zalo, Telegram, Mattermost and others, through Apprise: text only, no buttons."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.channels.recipe import Channel, Recipe
from alerts.config import AlertConfig
from alerts.services import NAME


def _check(address: str) -> str:
    if NAME.fullmatch(address):
        return ""
    return _("Hãy ghi tên dịch vụ như đã đặt trong DIEMBAO_SERVICES (chữ thường, số, gạch nối).")


def _open(config: AlertConfig) -> Channel | None:
    if not config.services:
        return None
    from alerts.channels.services.transport import ServicesChannel

    return ServicesChannel(config)


# Such services edit no message and thread none: growth and state would be noise.
RECIPE = Recipe(
    name="services",
    label=gettext_lazy("Dịch vụ khác (Zalo, Telegram, Mattermost…)"),
    address_label=gettext_lazy("Tên dịch vụ"),
    kinds=frozenset({"first", "refire", "escalation", "digest"}),
    pace_s=1.0,
    check=_check,
    open=_open,
)
