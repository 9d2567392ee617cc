"""The doctor says what is bad and what to do about it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.translation import gettext

from archive.models import Article, Outlet, Source
from archive.outage import search_is_away
from diembao import checks
from diembao.checks import Check, all_checks
from diembao.commands import doctor
from diembao.config import Config, current
from search.embedded import EmbeddedEngine
from search.port import Health

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = Config(current())
    made["DIEMBAO_DATA"] = str(tmp_path)
    return made


@pytest.fixture
def source(db: None) -> Source:
    outlet = Outlet.objects.create(
        key="bao", name="Báo", kind="newspaper", scope="local", home="https://bao.example/", delay_s=1
    )
    return Source.objects.create(outlet=outlet, kind="feed", url="https://bao.example/rss", next_due_at=NOW)


def settled(source: Source, index_error: str = "") -> None:
    """An article that the index took, or refused."""
    Article.objects.create(
        outlet=source.outlet,
        url="https://bao.example/1",
        canonical_url="https://bao.example/1",
        title="Bài",
        digest="0" * 64,
        first_seen_at=NOW,
        changed_at=NOW,
        needs_index=False,
        index_error=index_error,
    )


def check(config: Config, name: str) -> Check:
    return next(one for one in all_checks(config) if one.name == name)


@pytest.mark.django_db
def test_without_sources_it_says_how_to_begin(config: Config) -> None:
    found = check(config, "sources")
    assert not found.good
    assert "diembao watch" in found.message


def test_sources_that_were_never_read_are_not_well(config: Config, source: Source) -> None:
    assert "start diembao watch" in check(config, "sources").message
    Source.objects.update(last_tried_at=NOW)
    found = check(config, "sources")
    assert not found.good
    assert "check its network" in found.message


def test_a_failing_source_is_named_with_its_reason(config: Config, source: Source) -> None:
    Source.objects.update(last_success_at=NOW)
    assert check(config, "sources").good
    Source.objects.update(failures=3, last_error="trả lời 500")
    found = check(config, "sources")
    assert not found.good
    assert "trả lời 500" in found.message


@pytest.mark.django_db
def test_a_full_disk_is_told(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(config, "data folder").good
    monkeypatch.setattr(checks, "LEAST_FREE_GB", 1e9)
    found = check(config, "data folder")
    assert not found.good
    assert "make room" in found.message


def test_articles_that_the_index_refused_are_bad_news_with_the_reason(config: Config, source: Source) -> None:
    settled(source, index_error="mapper_parsing: too odd")
    found = check(config, "search index")
    assert not found.good
    assert "https://bao.example/1: mapper_parsing: too odd" in found.message
    assert "diembao reindex" in found.message


def test_articles_that_the_index_lost_are_told_with_who_brings_them_back(
    config: Config, source: Source
) -> None:
    settled(source)
    found = check(config, "search index")
    assert not found.good
    assert "1 articles are missing from it; the running service notices" in found.message
    Article.objects.update(needs_index=True)
    assert check(config, "search index").good


def test_an_article_that_comes_while_the_index_is_asked_is_not_missing(
    config: Config, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def health(self: EmbeddedEngine) -> Health:
        settled(source)
        return Health("embedded", True, 0, "")

    monkeypatch.setattr(EmbeddedEngine, "health", health)
    found = check(config, "search index")
    assert found.good, found.message


def test_an_index_that_takes_no_articles_is_told_though_it_answers(config: Config, source: Source) -> None:
    search_is_away(NOW)
    found = check(config, "search index")
    assert not found.good
    assert "no articles since 2026-11-23 03:00 UTC, 0 wait; the log of the service says why" in found.message


def test_an_index_of_another_archive_is_noticed(
    config: Config, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmbeddedEngine, "health", lambda self: Health("embedded", True, 3, ""))
    found = check(config, "search index")
    assert not found.good
    assert "holds 3 articles that the archive does not; run diembao reindex" in found.message


@pytest.mark.django_db
def test_the_doctor_speaks_english_whatever_the_pages_speak(
    config: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def health(self: EmbeddedEngine) -> Health:
        return Health(
            "embedded", False, 0, gettext("Chỉ mục đang được dựng lại ở tiến trình khác; hãy đợi nó xong")
        )

    monkeypatch.setattr(doctor, "set_up", lambda province: config)
    monkeypatch.setattr(EmbeddedEngine, "health", health)
    assert doctor.run(argparse.Namespace(province=None)) == 1
    told = capsys.readouterr().out
    assert "BAD search index: " in told
    assert told.replace("Tỉnh Lam Giang", "").isascii()
