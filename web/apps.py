"""Django app configuration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages as a Django app."""

    name = "web"
    default_auto_field = "django.db.models.BigAutoField"
