"""Django app configuration."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The archive as a Django app."""

    name = "archive"
    verbose_name = "Kho lưu"
    default_auto_field = "django.db.models.BigAutoField"
