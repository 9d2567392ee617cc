"""Django app configuration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    """What people decide, as a Django app."""

    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the groups of the roles table in every database that is migrated."""
        # After django.contrib.auth's own receiver, which makes the rows of the permissions.
        post_migrate.connect(_roles, sender=self, dispatch_uid="cases.roles")


def _roles(**_: Any) -> None:
    from cases.roles import ensure_roles

    ensure_roles()
