"""Multiplies the shared corpus to any number of articles and keeps them in a SQLite file."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from search.port import Document, Texts

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
    chance = random.Random(seed)
    started = time.perf_counter()
    with sqlite3.connect(path) as database:
        database.execute("pragma journal_mode=off")
        database.execute(
            "create table article (id integer primary key, title text, lead text, text text, facts text)"
        )
        database.executemany(
            "insert into article values (?, ?, ?, ?, ?)",
            (_row(number, originals, bodies, chance) for number in range(size)),
        )
    print(
        f"corpus: {size:,} articles in {time.perf_counter() - started:.0f} s,"
        f" {path.stat().st_size / 1e9:.2f} GB"
    )
    return corpus


def _row(number: int, originals: list[dict], bodies: list[list[str]], chance: random.Random) -> tuple:
    at = number % len(originals)
    original, words = originals[at], list(bodies[at])
    other = bodies[chance.randrange(len(bodies))]
    if number >= len(originals):
        for _ in range(int(len(words) * _CHANGED_WORDS)):
            words[chance.randrange(len(words))] = other[chance.randrange(len(other))]
    moment = FIRST_DAY + timedelta(days=chance.random() * DAYS)
    facts = {
        "outlet": int(chance.paretovariate(0.7)) % OUTLETS,
        "time": int(moment.timestamp()),
        "place": chance.choice(PLACES),
        "topics": chance.sample(TOPICS, k=chance.choice((0, 1, 1, 2))),
    }
    return number, original["title"], original["lead"], " ".join(words), json.dumps(facts)
