"""Who may do what: one table from roles to permissions, kept as Django groups."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User

VIEWER = "viewer"
OFFICER = "officer"
APPROVER = "approver"
ADMIN = "admin"

_OFFICER = ("decide", "correct_topics", "edit_register", "work_cases", "compose_briefing")
ROLES: dict[str, tuple[str, ...]] = {
    VIEWER: (),  # reads everything that somebody signed in may read
    OFFICER: _OFFICER,
    APPROVER: (*_OFFICER, "approve_register", "approve_cases", "approve_briefing"),
    ADMIN: (
        *_OFFICER,
        *("approve_register", "approve_cases", "approve_briefing"),
        *("manage_signals", "manage_briefings", "administer"),
    ),
}
"""Permissions of the apps of ``APPS`` by role; no two of these apps use one name."""

APPS = ("cases", "briefings", "web")


class UnknownRole(ValueError):
    """There is no such role; the message lists those there are."""


def ensure_roles() -> None:
    """Make the groups, with exactly the permissions of the table; safe to repeat."""
    rows = {row.codename: row for row in Permission.objects.filter(content_type__app_label__in=APPS)}
    for role, names in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([rows[name] for name in names if name in rows])


def give_role(user: User, role: str) -> None:
    """Put a person into a role, and out of any other. Raises ``UnknownRole``."""
    if role not in ROLES:
        raise UnknownRole(f'no role "{role}"; choose one of {", ".join(ROLES)}')
    user.groups.remove(*Group.objects.filter(name__in=ROLES))
    user.groups.add(Group.objects.get(name=role))


def role_of(user: User) -> str:
    """The person's role; ``viewer`` when none was given."""
    if user.is_superuser:
        return ADMIN
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(ROLES) if role in names), VIEWER)
