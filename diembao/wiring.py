"""Builds what the rooms ask for from the settings: the only place that knows both."""

from __future__ import annotations

from pathlib import Path

from diembao import __version__
from diembao.config import Config
from diembao.errors import CommandError
from provinces.loader import ProfileError, load_outlets, load_province
from provinces.records import Outlet, Province


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
