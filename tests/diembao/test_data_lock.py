"""One collector a data folder on SQLite, several on PostgreSQL, none during a restore."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from diembao.data_lock import data_lock
from diembao.errors import CommandError

HOLD = (
    "import sys; from pathlib import Path; from diembao.data_lock import data_lock\n"
    "with data_lock(Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"
)


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_collector_is_refused_and_told_why(tmp_path: Path) -> None:
    with holder(tmp_path) as first:
        with (
            pytest.raises(CommandError, match="another diembao watch") as refused,
            data_lock(tmp_path, wait_s=0),
        ):
            pass
        assert str(tmp_path) in str(refused.value)
        assert refused.value.exit_code == 2
        first.kill()


def test_a_killed_holder_frees_it(tmp_path: Path) -> None:
    with holder(tmp_path) as first:
        first.kill()
    with data_lock(tmp_path, wait_s=0):
        pass


def test_it_waits_for_one_that_is_about_to_end(tmp_path: Path) -> None:
    with holder(tmp_path) as first:
        assert first.stdin is not None
        first.stdin.close()
        with data_lock(tmp_path, wait_s=20):
            pass


def test_sharers_stand_beside_each_other_but_not_beside_one_alone(tmp_path: Path) -> None:
    sharers = data_lock(tmp_path, shared=True), data_lock(tmp_path, shared=True, wait_s=0)
    with sharers[0], sharers[1], pytest.raises(CommandError), data_lock(tmp_path, wait_s=0):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="DIEMBAO_DATA"), data_lock(tmp_path / "missing"):
        pass
