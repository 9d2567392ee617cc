"""Ends a restore: data in place, database up to date, every article marked for a new index."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connections

from diembao.backup.manifest import BackupError
from diembao.backup.restore import forget, interrupted, switch
from diembao.data_lock import data_lock
from diembao.errors import CommandError


def finish(data: Path) -> int:
    """What follows the switch; may be repeated. Returns how many articles were restored."""
    from archive.models import Article
    from diembao.bootstrap import migrate

    migrate()
    waiting = Article.objects.update(needs_index=True)
    forget(data)
    return waiting


def resume(data: Path) -> None:
    """End a restore that was killed, if there is one; raises ``CommandError``."""
    if not interrupted(data):
        return
    with data_lock(data, wait_s=0):
        if not interrupted(data):
            return  # the other process has just ended it
        connections.close_all()
        try:
            switch(settings.DATABASES["default"], data, settings.DIEMBAO_SNAPSHOTS)
        except (BackupError, OSError) as error:
            raise CommandError(
                f"a restore was interrupted and cannot be ended: {error}; run diembao restore again"
            ) from error
        finish(data)
