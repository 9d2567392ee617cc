"""Bringing the deadline rows of a case up to date with its history and the rules in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from archive.vietnam import VIETNAM
from cases.deadlines.reckon import Pause, reckon
from cases.models import Case, CaseDeadline, CaseEvent
from cases.office import calendar, deadline_table
from cases.states import RANK, PauseReason, State
from provinces.deadlines import RECEIVED, DeadlineRule, Unit

ASSIGNED = "assigned"
_Status = CaseDeadline.Status


@dataclass(frozen=True, slots=True)
class Course:
    """What counts of a case's history: since it was opened, or opened again."""

    start: datetime
    reached: tuple[tuple[datetime, State], ...]
    pauses: tuple[tuple[str, Pause], ...]  # reason code, pause

    def first(self, state: str) -> datetime | None:
        """When it first came to exactly this state; answering and requesting count as one."""
        return next((at for at, there in self.reached if RANK[there] == RANK[state]), None)

    def passed(self, state: str, since: datetime) -> datetime | None:
        """When it was first at least this far."""
        return next((at for at, there in self.reached if at >= since and _meets(there, state)), None)


def _meets(there: State, wanted: str) -> bool:
    # Following how criticism is dealt with is not yet an answer to the press.
    if there is State.MONITORING and RANK[wanted] == RANK[State.REPLIED]:
        return False
    return RANK[there] >= RANK[wanted]


def refresh(case: Case) -> None:
    """Rewrite the deadlines of ``case``; called in the transaction of every change, safe to repeat."""
    course = course_of(case, CaseEvent.objects.filter(case=case).order_by("at", "pk"))
    wanted = {row.rule: row for row in _rows(case, course)}
    known = {row.rule: row for row in CaseDeadline.objects.filter(case=case)}
    CaseDeadline.objects.filter(case=case).exclude(rule__in=wanted).delete()
    for rule, row in wanted.items():
        if rule in known:
            row.pk = known[rule].pk
            row._state.adding = False
        row.save()


def refresh_open() -> int:
    """Rewrite the deadlines of every open case (rules or holidays may have changed); returns how many."""
    numbers = list(Case.objects.exclude(state=State.CLOSED).order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        with transaction.atomic():
            # Locked, as every change locks it: two that write the rows at once would meet.
            refresh(Case.objects.select_for_update().get(pk=number))
    return len(numbers)


def course_of(case: Case, events: Iterable[CaseEvent]) -> Course:
    """The part of the history that deadlines count; events in order."""
    start = case.received_at
    reached: list[tuple[datetime, State]] = []
    pauses: list[tuple[str, Pause]] = []
    for event in events:
        if event.kind == CaseEvent.Kind.MOVED:
            if event.from_state == State.CLOSED:
                start, reached, pauses = event.at, [], []
            reached.append((event.at, State(event.to_state)))
        if event.kind == CaseEvent.Kind.PAUSED:
            code = str(event.details.get("why", PauseReason.OTHER))
            pauses.append((code, Pause(event.at, None, str(PauseReason(code).label))))
        elif event.kind == CaseEvent.Kind.RESUMED and pauses and pauses[-1][1].end is None:
            code, pause = pauses.pop()
            pauses.append((code, Pause(pause.start, event.at, pause.why)))
    return Course(start, tuple(reached), tuple(pauses))


def _rows(case: Case, course: Course) -> Iterator[CaseDeadline]:
    for rule in deadline_table().rules:
        if rule.kinds and case.kind not in rule.kinds:
            continue
        start = course.start if rule.starts == RECEIVED else course.first(rule.starts)
        if start is not None and rule.holds_on(start.astimezone(VIETNAM).date()):
            yield _row(case, rule, start, course)
    if case.assigned_due is not None:
        yield _assigned(case, course)


def _row(case: Case, rule: DeadlineRule, start: datetime, course: Course) -> CaseDeadline:
    row = CaseDeadline(
        case=case,
        rule=rule.id,
        name=rule.name,
        basis=str(rule.basis),
        legal=rule.legal,
        starts_at=start,
        met_at=course.passed(rule.until, start),
    )
    if rule.amount is None:
        row.status = _Status.UNKNOWN
        row.why = "Luật giao Chính phủ quy định số ngày; chưa ai nhập con số đã đọc trong văn bản."
        return row
    counted = reckon(rule.amount, Unit(rule.unit), start, _stopping(rule, course.pauses), calendar())
    row.due_at, row.last_day, row.why = counted.due_at, counted.last_day, counted.why
    row.status = _status(row)
    return row


def _stopping(rule: DeadlineRule, pauses: Sequence[tuple[str, Pause]]) -> list[Pause]:
    return [pause for code, pause in pauses if code in rule.pauses]


def _assigned(case: Case, course: Course) -> CaseDeadline:
    assert case.assigned_due is not None
    row = CaseDeadline(
        case=case,
        rule=ASSIGNED,
        name="Hạn cấp trên giao",
        basis=CaseDeadline.Basis.INTERNAL,
        legal=case.assigned_by,
        starts_at=course.start,
        due_at=datetime.combine(case.assigned_due + timedelta(days=1), time(), tzinfo=VIETNAM),
        last_day=case.assigned_due,
        met_at=course.passed(State.REPLIED, course.start),
        why=f"theo {case.assigned_by} → hết ngày {case.assigned_due:%d/%m/%Y}",
    )
    row.status = _status(row)
    return row


def _status(row: CaseDeadline) -> CaseDeadline.Status:
    if row.met_at is not None:
        return _Status.LATE if row.due_at is not None and row.met_at >= row.due_at else _Status.MET
    return _Status.STOPPED if row.due_at is None else _Status.RUNNING
