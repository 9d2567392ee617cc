"""The board of cases: which cards stand in which column, and the filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils.functional import Promise

from cases.models import Case, CaseDeadline
from cases.office import office
from cases.states import Kind, State, Transition, moves_from
from web.case_wording import CASE_MOVES

MOST = 200  # cards on one board; those less pressing are reached by the filters


@dataclass(frozen=True, slots=True)
class Filters:
    """What is shown. ``agency``: id, "-" for cases without one."""

    agency: str = ""
    kind: str = ""
    late: bool = False
    mine: bool = False

    def pairs(self) -> dict[str, str]:
        """For an address."""
        pairs = {"agency": self.agency, "kind": self.kind}
        pairs |= {"late": "1" if self.late else "", "mine": "1" if self.mine else ""}
        return {name: value for name, value in pairs.items() if value}

    def address(self) -> str:
        """``?…``, "" without filters."""
        return f"?{urlencode(self.pairs())}" if self.pairs() else ""


@dataclass(frozen=True, slots=True)
class Due:
    """The most pressing deadline of a case that runs."""

    row: CaseDeadline
    late: bool
    days: int  # full days past it


@dataclass(frozen=True, slots=True)
class Card:
    """A case on the board."""

    case: Case
    due: Due | None
    moves: tuple[tuple[str, str | Promise], ...]  # target and name of those that need only a reason
    more: bool  # whether others are possible on its page


@dataclass(frozen=True, slots=True)
class Column:
    """A state and its cases, the most pressing first."""

    state: str
    cards: tuple[Card, ...]


def read_filters(params: Mapping[str, str]) -> Filters:
    """From an address; what is unknown is left out."""
    kind = params.get("kind", "")
    return Filters(
        agency=params.get("agency", "").replace("\x00", "")[:60],
        kind=kind if kind in Kind.values else "",
        late=params.get("late") == "1",
        mine=params.get("mine") == "1",
    )


def found_cases(chosen: Filters, user: User, now: datetime) -> QuerySet[Case]:
    """The cases of the province that the filters leave."""
    rows = Case.objects.filter(province=office().code).select_related("outlet", "officer")
    if chosen.agency:
        rows = rows.filter(agency="" if chosen.agency == "-" else chosen.agency)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.mine:
        rows = rows.filter(Q(officer=user) | Q(officer__isnull=True, opened_by=user))
    if chosen.late:
        running = CaseDeadline.objects.filter(case=OuterRef("pk"), status=CaseDeadline.Status.RUNNING)
        rows = rows.filter(Exists(running.filter(due_at__lte=now)))
    return rows


def columns(rows: QuerySet[Case], now: datetime) -> list[Column]:
    """Every state but the last in its order, empty ones included."""
    rows = rows.exclude(state=State.CLOSED)
    running = CaseDeadline.objects.filter(status=CaseDeadline.Status.RUNNING, due_at__isnull=False)
    first = dict(running.order_by().values_list("case").annotate(Min("due_at")))
    numbers = rows.order_by().values_list("pk", flat=True)
    pressed = sorted(numbers, key=lambda pk: (pk not in first, first.get(pk), pk))
    cases = rows.filter(pk__in=pressed[:MOST]).defer("question").prefetch_related("deadlines")
    cards = [_card(case, now) for case in cases]
    cards.sort(key=lambda card: (card.due is None, card.due.row.due_at if card.due else None, card.case.pk))
    states = [state for state in State if state != State.CLOSED]
    return [Column(state, tuple(card for card in cards if card.case.state == state)) for state in states]


def pressing(rows: Iterable[CaseDeadline], now: datetime) -> Due | None:
    """The running deadline that is due first."""
    running = [row for row in rows if row.status == CaseDeadline.Status.RUNNING and row.due_at is not None]
    first = min(running, key=lambda row: (row.due_at, row.pk), default=None)
    if first is None or first.due_at is None:
        return None
    return Due(first, first.due_at <= now, max(0, (now - first.due_at).days))


def _card(case: Case, now: datetime) -> Card:
    moves = moves_from(case.state, case.kind)
    simple = tuple(move for move in moves if case.paused_at is None and _is_simple(case, move))
    named = tuple((str(move.target), CASE_MOVES[move.source, move.target]) for move in simple)
    return Card(case, pressing(case.deadlines.all(), now), named, len(simple) < len(moves))


def _is_simple(case: Case, move: Transition) -> bool:
    """Whether a reason is all that is asked for; the rest is done on the page of the case."""
    return move.needs in ("", "draft") or (move.needs == "agency" and bool(case.agency))
