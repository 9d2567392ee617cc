"""Reading the register: what is compared with coverage, and what a search of the register finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from archive.models import RegisterEntry
from archive.textform import collapsed

Status = RegisterEntry.Status


def comparable() -> QuerySet[RegisterEntry]:
    """Every approved entry, expired ones included: an old figure explains an old article.

    Which of them holds for an article is decided by ``valid_from`` and ``valid_to``.
    """
    return RegisterEntry.objects.filter(status=Status.APPROVED).select_related("indicator")


@dataclass(frozen=True, slots=True)
class RegisterSearch:
    """What is looked for; "" and None ask for nothing.

    words      all of them in indicator, value, scope, document or place, in any case of letters
    validity   "now" (valid today), "past" or "future"
    """

    words: str = ""
    status: str = ""
    validity: str = ""
    indicator: int | None = None


def find_entries(today: date, search: RegisterSearch) -> QuerySet[RegisterEntry]:
    """The entries that match, by indicator, newest first."""
    rows = RegisterEntry.objects.select_related("indicator", "created_by", "approved_by", "superseded_by")
    for word in collapsed(search.words).split()[:12]:
        rows = rows.filter(_has(word))
    if search.status in Status.values:
        rows = rows.filter(status=search.status)
    if search.indicator is not None:
        rows = rows.filter(indicator_id=search.indicator)
    open_end = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    if search.validity == "now":
        rows = rows.filter(open_end, valid_from__lte=today)
    elif search.validity == "past":
        rows = rows.filter(valid_to__lt=today)
    elif search.validity == "future":
        rows = rows.filter(valid_from__gt=today)
    return rows


def _has(word: str) -> Q:
    found = Q()
    # SQLite folds the case of ASCII letters only: the forms that people write are asked for one by one.
    for form in {word, word.lower(), word.capitalize(), word.upper()}:
        for field in ("indicator__name", "value", "province", "scope", "district", "document", "as_of"):
            found |= Q(**{f"{field}__contains": form})
    return found
