"""Rows pass the steps once each; what changed meanwhile, failed or was refused is not lost."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.failures import failed_articles
from archive.findings import mark_for_classification
from archive.models import (
    Article,
    ArticleSignature,
    Finding,
    Outlet,
    Revision,
    Source,
    SourceRead,
    StepFailure,
)
from archive.outage import search_away_since, search_is_away
from classifiers.records import Field, Span
from classifiers.records import Finding as Found
from pipeline.classify.step import ClassifyStep
from pipeline.index.step import IndexStep
from pipeline.maintain.step import KEEP_READS, MaintainStep
from search.port import EngineUnavailable, IndexReport

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def outlet():
    return Outlet.objects.create(
        key="lam-giang", name="Báo Lam Giang", kind="newspaper", scope="local", home="http://127.0.0.1/"
    )


def article(outlet, number: int, title: str = "Hồ Thượng Rộc xả lũ") -> Article:
    url = f"http://127.0.0.1/bai-{number}.html"
    made = Article.objects.create(
        outlet=outlet,
        url=url,
        canonical_url=url,
        title=title,
        digest="0" * 64,
        first_seen_at=NOW,
        changed_at=NOW,
    )
    Revision.objects.create(article=made, number=1, seen_at=NOW, title=title, digest="0" * 64)
    return made


class Titles:
    """Finds the first word of every title; fails on one."""

    detectors = ("titles",)

    def findings(self, article):
        if "hỏng" in article.title:
            raise ValueError("cannot be taken")
        word = article.title.split()[0]
        return [Found("topic", word, 0.5, (Span(Field.TITLE, 0, len(word), word),), "titles", "1")]


class Engine:
    """Keeps documents; refuses some, or is away."""

    def __init__(self, refuse=(), away=False):
        self.refuse, self.away, self.held = set(refuse), away, {}

    def index(self, documents):
        if self.away:
            raise EngineUnavailable("the engine is away; start it")
        documents = list(documents)
        self.held |= {doc.id: doc for doc in documents if doc.id not in self.refuse}
        return IndexReport(
            tuple(doc.id for doc in documents if doc.id not in self.refuse),
            tuple((doc.id, "too odd") for doc in documents if doc.id in self.refuse),
        )


def test_every_waiting_article_is_classified_once(outlet):
    made = [article(outlet, n) for n in range(5)]
    step = ClassifyStep(Titles(), lambda: NOW)
    assert [step.run(3), step.run(3), step.run(3)] == [3, 2, 0]
    assert Finding.objects.filter(label="Hồ").count() == len(made)
    assert not Article.objects.filter(needs_classify=True).exists()


def test_findings_carry_their_spans_and_revision(outlet):
    made = article(outlet, 1)
    ClassifyStep(Titles(), lambda: NOW).run(10)
    finding = Finding.objects.get()
    assert finding.spans == [{"field": "title", "start": 0, "end": 2, "text": "Hồ"}]
    assert finding.revision == made.revisions.get()
    assert finding.created_at == NOW


def test_an_article_that_a_classifier_cannot_take_does_not_hold_up_the_others(outlet, caplog):
    broken, sound = article(outlet, 1, "Bài hỏng"), article(outlet, 2)
    assert ClassifyStep(Titles(), lambda: NOW).run(10) == 2
    assert not broken.findings.exists()
    assert sound.findings.exists()
    assert broken.canonical_url in caplog.text
    [failure] = StepFailure.objects.all()
    assert (failure.article, failure.step, failure.at) == (broken, "classify", NOW)
    assert failure.error == "ValueError: cannot be taken"


def test_an_article_that_failed_is_taken_again_and_then_forgotten(outlet):
    broken = article(outlet, 1, "Bài hỏng")
    step = ClassifyStep(Titles(), lambda: NOW)
    step.run(10)
    Article.objects.filter(pk=broken.pk).update(title="Bài lành")
    assert mark_for_classification(failed_articles("classify")) == 1
    step.run(10)
    assert not StepFailure.objects.exists()
    assert broken.findings.get().label == "Bài"


def test_an_article_that_changed_meanwhile_still_waits(outlet):
    made = article(outlet, 1)

    class Slow(Titles):
        def findings(self, text):
            Article.objects.filter(pk=made.pk).update(version=7)
            return super().findings(text)

    ClassifyStep(Slow(), lambda: NOW).run(10)
    made.refresh_from_db()
    assert made.needs_classify
    assert not made.findings.exists()


def test_indexed_articles_lose_their_mark_and_refused_ones_say_why(outlet):
    good, bad = article(outlet, 1), article(outlet, 2)
    engine = Engine(refuse=[bad.pk])
    assert IndexStep(engine).run(10) == 2
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.needs_index, good.index_error) == (False, "")
    assert (bad.needs_index, bad.index_error) == (False, "too odd")
    assert set(engine.held) == {good.pk}


def test_an_engine_that_is_away_leaves_the_marks(outlet):
    article(outlet, 1)
    with pytest.raises(EngineUnavailable):
        IndexStep(Engine(away=True)).run(10)
    assert Article.objects.filter(needs_index=True).count() == 1


def test_an_outage_of_the_engine_is_remembered_from_its_beginning_to_its_end(outlet):
    article(outlet, 1)
    engine = Engine(away=True)
    for minutes in (0, 5):
        at = NOW + timedelta(minutes=minutes)
        with pytest.raises(EngineUnavailable):
            IndexStep(engine, lambda at=at: at).run(10)  # a restart between the two
        assert search_away_since() == NOW
    engine.away = False
    step = IndexStep(engine, lambda: NOW)
    step.run(10)
    assert search_away_since() is None and step.away is False


def test_an_outage_ends_when_nothing_waits_any_more(outlet):
    search_is_away(NOW)
    IndexStep(Engine(away=True)).run(10)
    assert search_away_since() is None


def test_classifying_asks_for_a_new_index(outlet):
    made = article(outlet, 1)
    engine = Engine()
    IndexStep(engine).run(10)
    ClassifyStep(Titles(), lambda: NOW).run(10)
    IndexStep(engine).run(10)
    assert engine.held[made.pk].topics == ("Hồ",)


def test_signatures_out_of_the_window_are_pruned_and_stories_stay(outlet):
    rows = [article(outlet, number) for number in range(2)]
    for row, age in zip(rows, (timedelta(days=29), timedelta(days=40)), strict=True):
        ArticleSignature.objects.create(article=row, sequence=row.pk, at=NOW - age, data=b"x")
    MaintainStep(lambda: NOW).run(10)
    assert [row.article for row in ArticleSignature.objects.all()] == rows[:1]
    assert Article.objects.count() == 2


def test_old_readings_are_pruned_and_refused_documents_tried_again(outlet):
    refused = article(outlet, 1)
    Article.objects.filter(pk=refused.pk).update(needs_index=False, index_error="too odd")
    source = Source.objects.create(outlet=outlet, kind="feed", url="http://127.0.0.1/rss", next_due_at=NOW)
    for age in (timedelta(0), KEEP_READS + timedelta(days=1)):
        SourceRead.objects.create(source=source, at=NOW - age, outcome="read")
    step = MaintainStep(lambda: NOW)
    assert step.run(10) == 0
    assert SourceRead.objects.count() == 1
    refused.refresh_from_db()
    assert refused.needs_index
    Article.objects.filter(pk=refused.pk).update(needs_index=False, index_error="again")
    step.run(10)
    refused.refresh_from_db()
    assert not refused.needs_index  # not due again yet
