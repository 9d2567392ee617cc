"""Raw answers in WARC 1.1 files, one gzip member per record, so that each can be read alone."""

from __future__ import annotations

import io
import os
import secrets
import string
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ROTATE_BYTES = 256 * 1024 * 1024
# The body is kept decoded; these would contradict it, so they are kept under another name.
ENCODING_HEADERS = {"content-encoding", "transfer-encoding", "content-length"}
ORIGINAL = "X-Archive-Orig-"

Headers = Sequence[tuple[str, str]]


class WarcError(ValueError):
    """A record cannot be read back; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies. ``file`` is relative to the snapshots folder; offset and length in bytes."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read back."""

    url: str
    date: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class WarcFolder:
    """Appends records; each process writes files of its own, one a day, rotated by size.

    A file whose writer was killed is never opened for writing again: what is torn at its end stays
    there and belongs to no record. Safe for threads.
    """

    def __init__(self, folder: Path, rotate_bytes: int = ROTATE_BYTES):
        self.folder = folder
        self._rotate_bytes = rotate_bytes
        self._lock = threading.RLock()
        self._grouped = False
        self._out: BinaryIO | None = None
        self._name = ""
        self._owner = (0, "")  # process id, day

    def append(
        self, url: str, at: datetime, status: int, headers: Headers, body: bytes, sha256: str
    ) -> Place:
        """Write one response record and wait until the disk has it. Raises ``OSError``."""
        record = encode(url, at, status, headers, body, sha256)
        with self._lock:
            out = self._file(at)
            offset = out.seek(0, os.SEEK_END)
            try:
                _write(out, record)
                if not self._grouped:
                    os.fsync(out.fileno())
            except OSError:
                # The disk is full or broken: what was half written would only be in the way.
                self._close()
                raise
            return Place(self._name, offset, len(record))

    @contextmanager
    def group(self) -> Iterator[None]:
        """Records appended within are waited for once, at the end; other threads wait meanwhile.

        Raises ``OSError`` when the disk does not have them all: none of them may then be relied on.
        """
        with self._lock:
            self._grouped = True
            try:
                yield
                self._sync()
            finally:
                self._grouped = False

    def _sync(self) -> None:
        if self._out is None:
            return
        try:
            os.fsync(self._out.fileno())
        except OSError:
            self._close()
            raise

    def close(self) -> None:
        """Close the current file; a later ``append`` starts a new one."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._out is not None:
            out, self._out = self._out, None
            out.close()

    def _file(self, at: datetime) -> BinaryIO:
        owner = (os.getpid(), at.astimezone(UTC).strftime("%Y%m%d"))
        if self._out is not None and owner == self._owner and self._out.tell() < self._rotate_bytes:
            return self._out
        if self._grouped:
            self._sync()
        self._close()
        day = owner[1]
        self._name = f"{day}/{day}-{owner[0]}-{secrets.token_hex(4)}.warc.gz"
        path = self.folder / self._name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered: after a failed write nothing lingers to be written at a later close.
        self._out = path.open("xb", buffering=0)
        self._owner = owner
        for parent in (path.parent, self.folder):
            _sync_folder(parent)
        return self._out


def encode(url: str, at: datetime, status: int, headers: Headers, body: bytes, sha256: str) -> bytes:
    """One gzip member with one WARC response record."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(f"{status} {_phrase(status)}", _kept(headers), protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "WARC-Payload-Digest": f"sha256:{sha256}",
        },
    )
    writer.write_record(record)
    return buffer.getvalue()


def read(folder: Path, place: Place) -> Record:
    """Read one record back. Raises ``WarcError`` when it is missing, torn or no such record."""
    path = folder / place.file
    where = f"{place.file} từ byte {place.offset}"
    try:
        with path.open("rb") as stream:
            stream.seek(place.offset)
            raw = stream.read(place.length)
    except OSError as error:
        raise WarcError(f"{where}: không mở được ({error.strerror})") from error
    if len(raw) < place.length:
        raise WarcError(f"{where}: tệp bị cụt, thiếu {place.length - len(raw)} byte")
    try:
        for record in ArchiveIterator(io.BytesIO(_unzipped(raw))):
            if record.rec_type != "response" or record.http_headers is None:
                break
            return Record(
                url=record.rec_headers.get_header("WARC-Target-URI") or "",
                date=record.rec_headers.get_header("WARC-Date") or "",
                status=int(record.http_headers.get_statuscode()),
                headers=tuple(
                    (name.removeprefix(ORIGINAL), value) for name, value in record.http_headers.headers
                ),
                body=record.raw_stream.read(),
            )
    # A flipped bit may break the gzip stream, the header syntax or the character encoding.
    except (zlib.error, ArchiveLoadFailed, ValueError, EOFError, OSError) as error:
        raise WarcError(f"{where}: không đọc được ({error})") from error
    raise WarcError(f"{where}: không phải bản ghi trả lời HTTP")


def _unzipped(member: bytes) -> bytes:
    # warcio stops at the record's declared length and never comes to the member's checksum.
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    whole = stream.decompress(member)
    if not stream.eof or stream.unused_data:
        raise ValueError("không phải đúng một khối gzip")
    return whole


def _kept(headers: Headers) -> list[tuple[str, str]]:
    return [
        (ORIGINAL + name if name.lower() in ENCODING_HEADERS else name, _ascii(" ".join(value.split())))
        for name, value in headers
        if name and not name.isspace()
    ]


def _ascii(value: str) -> str:
    # warcio encodes what it takes for a parameter's value and fails at other letters beyond ASCII.
    return value if value.isascii() else quote(value, safe=string.punctuation + " ", errors="surrogatepass")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _write(out: BinaryIO, record: bytes) -> None:
    # An unbuffered file may take only a part, as it does when the disk is nearly full.
    left = memoryview(record)
    while left:
        left = left[out.write(left) :]


def _sync_folder(folder: Path) -> None:
    # A new file's name is only on disk once its folder is.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
