"""An officer in a process of their own, who prints ``kept`` or the refusal.

``init``: a database with one signal. ``decide NAME FILE``: as soon as FILE is there.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django


def prepare() -> None:
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from tests.web.factory import find, make_article, make_outlet

    call_command("migrate", verbosity=0)
    find(make_article(make_outlet()), "signal", "S1", "12 hộ")
    for name in ("lan", "minh"):
        User.objects.create_user(name)


def conclude(name: str, signal: Path) -> None:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from archive.models import Finding
    from cases.decisions import DecisionRefused, decide

    by, finding = User.objects.get(username=name), Finding.objects.get()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not signal.exists():
        time.sleep(0.001)
    try:
        decide(finding.pk, "needs-reply", "x", by=by, now=timezone.now(), seen=None)
        sys.stdout.write("kept\n")
    except DecisionRefused as refused:
        sys.stdout.write(f"{refused}\n")


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "init":
        prepare()
    else:
        conclude(sys.argv[2], Path(sys.argv[3]))
