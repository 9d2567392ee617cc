"""The one declared table of settings: name, default, parser, help.

``docs/settings.md`` is generated from it and compared by a test. ``diembao.config`` reads the
environment through it; nothing else in the program reads environment variables.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from urllib.parse import urlsplit

from alerts.services import read_services

Value = str | int | float | bool | tuple[float, ...] | tuple[str, ...] | None
Parser = Callable[[str], Value]


def text(raw: str) -> str:
    """Any text, trimmed."""
    return raw.strip()


def boolean(raw: str) -> bool:
    """Yes or no."""
    lowered = raw.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("is neither yes nor no; write 1 or 0")


def whole(low: int, high: int) -> Parser:
    """A whole number between two bounds."""

    def parse(raw: str) -> int:
        if not re.fullmatch(r"\s*\d+\s*", raw):
            raise ValueError(f"is not a whole number; write one from {low} to {high}")
        number = int(raw)
        if not low <= number <= high:
            raise ValueError(f"is outside {low} to {high}")
        return number

    return parse


def seconds(low: float, high: float) -> Parser:
    """A time span in seconds between two bounds."""

    def parse(raw: str) -> float:
        try:
            number = float(raw)
        except ValueError:
            raise ValueError("is not a number of seconds") from None
        if not low <= number <= high:  # also refuses nan
            raise ValueError(f"is outside {low:g} to {high:g} seconds")
        return number

    return parse


def seconds_list(raw: str) -> tuple[float, ...]:
    """Growing time spans in seconds, separated by commas."""
    parse = seconds(1, 366 * 86400)
    steps = tuple(float(str(parse(part))) for part in raw.split(","))
    if list(steps) != sorted(set(steps)):
        raise ValueError("must grow from one step to the next, as 600,3600,86400")
    return steps


def choice(*allowed: str) -> Parser:
    """One of a few words."""

    def parse(raw: str) -> str:
        if raw.strip() not in allowed:
            raise ValueError(f"is none of {', '.join(allowed)}")
        return raw.strip()

    return parse


def url(*schemes: str) -> Parser:
    """An absolute URL with one of the schemes, or nothing."""

    def parse(raw: str) -> str:
        value = raw.strip()
        if not value:
            return ""
        parts = urlsplit(value)
        if parts.scheme not in schemes or not (parts.hostname or parts.path.strip("/")):
            raise ValueError(f"is not a URL that starts with {' or '.join(s + '://' for s in schemes)}")
        return value

    return parse


def names(raw: str) -> tuple[str, ...]:
    """Names separated by commas."""
    return tuple(part.strip() for part in raw.split(",") if part.strip())


def services(raw: str) -> tuple[str, ...]:
    """``name=url`` pairs between white space, each with a scheme that alerts may go to."""
    return tuple(f"{name}={url}" for name, url in read_services(raw))


def clock_times(raw: str) -> tuple[str, ...]:
    """Times of day as HH:MM, separated by commas."""
    parts = names(raw)
    for part in parts:
        try:
            time.fromisoformat(part)
        except ValueError:
            raise ValueError("is no list of times; write them as 07:00,17:00") from None
    return tuple(sorted(set(parts)))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``default`` is written as a user would write it; "" means unset or off."""

    name: str
    default: str
    parse: Parser
    help: str
    secret: bool = False  # may also be given as NAME_FILE, and is never printed


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DIEMBAO_DATA", "./var", text, "Folder that holds all state: database, index, snapshots, exports."
    ),
    Setting(
        "DATABASE_URL",
        "",
        url("postgresql", "postgres"),
        "PostgreSQL as postgresql://user:password@host:port/name. Unset: SQLite in DIEMBAO_DATA.",
        secret=True,
    ),
    Setting(
        "ELASTICSEARCH_URL",
        "",
        url("http", "https"),
        "Use this Elasticsearch for search. Unset: the embedded engine in DIEMBAO_DATA.",
    ),
    Setting("ELASTICSEARCH_API_KEY", "", text, "API key for Elasticsearch (id:key encoded).", secret=True),
    Setting("ELASTICSEARCH_USER", "", text, "User for Elasticsearch basic authentication."),
    Setting("ELASTICSEARCH_PASSWORD", "", text, "Password for ELASTICSEARCH_USER.", secret=True),
    Setting("ELASTICSEARCH_CA", "", text, "File with the CA certificate that signed Elasticsearch's."),
    Setting(
        "ELASTICSEARCH_TIMEOUT",
        "10",
        seconds(0.5, 300),
        "Seconds before a request to Elasticsearch counts as failed.",
    ),
    Setting(
        "DIEMBAO_PROVINCE",
        "demo",
        text,
        "Province profile: a folder name under provinces/, or a path to such a folder.",
    ),
    Setting("DIEMBAO_HOST", "127.0.0.1", text, "Address that the web server binds to."),
    Setting("DIEMBAO_PORT", "8000", whole(1, 65535), "Port of the web server."),
    Setting(
        "DIEMBAO_ALLOWED_HOSTS",
        "localhost,127.0.0.1,[::1]",
        names,
        "Host names that the pages answer to, separated by commas.",
    ),
    Setting(
        "DIEMBAO_PUBLIC_URL",
        "",
        url("http", "https"),
        "Address under which officers reach the pages, for links in alerts. https turns on secure cookies.",
    ),
    Setting(
        "DIEMBAO_SECRET_KEY",
        "",
        text,
        "Key that signs sessions. Unset: made at first start and kept in DIEMBAO_DATA.",
        secret=True,
    ),
    Setting("DIEMBAO_LANGUAGE", "vi", choice("vi", "en"), "Language of the pages before a user chooses one."),
    Setting(
        "DIEMBAO_CONTACT",
        "",
        text,
        "E-mail or web address that outlets can write to; part of the user agent. "
        "Needed to follow the real press.",
    ),
    Setting(
        "DIEMBAO_FEED_FLOOR", "120", seconds(1, 86400), "Shortest time between two readings of a source."
    ),
    Setting(
        "DIEMBAO_FEED_CEILING", "3600", seconds(1, 604800), "Longest time between two readings of a source."
    ),
    Setting(
        "DIEMBAO_FULL_CHECK",
        "21600",
        seconds(1, 604800),
        "Seconds after which a source is read in full although it says that nothing changed.",
    ),
    Setting("DIEMBAO_DELAY", "2", seconds(0, 600), "Seconds between two requests to one host."),
    Setting(
        "DIEMBAO_REVISIT",
        "600,3600,21600,86400,259200,604800",
        seconds_list,
        "When an article is fetched again, in seconds after its publication.",
    ),
    Setting("DIEMBAO_TIMEOUT", "30", seconds(1, 600), "Seconds that one fetch may take."),
    Setting(
        "DIEMBAO_MAX_BYTES", "10000000", whole(10_000, 1_000_000_000), "Largest page or feed, decompressed."
    ),
    Setting("DIEMBAO_MAX_REDIRECTS", "5", whole(0, 20), "Redirects that one fetch may follow."),
    Setting("DIEMBAO_CONCURRENCY", "16", whole(1, 256), "Hosts that are asked at the same time."),
    Setting("DIEMBAO_EXTRACT_WORKERS", "1", whole(1, 32), "Processes that extract article pages."),
    Setting("SLACK_BOT_TOKEN", "", text, "Slack bot token (xoxb-...). Unset: no Slack.", secret=True),
    Setting("SLACK_APP_TOKEN", "", text, "Slack app token (xapp-...) for Socket Mode buttons.", secret=True),
    Setting(
        "SLACK_API_URL",
        "",
        url("http", "https"),
        "Address of the Slack API; lets a Slack-compatible server stand in.",
    ),
    Setting("DIEMBAO_SMTP_HOST", "", text, "Mail server for alerts by e-mail. Unset: no e-mail."),
    Setting("DIEMBAO_SMTP_PORT", "587", whole(1, 65535), "Port of the mail server."),
    Setting("DIEMBAO_SMTP_USER", "", text, "User at the mail server."),
    Setting("DIEMBAO_SMTP_PASSWORD", "", text, "Password for DIEMBAO_SMTP_USER.", secret=True),
    Setting(
        "DIEMBAO_SMTP_SECURITY",
        "starttls",
        choice("starttls", "tls", "none"),
        "How the connection to the mail server is protected.",
    ),
    Setting("DIEMBAO_MAIL_FROM", "", text, "Sender of e-mails, as diembao@example.gov.vn."),
    Setting(
        "DIEMBAO_WEBHOOK_SECRET",
        "",
        text,
        "Key that signs webhook requests (HMAC-SHA256). Unset: no webhooks.",
        secret=True,
    ),
    Setting(
        "DIEMBAO_WEBHOOK_ALLOW_PRIVATE",
        "0",
        boolean,
        "Permit webhooks to private and loopback addresses.",
    ),
    Setting(
        "DIEMBAO_SERVICES",
        "",
        services,
        "Other services for alerts, as name=url pairs with Apprise URLs (zalo://, tgram://, mmosts://, ...).",
        secret=True,
    ),
    Setting(
        "DIEMBAO_ALERT_ATTEMPTS",
        "30",
        whole(1, 1000),
        "Failures in a row before a message is put among the dead letters; 30 are about a day.",
    ),
    Setting(
        "DIEMBAO_RULE_LIMIT",
        "20",
        whole(1, 10_000),
        "Alerts a day, by replay, above which a rule is too broad to be saved.",
    ),
    Setting("DIEMBAO_DIGESTS", "07:00,17:00", clock_times, "When digests go out, Việt Nam's clock."),
    Setting("DIEMBAO_API_READS", "120", whole(1, 1_000_000), "API reads that a token may make in a minute."),
    Setting("DIEMBAO_API_WRITES", "30", whole(1, 1_000_000), "API writes that a token may make in a minute."),
    Setting(
        "DIEMBAO_API_EXPORTS",
        "6",
        whole(1, 1_000_000),
        "Exports and files that a token may fetch through the API in a minute.",
    ),
    Setting("DIEMBAO_LOG_LEVEL", "info", choice("debug", "info", "warning", "error"), "How much is logged."),
)
