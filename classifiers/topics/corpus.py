"""Reads the labelled and unlabelled articles that the topic model is fitted and measured on."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from classifiers.records import ArticleText
from classifiers.topics.validation import Bools

_DAY = date(2017, 1, 1)  # topics do not depend on the day


class CorpusError(ValueError):
    """A corpus file that cannot be used. The message names file, line and what is wrong."""


@dataclass(frozen=True)
class Gold:
    """Labelled articles: ids, texts and a (articles, topics) matrix."""

    ids: tuple[str, ...]
    articles: tuple[ArticleText, ...]
    labels: Bools


def article_of(fields: Mapping[str, object]) -> ArticleText:
    """An article from ``title``, ``lead`` and ``body`` (or ``text``); missing ones are empty."""
    body = fields.get("body", fields.get("text"))
    return ArticleText(str(fields.get("title") or ""), str(fields.get("lead") or ""), str(body or ""), _DAY)


def read_lines(path: Path) -> list[dict[str, object]]:
    """JSON objects of a .jsonl or .jsonl.gz file. Raises CorpusError with the line."""
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path.name}: cannot be read ({error})") from error
    objects: list[dict[str, object]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise CorpusError(f"{path.name}:{number}: not JSON ({error})") from error
        if not isinstance(value, dict) or "id" not in value:
            raise CorpusError(f"{path.name}:{number}: expected an object with an id")
        objects.append(value)
    return objects


def read_gold(gold: Path, articles: Mapping[str, ArticleText], topics: Iterable[str]) -> Gold:
    """The labelled articles whose texts are in ``articles``. Raises CorpusError."""
    numbers = {ident: number for number, ident in enumerate(topics)}
    ids: list[str] = []
    texts: list[ArticleText] = []
    rows: list[list[int]] = []
    for line in read_lines(gold):
        ident = str(line["id"])
        if ident not in articles:
            raise CorpusError(f"{gold.name}: article {ident} is not in the corpus")
        named = line.get("topics")
        if not isinstance(named, list) or any(topic not in numbers for topic in named):
            raise CorpusError(
                f"{gold.name}: article {ident}: topics must be a list of known ids, not {named!r}"
            )
        ids.append(ident)
        texts.append(articles[ident])
        rows.append([numbers[topic] for topic in named])
    labels = np.zeros((len(ids), len(numbers)), dtype=np.bool_)
    for row, columns in enumerate(rows):
        labels[row, columns] = True
    return Gold(tuple(ids), tuple(texts), labels)


def digest(path: Path) -> str:
    """SHA-256 of a file, hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
