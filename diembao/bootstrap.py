"""Brings Django up for a command."""

from __future__ import annotations

import os

import django

from diembao.config import Config, current


def set_up() -> Config:
    """Check the settings and load the apps; raises ``ConfigError``. Safe to repeat."""
    config = current()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diembao.django_settings")
    django.setup()
    return config


def migrate(verbosity: int = 0) -> None:
    """Create or upgrade the database; safe to repeat and to race."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)
