"""Put a backup in place, then bring its database up to date; stop the service first."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from diembao.bootstrap import set_up
from diembao.data_lock import data_lock
from diembao.errors import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup."""
    parser.add_argument("file", metavar="FILE", help="backup made by diembao backup")
    parser.add_argument("--force", action="store_true", help="replace the data that is there")


def run(args: argparse.Namespace) -> int:
    """Check and restore; the search index is rebuilt by ``diembao reindex``."""
    config = set_up()
    from django.conf import settings
    from django.db import connections

    from diembao.backup.finish import finish
    from diembao.backup.manifest import BackupError
    from diembao.backup.restore import interrupted, restore

    connections.close_all()
    database = settings.DATABASES["default"]
    with data_lock(config.data, wait_s=0):
        try:
            restore(Path(args.file), database, config.data, settings.DIEMBAO_SNAPSHOTS, force=args.force)
        except (BackupError, OSError) as error:
            if interrupted(config.data):
                raise CommandError(
                    f"the restore stopped midway: {error}; mend that, then any diembao command ends it"
                ) from error
            raise CommandError(f"nothing was restored: {error}") from error
        waiting = finish(config.data)
    sys.stdout.write(f"Restored {waiting} articles. Now run: diembao reindex, diembao verify-evidence\n")
    return 0
