"""The ledger of a period, for briefings: what was sent, how cases ended, and what is still owed.

Counted against agencies; outlets are named as addressees only, and journalists nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from archive.vietnam import VIETNAM
from cases.models import Case, CaseDeadline, SentDocument
from cases.states import Kind
from provinces.records import Province


@dataclass(frozen=True, slots=True)
class SentRow:
    """A reply or correction request that people sent in the period. ``form``: a ``cases.states.Form``.

    watched, corrected  articles watched for a correction, and those that people found corrected so far
    """

    case_id: int
    form: str
    number: str
    sent_at: datetime
    title: str
    outlet: str
    agency: str
    agency_name: str
    outcome: str  # of the case, "" while open
    watched: int
    corrected: int


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A case closed in the period. ``kind`` and ``outcome`` as in ``cases.states``."""

    case_id: int
    kind: str
    title: str
    outlet: str
    agency_name: str
    outcome: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A case still open at the end of the period. ``due``: last day of its most pressing deadline.

    overdue_days  full days past that deadline at the end of the period; 0: not overdue or no deadline known
    """

    case_id: int
    title: str
    outlet: str
    question: str
    state: str
    received_at: datetime
    due: date | None
    overdue_days: int


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """What one agency owes; ``agency`` "" for cases that nobody was given yet."""

    agency: str
    agency_name: str
    rows: tuple[OwedRow, ...]

    @property
    def overdue(self) -> int:
        """How many are past their deadline."""
        return sum(row.overdue_days > 0 for row in self.rows)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything, each part in a fixed order: by time, agencies by most owed."""

    sent: tuple[SentRow, ...]
    closed: tuple[ClosedRow, ...]
    unanswered: tuple[AgencyRow, ...]  # press questions
    criticism: tuple[AgencyRow, ...]  # criticism that waits to be dealt with


def ledger(province: Province, start: datetime, end: datetime) -> Ledger:
    """The ledger of ``start <= t < end`` (aware). What is owed: as of ``end``, deadlines as reckoned last."""
    cases = Case.objects.filter(province=province.code).select_related("outlet")
    sent = (
        SentDocument.objects.filter(case__province=province.code, sent_at__gte=start, sent_at__lt=end)
        .select_related("case__outlet")
        .prefetch_related("case__watches")
        .order_by("sent_at", "pk")
    )
    closed = cases.filter(closed_at__gte=start, closed_at__lt=end).order_by("closed_at", "pk")
    return Ledger(
        sent=tuple(_sent(row) for row in sent),
        closed=tuple(_closed(case) for case in closed),
        unanswered=_owed(cases.filter(kind=Kind.QUESTION), end),
        criticism=_owed(cases.filter(kind=Kind.CRITICISM), end),
    )


def _sent(row: SentDocument) -> SentRow:
    watches = list(row.case.watches.all())
    return SentRow(
        case_id=row.case_id,
        form=row.form,
        number=row.number,
        sent_at=row.sent_at,
        title=row.case.title,
        outlet=row.case.outlet.name if row.case.outlet else "",
        agency=row.case.agency,
        agency_name=row.case.agency_name,
        outcome=row.case.outcome,
        watched=len(watches),
        corrected=sum(watch.status == watch.Status.CORRECTED for watch in watches),
    )


def _closed(case: Case) -> ClosedRow:
    assert case.closed_at is not None
    outlet = case.outlet.name if case.outlet else ""
    return ClosedRow(case.pk, case.kind, case.title, outlet, case.agency_name, case.outcome, case.closed_at)


def _owed(cases: QuerySet[Case], end: datetime) -> tuple[AgencyRow, ...]:
    """Received before ``end``, and neither answered nor closed by then."""
    still = Q(closed_at__isnull=True) | Q(closed_at__gte=end)
    rows = cases.filter(still, received_at__lt=end)
    answered = SentDocument.objects.filter(sent_at__lt=end).values("case")
    groups: dict[str, list[OwedRow]] = {}
    names: dict[str, str] = {}
    for case in rows.exclude(pk__in=answered).prefetch_related("deadlines").order_by("received_at", "pk"):
        groups.setdefault(case.agency, []).append(_owed_row(case, end))
        names[case.agency] = case.agency_name
    order = sorted(groups, key=lambda agency: (-len(groups[agency]), agency))
    return tuple(AgencyRow(agency, names[agency], tuple(groups[agency])) for agency in order)


def _owed_row(case: Case, end: datetime) -> OwedRow:
    due = [row for row in case.deadlines.all() if row.due_at is not None and _still_owed(row, end)]
    first = min(due, key=lambda row: (row.due_at, row.pk), default=None)
    late = max(0, (end - first.due_at).days) if first is not None and first.due_at is not None else 0
    return OwedRow(
        case_id=case.pk,
        title=case.title,
        outlet=case.outlet.name if case.outlet else "",
        question=case.question,
        state=case.state,
        received_at=case.received_at,
        due=first.last_day or first.due_at.astimezone(VIETNAM).date()
        if first is not None and first.due_at
        else None,
        overdue_days=late,
    )


def _still_owed(row: CaseDeadline, end: datetime) -> bool:
    return row.met_at is None or row.met_at >= end
