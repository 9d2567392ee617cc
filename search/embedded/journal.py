"""What was indexed or deleted while a rebuild was under way, to be repeated on the new index."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from search.port import Document


@dataclass(frozen=True, slots=True)
class Change:
    """One batch: documents inserted or replaced, and ids deleted."""

    documents: tuple[Document, ...] = ()
    deleted: tuple[int, ...] = ()


_CHANGE = TypeAdapter(Change)


def append(path: Path, documents: Sequence[Document], deleted: Sequence[int]) -> None:
    """Adds a batch, on disk when this returns. The caller holds the write lock."""
    with path.open("ab") as file:
        file.write(_CHANGE.dump_json(Change(tuple(documents), tuple(deleted))) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Iterator[Change]:
    """The batches in order."""
    with path.open("rb") as file:
        for line in file:
            yield _CHANGE.validate_json(line)
