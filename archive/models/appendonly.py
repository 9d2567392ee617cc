"""Rows that are written once: the record of what people decided may grow, and nothing else."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that is kept for ever; write a further row instead."""


class _Rows(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed; write a further row")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted; write a further row")


class AppendOnly(models.Model):
    """Base of tables whose rows can be added and read only."""

    objects = models.Manager.from_queryset(_Rows)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; raises ``AppendOnlyError`` for a row that exists."""
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} {self.pk} is never changed; write a further row")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always raises ``AppendOnlyError``."""
        raise AppendOnlyError(f"{type(self).__name__} {self.pk} is never deleted; write a further row")
