"""Runs the collect step alone, as a process of its own: ``collect_day.py SOURCES SECONDS DELAY REVISIT``.

A process because a Twisted reactor runs once, and because the tests kill it.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import django


def main() -> None:
    sources, seconds, delay, revisit = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diembao.django_settings")
    django.setup()
    from django.core.management import call_command

    from pipeline.collect.run import collect
    from pipeline.collect.settings import CollectSettings
    from provinces.loader import load_outlets

    logging.getLogger("collect").setLevel("INFO")
    call_command("migrate", interactive=False, verbosity=0)
    settings = CollectSettings(
        user_agent="DiemBao/test (+mailto:test@example.invalid)",
        snapshots=Path(os.environ["DIEMBAO_DATA"]) / "snapshots",
        allow_loopback=True,
        feed_floor_s=5,
        feed_ceiling_s=10,
        full_check_s=5,
        default_delay_s=float(delay),
        revisit_steps=tuple(float(step) for step in revisit.split(",")),
    )
    collect(load_outlets(Path(sources)), settings, duration_s=float(seconds))


if __name__ == "__main__":
    main()
