"""One spelling for one address, so that an article is archived once."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import idna
from tldextract import TLDExtract

MAX_LENGTH = 2048  # characters; longer addresses are traps
TRACKERS = frozenset(
    [
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid"),
        *("igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "zarsrc", "gidzl", "zanpid", "_ga", "_gl"),
        *("_hsenc", "_hsmi", "mkt_tok", "vero_id", "fb_action_ids", "fb_action_types", "fb_ref"),
        *("fb_source", "fb_comment_id", "_openstat", "wickedid", "oly_anon_id", "oly_enc_id"),
    ]
)
DEFAULT_PORTS = {"http": 80, "https": 443}
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
KEPT_IN_PATH = "/:@!$&'()*+,;=~%"
KEPT_IN_QUERY = KEPT_IN_PATH + "?"
HOME = re.compile(r"/?(?:(?:index|home|default|trang-chu)(?:\.[a-z]{3,5})?)?/?", re.IGNORECASE)

_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list in the package, never the network


def clean_url(url: str) -> str:
    """The one spelling of an http(s) address, or "" when it is none.

    Scheme and host lower case (international names as ASCII), default port, credentials, fragment and
    known trackers (``utm_*``, ``fbclid``, ...) dropped, percent-encoding normalised. Every other query
    part stays in its order. Cleaning twice changes nothing.
    """
    parts = _split(url)
    if parts is None:
        return ""
    host = _host(parts.hostname or "")
    if not host:
        return ""
    try:
        port = parts.port
    except ValueError:
        return ""
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = _without_dots(_encoded(parts.path, KEPT_IN_PATH)) or "/"
    query = "&".join(
        _encoded(part, KEPT_IN_QUERY) for part in parts.query.split("&") if part and not _is_tracker(part)
    )
    cleaned = urlunsplit((parts.scheme, host, path, query, ""))
    return cleaned if len(cleaned) <= MAX_LENGTH else ""


def absolute_url(href: str, base: str) -> str:
    """``href`` as found on the page ``base``, cleaned; "" when it is no http(s) address."""
    href = re.sub(r"[\t\r\n]", "", href).strip()
    if not href or href.startswith("#"):
        return ""
    try:
        return clean_url(urljoin(base, href))
    except ValueError:
        return ""


def canonical_url(html_canonical: str, page_url: str) -> str:
    """The address an article is kept under.

    The page's own canonical link counts only when it stays with the same registrable host (or the same
    IP address and port) and is not the home page; otherwise the cleaned ``page_url``.
    """
    own = clean_url(page_url)
    stated = absolute_url(html_canonical, page_url)
    if not stated or not same_site(stated, own):
        return own
    parts = urlsplit(stated)
    if HOME.fullmatch(parts.path) and not parts.query:
        return own
    return stated


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one registrable host; IP addresses must agree in port too."""
    return site(one) == site(other) != ""


def site(url: str) -> str:
    """The registrable host of an address ("baohatinh.vn"), or host:port of an IP address, or ""."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    host = _host(parts.hostname)
    try:
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except ValueError:
        return ""
    if host.startswith("[") or _is_ip(host):
        return f"{host}:{port}"
    return _registrable(host)


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str:
    return _suffixes(host).top_domain_under_public_suffix or host


def _split(url: str) -> SplitResult | None:
    url = re.sub(r"[\t\r\n]", "", url).strip()
    if not url or len(url) > MAX_LENGTH:
        return None
    try:
        parts = urlsplit(url)
        parts.hostname  # noqa: B018 - parsing happens at access and may fail
    except ValueError:
        return None
    return parts if parts.scheme in DEFAULT_PORTS else None


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host.split('%')[0])}]"
        except ValueError:
            return ""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return ""
    return host if re.fullmatch(r"[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?", host) else ""


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _encoded(text: str, kept: str) -> str:
    def escape(match: re.Match[str]) -> str:
        digits = match.group(1)
        if digits is None:
            return "%25"
        character = chr(int(digits, 16))
        return character if character in UNRESERVED else f"%{digits.upper()}"

    return quote(ESCAPE.sub(escape, text), safe=kept, errors="replace")


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4."""
    out: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(out) > 1:
                out.pop()
        elif part != ".":
            out.append(part)
    if parts[-1] in (".", ".."):
        out.append("")
    return "/".join(out)


def _is_tracker(part: str) -> bool:
    name = part.split("=", 1)[0].lower()
    return name.startswith("utm_") or name in TRACKERS
