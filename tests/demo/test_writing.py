"""The made-up articles are many, varied, clean and our own."""

from __future__ import annotations

import gzip
import itertools
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from demo.timetable import live_offset
from demo.writing import Draft, Revision, read_articles
from provinces.gazetteer import load_gazetteer
from provinces.loader import load_province

ARTICLES = read_articles()
ORIGINALS = [article for article in ARTICLES if not article.reprint_of]
REPRINTS = [article for article in ARTICLES if article.reprint_of]
GAZETTEER = Path("provinces/demo/units.toml")


def test_sixty_articles_ten_reprints_two_taken_down_and_six_silent_edits() -> None:
    assert len(ORIGINALS) >= 60
    assert len({article.draft.title for article in ORIGINALS}) == len(ORIGINALS)
    assert len(REPRINTS) >= 10
    assert sum(article.removed_after is not None for article in REPRINTS) >= 2
    edited = [article for article in ARTICLES if article.revisions]
    assert len(edited) >= 6
    kinds = {revision.kind for article in edited for revision in article.revisions}
    assert kinds == {"number", "headline", "negation", "name"}


def test_every_outlet_of_the_profile_writes_and_no_other() -> None:
    outlets = {outlet.id for outlet in load_province("demo").outlets}
    assert {article.outlet for article in ARTICLES} == outlets
    assert {article.outlet for article in REPRINTS} == {"diem-tin-365"}


def test_ids_are_unique_and_moments_are_said_in_one_way() -> None:
    assert max(Counter(article.id for article in ARTICLES).values()) == 1
    for article in ORIGINALS:
        assert (article.time is None) == (article.live is not None), article.id
        assert -13 <= article.day <= 0, article.id


def test_two_weeks_are_covered_and_the_live_queue_has_no_hole() -> None:
    assert {article.day for article in ORIGINALS if article.live is None} == set(range(-13, 0))
    queue = sorted(article.live for article in ORIGINALS if article.live is not None)
    assert queue == list(range(1, len(queue) + 1))
    assert len(queue) >= 15
    gaps = [live_offset(place + 1) - live_offset(place) for place in queue[:-1]]
    assert all(20 <= gap <= 40 for gap in gaps[:9])
    assert all(earlier <= later for earlier, later in itertools.pairwise(gaps[9:]))


def test_every_article_has_a_lead_and_four_to_eight_paragraphs() -> None:
    for article in ORIGINALS:
        assert 4 <= len(article.draft.paragraphs) <= 8, article.id
        assert 40 <= len(article.draft.lead) <= 300, article.id
        assert all(len(paragraph) > 30 for paragraph in article.draft.paragraphs), article.id


def test_reprints_are_shorter_or_retitled() -> None:
    by_id = {article.id: article for article in ARTICLES}
    for reprint in REPRINTS:
        origin = by_id[reprint.reprint_of]
        assert reprint.draft.title != origin.draft.title
        assert len(reprint.draft.paragraphs) < len(origin.draft.paragraphs)


def test_all_text_is_nfc_without_stray_blanks() -> None:
    for file in (*Path("demo").rglob("*.toml"), *Path("provinces/demo").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), file
    for article in ARTICLES:
        for part in (article.draft.title, article.draft.lead, *article.draft.paragraphs, article.caption):
            assert part == " ".join(part.split())


def test_a_replacement_that_changes_nothing_is_refused() -> None:
    draft = Draft("Mưa", "Mưa lớn.", ("Mưa.",))
    assert Revision(1, "number", (("Mưa", "Nắng"),)).apply(draft).title == "Nắng"
    with pytest.raises(ValueError, match="does not stand in the article"):
        draft.replaced("tuyết", "mưa")


def test_made_up_units_form_one_tree_and_every_former_unit_has_a_successor() -> None:
    units = tomllib.loads(GAZETTEER.read_text(encoding="utf-8"))["unit"]
    by_code = {unit["code"]: unit for unit in units}
    assert len(by_code) == len(units)
    for unit in units:
        assert not unit["code"].isdigit(), "would collide with an official code"
        assert unit["type"] == "tỉnh" or unit["parent"] in by_code
        assert ("valid_to" in unit) == ("successors" in unit)
        for code in unit.get("successors", ()):
            assert "valid_to" not in by_code[code]


def test_the_national_gazetteer_takes_the_made_up_units() -> None:
    gazetteer = load_gazetteer([GAZETTEER])
    commune = gazetteer.unit("LG011", date(2026, 1, 1))
    assert commune is not None
    assert (commune.name, commune.type) == ("Hạ Sậy", "xã")
    former = next(unit for unit in gazetteer if unit.code == "SR901")
    assert former.valid_to == date(2025, 6, 30)
    assert gazetteer.province_now(former) == ["Lam Giang"]


def test_communes_in_the_articles_are_in_the_gazetteer() -> None:
    units = tomllib.loads(GAZETTEER.read_text(encoding="utf-8"))["unit"]
    names = {unit["name"] for unit in units if unit["type"] in ("xã", "phường")}
    word = r"[^\W\d_]+"
    found = {
        name
        for article in ORIGINALS
        for name in re.findall(
            rf"\b(?:xã|phường) ({word} {word})", f"{article.draft.lead} {article.draft.text}"
        )
        if name.istitle()
    }
    assert len(found) >= 18
    assert found <= names


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def _runs(text: str, length: int = 15) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    for start in range(len(words) - length + 1):
        yield tuple(words[start : start + length])


@pytest.mark.corpus
def test_no_text_of_the_evaluation_corpora_is_in_the_demo(shared_data: Path) -> None:
    own = {
        run
        for article in ORIGINALS
        for run in _runs(" ".join((article.draft.title, article.draft.lead, article.draft.text)))
    }
    corpora = [gzip.decompress((shared_data / "press_dev.jsonl.gz").read_bytes()).decode()]
    corpora += [file.read_text(encoding="utf-8") for file in sorted(shared_data.glob("*_dev.jsonl"))]
    shared = set()
    for corpus in corpora:
        for line in corpus.splitlines():
            shared |= own & set(_runs(json.dumps(json.loads(line), ensure_ascii=False)))
    assert shared == set()
