"""People with roles, and signals that wait for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from archive.models import Article, Finding
from tests.web.factory import find, make_article, make_outlet


@pytest.fixture
def lan(db: None) -> User:
    return User.objects.create_user("lan")


@pytest.fixture
def minh(db: None) -> User:
    return User.objects.create_user("minh")


@pytest.fixture
def article(db: None) -> Article:
    return make_article(make_outlet())


@pytest.fixture
def signal(article: Article) -> Callable[..., Finding]:
    """A signal on the article, S1 with a score of 0.9 unless told otherwise."""

    def make(label: str = "S1", score: float = 0.9) -> Finding:
        return find(article, "signal", label, "12 hộ", score=score)

    return make
