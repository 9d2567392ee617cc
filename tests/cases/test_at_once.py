"""Officers who act in the same moment, each in a process of their own, on a database file."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection

from archive.models import Article
from cases.models import Case
from tests.cases.maker import opened
from tests.conftest import ROOT


def act_at_once(folder: Path, what: str, count: int) -> list[str]:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DIEMBAO_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "diembao.django_settings"}
    child = [sys.executable, "-m", "tests.cases.case_child"]
    subprocess.run([*child, "init"], env=env, cwd=ROOT, check=True, timeout=300)
    go = folder / "go"
    officers = [
        subprocess.Popen([*child, what, str(go)], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    ]
    for officer in officers:
        assert officer.stdout is not None and officer.stdout.readline() == "ready\n"
    go.touch()
    return [officer.communicate(timeout=300)[0].strip() for officer in officers]


def test_of_people_who_open_at_once_all_get_the_same_case(tmp_path: Path) -> None:
    found = act_at_once(tmp_path, "open", 3)
    assert len(found) == 3 and len(set(found)) == 1 and found[0].isdigit()


def test_of_two_who_move_a_case_at_once_one_is_told_of_the_other(tmp_path: Path) -> None:
    outcomes = sorted(act_at_once(tmp_path, "move", 2))
    assert outcomes[1] == "kept"
    assert outcomes[0].startswith("Hồ sơ này vừa được người khác thay đổi")


@pytest.mark.postgresql
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL=postgresql://..."
)
@pytest.mark.django_db(transaction=True)
def test_of_workers_of_postgresql_that_open_at_once_all_get_the_same_case(
    article: Article, officer: User
) -> None:
    start, found = threading.Barrier(4), []

    def work() -> None:
        try:
            start.wait(timeout=30)
            found.append(opened(article, officer).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(found) == 4 and len(set(found)) == 1
    assert Case.objects.count() == 1
