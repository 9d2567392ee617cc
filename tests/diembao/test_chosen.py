"""What was chosen on the pages holds from the next start on, beneath environment and ``.env`` file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from diembao.config import CHOSEN_FILE, current
from diembao.supervise import AGAIN, Child, keep_running


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIEMBAO_DATA", str(tmp_path))
    monkeypatch.delenv("DIEMBAO_PROVINCE", raising=False)
    (tmp_path / CHOSEN_FILE).write_text("DIEMBAO_PROVINCE=ha-tinh\n", encoding="utf-8")
    current.cache_clear()
    yield tmp_path
    current.cache_clear()


def test_the_chosen_province_holds_when_nothing_else_says(data: Path) -> None:
    assert current().text("DIEMBAO_PROVINCE") == "ha-tinh"
    assert "DIEMBAO_PROVINCE" not in current().given


def test_the_environment_comes_first(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEMBAO_PROVINCE", "dien-bien")
    assert current().text("DIEMBAO_PROVINCE") == "dien-bien"
    assert "DIEMBAO_PROVINCE" in current().given


def test_so_does_the_env_file(data: Path) -> None:
    (data / ".env").write_text("DIEMBAO_PROVINCE=phu-tho\n", encoding="utf-8")
    assert current().text("DIEMBAO_PROVINCE") == "phu-tho"
    assert "DIEMBAO_PROVINCE" in current().given


class Sleeping(Child):
    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])


def test_a_service_on_outdated_settings_ends_to_start_anew() -> None:
    child = Sleeping("web", [])
    answers = iter([False, True])
    assert keep_running([child], outdated=lambda: next(answers, True)) == AGAIN
    assert child.process is not None and child.process.poll() is not None
