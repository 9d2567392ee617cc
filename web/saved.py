"""Saved searches: what they say, who may change them, and what is new in them since somebody's last look."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.http import QueryDict

from archive.audit import record
from archive.models import Article, AuditEntry
from search.port import EngineUnavailable, SearchEngine
from search.query import QuerySyntaxError, parse
from web.choices import Choices, read_choices
from web.clock import VIETNAM
from web.models import SavedSearch, SearchLook

MOST = 100  # of one person
MANY = 999  # more new articles than this are not counted one by one
# What is archived after a look may have been published, by its page's own word, this long before.
LATE = timedelta(days=7)
RULE_LISTS = {"topic": "topics", "kind": "kinds", "scope": "scopes", "signal": "signals"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One saved search as somebody sees it. ``fresh``: None when it cannot be counted now."""

    search: SavedSearch
    choices: Choices
    mine: bool
    may_change: bool
    seen_at: datetime | None
    fresh: int | None
    many: bool  # ``fresh`` and more


def visible(user: User) -> QuerySet[SavedSearch]:
    """One's own, and what others share; not of people who have left."""
    return SavedSearch.objects.filter(Q(owner=user) | Q(shared=True, owner__is_active=True))


def may_change(search: SavedSearch, user: User) -> bool:
    """Its owner; administrators those that are shared."""
    return search.owner_id == user.pk or (search.shared and user.has_perm("web.administer"))


def may_share(user: User) -> bool:
    """Officers and above."""
    return user.has_perm("cases.decide")


def params_of(choices: Choices) -> str:
    """What is stored of a search: query and filters, no order and no place in the paging."""
    return urlencode([pair for pair in choices.pairs() if pair[0] != "sort"])


def choices_of(search: SavedSearch) -> Choices:
    """Back again."""
    return read_choices(QueryDict(search.params))


def listed(user: User, door: SearchEngine | None, today: date) -> list[Listed]:
    """Everything that ``user`` sees, one's own first; ``door`` None: nothing can be counted now."""
    searches = list(visible(user).select_related("owner").order_by("name", "pk"))
    looks = {look.search_id: look for look in SearchLook.objects.filter(user=user)}
    rows = [_listed(search, user, looks.get(search.pk), door, today) for search in searches]
    return sorted(rows, key=lambda row: not row.mine)


def _listed(
    search: SavedSearch, user: User, look: SearchLook | None, door: SearchEngine | None, today: date
) -> Listed:
    choices = choices_of(search)
    fresh = fresh_count(choices, look, door, today) if door else None
    return Listed(
        search=search,
        choices=choices,
        mine=search.owner_id == user.pk,
        may_change=may_change(search, user),
        seen_at=look.at if look else None,
        fresh=None if fresh is None else min(fresh, MANY),
        many=fresh is not None and fresh > MANY,
    )


def fresh_count(choices: Choices, look: SearchLook | None, door: SearchEngine, today: date) -> int | None:
    """Articles archived since ``look`` that match; all that match without a look; None: not countable.

    Articles whose page says that they are older than the look by more than ``LATE`` are left out.
    """
    try:
        query = parse(choices.q, today=today)
        if look is None:
            return door.count(query, choices.filters)
        since = (look.at - LATE).astimezone(VIETNAM).date()
        filters = replace(choices.filters, since=max(since, choices.since or since))
        found = (number for number in door.scan(query, filters) if number > look.newest)
        return sum(1 for _ in islice(found, MANY + 1))
    except (QuerySyntaxError, EngineUnavailable):
        return None


def look_at(search: SavedSearch, user: User, now: datetime) -> None:
    """Remember that ``user`` has seen what there is by now."""
    newest = Article.objects.aggregate(newest=Max("pk"))["newest"] or 0
    SearchLook.objects.update_or_create(search=search, user=user, defaults={"at": now, "newest": newest})


def keep(search: SavedSearch, by: User, now: datetime) -> None:
    """Save a new or changed search. Raises ``IntegrityError`` for a name that its owner already uses."""
    new = search.pk is None
    search.changed_at = now
    if new:
        search.created_at = now
    with transaction.atomic():
        search.save()
        _note(search, by, "created" if new else "changed")
    if new:
        look_at(search, by, now)


def remove(search: SavedSearch, by: User) -> None:
    """Delete it with its feeds."""
    with transaction.atomic():
        _note(search, by, "deleted")
        search.delete()


def renew_token(search: SavedSearch, by: User, *, on: bool) -> None:
    """A new secret address for the feeds, so that the old one ends; or none at all."""
    search.token = secrets.token_urlsafe(32) if on else None
    with transaction.atomic():
        search.save(update_fields=["token"])
        _note(search, by, "feed-opened" if on else "feed-closed")


def _note(search: SavedSearch, by: User, act: str) -> None:
    record(
        AuditEntry.Action.SEARCH, by=by, subject=search.name, details={"act": act, "params": search.params}
    )


def rule_params(choices: Choices) -> str:
    """The address parameters of the rule form that carry a search over; days do not go into rules."""
    outlets = [f'báo:"{key}"' for key in choices.values.get("outlet", ())]
    if len(outlets) > 1:
        outlets = ["(" + " OR ".join(outlets) + ")"]
    query = " ".join([*([f"({choices.q})"] if choices.q and outlets else [choices.q]), *outlets]).strip()
    pairs = [("query", query)]
    for name, values in choices.values.items():
        if name in RULE_LISTS:
            pairs += [(RULE_LISTS[name], value) for value in values]
    for name, target in (("place", "places"), ("about", "about")):
        if values := choices.values.get(name, ()):
            pairs.append((target, ", ".join(values)))
    return urlencode(pairs)
