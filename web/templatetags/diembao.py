"""Times with their honest precision, safe links, and numbers, for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import Article
from briefings.content import Sentence
from briefings.render.layout import Element
from crawlers.text.outward import outward
from web import audit_values, briefing_page, briefing_sentence, names, navigation, wording
from web.clock import VIETNAM
from web.figures import figure

register = template.Library()
register.filter("figure", figure)
register.filter("outward", outward)
register.filter("audit_details", audit_values.told)
register.filter("audit_subject", audit_values.subject)
register.filter("drawn", briefing_page.drawn)


@register.simple_tag(takes_context=True)
def menu_groups(context: template.Context) -> list[tuple[navigation.Text, list[navigation.Link]]]:
    """The groups of the menu for the person and the page of ``context``."""
    return navigation.menu(context["request"])


@register.simple_tag(takes_context=True)
def sentence(context: template.Context, said: Sentence) -> SafeString:
    """A sentence of a briefing in the editor whose ``editing`` is in ``context``."""
    return briefing_sentence.drawn(said, context["editing"], moment(said.at))


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """A time to the minute in Việt Nam, as ``<time>``; "" for none."""
    if at is None:
        return ""
    local = at.astimezone(VIETNAM)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), f"{local:%H:%M %d/%m/%Y}"
    )


@register.filter
def clock(at: datetime) -> SafeString:
    """The time of day in Việt Nam, for lists of one day."""
    local = at.astimezone(VIETNAM)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), f"{local:%H:%M}")


@register.filter
def day(value: date) -> SafeString:
    """A day, as ``<time>``."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), f"{value:%d/%m/%Y}")


@register.filter
def short_day(value: date) -> str:
    """A day without its year, for the ends of charts."""
    return f"{value:%d/%m}"


@register.filter
def published(article: Article) -> SafeString | str:
    """When an article was published, as exactly as its page says it and no more."""
    if article.published_at is None or article.published_precision == "unknown":
        return format_html('<span class="unsure">{}</span>', _("không rõ giờ đăng"))
    if article.published_precision == "day":
        local = article.published_at.astimezone(VIETNAM).date()
        return format_html('{} <span class="unsure">{}</span>', day(local), _("(trang chỉ ghi ngày)"))
    return moment(article.published_at)


@register.filter
def duration(seconds: float) -> str:
    """A time span in the largest fitting unit: "10 phút", "2 giờ"."""
    span = timedelta(seconds=max(0.0, seconds))
    if span < timedelta(minutes=1):
        count = round(span.total_seconds())
        return ngettext("%(count)d giây", "%(count)d giây", count) % {"count": count}
    if span < timedelta(hours=2):
        count = round(span.total_seconds() / 60)
        return ngettext("%(count)d phút", "%(count)d phút", count) % {"count": count}
    if span < timedelta(days=2):
        count = round(span.total_seconds() / 3600)
        return ngettext("%(count)d giờ", "%(count)d giờ", count) % {"count": count}
    count = span.days
    return ngettext("%(count)d ngày", "%(count)d ngày", count) % {"count": count}


@register.filter
def number(value: float | None) -> str:
    """A number as written in Việt Nam: 1.234 and 3,5."""
    if value is None:
        return ""
    text = f"{value:,.1f}" if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def percent(share: float | None) -> str:
    """A share in whole per cent: "83 %"; a dash for none."""
    return "–" if share is None else f"{100 * share:.0f}\u00a0%"


@register.filter
def share(value: float) -> str:
    """A number from 0 to 1 as people write it: "0,85"."""
    return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", ",")


@register.filter
def signal_name(code: str) -> str:
    """A signal's number and name."""
    return wording.signal_name(code)


@register.filter
def topic_name(code: str) -> str:
    """A topic's name."""
    return names.topic_name(code)


@register.filter
def lookup(table: Mapping[str, Any], key: str) -> Any:
    """``table[key]``, or the key itself."""
    return table.get(key, key)


@register.filter
def picture(element: Element) -> SafeString:
    """A briefing's chart as SVG."""
    return briefing_page.picture(element)


@register.filter
def clipped(text: str, most: int) -> str:
    """The beginning of a text, at most so many characters: NFC has one for each letter."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@register.filter
def wordlist(text: str) -> list[str]:
    """The words of a text, to loop over."""
    return text.split()


@register.filter
def signal_badges(signals: list[Mapping[str, str]] | None) -> list[str]:
    """The signals of an alert, each once: "S9 cần đối chiếu × 2". None: an alert about something else."""
    counted = Counter(f"{signal['code']} {signal['note']}" for signal in signals or ())
    return [f"{name} × {count}" if count > 1 else name for name, count in counted.items()]


@register.filter
def named(code: str, table: str) -> Any:
    """What a code is called: ``{{ state|named:"STATES" }}``. Unknown codes stay as they are."""
    return getattr(wording, table).get(code, code)
