"""Verdicts on signals: kept for ever with their reasons, one at a time, safe from re-classification."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from archive.findings import FindingRow, replace_findings
from archive.models import Article, Finding
from archive.models.appendonly import AppendOnlyError
from cases.decisions import DecisionRefused, decide, histories
from cases.models import Decision
from tests.conftest import ROOT
from tests.web.factory import find, make_article, make_outlet

Signal = Callable[..., Finding]


def conclude(finding: Finding, by: User, verdict: str = "needs-reply", seen: int | None = None) -> Decision:
    return decide(finding.pk, verdict, "đã gọi Sở", by=by, now=timezone.now(), seen=seen)


def test_a_verdict_is_kept_with_everything_it_was_about(signal: Signal, lan: User) -> None:
    finding = signal(score=0.83)
    row = conclude(finding, lan)
    finding.refresh_from_db()
    assert finding.status == "needs-reply"
    assert (row.by, row.reason, row.signal, row.score) == (lan, "đã gọi Sở", "S1", 0.83)
    assert (row.article_id, row.revision_id) == (finding.article_id, finding.revision_id)
    assert (row.detector, row.detector_version) == ("test", "1")


def test_the_index_sees_the_verdict(signal: Signal, lan: User) -> None:
    finding = signal()
    Article.objects.update(needs_index=False)
    conclude(finding, lan, "false-alarm")
    assert Article.objects.get().needs_index


def test_the_newest_verdict_holds_and_the_overturned_one_stays(signal: Signal, lan: User, minh: User) -> None:
    finding = signal()
    first = conclude(finding, lan, "false-alarm")
    second = conclude(finding, minh, "needs-reply", seen=first.pk)
    finding.refresh_from_db()
    assert finding.status == "needs-reply"
    assert second.overturns == first
    assert [row.verdict for row in histories([finding.pk])[finding.pk]] == ["false-alarm", "needs-reply"]


@pytest.mark.parametrize("verdict, reason", [("needs-reply", "  "), ("open", "x"), ("", "x"), ("sai", "x")])
def test_a_verdict_needs_its_name_and_reason(signal: Signal, lan: User, verdict: str, reason: str) -> None:
    finding = signal()
    with pytest.raises(DecisionRefused):
        decide(finding.pk, verdict, reason, by=lan, now=timezone.now(), seen=None)
    assert not Decision.objects.exists()


def test_who_has_not_seen_the_newest_verdict_is_shown_it_first(signal: Signal, lan: User, minh: User) -> None:
    finding = signal()
    conclude(finding, lan, "false-alarm")
    with pytest.raises(DecisionRefused, match="Vừa có người khác"):
        conclude(finding, minh, seen=None)
    finding.refresh_from_db()
    assert finding.status == "false-alarm"


def test_the_database_itself_takes_one_first_verdict(signal: Signal, lan: User) -> None:
    row = conclude(signal(), lan)
    copy = {name: getattr(row, name) for name in ("finding_id", "article_id", "revision_id", "at", "by")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            **copy,
            signal="S1",
            score=1,
            detector="x",
            detector_version="1",
            verdict="false-alarm",
            reason="x",
        )


def test_a_finding_that_is_no_signal_or_no_longer_there_is_refused(article: Article, lan: User) -> None:
    topic = find(article, "topic", "minerals")
    with pytest.raises(DecisionRefused, match="không còn"):
        conclude(topic, lan)
    topic.pk = 999
    with pytest.raises(DecisionRefused, match="không còn"):
        conclude(topic, lan)


def test_verdicts_are_never_changed_or_deleted(signal: Signal, lan: User) -> None:
    row = conclude(signal(), lan)
    for act in (row.save, row.delete, Decision.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            act()


def test_what_was_decided_survives_a_new_classification(signal: Signal, lan: User, article: Article) -> None:
    finding = signal()
    conclude(finding, lan, "false-alarm")
    article.refresh_from_db()
    again = FindingRow("signal", "S1", 0.7, "test", "2", spans=finding.spans)
    revision = article.revisions.get()
    assert replace_findings(article.pk, revision.pk, article.version, ["test"], [again], now=timezone.now())
    assert list(Finding.objects.values_list("pk", "status")) == [(finding.pk, "false-alarm")]


def test_a_classification_that_read_the_article_before_the_verdict_starts_over(
    signal: Signal, lan: User, article: Article
) -> None:
    finding = signal()
    conclude(finding, lan)
    revision = article.revisions.get()
    assert not replace_findings(article.pk, revision.pk, article.version, ["test"], [], now=timezone.now())
    assert Article.objects.get().needs_classify


def test_of_two_officers_who_decide_at_once_one_is_told_of_the_other(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DIEMBAO_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "diembao.django_settings"}
    child = [sys.executable, "-m", "tests.cases.decide_child"]
    subprocess.run([*child, "init"], env=env, cwd=ROOT, check=True, timeout=300)
    go = tmp_path / "go"
    officers = [
        subprocess.Popen(
            [*child, "decide", name, str(go)], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for name in ("lan", "minh")
    ]
    for officer in officers:
        assert officer.stdout is not None and officer.stdout.readline() == "ready\n"
    go.touch()
    outcomes = sorted(officer.communicate(timeout=300)[0].strip() for officer in officers)
    assert outcomes[1] == "kept"
    assert outcomes[0].startswith("Vừa có người khác kết luận")


@pytest.mark.postgresql
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL=postgresql://..."
)
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_of_postgresql_that_decide_at_once_one_is_told_of_the_other() -> None:
    finding = find(make_article(make_outlet()), "signal", "S1", "12 hộ")
    people = [User.objects.create_user(name) for name in ("lan", "minh")]
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def work(by: User) -> None:
        try:
            start.wait(timeout=30)
            conclude(finding, by)
            outcomes.append("kept")
        except DecisionRefused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcome.startswith("Vừa có người khác") for outcome in outcomes) == [False, True]
    assert Decision.objects.count() == 1
