"""Builds what the rooms ask for from the settings: the only place that knows both."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from alerts.config import AlertConfig
from alerts.services import read_services
from crawlers.collector.limits import Limits
from diembao import __version__
from diembao.config import Config
from diembao.errors import CommandError
from pipeline.collect.settings import CollectSettings
from provinces.deadlines import load_deadlines
from provinces.loader import ProfileError, load_outlets, load_province
from provinces.records import Outlet, Province
from provinces.workdays import load_swaps
from search.config import SearchConfig


def province(config: Config, name: str | None = None) -> Province:
    """The profile named on the command line or in the settings, its deadlines checked with it."""
    from cases.states import RULE_NAMES  # not before Django's settings, which are made of this module

    try:
        profile = load_province(name or config.text("DIEMBAO_PROVINCE"))
        load_deadlines(profile.folder, RULE_NAMES)
        load_swaps()
    except ProfileError as error:
        raise CommandError(str(error), bad_input=True) from error
    return profile


def outlets(config: Config, name: str | None, sources: str | None) -> tuple[Outlet, ...]:
    """The outlets of a sources file, or else of the province profile."""
    if not sources:
        return province(config, name).outlets
    try:
        return load_outlets(Path(sources))
    except ProfileError as error:
        raise CommandError(str(error), bad_input=True) from error


def is_demo(profile: Province) -> bool:
    """Whether the outlets are the made-up ones that ``demo`` serves on loopback."""
    return profile.id == "demo"


def user_agent(config: Config) -> str:
    """Who we are and how to reach us, sent with every request."""
    contact = config.text("DIEMBAO_CONTACT")
    return f"DiemBao/{__version__}" + (f" (+{contact})" if contact else "")


def collect_settings(config: Config, *, allow_loopback: bool) -> CollectSettings:
    """What the collect step asks of the settings."""
    return CollectSettings(
        user_agent=user_agent(config),
        snapshots=config.data / "snapshots",
        allow_loopback=allow_loopback,
        feed_floor_s=config.number("DIEMBAO_FEED_FLOOR"),
        feed_ceiling_s=config.number("DIEMBAO_FEED_CEILING"),
        full_check_s=config.number("DIEMBAO_FULL_CHECK"),
        default_delay_s=config.number("DIEMBAO_DELAY"),
        revisit_steps=config.steps("DIEMBAO_REVISIT"),
        timeout_s=config.number("DIEMBAO_TIMEOUT"),
        max_bytes=config.whole("DIEMBAO_MAX_BYTES"),
        max_redirects=config.whole("DIEMBAO_MAX_REDIRECTS"),
        concurrency=config.whole("DIEMBAO_CONCURRENCY"),
        extract_workers=config.whole("DIEMBAO_EXTRACT_WORKERS"),
    )


def fetch_settings(config: Config, *, allow_loopback: bool) -> Limits:
    """The limits and manners of fetching alone."""
    return collect_settings(config, allow_loopback=allow_loopback).limits


def search_config(config: Config, engine: str | None = None) -> SearchConfig:
    """Which engine is searched, and where it is."""
    return SearchConfig(
        folder=config.data / "index",
        engine=engine,
        elasticsearch_url=config.text("ELASTICSEARCH_URL"),
        elasticsearch_api_key=config.text("ELASTICSEARCH_API_KEY"),
        elasticsearch_user=config.text("ELASTICSEARCH_USER"),
        elasticsearch_password=config.text("ELASTICSEARCH_PASSWORD"),
        elasticsearch_ca=config.text("ELASTICSEARCH_CA"),
        elasticsearch_timeout=config.number("ELASTICSEARCH_TIMEOUT"),
    )


def alert_config(config: Config) -> AlertConfig:
    """Channels, limits and hours of alerts."""
    return AlertConfig(
        public_url=config.text("DIEMBAO_PUBLIC_URL").rstrip("/"),
        slack_bot_token=config.text("SLACK_BOT_TOKEN"),
        slack_app_token=config.text("SLACK_APP_TOKEN"),
        slack_api_url=config.text("SLACK_API_URL"),
        smtp_host=config.text("DIEMBAO_SMTP_HOST"),
        smtp_port=config.whole("DIEMBAO_SMTP_PORT"),
        smtp_user=config.text("DIEMBAO_SMTP_USER"),
        smtp_password=config.text("DIEMBAO_SMTP_PASSWORD"),
        smtp_security=config.text("DIEMBAO_SMTP_SECURITY"),
        mail_from=config.text("DIEMBAO_MAIL_FROM"),
        webhook_secret=config.text("DIEMBAO_WEBHOOK_SECRET"),
        webhook_allow_private=bool(config["DIEMBAO_WEBHOOK_ALLOW_PRIVATE"]),
        services=read_services(" ".join(config.names("DIEMBAO_SERVICES"))),
        attempts=config.whole("DIEMBAO_ALERT_ATTEMPTS"),
        rule_limit=config.whole("DIEMBAO_RULE_LIMIT"),
        digests=tuple(time.fromisoformat(name) for name in config.names("DIEMBAO_DIGESTS")),
    )
