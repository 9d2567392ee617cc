"""The first account."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from web.accounts import ensure_first_account


@pytest.mark.django_db
def test_the_first_account_can_sign_in_and_is_made_once() -> None:
    account = ensure_first_account()
    assert account is not None
    name, password = account
    assert authenticate(username=name, password=password).is_superuser
    assert ensure_first_account() is None
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_no_account_is_made_beside_another(officer: User) -> None:
    assert ensure_first_account() is None


@pytest.mark.django_db
def test_the_password_is_long_and_new_each_time() -> None:
    passwords = set()
    for _ in range(2):
        User.objects.all().delete()
        passwords.add(ensure_first_account()[1])
    assert len(passwords) == 2
    assert all(len(password) >= 12 for password in passwords)
