"""Other services that alerts may go to, as the settings name them. Knows no app, so that they can check.

DIEMBAO_SERVICES is a list of ``name=url`` between white space; an URL is one of Apprise's and holds the keys
of the service. Only the names are seen on pages, in the database and in logs.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEMES = frozenset(
    {
        *("discord", "gchat", "gotify", "gotifys", "line", "matrix", "matrixs", "mmost", "mmosts"),
        *("ntfy", "ntfys", "rocket", "rockets", "signal", "signals", "tgram", "webex", "whatsapp"),
        *("workflow", "workflows", "zalo", "zulip"),
    }
)
"""Chat services. Apprise also knows schemes that run commands, write files or cost money: not here."""

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def read_services(raw: str) -> tuple[tuple[str, str], ...]:
    """Pairs of name and URL. Raises ``ValueError`` that tells what is wrong and never shows an URL."""
    pairs: dict[str, str] = {}
    for part in raw.split():
        name, equals, url = part.partition("=")
        if not equals or not NAME.fullmatch(name):
            raise ValueError("must be name=url pairs; a name has small letters, digits and hyphens")
        scheme = urlsplit(url).scheme
        if scheme not in SCHEMES:
            raise ValueError(f"{name}: its URL must begin with one of {', '.join(sorted(SCHEMES))}")
        if name in pairs:
            raise ValueError(f"{name} is named twice")
        pairs[name] = url
    return tuple(pairs.items())
