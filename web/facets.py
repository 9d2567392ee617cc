"""Facets as links with counts, and what was chosen as chips that can be taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Outlet
from search.port import FacetCount
from web import wording
from web.choices import Choices
from web.names import place_name, topic_name

SHOWN = ("outlet", "topic", "about", "place", "kind")
TITLES: dict[str, Promise] = {
    "outlet": gettext_lazy("Báo"),
    "topic": gettext_lazy("Chủ đề"),
    "about": gettext_lazy("Tỉnh được nói tới"),
    "place": gettext_lazy("Địa bàn"),
    "kind": gettext_lazy("Loại hình"),
    "scope": gettext_lazy("Phạm vi"),
    "signal": gettext_lazy("Dấu hiệu cần đối chiếu"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet. ``chosen``: a click takes it off instead of adding it."""

    name: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its values, most frequent first."""

    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice and the address without it."""

    title: str
    name: str
    href: str


def outlet_names() -> dict[str, str]:
    """Names of all outlets by key."""
    return dict(Outlet.objects.values_list("key", "name"))


def value_name(facet: str, value: str, outlets: Mapping[str, str]) -> str:
    """What a value is called."""
    if facet == "outlet":
        return outlets.get(value, value)
    if facet == "topic":
        return topic_name(value)
    if facet in ("place", "about"):
        return place_name(value)
    tables = {"kind": wording.KINDS, "scope": wording.SCOPES, "signal": wording.SIGNALS}
    return str(tables[facet].get(value, value))


def facets(
    choices: Choices, counts: Mapping[str, Sequence[FacetCount]], outlets: Mapping[str, str]
) -> list[Facet]:
    """The facets that have values."""
    shown = []
    for name in SHOWN:
        values = tuple(_value(choices, name, count, outlets) for count in counts.get(name, ()))
        if values:
            shown.append(Facet(str(TITLES[name]), values))
    return shown


def chips(choices: Choices, outlets: Mapping[str, str]) -> list[Chip]:
    """Every filter in force."""
    shown = [
        Chip(
            str(TITLES[name]),
            value_name(name, value, outlets),
            choices.without(name, value),
        )
        for name, values in choices.values.items()
        for value in values
    ]
    if choices.since:
        shown.append(Chip(_("Từ ngày"), f"{choices.since:%d/%m/%Y}", choices.address({"from": ""})))
    if choices.until:
        shown.append(Chip(_("Đến ngày"), f"{choices.until:%d/%m/%Y}", choices.address({"to": ""})))
    if choices.gone:
        shown.append(Chip(_("Tình trạng"), _("đã gỡ"), choices.address({"gone": ""})))
    return shown


def _value(choices: Choices, name: str, count: FacetCount, outlets: Mapping[str, str]) -> Value:
    chosen = count.value in choices.values.get(name, ())
    return Value(
        name=value_name(name, count.value, outlets),
        count=count.count,
        href=choices.without(name, count.value) if chosen else choices.adding(name, count.value),
        chosen=chosen,
    )
