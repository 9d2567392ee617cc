"""``diembao reindex``: a whole index from the archive, and what the pages say of it afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.models import Article, Outlet, Revision
from archive.outage import index_is_short, index_short_since
from diembao.cli import main
from diembao.config import Config, current

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Config(current())
    made["DIEMBAO_DATA"] = str(tmp_path)
    monkeypatch.setattr("diembao.commands.reindex.set_up", lambda: made)
    monkeypatch.setattr("diembao.commands.reindex.migrate", lambda: None)


@pytest.fixture
def article() -> Article:
    outlet = Outlet.objects.create(
        key="lam-giang", name="Báo Lam Giang", kind="newspaper", scope="local", home="http://127.0.0.1/"
    )
    url, common = "http://127.0.0.1/bai-1.html", {"title": "Hồ xả lũ", "digest": "0" * 64}
    made = Article.objects.create(
        outlet=outlet, url=url, canonical_url=url, first_seen_at=NOW, changed_at=NOW, **common
    )
    Revision.objects.create(article=made, number=1, seen_at=NOW, **common)
    return made


def test_an_index_that_lacked_articles_is_whole_afterwards(
    article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    index_is_short(NOW)
    assert main(["reindex"]) == 0
    assert "1 articles indexed, 0 refused" in capsys.readouterr().out
    assert index_short_since() is None
    assert not Article.objects.filter(needs_index=True).exists()
