"""One table from roles to permissions, in every database."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User

from cases.roles import APPS, ROLES, UnknownRole, ensure_roles, give_role, role_of

ALL = {
    *("decide", "correct_topics", "edit_register", "approve_register", "manage_signals"),
    *("work_cases", "approve_cases"),
    *("compose_briefing", "approve_briefing", "manage_briefings"),
    "administer",
}


def allowed(user: User) -> set[str]:
    fresh = User.objects.get(pk=user.pk)
    return {name for name in ALL if any(fresh.has_perm(f"{app}.{name}") for app in APPS)}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gives_exactly_its_permissions(lan: User, role: str) -> None:
    give_role(lan, role)
    assert allowed(lan) == set(ROLES[role])
    assert role_of(lan) == role


def test_without_a_role_somebody_only_reads(lan: User) -> None:
    assert allowed(lan) == set()
    assert role_of(lan) == "viewer"


def test_another_role_takes_the_place_of_the_first(lan: User) -> None:
    give_role(lan, "admin")
    give_role(lan, "officer")
    assert allowed(lan) == set(ROLES["officer"])


def test_the_first_account_may_do_everything(db: None) -> None:
    admin = User.objects.create_superuser("admin")
    assert allowed(admin) == ALL
    assert role_of(admin) == "admin"


def test_the_groups_are_brought_back_to_the_table(db: None) -> None:
    Group.objects.get(name="viewer").permissions.set(Group.objects.get(name="admin").permissions.all())
    Group.objects.get(name="officer").delete()
    ensure_roles()
    assert not Group.objects.get(name="viewer").permissions.exists()
    assert Group.objects.get(name="officer").permissions.count() == len(ROLES["officer"])


def test_a_role_that_does_not_exist_is_named_with_those_that_do(lan: User) -> None:
    with pytest.raises(UnknownRole, match=r'"chief".*viewer'):
        give_role(lan, "chief")
