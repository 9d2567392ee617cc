"""Article addresses that somebody outside names: they wait for the collector like any that a source lists."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from archive.models import Outlet, Page
from archive.sources import MAX_URL_BYTES
from archive.textform import collapsed


class HintRefused(Exception):
    """The address cannot be kept; the message says why (Vietnamese)."""


def note_hint(outlet: Outlet, url: str, *, title: str, now: datetime) -> tuple[Page, bool]:
    """The page of a clean address of ``outlet``, due now, and whether it is new.

    A page that is known already stays as it is: how often it is visited is not for others to say.
    Raises ``HintRefused``.
    """
    if len(url.encode()) > MAX_URL_BYTES:
        raise HintRefused(_("Địa chỉ dài quá %(max_url_bytes)s byte.") % {"max_url_bytes": MAX_URL_BYTES})
    page, created = Page.objects.select_related("article").get_or_create(
        url=url,
        defaults={"outlet": outlet, "found_at": now, "found_title": collapsed(title), "due_at": now},
    )
    return page, created
