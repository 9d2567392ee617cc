"""From archive rows to documents, and the whole way from a typed query to hits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from archive.models import Article, Finding, Outlet, Revision
from search.config import SearchConfig
from search.documents import documents_from_archive, segments_from_archive
from search.port import Filters, SearchEngine
from search.query import QuerySyntaxError
from search.service import open_engine, reindex, search

pytestmark = pytest.mark.django_db

BEFORE = datetime(2017, 7, 1, 3, 0, tzinfo=UTC)  # long before the mergers of 2025


@pytest.fixture
def outlet() -> Outlet:
    return Outlet.objects.create(
        key="song-xanh", name="Báo Sông Xanh", kind="newspaper", scope="local", home="https://a.example"
    )


def article(outlet: Outlet, number: int, **more: object) -> Article:
    facts: dict[str, object] = {
        "outlet": outlet,
        "url": f"https://a.example/{number}",
        "canonical_url": f"https://a.example/{number}",
        "title": f"Lũ quét lần {number}",
        "lead": "Lời dẫn.",
        "text": "Nước lên nhanh.",
        "digest": "0" * 64,
        "published_at": BEFORE,
        "first_seen_at": BEFORE,
        "changed_at": BEFORE,
    }
    made = Article.objects.create(**{**facts, **more})
    Revision.objects.create(article=made, number=1, seen_at=BEFORE, title=made.title, digest=made.digest)
    return made


def finding(made: Article, kind: str, label: str, code: str = "", **more: object) -> Finding:
    return Finding.objects.create(
        article=made, revision=made.revisions.get(), kind=kind, label=label, code=code, score=0.9,
        detector="test", version="1", created_at=BEFORE, **more,
    )  # fmt: skip


def test_findings_become_values(outlet: Outlet) -> None:
    made = article(outlet, 1)
    finding(made, "topic", "disaster-weather")
    finding(made, "signal", "S3")
    finding(made, "signal", "S4", status=Finding.Status.FALSE_ALARM)
    finding(made, "province", "about", "17")
    (document,) = documents_from_archive()
    assert document.topics == ("disaster-weather",)
    assert document.signals == ("S3",)
    assert (document.outlet, document.outlet_name, document.scope) == ("song-xanh", "Báo Sông Xanh", "local")


def test_a_province_of_then_is_found_under_its_name_and_todays(outlet: Outlet) -> None:
    finding(article(outlet, 1), "province", "about", "17")  # Hòa Bình in 2017, Phú Thọ today
    finding(article(outlet, 2), "province", "mention", "17")
    about, mention = documents_from_archive()
    assert about.about == mention.mentions == ("25",)
    assert about.mentions == mention.about == ()
    assert {"17", "25"} <= set(about.places)
    assert {"Hòa Bình", "Phú Thọ"} <= set(about.place_names)


def test_a_place_brings_its_ancestors(outlet: Outlet) -> None:
    finding(article(outlet, 1), "place", "Kỳ Anh", "449")  # thị xã of Hà Tĩnh until 2025
    (document,) = documents_from_archive()
    assert {"449", "42"} <= set(document.places)
    assert {"Kỳ Anh", "Hà Tĩnh"} <= set(document.place_names)


def test_a_code_that_no_map_knows_is_kept(outlet: Outlet) -> None:
    finding(article(outlet, 1), "place", "Nậm Khao", "99999")
    (document,) = documents_from_archive()
    assert (document.places, document.place_names) == (("99999",), ("Nậm Khao",))


def test_the_number_of_statements_does_not_grow_with_articles(
    outlet: Outlet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(40):
        finding(article(outlet, number), "topic", "road")
    ids = list(Article.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        assert len(list(documents_from_archive(ids))) == 40
    with django_assert_num_queries(3):
        assert [document.id for document in documents_from_archive()] == sorted(ids)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SearchEngine]:
    opened = open_engine(SearchConfig(folder=tmp_path / "index"))
    yield opened
    opened.close()


def test_reindexing_makes_the_index_equal_to_the_archive(outlet: Outlet, engine: SearchEngine) -> None:
    made = [article(outlet, number) for number in range(5)]
    gone = article(outlet, 9, gone_at=BEFORE)
    engine.index([next(documents_from_archive([made[0].pk]))])
    Article.objects.filter(pk=made[0].pk).delete()
    report = reindex(engine)
    assert report.indexed == 5
    assert list(engine.ids()) == sorted(Article.objects.values_list("pk", flat=True))
    result = search(engine, "lũ quét", Filters(gone=True))
    assert [hit.id for hit in result.hits] == [gone.pk]


def test_a_topic_is_found_under_its_id_and_its_names(outlet: Outlet, engine: SearchEngine) -> None:
    made = article(outlet, 1)
    article(outlet, 2)
    finding(made, "topic", "disaster-weather")
    reindex(engine)
    for query in (
        "chủđề:disaster-weather",
        'chủđề:"Thiên tai, thời tiết"',
        'chủđề:"thien tai"',
        "topic:thờitiết",
    ):
        assert [hit.id for hit in search(engine, query).hits] == [made.pk], query


def test_highlights_point_into_the_archived_text(outlet: Outlet, engine: SearchEngine) -> None:
    made = article(outlet, 3)
    reindex(engine)
    (hit,) = search(engine, "nước lũ").hits
    title, text = hit.highlights["title"], hit.highlights["text"]
    assert [made.title[start:end] for start, end in title] == ["Lũ"]
    assert [made.text[start:end] for start, end in text] == ["Nước"]


def test_a_malformed_query_is_refused(engine: SearchEngine) -> None:
    with pytest.raises(QuerySyntaxError):
        search(engine, 'lũ "quét')


def test_words_are_segmented_once_for_a_text_and_kept(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = article(outlet, 1, title="Mưa lớn ở Hà Nội", lead="", text="")
    (document,) = documents_from_archive()
    assert segments_from_archive([document]) == {made.pk: "00001//"}
    made.refresh_from_db()
    assert made.segments == "00001//"
    monkeypatch.setattr("search.documents.marks", None)
    assert segments_from_archive([document]) == {made.pk: "00001//"}


def test_segments_of_a_text_that_changed_meanwhile_are_not_kept(outlet: Outlet) -> None:
    made = article(outlet, 1, title="Mưa lớn ở Hà Nội", lead="", text="")
    (document,) = documents_from_archive()
    Article.objects.filter(pk=made.pk).update(title="Bão")
    segments_from_archive([document])
    made.refresh_from_db()
    assert made.segments == ""


def test_an_article_that_is_gone_from_the_archive_has_no_segments(outlet: Outlet) -> None:
    made = article(outlet, 1)
    (document,) = documents_from_archive()
    Revision.objects.all().delete()
    made.delete()
    assert segments_from_archive([document]) == {}
