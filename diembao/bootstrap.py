"""Brings Django up for a command."""

from __future__ import annotations

import os
from errno import EACCES
from pathlib import Path

import django

from diembao.config import Config, ConfigError, current


def set_up(province: str | None = None) -> Config:
    """Check the settings and load the apps; raises ``ConfigError``. Safe to repeat.

    A restore that was killed in the middle is ended first; raises ``CommandError`` if it cannot be.

    ``province``, from the command line, stands for the setting, in this process and in its children.
    """
    if province:
        os.environ["DIEMBAO_PROVINCE"] = province
    config = current()
    _require_folder(config.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diembao.django_settings")
    django.setup()
    from diembao.backup.finish import resume

    resume(config.data)
    return config


def _require_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            [f"DIEMBAO_DATA: {data} cannot be written ({reason}); change its owner or set another folder"]
        ) from error


def migrate(verbosity: int = 0) -> None:
    """Create or upgrade the database; safe to repeat and to race."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)
