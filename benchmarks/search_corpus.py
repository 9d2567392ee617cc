"""Multiplies the shared corpus to any number of articles and keeps them in a SQLite file."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from search.port import Document, Texts
from search.text.segments import marks

OUTLETS = 60
PLACES = [f"{number:02d}" for number in range(1, 35)]
TOPICS = [f"topic-{number:02d}" for number in range(18)]
FIRST_DAY = datetime(2021, 1, 1, tzinfo=UTC)
DAYS = 2_100
_CHANGED_WORDS = 0.06  # share of words taken from other articles, so that copies are no copies


@dataclass(frozen=True)
class Corpus:
    """Articles in SQLite: what an archive would be."""

    path: Path
    size: int

    def documents(self) -> Iterator[Document]:
        with sqlite3.connect(self.path) as database:
            for row in database.execute("select id, title, lead, text, facts from article order by id"):
                yield _document(*row)

    def segments(self, documents: Sequence[Document]) -> Mapping[int, str]:
        with sqlite3.connect(self.path) as database:
            first, last = documents[0].id, documents[-1].id
            return dict(
                database.execute("select id, segments from article where id between ? and ?", (first, last))
            )

    def texts(self, ids: Sequence[int]) -> Mapping[int, Texts]:
        with sqlite3.connect(self.path) as database:
            marks = ",".join("?" * len(ids))
            rows = database.execute(
                f"select id, title, lead, text from article where id in ({marks})", list(ids)
            )
            return {number: Texts(title, lead, text) for number, title, lead, text in rows}


def _document(number: int, title: str, lead: str, text: str, facts: str) -> Document:
    known = json.loads(facts)
    time_ = datetime.fromtimestamp(known["time"], UTC)
    place, outlet = known["place"], known["outlet"]
    return Document(
        id=number,
        canonical_url=f"https://bao{outlet}.example/{number}",
        url=f"https://bao{outlet}.example/{number}",
        outlet=f"bao-{outlet}",
        outlet_name=f"Báo Số {outlet}",
        outlet_kind="newspaper" if outlet % 4 else "portal",
        scope="local" if outlet % 3 else "national",
        title=title,
        lead=lead,
        text=text,
        published_at=time_,
        first_seen_at=time_,
        topics=tuple(known["topics"]),
        places=(place, f"{place}001"),
        about=(place,),
    )


def make(source: Path, size: int, path: Path, seed: int = 7) -> Corpus:
    """Writes ``size`` articles made from the shared ones, unless ``path`` holds them already."""
    corpus = Corpus(path, size)
    if path.exists():
        with sqlite3.connect(path) as database:
            if database.execute("select count(*) from article").fetchone()[0] == size:
                return corpus
        path.unlink()
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        originals = [json.loads(line) for line in lines]
    bodies = [original["body"].split(" ") for original in originals]
    segments = _segments(originals, bodies, path.with_name("segments.json"))
    chance = random.Random(seed)
    started = time.perf_counter()
    with sqlite3.connect(path) as database:
        database.execute("pragma journal_mode=off")
        database.execute(
            "create table article (id integer primary key, title text, lead text, text text, facts text,"
            " segments text)"
        )
        database.executemany(
            "insert into article values (?, ?, ?, ?, ?, ?)",
            (_row(number, originals, bodies, segments, chance) for number in range(size)),
        )
    print(
        f"corpus: {size:,} articles in {time.perf_counter() - started:.0f} s,"
        f" {path.stat().st_size / 1e9:.2f} GB"
    )
    return corpus


def _segments(originals: list[dict], bodies: list[list[str]], kept: Path) -> list[tuple[str, list[str]]]:
    """Per article the marks of title and lead, and those of each word of the body; kept in a file.

    Working them out takes two minutes.
    """
    if kept.exists():
        marked = json.loads(kept.read_text())
    else:
        with ProcessPoolExecutor() as pool:
            parts = ((each["title"], each["lead"], each["body"]) for each in originals)
            marked = list(pool.map(marks, parts, chunksize=50))
        kept.write_text(json.dumps(marked))
    cut = []
    for found, words in zip(marked, bodies, strict=True):
        title, lead, body = found.split("/")
        rest = iter(body)
        cut.append((f"{title}/{lead}/", ["".join(islice(rest, len(word.split()))) for word in words]))
    return cut


def _row(
    number: int,
    originals: list[dict],
    bodies: list[list[str]],
    segments: list[tuple[str, list[str]]],
    chance: random.Random,
) -> tuple:
    at = number % len(originals)
    original, words = originals[at], list(bodies[at])
    head, marked = segments[at][0], list(segments[at][1])
    from_other = chance.randrange(len(bodies))
    other = bodies[from_other]
    if number >= len(originals):
        for _ in range(int(len(words) * _CHANGED_WORDS)):
            taken, place = chance.randrange(len(other)), chance.randrange(len(words))
            words[place], marked[place] = other[taken], segments[from_other][1][taken]
    moment = FIRST_DAY + timedelta(days=chance.random() * DAYS)
    facts = {
        "outlet": int(chance.paretovariate(0.7)) % OUTLETS,
        "time": int(moment.timestamp()),
        "place": chance.choice(PLACES),
        "topics": chance.sample(TOPICS, k=chance.choice((0, 1, 1, 2))),
    }
    text = " ".join(words)
    return number, original["title"], original["lead"], text, json.dumps(facts), head + "".join(marked)
