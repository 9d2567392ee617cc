"""What a token may be given, and which permission its owner's role needs for it at each call."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import User


class Scope(StrEnum):
    """One kind of access."""

    ARTICLES_READ = "articles:read"
    SEARCH_READ = "search:read"
    ALERTS_READ = "alerts:read"
    ALERTS_WRITE = "alerts:write"
    DECISIONS_WRITE = "decisions:write"
    TOPICS_WRITE = "topics:write"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    REGISTER_READ = "register:read"
    REGISTER_WRITE = "register:write"
    SOURCES_READ = "sources:read"
    BRIEFINGS_READ = "briefings:read"
    EXPORTS_READ = "exports:read"
    AUDIT_READ = "audit:read"
    WEBHOOKS_IN = "webhooks:in"


PERMISSIONS: dict[Scope, str] = {
    Scope.ALERTS_WRITE: "cases.decide",
    Scope.DECISIONS_WRITE: "cases.decide",
    Scope.TOPICS_WRITE: "cases.correct_topics",
    Scope.CASES_WRITE: "cases.work_cases",
    Scope.REGISTER_WRITE: "cases.edit_register",
    Scope.AUDIT_READ: "web.administer",
    Scope.WEBHOOKS_IN: "cases.decide",
}
"""Scopes that need a permission of the roles table; the others everybody with an account may have."""


def permits(user: User, scope: Scope) -> bool:
    """Whether the person's role reaches as far as the scope."""
    needed = PERMISSIONS.get(scope)
    return user.is_active and (needed is None or user.has_perm(needed))


def allowed(user: User) -> list[Scope]:
    """Every scope that a token of this person can have."""
    return [scope for scope in Scope if permits(user, scope)]
