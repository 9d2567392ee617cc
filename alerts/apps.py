"""Django app configuration."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Rules and alerts as a Django app."""

    name = "alerts"
    verbose_name = "Cảnh báo"
    default_auto_field = "django.db.models.BigAutoField"
