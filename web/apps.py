"""Django app configuration."""

from __future__ import annotations

import logging

from django.apps import AppConfig

log = logging.getLogger(__name__)


class WebConfig(AppConfig):
    """The pages as a Django app."""

    name = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Compile the English catalogue: the gettext tools are not on every machine."""
        from web.messages import CATALOGUE, compile_if_stale

        try:
            compile_if_stale()
        except OSError as error:
            log.warning("%s: cannot be compiled (%s); pages will be Vietnamese only", CATALOGUE, error)
