"""Django app configuration."""

from __future__ import annotations

import logging
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

log = logging.getLogger(__name__)


class WebConfig(AppConfig):
    """The pages as a Django app."""

    name = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Compile the English catalogue (the gettext tools are not on every machine); keep the audit log.

        Have the permissions of this room in the groups of the roles table.
        """
        from web import audit_trail
        from web.messages import CATALOGUE, compile_if_stale

        audit_trail.connect()
        post_migrate.connect(_roles, sender=self, dispatch_uid="web.roles")

        try:
            compile_if_stale()
        except OSError as error:
            log.warning("%s: cannot be compiled (%s); pages will be Vietnamese only", CATALOGUE, error)


def _roles(**_: Any) -> None:
    from cases.roles import ensure_roles

    ensure_roles()
