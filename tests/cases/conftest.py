"""People with roles, and signals that wait for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from archive.models import Article, Finding
from cases.roles import give_role
from tests.web.factory import find, make_article, make_outlet


def person(name: str, role: str) -> User:
    user = User.objects.create_user(name)
    give_role(user, role)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def officer(db: None) -> User:
    return person("hoa", "officer")


@pytest.fixture
def approver(db: None) -> User:
    return person("duyet", "approver")


@pytest.fixture
def viewer(db: None) -> User:
    return person("xem", "viewer")


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
