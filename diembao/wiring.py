"""Builds what the rooms ask for from the settings: the only place that knows both."""

from __future__ import annotations

from pathlib import Path

from crawlers.collector.limits import Limits
from diembao import __version__
from diembao.config import Config
from diembao.errors import CommandError
from pipeline.collect.settings import CollectSettings
from provinces.loader import ProfileError, load_outlets, load_province
from provinces.records import Outlet, Province
from search.config import SearchConfig


def province(config: Config, name: str | None = None) -> Province:
    """The profile named on the command line or in the settings."""
    try:
        return load_province(name or config.text("DIEMBAO_PROVINCE"))
    except ProfileError as error:
        raise CommandError(str(error), bad_input=True) from error


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
