"""E-mail: HTML and text, one conversation per alert."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.channels.recipe import Channel, Recipe
from alerts.config import AlertConfig


def _check(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return _("Đây không phải địa chỉ thư điện tử.")
    return ""


def _open(config: AlertConfig) -> Channel | None:
    if not config.smtp_host or not config.mail_from:
        return None
    from alerts.channels.email.transport import EmailChannel

    return EmailChannel(config)


# A letter for every reprint would teach people to delete them: growth waits for real news.
RECIPE = Recipe(
    name="email",
    label=gettext_lazy("Thư điện tử"),
    address_label=gettext_lazy("Địa chỉ thư"),
    kinds=frozenset({"first", "refire", "escalation", "digest", "notice"}),
    pace_s=0.0,
    check=_check,
    open=_open,
)
