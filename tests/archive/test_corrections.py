"""Topics corrected by officers: at once, for good, and to be learned from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from archive.corrections import CorrectionRefused, correct_topics, topic_corrections, topics_of
from archive.export import export_article
from archive.findings import FindingRow, replace_findings
from archive.models import Article, Finding, Page, TopicCorrection
from archive.models.appendonly import AppendOnlyError
from tests.archive.conftest import NOW
from tests.archive.register_maker import person

TakeIn = Callable[..., object]


@pytest.fixture
def article(page: Page, take_in: TakeIn) -> Article:
    take_in(page)
    classify(["flood", "roads"])
    Article.objects.update(needs_index=False)
    return Article.objects.get()


def classify(labels: list[str], words: str = "Cầu") -> None:
    row = Article.objects.get()
    spans = [{"field": "text", "start": 0, "end": 3, "text": words}]
    rows = [FindingRow("topic", label, 0.9, "topics", "1", spans=spans) for label in labels]
    revision = row.revisions.get(number=row.revision_count)
    assert replace_findings(row.pk, revision.pk, row.version, ["topics"], rows, now=NOW)


def correct(
    article: Article, added: str = "", removed: str = "", reason: str = "đọc cả bài"
) -> TopicCorrection:
    return correct_topics(
        article.pk,
        added=added.split(),
        removed=removed.split(),
        by=person("lan"),
        now=NOW,
        reason=reason,
    )


def topics(article: Article) -> set[str]:
    return set(topics_of(list(article.findings.all())))


def test_corrected_topics_hold_at_once_and_the_index_is_told(article: Article) -> None:
    correct(article, added="bridges", removed="flood")
    assert topics(article) == {"roads", "bridges"}
    assert set(export_article(article)["topics"]) == {"roads", "bridges"}
    fresh = Article.objects.get()
    assert fresh.needs_index and fresh.version == article.version + 1


def test_they_survive_a_new_classification_and_a_new_version(
    article: Article, page: Page, take_in: TakeIn
) -> None:
    correct(article, added="bridges", removed="flood")
    classify(["flood", "roads"], words="khác")
    assert topics(article) == {"roads", "bridges"}
    take_in(page, NOW + timedelta(hours=1), title="Đổi tít")
    classify(["flood"], words="khác nữa")
    assert topics(article) == {"bridges"}


def test_the_newest_word_on_a_topic_holds(article: Article) -> None:
    correct(article, removed="flood")
    correct(article, added="flood")
    assert topics(article) == {"flood", "roads"}
    correct(article, removed="flood")
    assert topics(article) == {"roads"}
    correct(article, added="flood")
    assert topics(article) == {"flood", "roads"}
    assert article.findings.filter(label="flood", detector="officer").count() == 1


@pytest.mark.parametrize(
    "added, removed, reason, says",
    [
        ("bridges", "", "  ", "lý do"),
        ("flood", "flood", "x", "vừa được thêm vừa bị bỏ"),
        ("flood", "bridges", "x", "Không có gì để sửa"),
        ("", "", "x", "Không có gì để sửa"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(
    article: Article, added: str, removed: str, reason: str, says: str
) -> None:
    with pytest.raises(CorrectionRefused, match=says):
        correct(article, added, removed, reason)
    assert not TopicCorrection.objects.exists()
    assert Article.objects.get().version == article.version


def test_a_correction_keeps_only_what_it_changed(article: Article) -> None:
    row = correct(article, added="flood bridges", removed="roads rain")
    assert (row.added, row.removed) == (["bridges"], ["roads"])
    with pytest.raises(AppendOnlyError):
        row.save()


def test_an_article_that_is_gone_from_the_archive_is_said_to_be(db: None) -> None:
    with pytest.raises(CorrectionRefused, match="không còn"):
        correct_topics(999, added=["x"], removed=[], by=person("lan"), now=NOW, reason="x")


def test_what_is_learned_from_is_the_last_word_with_the_text_it_was_said_of(
    article: Article, page: Page, take_in: TakeIn
) -> None:
    correct(article, added="bridges", removed="flood")
    take_in(page, NOW + timedelta(hours=1), title="Đổi tít")
    classify(["roads"])
    correct(article, added="flood", removed="roads")
    (learned,) = topic_corrections()
    assert learned["title"] == "Đổi tít"
    assert (learned["added"], learned["removed"]) == (["bridges", "flood"], ["roads"])


def test_false_alarms_of_a_person_are_no_topics(article: Article) -> None:
    Finding.objects.filter(label="flood").update(status=Finding.Status.FALSE_ALARM)
    assert topics(article) == {"roads"}
