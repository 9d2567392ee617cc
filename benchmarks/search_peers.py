"""SQLite FTS5 and PostgreSQL full text with the same articles and questions, for comparison.

Both are given the words that our engines are given (folded by ``search.text.normal``), and answer
what a page asks: exact total, the first 20, three facets, days, and our highlights on those 20.
"""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from benchmarks.search_corpus import Corpus
from search.indexed import prepare
from search.port import Document
from search.query import parse
from search.query.tree import And, Days, Has, Near, Node, Not, Or, Term
from search.text.highlights import highlight
from search.text.normal import key


class Unavailable(Exception):
    """A peer that cannot run here, with the reason."""


def _rows(documents: Iterator[Document]) -> Iterator[tuple]:
    for document in documents:
        made = prepare(document)
        words = " \u241e ".join(made.folded)
        yield document, made.folded[0], words, made.day, made.recency


def _highlights(corpus: Corpus, text: str, ids: list[int]) -> None:
    query = parse(text)
    for texts in corpus.texts(ids).values():
        highlight(query, {"title": texts.title, "lead": texts.lead, "text": texts.text})


def _split(node: Node) -> tuple[list[Node], list[Node]]:
    """Full-text parts and field parts of a conjunction."""
    parts = node.parts if isinstance(node, And) else (node,)
    fields = [part for part in parts if isinstance(part, (Has, Days))]
    return [part for part in parts if part not in fields], fields


class Fts5:
    """SQLite FTS5: one contentless index, facts in ordinary tables."""

    name = "SQLite FTS5"

    def __init__(self, corpus: Corpus, folder: Path):
        self.corpus = corpus
        self.path = folder / "fts5.sqlite"
        self.path.unlink(missing_ok=True)
        self.db = sqlite3.connect(self.path)

    def load(self) -> None:
        self.db.executescript(
            """pragma journal_mode=off; pragma synchronous=off;
            create virtual table words using fts5(title, body, content='', tokenize='unicode61');
            create table fact (id integer primary key, outlet text, day integer, recency integer);
            create table topic (id integer, topic text); create table place (id integer, place text);"""
        )
        with self.db:
            for document, title, words, day, recency in _rows(self.corpus.documents()):
                self.db.execute(
                    "insert into words(rowid, title, body) values (?, ?, ?)", (document.id, title, words)
                )
                self.db.execute(
                    "insert into fact values (?, ?, ?, ?)", (document.id, document.outlet, day, recency)
                )
                self.db.executemany(
                    "insert into topic values (?, ?)", [(document.id, key(t)) for t in document.topics]
                )
                self.db.executemany(
                    "insert into place values (?, ?)", [(document.id, p) for p in document.places]
                )
        self.db.executescript(
            "create index a on fact(recency); create index b on topic(id, topic);"
            "create index c on place(id, place); create index d on place(place, id);"
            "create index e on fact(outlet, id);"
            "analyze;"
        )

    def ask(self, text: str) -> int:
        words, fields = _split(parse(text).root)
        where, values, ranked = ["1"], [], bool(words)
        if words:
            where.append("f.id in (select rowid from words where words match ?)")
            values.append(self._match(words))
        for field in fields:
            clause, value = _sql_field(field)
            where.append(clause)
            values += value
        inner = f"select f.id from fact f where {' and '.join(where)}"
        self.db.execute("drop table if exists temp.found")
        self.db.execute(f"create temp table found as {inner}", values)
        total = self.db.execute("select count(*) from found").fetchone()[0]
        if ranked:
            sql = (
                "select rowid from words where words match ? and +rowid in (select id from found) "
                "order by rank limit 20"
            )
            top = self.db.execute(sql, (self._match(words),)).fetchall()
        else:
            top = self.db.execute(
                "select f.id from fact f where f.id in (select id from found) order by recency desc limit 20"
            ).fetchall()
        for sql in (
            "select outlet, count(*) n from found join fact using (id) group by 1 order by n desc limit 20",
            "select topic, count(*) n from found join topic using (id) group by 1 order by n desc limit 20",
            "select place, count(*) n from found join place using (id) group by 1 order by n desc limit 20",
            "select day, count(*) from found join fact using (id) group by 1",
        ):
            self.db.execute(sql).fetchall()
        _highlights(self.corpus, text, [number for (number,) in top])
        return total

    def _match(self, parts: list[Node]) -> str:
        wanted = " AND ".join(self._fts(part) for part in parts if not isinstance(part, Not))
        refused = " OR ".join(self._fts(part.part) for part in parts if isinstance(part, Not))
        return f"({wanted}) NOT ({refused})" if refused else wanted

    def _fts(self, node: Node) -> str:
        match node:
            case Term():
                return ("title : " if node.title_only else "body : ") + f'"{" ".join(node.folded)}"'
            case Near(left, right, distance):
                return f'body : NEAR("{" ".join(left.folded)}" "{" ".join(right.folded)}", {distance})'
            case Or(parts):
                return "(" + " OR ".join(self._fts(part) for part in parts) + ")"
            case _:
                raise TypeError(node)

    def bytes(self) -> int:
        return self.path.stat().st_size

    def close(self) -> None:
        self.db.close()


def _sql_field(field: Node, array: bool = False) -> tuple[str, list]:
    if isinstance(field, Days):
        low = field.first.toordinal() if field.first else 0
        high = field.last.toordinal() if field.last else 10**7
        return ("f.day between %s and %s" if array else "f.day between ? and ?"), [low, high]
    assert isinstance(field, Has)
    mark = "%s" if array else "?"
    if field.name == "outlet":
        return f"replace(f.outlet, '-', '') = {mark}", [field.value]
    if array:
        return f"f.{field.name}s @> array[%s]", [field.value]
    return f"f.id in (select id from {field.name} where {field.name} = ?)", [field.value]


class Postgres:
    """PostgreSQL full text: a tsvector column with a GIN index, on a server of its own."""

    name = "PostgreSQL"

    def __init__(self, corpus: Corpus, folder: Path):
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not programs:
            raise Unavailable("no PostgreSQL server is installed")
        self.bin, self.corpus = programs[-1], corpus
        self.folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", str(self.folder / "data"), "-A", "trust", "-U", "bench")
        options = "-c listen_addresses='' -c shared_buffers=1GB -c work_mem=256MB -c fsync=off"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w",
            "-o", f"{options} -c unix_socket_directories={self.folder}", "start",
        )  # fmt: skip
        self.db = psycopg.connect(f"host={self.folder} user=bench dbname=postgres", autocommit=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise Unavailable(f"{program} failed: {(done.stderr or done.stdout).strip()[-200:]}")

    def load(self) -> None:
        self.db.execute(
            "create table fact (id int primary key, outlet text, day int, recency numeric, "
            "topics text[], places text[], title tsvector, words tsvector)"
        )
        self.db.execute("create unlogged table raw (id int, outlet text, day int, recency numeric, "
                        "topics text[], places text[], title text, words text)")  # fmt: skip
        with self.db.cursor().copy("copy raw from stdin") as copy:
            for document, title, words, day, recency in _rows(self.corpus.documents()):
                copy.write_row(
                    (
                        document.id,
                        document.outlet,
                        day,
                        recency,
                        [key(topic) for topic in document.topics],
                        list(document.places),
                        title,
                        words,
                    )
                )
        self.db.execute(
            "insert into fact select id, outlet, day, recency, topics, places, "
            "to_tsvector('simple', title), to_tsvector('simple', words) from raw"
        )
        self.db.execute("drop table raw")
        for index in (
            "gin (words)",
            "gin (title)",
            "gin (topics)",
            "gin (places)",
            "btree (recency)",
            "btree (day)",
        ):
            self.db.execute(f"create index on fact using {index}")
        self.db.execute("analyze fact")

    def ask(self, text: str) -> int:
        words, fields = _split(parse(text).root)
        where, values = ["true"], []
        body = [part for part in words if not (isinstance(part, Term) and part.title_only)]
        queries = [("words", body), ("title", [part for part in words if part not in body])]
        for column, parts in queries:
            if parts:
                where.append(f"f.{column} @@ %s::tsquery")
                values.append(" & ".join(self._ts(part) for part in parts))
        for field in fields:
            clause, value = _sql_field(field, array=True)
            where.append(clause)
            values += value
        score = "ts_rank(f.words, %s::tsquery)" if body else "recency"
        ranked = [" & ".join(self._ts(part) for part in body)] if body else []
        self.db.execute("drop table if exists found")
        self.db.execute(
            f"create temp table found as select id, outlet, day, topics, places, {score} as score "
            f"from fact f where {' and '.join(where)}",
            ranked + values,
        )
        total = self.db.execute("select count(*) from found").fetchone()[0]
        top = self.db.execute("select id from found order by score desc limit 20").fetchall()
        for sql in (
            "select outlet, count(*) n from found group by 1 order by n desc limit 20",
            "select unnest(topics), count(*) n from found group by 1 order by n desc limit 20",
            "select unnest(places), count(*) n from found group by 1 order by n desc limit 20",
            "select day, count(*) from found group by 1",
        ):
            self.db.execute(sql).fetchall()
        _highlights(self.corpus, text, [number for (number,) in top])
        return total

    def _ts(self, node: Node) -> str:
        match node:
            case Term():
                return "(" + " <-> ".join(f"'{word}'" for word in node.folded) + ")"
            case Near(left, right, distance):
                one, other = self._ts(left), self._ts(right)
                lengths = len(left.folded), len(right.folded)
                forward = [f"{one} <{gap + lengths[1]}> {other}" for gap in range(distance + 1)]
                back = [f"{other} <{gap + lengths[0]}> {one}" for gap in range(distance + 1)]
                return "(" + " | ".join(forward + back) + ")"
            case Not(part):
                return f"!{self._ts(part)}"
            case Or(parts):
                return "(" + " | ".join(self._ts(part) for part in parts) + ")"
            case _:
                raise TypeError(node)

    def bytes(self) -> int:
        return self.db.execute("select pg_total_relation_size('fact')").fetchone()[0]

    def close(self) -> None:
        self.db.close()
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
