"""Files of cases: told by their bytes, kept under their digest, whole or not at all."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from archive.models import Article
from cases import filestore
from cases.changes import CaseForbidden, CaseRefused
from cases.documents.template import letter_template
from cases.files import MOST_BYTES, MOST_FILES, attach, attached_file
from cases.filestore import FileMissing
from cases.models import Attachment, Case
from cases.sniff import sniff
from cases.states import State
from tests.cases.maker import NOW, opened, step
from tests.conftest import ROOT

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    "content, kind",
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        ("Biên bản ghi lời.\n".encode(), "text/plain"),
        (
            zipped("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        (zipped("a.txt"), ""),
        (b"PK\x03\x04broken", ""),
        (b"MZ\x90\x00\x03", ""),
        (b"<html><script>alert(1)</script>", ""),
        (b"\n <SVG onload=x>", ""),
        (b"#!/bin/sh\nrm", ""),
        (b"\xff\xfe\x00\x01", ""),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: str) -> None:
    assert sniff(content) == kind


def test_our_own_letters_are_taken() -> None:
    assert sniff(letter_template()).endswith("wordprocessingml.document")


@pytest.fixture
def case(article: Article, officer: User) -> Case:
    return opened(article, officer)


def test_a_file_is_kept_with_who_and_when_and_once(case: Case, officer: User, tmp_path: Path) -> None:
    first = attach(case.pk, "a.pdf", PDF, folder=tmp_path, by=officer, now=NOW, comment="bản chụp")
    again = attach(case.pk, "b.pdf", PDF, folder=tmp_path, by=officer, now=NOW)
    assert first == again
    assert (first.by, first.at, first.size, first.note) == (officer, NOW, len(PDF), "bản chụp")
    assert attached_file(first, tmp_path) == PDF
    assert (tmp_path / first.sha256[:2] / first.sha256).read_bytes() == PDF


@pytest.mark.parametrize(
    "name, kept",
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\báo cáo.pdf.exe", "báo cáo.pdf.pdf"),
        ('a"b\r\nX: y.pdf', "ab X y.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("", "tep.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_name_cannot_mislead(case: Case, officer: User, tmp_path: Path, name: str, kept: str) -> None:
    assert attach(case.pk, name, PDF, folder=tmp_path, by=officer, now=NOW).name == kept


@pytest.mark.parametrize(
    "content, says", [(b"", "trống"), (b"MZ\x90", "Chỉ nhận PDF"), (b"%PDF-" + bytes(MOST_BYTES), "20 MB")]
)
def test_what_is_not_taken_leaves_nothing_behind(
    case: Case, officer: User, tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(CaseRefused, match=says):
        attach(case.pk, "a.pdf", content, folder=tmp_path, by=officer, now=NOW)
    assert list(tmp_path.rglob("*")) == []


def test_viewers_and_closed_cases_take_no_files(
    case: Case, officer: User, viewer: User, tmp_path: Path
) -> None:
    with pytest.raises(CaseForbidden):
        attach(case.pk, "a.pdf", PDF, folder=tmp_path, by=viewer, now=NOW)
    step(case, State.CLOSED, officer, outcome="no-action")
    with pytest.raises(CaseRefused, match="đã đóng"):
        attach(case.pk, "a.pdf", PDF, folder=tmp_path, by=officer, now=NOW)
    assert not Attachment.objects.exists()


def test_a_case_takes_so_many_files_and_no_more(case: Case, officer: User, tmp_path: Path) -> None:
    for number in range(MOST_FILES):
        attach(case.pk, "a", PDF + b"%d" % number, folder=tmp_path, by=officer, now=NOW)
    with pytest.raises(CaseRefused, match="không nhận thêm"):
        attach(case.pk, "a", PDF, folder=tmp_path, by=officer, now=NOW)


def test_a_file_that_was_changed_or_lost_is_said_to_be(tmp_path: Path) -> None:
    sha256 = filestore.keep(tmp_path, PDF)
    path = tmp_path / sha256[:2] / sha256
    path.write_bytes(b"khac")
    with pytest.raises(FileMissing, match="bị thay đổi"):
        filestore.read(tmp_path, sha256)
    path.unlink()
    with pytest.raises(FileMissing, match="khôi phục"):
        filestore.read(tmp_path, sha256)


KILLED = """
import os, sys
from pathlib import Path
from cases import filestore
real = os.fsync
def die(handle):
    os.kill(os.getpid(), 9)
os.fsync = die
filestore.keep(Path(sys.argv[1]), b"%PDF-1.7 half")
"""


def test_a_kill_while_writing_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, env=os.environ)
    assert ended.returncode == -9
    assert [
        path.name for path in tmp_path.rglob("*") if path.is_file() and not path.name.startswith(".")
    ] == []
    sha256 = filestore.keep(tmp_path, b"%PDF-1.7 half")
    assert filestore.read(tmp_path, sha256) == b"%PDF-1.7 half"
