"""Copy the database and the evidence into one file, while the service runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from diembao.bootstrap import set_up
from diembao.errors import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "file", metavar="FILE", help="backup to write (a tar file); replaced only when complete"
    )


def run(args: argparse.Namespace) -> int:
    """Make the backup and say what is in it."""
    set_up()
    from django.conf import settings

    from diembao.backup.create import create
    from diembao.backup.manifest import BackupError

    target = Path(args.file).resolve()
    try:
        manifest = create(
            settings.DATABASES["default"], settings.DIEMBAO_SNAPSHOTS, target, settings.DIEMBAO_ATTACHMENTS
        )
    except (BackupError, OSError) as error:
        raise CommandError(f"no backup was made: {error}") from error
    size = target.stat().st_size / 1e6
    sys.stdout.write(f"{target}: {manifest.database} database and {len(manifest.files) - 1} files, ")
    sys.stdout.write(f"{size:.1f} MB\n")
    return 0
