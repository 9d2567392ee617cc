"""Raw answers are kept byte for byte, and any tampering is named."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive import evidence, warc
from archive.models import ChainTip, Snapshot
from archive.warc import WarcFolder
from tests.archive.conftest import HOST, NOW, answer

Fill = Callable[[int], list[Snapshot]]


@pytest.fixture
def fill(db: None, store: WarcFolder) -> Fill:
    def append(count: int) -> list[Snapshot]:
        with transaction.atomic():
            return [
                evidence.append(store, answer(f"{HOST}/{i}", f"bài {i}".encode() * 50), None)
                for i in range(count)
            ]

    return append


def kinds(report: evidence.EvidenceReport) -> list[tuple[int, str]]:
    return [(problem.sequence, problem.kind) for problem in report.problems]


def test_an_untouched_chain_is_good_and_progress_is_told(fill: Fill, store: WarcFolder) -> None:
    fill(5)
    told: list[tuple[int, int]] = []
    report = evidence.verify(store.folder, lambda done, total: told.append((done, total)))
    assert (report.good, report.checked, report.orphan_bytes) == (True, 5, 0)
    assert told == [(i, 5) for i in range(1, 6)]
    assert list(Snapshot.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]


def test_an_empty_archive_is_good(db: None, tmp_path: Path) -> None:
    assert evidence.verify(tmp_path / "none").good


@pytest.mark.parametrize(
    "change",
    [
        {"url": f"{HOST}/other"},
        {"status": 404},
        {"fetched_at": NOW - timedelta(seconds=1)},
        {"payload_sha256": "0" * 64},
        {"chain": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_altered_row_is_named(fill: Fill, store: WarcFolder, change: dict[str, object]) -> None:
    fill(5)
    Snapshot.objects.filter(sequence=3).update(**change)
    report = evidence.verify(store.folder)
    assert (3, "altered") in kinds(report)
    assert {sequence for sequence, _ in kinds(report)} <= {3, 4}


@pytest.mark.parametrize("lost", [1, 3, 5])
def test_a_missing_row_is_named(fill: Fill, store: WarcFolder, lost: int) -> None:
    fill(5)
    Snapshot.objects.filter(sequence=lost).delete()
    assert kinds(evidence.verify(store.folder)) == [(lost, "missing")]


def test_a_chain_rewritten_at_its_end_is_found(fill: Fill, store: WarcFolder) -> None:
    fill(3)
    last = Snapshot.objects.get(sequence=3)
    last.url += "?changed"
    last.chain = evidence.link(Snapshot.objects.get(sequence=2).chain, last)
    last.save()
    assert (3, "altered") in kinds(evidence.verify(store.folder))


def test_a_lost_chain_end_is_found(fill: Fill, store: WarcFolder) -> None:
    fill(3)
    ChainTip.objects.all().delete()
    assert not evidence.verify(store.folder).good


def test_any_flipped_bit_in_a_record_is_named(fill: Fill, store: WarcFolder) -> None:
    snapshots = fill(3)
    path = store.folder / snapshots[1].warc_file
    whole = path.read_bytes()
    start, length = snapshots[1].warc_offset, snapshots[1].warc_length
    # The gzip header's time and system bytes (4 to 9) carry no content, nor may the last bits of the
    # stream, which fill a byte before the checksum and the length.
    last = length - 9
    for at in [0, 1, *(at for at in range(10, length) if at != last)]:
        damaged = bytearray(whole)
        damaged[start + at] ^= 0x04
        path.write_bytes(damaged)
        assert kinds(evidence.verify(store.folder)) == [(2, "broken")], at


def test_a_lost_or_cut_file_is_named(fill: Fill, store: WarcFolder) -> None:
    snapshots = fill(3)
    path = store.folder / snapshots[0].warc_file
    path.write_bytes(path.read_bytes()[: snapshots[2].warc_offset + 10])
    report = evidence.verify(store.folder)
    assert kinds(report) == [(3, "broken")]
    assert "cụt" in report.problems[0].message
    path.unlink()
    assert kinds(evidence.verify(store.folder)) == [(1, "broken"), (2, "broken"), (3, "broken")]


def test_a_swapped_body_cannot_be_read_as_evidence(fill: Fill, store: WarcFolder) -> None:
    snapshots = fill(2)
    first, second = snapshots
    first.warc_offset, first.warc_length = second.warc_offset, second.warc_length
    with pytest.raises(warc.WarcError, match="nội dung đã bị sửa"):
        evidence.read_snapshot(store.folder, first)


def test_a_torn_record_of_a_killed_writer_is_an_orphan(fill: Fill, store: WarcFolder) -> None:
    snapshots = fill(2)
    path = store.folder / snapshots[0].warc_file
    with path.open("ab") as stream:
        stream.write(b"\x1f\x8b torn")
    report = evidence.verify(store.folder)
    assert (report.good, report.orphan_bytes, report.orphan_files) == (True, 7, [snapshots[0].warc_file])


def test_a_wrong_digest_is_refused_before_anything_is_written(db: None, store: WarcFolder) -> None:
    raw = answer(HOST, b"one")
    wrong = evidence.RawAnswer(raw.url, 200, raw.headers, b"two", NOW, raw.sha256)
    with transaction.atomic(), pytest.raises(ValueError, match="digest"):
        evidence.append(store, wrong, None)
    assert not store.folder.exists()


def test_files_rotate_by_size_and_day(tmp_path: Path) -> None:
    store = WarcFolder(tmp_path, rotate_bytes=300)
    body = b"x"
    digest = hashlib.sha256(body).hexdigest()
    places = [store.append(HOST, NOW, 200, (), body, digest) for _ in range(3)]
    places.append(store.append(HOST, NOW + timedelta(days=1), 200, (), body, digest))
    store.close()
    assert len({place.file for place in places}) >= 3
    assert [place.file.split("/")[0] for place in places] == ["20261123"] * 3 + ["20261124"]
    assert all(warc.read(tmp_path, place).body == body for place in places)


@pytest.mark.parametrize(("rotate_bytes", "files"), [(1 << 20, 1), (1, 5)])
def test_a_group_of_records_waits_for_the_disk_once_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rotate_bytes: int, files: int
) -> None:
    store = WarcFolder(tmp_path, rotate_bytes=rotate_bytes)
    synced: list[int] = []
    monkeypatch.setattr(warc.os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
    with store.group():
        places = [store.append(f"{HOST}/{n}", NOW, 200, (), b"hai", "0" * 64) for n in range(5)]
    store.close()
    made = {(tmp_path / place.file).stat().st_ino for place in places}
    waited = [inode for inode in synced if inode in made]
    assert set(waited) == made
    assert len(waited) == files


def test_a_group_that_the_disk_refuses_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = WarcFolder(tmp_path)
    store.append(f"{HOST}/0", NOW, 200, (), b"khong", "0" * 64)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="space"), store.group():
        store.append(f"{HOST}/1", NOW, 200, (), b"mot", "0" * 64)
        broken.setattr(warc.os, "fsync", full)
    place = store.append(f"{HOST}/2", NOW, 200, (), b"hai", "0" * 64)
    store.close()
    assert warc.read(tmp_path, place).body == b"hai"


def test_files_are_ordinary_warc_that_other_tools_read(fill: Fill, store: WarcFolder) -> None:
    snapshots = fill(3)
    path = store.folder / snapshots[0].warc_file
    with path.open("rb") as stream:
        records = [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI"),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    assert records == [("response", f"{HOST}/{i}", f"bài {i}".encode() * 50) for i in range(3)]
    assert gzip.decompress(path.read_bytes()).startswith(b"WARC/1.1\r\n")


header_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    body=st.binary(max_size=2000),
    status=st.integers(200, 599),
    headers=st.lists(
        st.tuples(st.from_regex(r"[A-Za-z][A-Za-z-]{0,15}", fullmatch=True), header_text), max_size=5
    ),
)
@example(body=b"", status=200, headers=[("A", ";\x80=0")])  # neither ASCII nor a parameter's value
def test_any_answer_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, status: int, headers: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("warc")
    store = WarcFolder(folder)
    place = store.append(HOST, NOW, status, headers, body, hashlib.sha256(body).hexdigest())
    store.close()
    record = warc.read(folder, place)
    assert (record.body, record.status, record.url) == (body, status, HOST)
    assert [name for name, _ in record.headers] == [name for name, _ in headers]


def test_letters_beyond_ascii_in_a_header_are_kept_as_percent_codes(tmp_path: Path) -> None:
    sent = [("Content-Disposition", 'đính kèm; tệp="báo cáo.pdf"; size=9'), ("X-Note", "50% ; a=b")]
    store = WarcFolder(tmp_path)
    place = store.append(HOST, NOW, 200, sent, b"", "0" * 64)
    store.close()
    kept = dict(warc.read(tmp_path, place).headers)
    assert unquote(kept["Content-Disposition"]) == sent[0][1]
    assert kept["X-Note"] == sent[1][1]
