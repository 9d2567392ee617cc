"""The English catalogue: kept complete from the sources, compiled without the gettext tools.

Messages are written in Vietnamese in code and templates, those of the rooms below too: one catalogue holds
all that pages show. ``python -m web.messages`` brings the
catalogue up to date; what has no English yet is left empty, and a test names it.
"""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOM = Path(__file__).resolve().parent
BELOW = ("alerts", "archive", "briefings", "cases", "search")  # rooms whose refusals and notices are shown
CATALOGUE = ROOM / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADING = "# English of the pages. Sources are Vietnamese; kept complete by web/messages.py."
FIXED = datetime(2026, 11, 25, tzinfo=UTC)  # a catalogue's header shall not change with the clock
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "gettext_noop": None}
KEYWORDS |= {"pgettext_lazy": DEFAULT_KEYWORDS["pgettext"]}


def used() -> Catalog:
    """Every message of the code and the templates, without translations."""
    catalogue = Catalog()
    below = [path for name in BELOW for path in (ROOM.parent / name).rglob("*.py")]
    for path in sorted([*ROOM.rglob("*.py"), *(ROOM / "templates").rglob("*.html"), *below]):
        source = path.read_text("utf-8")
        # Indentation means nothing in a template, and much to the reader of Python.
        lines = templatize(source).splitlines() if path.suffix == ".html" else []
        code = "\n".join(line.lstrip() for line in lines) if lines else source
        for _line, key, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            room = ROOM if path.is_relative_to(ROOM) else ROOM.parent
            place = [(path.relative_to(room).as_posix(), 0)]
            catalogue.add(key, context=context, locations=place)
    return catalogue


def read() -> Catalog:
    """The catalogue with its translations."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def update() -> list[str]:
    """Bring the catalogue up to date; returns the messages that have no translation."""
    old = read() if CATALOGUE.exists() else Catalog(locale="en")
    new = Catalog(
        locale="en",
        project="diembao",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        fuzzy=False,
        header_comment=HEADING,
        creation_date=FIXED,
        revision_date=FIXED,
    )
    for message in used():
        if message.id:
            known = old.get(message.id, message.context)
            new.add(
                message.id,
                known.string if known else None,
                locations=[(file, 0) for file, _ in message.locations],
                context=message.context,
            )
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, new, width=110, sort_output=True, omit_header=False, include_lineno=False)
    return untranslated(new)


def untranslated(catalogue: Catalog) -> list[str]:
    """Messages without English."""
    missing = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and not all(strings):
            missing.append(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)
    return missing


def compile_if_stale() -> None:
    """Write the compiled catalogue beside its source when the source is newer; safe to race."""
    compiled = CATALOGUE.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= CATALOGUE.stat().st_mtime:
        return
    draft = compiled.with_name(f".{compiled.name}.{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, read())
    draft.replace(compiled)


if __name__ == "__main__":
    import django

    django.setup()
    for text in update():
        print(text)  # noqa: T201
