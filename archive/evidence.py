"""The evidence chain: every raw answer that carried something new, provably unchanged since.

``chain`` of snapshot n is SHA-256 over the lines: chain of n-1, n, url, fetched_at (UTC, ISO 8601
with microseconds), status, payload SHA-256, WARC file, offset, length. The first link hangs on
``GENESIS``. ``ChainTip`` remembers the end, so that cutting off the newest rows shows too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from archive import warc
from archive.models import Article, ChainTip, Snapshot

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """One HTTP answer as received; ``body`` decompressed, ``sha256`` (hex) of ``body``."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one link: missing, altered (facts), broken (record), truncated (the end)."""

    sequence: int
    kind: str
    message: str


@dataclass(slots=True)
class EvidenceReport:
    """The outcome of ``verify``. Orphan bytes belong to no row (a killed writer); they are harmless."""

    checked: int = 0
    problems: list[Problem] = field(default_factory=list)
    orphan_bytes: int = 0
    orphan_files: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every snapshot is present and unaltered."""
        return not self.problems


def link(previous: str, snapshot: Snapshot) -> str:
    """The chain value that ``snapshot`` must have after ``previous``."""
    facts = (
        previous,
        snapshot.sequence,
        snapshot.url,
        snapshot.fetched_at.astimezone(UTC).isoformat(timespec="microseconds"),
        snapshot.status,
        snapshot.payload_sha256,
        snapshot.warc_file,
        snapshot.warc_offset,
        snapshot.warc_length,
    )
    return hashlib.sha256("\n".join(map(str, facts)).encode()).hexdigest()


def append(store: warc.WarcFolder, answer: RawAnswer, article: Article | None) -> Snapshot:
    """Keep ``answer``: record on disk first, then the row. Call it inside a transaction, late.

    The chain's tip stays locked until that transaction ends. If it rolls back, the record is left
    as an orphan. Raises ``ValueError`` when ``sha256`` is not of ``body``, ``OSError`` on a full disk.
    """
    if hashlib.sha256(answer.body).hexdigest() != answer.sha256:
        raise ValueError(f"{answer.url}: the digest given with the answer is not that of its body")
    place = store.append(
        answer.url, answer.fetched_at, answer.status, answer.headers, answer.body, answer.sha256
    )
    tip = _locked_tip()
    snapshot = Snapshot(
        sequence=tip.sequence + 1,
        url=answer.url,
        fetched_at=answer.fetched_at,
        status=answer.status,
        warc_file=place.file,
        warc_offset=place.offset,
        warc_length=place.length,
        payload_sha256=answer.sha256,
        article=article,
    )
    snapshot.chain = link(tip.chain, snapshot)
    snapshot.save(force_insert=True)
    tip.sequence, tip.chain = snapshot.sequence, snapshot.chain
    tip.save(update_fields=["sequence", "chain"])
    return snapshot


def read_snapshot(folder: Path, snapshot: Snapshot) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """Headers and body as kept. Raises ``warc.WarcError``, also when the body was altered."""
    record = warc.read(folder, _place(snapshot))
    problem = _mismatch(snapshot, record)
    if problem:
        raise warc.WarcError(f"bản chụp {snapshot.sequence}: {problem}")
    return record.headers, record.body


def verify(folder: Path, progress: Callable[[int, int], None] | None = None) -> EvidenceReport:
    """Read every record again and check digests and chain. ``progress(done, total)`` is called along."""
    report = EvidenceReport()
    with transaction.atomic():  # one state of tip and rows, while others go on appending
        tip = ChainTip.objects.filter(pk=1).first()
        end = tip.sequence if tip else 0
        total = Snapshot.objects.filter(sequence__lte=end).count()
    used: dict[str, int] = {}
    previous, sequence = GENESIS, 0
    for snapshot in Snapshot.objects.filter(sequence__lte=end).order_by("sequence").iterator(500):
        report.problems += _missing(sequence + 1, snapshot.sequence)
        if snapshot.sequence == sequence + 1 and link(previous, snapshot) != snapshot.chain:
            report.problems.append(
                Problem(snapshot.sequence, "altered", f"{snapshot.url}: dòng ghi không khớp với chuỗi")
            )
        report.problems += _check_record(folder, snapshot)
        used[snapshot.warc_file] = used.get(snapshot.warc_file, 0) + snapshot.warc_length
        previous, sequence = snapshot.chain, snapshot.sequence
        report.checked += 1
        if progress is not None:
            progress(report.checked, total)
    report.problems += _missing(sequence + 1, end + 1)
    if tip is not None and sequence == end and previous != tip.chain:
        report.problems.append(Problem(end, "altered", "mắt xích cuối khác với điểm cuối đã ghi của chuỗi"))
    beyond = Snapshot.objects.filter(sequence__gt=end).exists() if tip is None else False
    if beyond:
        report.problems.append(Problem(1, "altered", "có bản chụp nhưng mất điểm cuối đã ghi của chuỗi"))
    _count_orphans(folder, used, report)
    return report


def _locked_tip() -> ChainTip:
    locked = ChainTip.objects.select_for_update()
    tip = locked.filter(pk=1).first()
    if tip is None:  # the very first; another worker may be making it too
        ChainTip.objects.bulk_create([ChainTip(pk=1, sequence=0, chain=GENESIS)], ignore_conflicts=True)
        tip = locked.get(pk=1)
    return tip


def _place(snapshot: Snapshot) -> warc.Place:
    return warc.Place(snapshot.warc_file, snapshot.warc_offset, snapshot.warc_length)


def _missing(first: int, beyond: int) -> Iterator[Problem]:
    for sequence in range(first, beyond):
        yield Problem(sequence, "missing", "mất dòng ghi của bản chụp này")


def _check_record(folder: Path, snapshot: Snapshot) -> list[Problem]:
    try:
        record = warc.read(folder, _place(snapshot))
    except warc.WarcError as error:
        return [Problem(snapshot.sequence, "broken", str(error))]
    problem = _mismatch(snapshot, record)
    return [Problem(snapshot.sequence, "broken", problem)] if problem else []


def _mismatch(snapshot: Snapshot, record: warc.Record) -> str:
    if hashlib.sha256(record.body).hexdigest() != snapshot.payload_sha256:
        return f"{snapshot.warc_file} từ byte {snapshot.warc_offset}: nội dung đã bị sửa"
    if (record.url, record.status) != (snapshot.url, snapshot.status):
        return f"{snapshot.warc_file} từ byte {snapshot.warc_offset}: chứa {record.status} {record.url}"
    return ""


def _count_orphans(folder: Path, used: dict[str, int], report: EvidenceReport) -> None:
    for path in sorted(folder.glob("*/*.warc.gz")):
        name = path.relative_to(folder).as_posix()
        surplus = path.stat().st_size - used.get(name, 0)
        if surplus > 0:
            report.orphan_bytes += surplus
            report.orphan_files.append(name)
