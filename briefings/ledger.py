"""The ledger of replies, corrections and press questions, as a briefing reads it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time

from django.db.models import Q

from archive.vietnam import VIETNAM
from briefings.inputs import CaseInput, SentInput
from briefings.links import case_page
from cases.ledger import ledger
from cases.models import Case, Decision
from cases.states import Form, Kind, State
from provinces.records import Province

END_OF_DAY = time(23, 59)


def ledger_cases(province: Province, starts: datetime, ends: datetime, base: str) -> list[CaseInput]:
    """Cases received before the cut-off that were open at it or closed in the span, oldest first."""
    owed = ledger(province, starts, ends)
    due = {row.case_id: row.due for group in (*owed.unanswered, *owed.criticism) for row in group.rows}
    waiting = Q(closed_at__isnull=True) | Q(closed_at__gt=starts)
    rows = Case.objects.filter(waiting, province=province.code, received_at__lte=ends)
    found = []
    for row in rows.select_related("outlet").prefetch_related("deadlines").order_by("received_at", "pk"):
        day = due.get(row.pk)
        deadline = datetime.combine(day, END_OF_DAY, tzinfo=VIETNAM) if day else _deadline(row)
        found.append(
            CaseInput(
                key=str(row.pk),
                kind=row.kind,
                title=row.question.strip() or row.title if row.kind == Kind.QUESTION else row.title,
                state=str(State(row.state).label),
                open=row.closed_at is None,
                agency=row.agency_name,
                deadline=deadline,
                article=row.article_id,
                outlet=row.outlet.name if row.outlet else "",
                at=row.received_at,
                closed_at=row.closed_at,
                page=case_page(base, row.pk),
            )
        )
    return found


def ledger_sent(province: Province, starts: datetime, ends: datetime) -> list[SentInput]:
    """Replies and correction requests sent in the span, in the order of sending."""
    return [
        SentInput(
            case=str(row.case_id),
            form=str(Form(row.form).label),
            number=row.number,
            at=row.sent_at,
            title=row.title,
            outlet=row.outlet,
            watched=row.watched,
            corrected=row.corrected,
        )
        for row in ledger(province, starts, ends).sent
    ]


def settled(keys: Collection[str]) -> set[str]:
    """Which of these open points ("decision:12", "case:3") nobody waits for any more.

    A decision is settled when it was overturned, or its article's cases are all closed.
    """
    numbers = {key: int(key.partition(":")[2]) for key in keys}
    cases = [number for key, number in numbers.items() if key.startswith("case:")]
    decisions = [number for key, number in numbers.items() if key.startswith("decision:")]
    closed = set(Case.objects.filter(pk__in=cases, closed_at__isnull=False).values_list("pk", flat=True))
    rows = Decision.objects.filter(pk__in=decisions)
    done = set(rows.filter(overturned_by__isnull=False).values_list("pk", flat=True))
    answered = rows.filter(article__cases__closed_at__isnull=False)
    done |= set(answered.exclude(article__cases__closed_at__isnull=True).values_list("pk", flat=True))
    return {f"case:{pk}" for pk in closed} | {f"decision:{pk}" for pk in done}


def _deadline(case: Case) -> datetime | None:
    """The most pressing one that is not met."""
    open_ones = [row.due_at for row in case.deadlines.all() if row.due_at is not None and row.met_at is None]
    return min(open_ones, default=None)
