"""Django app configuration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BriefingsConfig(AppConfig):
    """The weekly briefing, as a Django app."""

    name = "briefings"
    verbose_name = "Bản tin tuần"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the permissions of this room in the groups of the roles table."""
        post_migrate.connect(_roles, sender=self, dispatch_uid="briefings.roles")


def _roles(**_: Any) -> None:
    from cases.roles import ensure_roles

    ensure_roles()
