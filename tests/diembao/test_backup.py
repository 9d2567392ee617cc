"""A backup is complete or not there; a damaged one is refused before anything is replaced."""

import io
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from diembao.backup.create import create
from diembao.backup.manifest import BackupError
from diembao.backup.restore import forget, interrupted, restore, switch


def _database(folder: Path) -> dict:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "diembao.sqlite3")}


@pytest.fixture
def service(tmp_path: Path) -> Path:
    """A data folder with one row and one evidence file."""
    data = tmp_path / "data"
    (data / "snapshots" / "2026").mkdir(parents=True)
    (data / "snapshots" / "2026" / "a.warc.gz").write_bytes(b"evidence")
    with sqlite3.connect(_database(data)["NAME"]) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE article (title TEXT)")
        connection.execute("INSERT INTO article VALUES ('Mưa lũ ở Lam Giang')")
    connection.close()
    return data


def _titles(data: Path) -> list[str]:
    connection = sqlite3.connect(_database(data)["NAME"])
    rows = connection.execute("SELECT title FROM article").fetchall()
    connection.close()
    return [title for (title,) in rows]


def test_a_restored_backup_is_what_was_backed_up(service: Path, tmp_path: Path):
    file = tmp_path / "backup.tar"
    manifest = create(_database(service), service / "snapshots", file)
    assert set(manifest.files) == {"database", "snapshots/2026/a.warc.gz"}
    new = tmp_path / "new"
    restore(file, _database(new), new, new / "snapshots", force=False)
    assert _titles(new) == ["Mưa lũ ở Lam Giang"]
    assert (new / "snapshots" / "2026" / "a.warc.gz").read_bytes() == b"evidence"


def test_files_of_cases_are_in_the_backup_and_join_those_that_are_there(service: Path, tmp_path: Path):
    files = service / "attachments"
    (files / "ab").mkdir(parents=True)
    (files / "ab" / "abc").write_bytes(b"approved")
    (files / "ab" / ".half").write_bytes(b"ha")
    backup = tmp_path / "backup.tar"
    manifest = create(_database(service), service / "snapshots", backup, files)
    assert "attachments/ab/abc" in manifest.files and len(manifest.files) == 3
    new = tmp_path / "new"
    (new / "attachments" / "cd").mkdir(parents=True)
    (new / "attachments" / "cd" / "cde").write_bytes(b"other")
    restore(backup, _database(new), new, new / "snapshots", force=True)
    assert (new / "attachments" / "ab" / "abc").read_bytes() == b"approved"
    assert (new / "attachments" / "cd" / "cde").read_bytes() == b"other"


def test_rows_still_in_the_write_ahead_log_are_in_the_backup(service: Path, tmp_path: Path):
    open_connection = sqlite3.connect(_database(service)["NAME"])
    open_connection.execute("INSERT INTO article VALUES ('Bài mới')")
    open_connection.commit()
    file = tmp_path / "backup.tar"
    create(_database(service), service / "snapshots", file)
    open_connection.close()
    new = tmp_path / "new"
    restore(file, _database(new), new, new / "snapshots", force=False)
    assert _titles(new) == ["Mưa lũ ở Lam Giang", "Bài mới"]


def test_nothing_half_written_is_left_when_a_backup_fails(service: Path, tmp_path: Path):
    (service / "diembao.sqlite3").unlink()
    with pytest.raises(BackupError, match="diembao init"):
        create(_database(service), service / "snapshots", tmp_path / "backup.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_data_is_not_replaced_without_force(service: Path, tmp_path: Path):
    file = tmp_path / "backup.tar"
    create(_database(service), service / "snapshots", file)
    with pytest.raises(BackupError, match="--force"):
        restore(file, _database(service), service, service / "snapshots", force=False)
    restore(file, _database(service), service, service / "snapshots", force=True)
    assert _titles(service) == ["Mưa lũ ở Lam Giang"]


def _rewritten(source: Path, target: Path, change) -> Path:
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = old.extractfile(member).read()
            for name, data in change(member.name, content):
                info = tarfile.TarInfo(name)
                info.size = len(data)
                new.addfile(info, io.BytesIO(data))
    return target


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda name, data: [(name, data.replace(b"evidence", b"invented"))], "altered"),
        (lambda name, data: [] if name.endswith(".gz") else [(name, data)], "missing"),
        (lambda name, data: [] if name == "manifest.json" else [(name, data)], "cut short"),
        (lambda name, data: [("../" + name if name.endswith(".gz") else name, data)], "outside"),
        (lambda name, data: [(name, data.replace(b'"format": 1', b'"format": 9'))], "format 9"),
    ],
)
def test_a_damaged_backup_is_refused_and_replaces_nothing(service: Path, tmp_path: Path, change, says: str):
    file = tmp_path / "backup.tar"
    create(_database(service), service / "snapshots", file)
    damaged = _rewritten(file, tmp_path / "damaged.tar", change)
    with pytest.raises(BackupError, match=says):
        restore(damaged, _database(service), service, service / "snapshots", force=True)
    assert _titles(service) == ["Mưa lũ ở Lam Giang"]
    assert (service / "snapshots" / "2026" / "a.warc.gz").read_bytes() == b"evidence"


def test_a_truncated_file_is_refused(service: Path, tmp_path: Path):
    file = tmp_path / "backup.tar"
    create(_database(service), service / "snapshots", file)
    file.write_bytes(file.read_bytes()[:4000])
    with pytest.raises(BackupError):
        restore(file, _database(tmp_path / "new"), tmp_path / "new", tmp_path / "new/snapshots", force=False)
    assert not (tmp_path / "new" / "diembao.sqlite3").exists()


def test_a_backup_of_the_other_database_is_refused(service: Path, tmp_path: Path):
    file = tmp_path / "backup.tar"
    create(_database(service), service / "snapshots", file)
    postgresql = {"ENGINE": "django.db.backends.postgresql", "NAME": "x", "HOST": "", "PORT": "", "USER": ""}
    with pytest.raises(BackupError, match="DATABASE_URL"):
        restore(file, postgresql, tmp_path / "new", tmp_path / "new" / "snapshots", force=False)


CHILD = """
import os, pathlib, sys
from diembao.backup import restore as module
stop = int(sys.argv[1])
calls = 0
def dying(name, function):
    def call(*args, **kwargs):
        global calls
        calls += 1
        if calls == stop:
            os.kill(os.getpid(), 9)
        return function(*args, **kwargs)
    return call
for name in ("rename", "replace", "unlink"):
    setattr(pathlib.Path, name, dying(name, getattr(pathlib.Path, name)))
data = pathlib.Path(sys.argv[2])
database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "diembao.sqlite3")}
module.restore(pathlib.Path(sys.argv[3]), database, data, data / "snapshots", force=True)
module.forget(data)
"""


@pytest.mark.parametrize("step", range(1, 12))
def test_a_restore_killed_at_any_step_leaves_the_old_or_comes_to_the_new(
    service: Path, tmp_path: Path, step: int
):
    file = tmp_path / "backup.tar"
    create(_database(service), service / "snapshots", file)
    with sqlite3.connect(_database(service)["NAME"]) as connection:
        connection.execute("UPDATE article SET title = 'Sau bản sao'")
    connection.close()
    (service / "snapshots" / "2026" / "a.warc.gz").write_bytes(b"later evidence")
    done = subprocess.run([sys.executable, "-c", CHILD, str(step), str(service), str(file)], timeout=60)
    assert done.returncode in (0, -9)
    switched = interrupted(service) or done.returncode == 0
    if interrupted(service):
        switch(_database(service), service, service / "snapshots")
        forget(service)
    kept = (service / "snapshots" / "2026" / "a.warc.gz").read_bytes()
    if switched:
        assert (_titles(service), kept) == (["Mưa lũ ở Lam Giang"], b"evidence")
        assert not (service / ".restore").exists()
    else:
        assert (_titles(service), kept) == (["Sau bản sao"], b"later evidence")
