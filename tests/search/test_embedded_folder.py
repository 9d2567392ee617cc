"""The embedded index on disk: other processes, damage, other versions, rebuilds that die."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from search.embedded import EmbeddedEngine
from search.port import Document, EngineUnavailable, IndexUnreadable
from search.query import parse
from tests.search.makers import Store, document, found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def opened(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root, Store())


def generation(root: Path) -> Path:
    return root / (root / "current").read_text().strip()


def _write_elsewhere(root: Path, orders: Connection) -> None:
    engine = opened(root)
    while (order := orders.recv()) is not None:
        verb, number = order
        if verb == "index":
            engine.index([document(number, "lũ")])
        else:
            engine.rebuild(iter([document(number, "lũ")]))
        orders.send("done")
    engine.close()


@pytest.fixture
def other_process(root: Path) -> Iterator[Connection]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_write_elsewhere, args=(root, there))
    process.start()
    yield here
    here.send(None)
    process.join(20)
    assert process.exitcode == 0


def test_a_reader_sees_what_another_process_wrote(root: Path, other_process: Connection) -> None:
    reader = opened(root)
    assert found(reader, "lũ") == []
    for number in (1, 2):
        other_process.send(("index", number))
        assert other_process.recv() == "done"
        assert reader.count(parse("lũ")) == number
    other_process.send(("rebuild", 7))
    assert other_process.recv() == "done"
    assert found(reader, "lũ") == [7]
    assert len(list(root.glob("g*"))) == 1
    with pytest.raises(EngineUnavailable, match="tiến trình khác"):
        other_process.send(("index", 8))
        assert other_process.recv() == "done"
        reader.index([document(9, "lũ")])


def test_an_index_outlives_the_engine(root: Path) -> None:
    first = opened(root)
    first.index([document(1, "lũ")])
    first.close()
    assert found(opened(root), "lũ") == [1]


def _remove_generation(root: Path) -> None:
    shutil.rmtree(generation(root))


def _spoil_meta(root: Path) -> None:
    (generation(root) / "meta.json").write_text("{")


def _other_version(root: Path) -> None:
    (generation(root) / "version.txt").write_text("tantivy-0/0\n")


def _spoil_pointer(root: Path) -> None:
    (root / "current").write_bytes(b"\xff\x00")


@pytest.mark.parametrize("spoil", [_remove_generation, _spoil_meta, _other_version, _spoil_pointer])
def test_a_damaged_index_is_recognised_said_and_rebuilt(root: Path, spoil: object) -> None:
    first = opened(root)
    first.index([document(1, "lũ")])
    first.close()
    spoil(root)  # type: ignore[operator]
    engine = opened(root)
    health = engine.health()
    assert not health.ok
    assert "diembao reindex" in health.message
    with pytest.raises(IndexUnreadable, match="diembao reindex"):
        found(engine, "lũ")
    with pytest.raises(IndexUnreadable, match="diembao reindex"):
        engine.index([document(2, "lũ")])
    engine.rebuild(iter([document(1, "lũ"), document(2, "lũ")]))
    assert engine.health().ok
    assert set(found(engine, "lũ")) == {1, 2}


def test_a_lost_folder_becomes_an_empty_index(root: Path) -> None:
    engine = opened(root)
    engine.index([document(1, "lũ")])
    engine.close()
    shutil.rmtree(root)
    assert opened(root).health().documents == 0


def test_a_reader_that_comes_while_the_first_index_is_built_does_no_harm(root: Path) -> None:
    def archive() -> Iterator[Document]:
        yield document(1, "lũ")
        assert found(opened(root), "lũ") == []
        yield document(2, "lũ")

    engine = opened(root)
    engine.rebuild(archive())
    assert set(found(engine, "lũ")) == {1, 2}


def test_two_rebuilds_at_once_are_refused(root: Path) -> None:
    engine = opened(root)

    def archive() -> Iterator[Document]:
        with pytest.raises(EngineUnavailable, match="đang được dựng lại"):
            opened(root).rebuild(iter([]))
        yield document(1, "lũ")

    assert engine.rebuild(archive()).indexed == 1


def test_what_a_dead_rebuild_left_is_removed_by_the_next(root: Path) -> None:
    engine = opened(root)
    engine.index([document(1, "lũ")])
    (root / "g000099").mkdir()
    (root / "rebuild.journal").write_text("not for you\n")
    engine.index([document(2, "lũ")])
    assert (root / "rebuild.journal").read_text() == "not for you\n"
    engine.rebuild(iter([document(3, "lũ")]))
    assert sorted(path.name for path in root.iterdir()) == sorted(
        [generation(root).name, "current", "rebuild.lock", "write.lock"]
    )


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineUnavailable, match="quyền ghi"):
        opened(tmp_path / "file" / "index")
