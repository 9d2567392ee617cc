"""The briefing command: files in a folder, a text on stdout, clear refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from briefings.models import Approval, BriefingVersion
from cases.roles import give_role
from diembao.cli import main
from tests.briefings import world

pytestmark = pytest.mark.django_db
WEEK = ["--week", "2026-W47", "--province", "demo"]


@pytest.fixture
def officer() -> User:
    return world.make_week()


def test_it_builds_a_week_and_writes_every_format(officer: User, tmp_path: Path, capsys) -> None:
    out = tmp_path / "new" / "folder"
    assert main(["briefing", *WEEK, "--out", str(out), "--format", "docx,pdf,xlsx"]) == 0
    names = sorted(file.name for file in out.iterdir())
    assert names == ["diem-bao-2026-W47.docx", "diem-bao-2026-W47.pdf", "diem-bao-2026-W47.xlsx"]
    assert capsys.readouterr().out.split() == [
        str(out / f"diem-bao-2026-W47.{f}") for f in ("docx", "pdf", "xlsx")
    ]


def test_a_kept_version_is_written_again_byte_for_byte_and_shown(
    officer: User, tmp_path: Path, capsys
) -> None:
    assert main(["briefing", *WEEK, "--out", str(tmp_path / "a"), "--format", "pdf"]) == 0
    assert (
        main(["briefing", "render", *WEEK, "--version", "1", "--out", str(tmp_path / "b"), "--format", "pdf"])
        == 0
    )
    one, two = (tmp_path / name / "diem-bao-2026-W47.pdf" for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    capsys.readouterr()
    assert main(["briefing", "show", *WEEK]) == 0
    assert "1. Tóm tắt năm dòng" in capsys.readouterr().out
    assert BriefingVersion.objects.count() == 1


def test_it_approves_within_the_rules(officer: User, tmp_path: Path, capsys) -> None:
    give_role(officer, "officer")
    lan = User.objects.create_user("lan")
    give_role(lan, "approver")
    assert main(["briefing", *WEEK, "--out", str(tmp_path), "--user", "lan", "--format", "xlsx"]) == 0
    assert main(["briefing", "approve", *WEEK]) == 2
    assert main(["briefing", "approve", *WEEK, "--user", "can-bo"]) == 1  # the role may not
    assert main(["briefing", "approve", *WEEK, "--user", "lan"]) == 1  # built it
    assert not Approval.objects.exists()
    give_role(officer, "approver")
    assert main(["briefing", "approve", *WEEK, "--user", "can-bo"]) == 0
    assert main(["briefing", *WEEK, "--out", str(tmp_path)]) == 1  # approved: not built over
    assert "đã được duyệt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--week", "2026-47"], 2, "2026-47"),
        (["--week", "2999-W01"], 2, "chưa bắt đầu"),
        (["--format", "odt"], 2, "odt"),
        (["--user", "nobody"], 2, "nobody"),
        (["render", "--week", "2026-W40"], 1, "there is no briefing of 2026-W40"),
        (["--out", "/proc/nowhere"], 1, "cannot write"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(arguments: list[str], code: int, words: str, capsys) -> None:
    assert main(["briefing", *arguments]) == code
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1
