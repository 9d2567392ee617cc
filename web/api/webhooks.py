"""Webhooks in: an address that the collector should visit, an alert that was acknowledged elsewhere."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from alerts import actions
from alerts.models import Alert
from archive.hints import HintRefused, note_hint
from archive.models import Outlet
from crawlers.errors import Unreadable
from crawlers.listing.sections import is_article
from crawlers.text.urls import DEFAULT_PORTS, clean_url, same_site
from web.api.access import token_of
from web.api.fields import Body, Line, RowNumber, Told
from web.api.once import answered
from web.api.problems import bad_field, not_found
from web.api.signing import HEADERS, Signed, delivery_of

router = Router(tags=["webhooks"])
MOST_OUTLETS = 5  # of one site


class HintBody(Body):
    """An article of an outlet that we follow. It is visited with the same manners as any other."""

    event: Literal["article.hint"]
    url: Line = Field(min_length=8, max_length=2000)
    title: Line = Field("", max_length=500)


class AcknowledgedBody(Body):
    """An alert that somebody took on in another program; the token's owner becomes its holder."""

    event: Literal["alert.acknowledged"]
    alert: RowNumber


Event = Annotated[HintBody | AcknowledgedBody, Field(discriminator="event")]


class ReceivedTold(Told):
    """What became of it. Of hints: ``state`` of the page and the article, once it was read."""

    event: str
    state: str
    created: bool = False
    url: str = ""
    outlet: str = ""
    article: int | None = None
    alert: int | None = None


@router.post(
    "/webhooks",
    response=ReceivedTold,
    summary="Receive an event",
    auth=Signed(),
    openapi_extra={"x-scope": str(Signed.scope), "parameters": HEADERS},
)
def receive_event(request: HttpRequest, body: Event) -> HttpResponse:
    """Signed (docs/api.md). The same delivery is done once and gives the same answer."""
    key = f"delivery:{delivery_of(request)}"
    if isinstance(body, HintBody):
        return answered(request, key, lambda: _hint(body))
    return answered(request, key, lambda: _acknowledge(request, body))


def _hint(body: HintBody) -> ReceivedTold:
    url = clean_url(body.url)
    if not url:
        raise bad_field("body.url", _("không phải địa chỉ http hoặc https"))
    outlet = _outlet_of(url)
    try:
        page, created = note_hint(outlet, url, title=body.title, now=timezone.now())
    except HintRefused as refused:
        raise bad_field("body.url", str(refused)) from refused
    return ReceivedTold(
        event=body.event,
        state=page.state,
        created=created,
        url=page.url,
        outlet=page.outlet_id,
        article=page.article_id,
    )


def _acknowledge(request: HttpRequest, body: AcknowledgedBody) -> ReceivedTold:
    if not Alert.objects.filter(pk=body.alert).exists():
        raise not_found()
    alert = actions.acknowledge(body.alert, by=token_of(request).owner, now=timezone.now())
    return ReceivedTold(event=body.event, state=alert.state, alert=alert.pk)


def _outlet_of(url: str) -> Outlet:
    """The active outlet that the address belongs to and whose rule knows it as an article."""
    mine = [row for row in Outlet.objects.filter(active=True) if _same_house(url, row.home)]
    if not mine:
        raise bad_field("body.url", _("không thuộc báo nào đang được theo dõi"))
    for outlet in mine[:MOST_OUTLETS]:
        try:
            if is_article(url, article_url=outlet.article_url):
                return outlet
        except Unreadable:
            continue  # the outlet's rule is at fault; the sources page says so
    raise bad_field("body.url", _("không giống địa chỉ của một bài trên báo này"))


def _same_house(url: str, home: str) -> bool:
    if not same_site(url, home):
        return False
    usual = set(DEFAULT_PORTS.values()) | {None, urlsplit(home).port}
    return urlsplit(url).port in usual
