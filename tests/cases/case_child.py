"""An officer in a process of their own, who opens or moves a case as soon as a file is there.

``init``: a database with one article and one case. ``open FILE``: prints the case's number.
``move FILE``: prints ``kept`` or the refusal.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django


def prepare() -> None:
    from django.core.management import call_command

    from tests.cases.conftest import person
    from tests.cases.maker import opened
    from tests.web.factory import make_article, make_outlet

    call_command("migrate", verbosity=0)
    officer = person("hoa", "officer")
    make_article(make_outlet())
    opened(make_article(make_outlet("bao-khac", "Báo Khác"), "Tin khác"), officer)


def act(what: str, signal: Path) -> str:
    from django.contrib.auth.models import User

    from archive.models import Article
    from cases.changes import CaseRefused
    from cases.models import Case
    from cases.moving import move
    from cases.states import State
    from tests.cases.maker import NOW, opened

    officer = User.objects.get(username="hoa")
    article, case = Article.objects.earliest("pk"), Case.objects.earliest("pk")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not signal.exists():
        time.sleep(0.001)
    if what == "open":
        return str(opened(article, officer).pk)
    try:
        move(case.pk, State.VERIFYING, version=case.version, by=officer, now=NOW, reason="x")
    except CaseRefused as refused:
        return str(refused)
    return "kept"


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "init":
        prepare()
    else:
        sys.stdout.write(act(sys.argv[1], Path(sys.argv[2])) + "\n")
