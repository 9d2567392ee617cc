"""What the tests of the pages share: someone signed in, and a search index of the made-up archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from alerts.models import Rule
from archive.models import Article
from search.config import SearchConfig
from search.documents import documents_from_archive
from web import engine as door


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """A language that one test's request chose is not left on for the next test."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What one test's page counted is not shown by the next test's."""
    cache.clear()


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create_user("can-bo", password="mat-khau-thu-1")


@pytest.fixture
def browser_client(client: Client, officer: User) -> Client:
    """A client that is signed in."""
    client.force_login(officer)
    return client


@pytest.fixture
def page(browser_client: Client) -> Callable[..., str]:
    """The HTML of a page that must be there."""

    def get(url: str, status: int = 200) -> str:
        response = browser_client.get(url)
        assert response.status_code == status
        return response.content.decode()

    return get


@pytest.fixture
def index(tmp_path: Path, settings: pytest.FixtureRequest) -> Iterator[Callable[[], None]]:
    """An empty search index for the pages; calling it takes in all archived articles."""
    settings.DIEMBAO_SEARCH = SearchConfig(folder=tmp_path / "index")
    door.engine.cache_clear()

    def take_in() -> None:
        report = door.engine().rebuild(documents_from_archive())
        assert report.indexed == Article.objects.count()

    yield take_in
    door.engine().close()
    door.engine.cache_clear()


@pytest.fixture
def snapshots(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """The folder of the raw pages."""
    settings.DIEMBAO_SNAPSHOTS = tmp_path / "snapshots"
    return tmp_path / "snapshots"


@pytest.fixture
def rule(db: None) -> Rule:
    """A rule that everybody shares, in force since yesterday."""
    now = timezone.now()
    return Rule.objects.create(
        name="Sạt lở", query="sạt lở", active_since=now - timedelta(days=1), created_at=now, changed_at=now
    )
