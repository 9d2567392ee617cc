"""One ``[[outlet]]`` table to an ``Outlet``, and what must hold across several of them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from provinces.records import Outlet, OutletKind, Scope
from provinces.toml_table import Table

STATUSES = ("verified", "unverified")
_KEYS = (
    "id", "name", "kind", "scope", "home", "feeds", "sitemaps", "listings", "article_url", "status",
    "provenance", "delay", "closed_on", "successor", "note",
)  # fmt: skip
_LISTS = ("feeds", "sitemaps", "listings")


def read_outlet(table: Table) -> Outlet:
    """Reads one table. Raises ``ProfileError``."""
    table.allow(*_KEYS)
    _check_url(table, "home", table.text("home"))
    for key in _LISTS:
        for index, url in enumerate(table.texts(key)):
            _check_url(table, key, url, index)
    outlet = Outlet(
        id=table.text("id"),
        name=table.text("name"),
        kind=table.choice("kind", OutletKind),
        scope=table.choice("scope", Scope),
        home=table.text("home"),
        feeds=table.texts("feeds"),
        sitemaps=table.texts("sitemaps"),
        listings=table.texts("listings"),
        article_url=table.pattern("article_url"),
        status=table.one_of("status", STATUSES, "unverified"),
        provenance=table.text("provenance", ""),
        delay=table.seconds("delay"),
        closed_on=table.day("closed_on"),
        successor=table.text("successor", ""),
        note=table.text("note", ""),
    )
    retired = outlet.closed_on is not None or outlet.successor
    if not (outlet.feeds or outlet.sitemaps or outlet.listings or retired):
        table.fail("feeds", "nothing to read; add feeds, sitemaps or listings, or a closed_on date")
    return outlet


def check_together(read: Iterable[tuple[Table, Outlet]]) -> None:
    """Refuses an id or a source address that stands twice, and a successor that is no outlet."""
    pairs = list(read)
    ids: dict[str, str] = {}
    urls: dict[str, str] = {}
    for table, outlet in pairs:
        here = f"{table.document.file.name}"
        if outlet.id in ids:
            table.fail("id", f'"{outlet.id}" is taken by an outlet in {ids[outlet.id]}; choose another')
        ids[outlet.id] = here
        for key in _LISTS:
            for index, url in enumerate(getattr(outlet, key)):
                if url in urls:
                    table.fail(key, f"{url} is already read for outlet {urls[url]}; remove one", index)
                urls[url] = f'"{outlet.id}"'
    for table, outlet in pairs:
        if outlet.successor and (outlet.successor not in ids or outlet.successor == outlet.id):
            table.fail("successor", f'"{outlet.successor}" is not the id of another outlet; correct it')


def _check_url(table: Table, key: str, url: str, *index: int) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url
        parts.port  # noqa: B018 - raises on a port that is no number
    except ValueError:
        usable = False
    if not usable:
        table.fail(key, f'"{url}" is not an address; write it in full, as https://baohatinh.vn/', *index)
