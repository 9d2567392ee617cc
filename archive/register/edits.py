"""Changes to the register: each one a transaction that also writes who did what, when and why."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from archive.models import Article, Indicator, RegisterChange, RegisterEntry
from archive.register.fields import EntryFields, as_cells

Status = RegisterEntry.Status
Action = RegisterChange.Action
CONTENT = ("value", "province", "as_of", "district", "scope", "period", "merger", "quote", "document")


class RegisterRefused(Exception):
    """The change was not made; the message says why and what to do (Vietnamese, for the officer)."""


def content_of(entry: RegisterEntry) -> EntryFields:
    """An entry's content, as it would be written in a file."""
    return EntryFields(
        indicator=entry.indicator.name,
        unit=entry.indicator.unit,
        aliases=tuple(entry.aliases),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        tolerance=entry.tolerance,
        **{name: getattr(entry, name) for name in CONTENT},
    )


def create(
    content: EntryFields,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    replaces: RegisterEntry | None = None,
    article: Article | None = None,
    span: dict[str, object] | None = None,
) -> RegisterEntry:
    """A new draft; it is compared with nothing before a second person approves it."""
    with transaction.atomic():
        entry = RegisterEntry.objects.create(
            indicator=_indicator(content),
            valid_from=content.valid_from,
            valid_to=content.valid_to,
            tolerance=content.tolerance,
            aliases=list(content.aliases),
            replaces=replaces,
            source_article=article,
            source_span=span,
            created_by=by,
            created_at=now,
            **{name: getattr(content, name) for name in CONTENT},
        )
        _note(entry, Action.CREATED, by, now, reason, after=_filled(content))
    return entry


def edit(
    entry: RegisterEntry, content: EntryFields, *, version: int, by: User | None, now: datetime, reason: str
) -> RegisterEntry:
    """Change a draft. ``version`` is the one that was read; raises ``RegisterRefused`` when it is stale."""
    with transaction.atomic():
        entry = _take(entry, version)
        if entry.status != Status.DRAFT:
            raise RegisterRefused(_("Chỉ sửa được mục chờ duyệt. Với mục đã duyệt, hãy lập bản thay thế."))
        before, after = as_cells(content_of(entry)), as_cells(content)
        changed = {name for name in before if before[name] != after[name]}
        if not changed:
            raise RegisterRefused(_("Không có gì khác so với bản đang lưu."))
        entry.indicator = _indicator(content)
        for name in (*CONTENT, "valid_from", "valid_to", "tolerance"):
            setattr(entry, name, getattr(content, name))
        entry.aliases = list(content.aliases)
        entry.edited_by = by
        entry.save()
        old, new = ({name: cells[name] for name in sorted(changed)} for cells in (before, after))
        _note(entry, Action.EDITED, by, now, reason, before=old, after=new)
    return entry


def approve(
    entry: RegisterEntry, *, version: int, by: User | None, now: datetime, reason: str = ""
) -> RegisterEntry:
    """Put a draft in force. Whoever created or edited it cannot approve it.

    ``by`` None: the province's profile, which was reviewed where it is kept. An entry that is replaced
    ends on the day before, or is withdrawn when the replacement corrects it from its first day on.
    """
    with transaction.atomic():
        entry = _take(entry, version)
        if entry.status != Status.DRAFT:
            raise RegisterRefused(
                _("Mục này không còn chờ duyệt (%(status)s).")
                % {"status": _(entry.get_status_display()).lower()}
            )
        if by is not None and by.pk in (entry.created_by_id, entry.edited_by_id):
            raise RegisterRefused(
                _("Người lập hoặc sửa mục không được tự duyệt. Hãy nhờ một người khác có quyền duyệt.")
            )
        if entry.replaces_id:
            _supersede(entry, by, now)
        _no_other_in_force(entry)
        entry.status, entry.approved_by, entry.approved_at = Status.APPROVED, by, now
        try:
            with transaction.atomic():
                entry.save()
        except IntegrityError:  # somebody approved another one at this moment
            raise RegisterRefused(
                _("Vừa có mục khác được duyệt cho cùng chỉ tiêu. Hãy tải lại trang.")
            ) from None
        if entry.aliases:
            Indicator.objects.filter(pk=entry.indicator_id).update(aliases=entry.aliases)
        _note(entry, Action.APPROVED, by, now, reason)
    return entry


def withdraw(entry: RegisterEntry, *, version: int, by: User, now: datetime, reason: str) -> RegisterEntry:
    """Take a draft or approved entry out of use; it stays readable."""
    if not reason.strip():
        raise RegisterRefused(_("Hãy ghi lý do rút."))
    with transaction.atomic():
        entry = _take(entry, version)
        if entry.status == Status.WITHDRAWN:
            raise RegisterRefused(_("Mục này đã được rút."))
        before = {"status": str(entry.status)}
        entry.status = Status.WITHDRAWN
        entry.save()
        _note(entry, Action.WITHDRAWN, by, now, reason, before=before, after={"status": str(entry.status)})
    return entry


def _take(entry: RegisterEntry, version: int) -> RegisterEntry:
    """The row, locked by an update that must touch exactly one row at ``version``."""
    rows = RegisterEntry.objects.filter(pk=entry.pk, version=version)
    if not rows.update(version=F("version") + 1):
        raise RegisterRefused(
            _("Mục này vừa được người khác thay đổi. Hãy xem bản mới bên dưới rồi làm lại nếu vẫn cần.")
        )
    return RegisterEntry.objects.select_related("indicator").get(pk=entry.pk)


def _no_other_in_force(entry: RegisterEntry) -> None:
    """Two figures of the same thing may not hold on the same day."""
    same = RegisterEntry.objects.filter(
        status=Status.APPROVED,
        indicator=entry.indicator_id,
        **{name: getattr(entry, name) for name in ("province", "district", "scope", "period")},
    )
    overlapping = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=entry.valid_from))
    if entry.valid_to is not None:
        overlapping = overlapping.filter(valid_from__lte=entry.valid_to)
    if other := overlapping.first():
        raise RegisterRefused(
            _(
                "Hiệu lực trùng với mục đã duyệt số %(pk)s (giá trị %(value)s, %(as_of)s). Hãy mở "
                "mục đó và lập bản thay thế, hoặc sửa ngày hiệu lực của mục này."
            )
            % {"pk": other.pk, "value": other.value, "as_of": other.as_of}
        )


def _supersede(entry: RegisterEntry, by: User | None, now: datetime) -> None:
    assert entry.replaces is not None
    old = RegisterEntry.objects.select_for_update().get(pk=entry.replaces.pk)
    if old.superseded_by_id or old.status != Status.APPROVED:
        raise RegisterRefused(
            _("Mục cần thay thế đã bị rút hoặc đã có bản thay thế khác. Hãy rút bản này, hoặc lập mục mới.")
        )
    before = {"status": str(old.status), "valid_to": old.valid_to.isoformat() if old.valid_to else ""}
    last = entry.valid_from - timedelta(days=1)
    if entry.valid_from <= old.valid_from:
        old.status = Status.WITHDRAWN  # corrected from its first day on: it was never right
    elif old.valid_to is None or old.valid_to > last:
        old.valid_to = last
    old.superseded_by, old.version = entry, old.version + 1
    old.save()
    after = {
        "status": str(old.status),
        "valid_to": old.valid_to.isoformat() if old.valid_to else "",
        "superseded_by": str(entry.pk),
    }
    _note(old, Action.SUPERSEDED, by, now, "", before=before, after=after)


def _indicator(content: EntryFields) -> Indicator:
    return Indicator.objects.get_or_create(name=content.indicator, unit=content.unit)[0]


def _filled(content: EntryFields) -> dict[str, str]:
    return {name: cell for name, cell in as_cells(content).items() if cell}


def _note(
    entry: RegisterEntry,
    action: RegisterChange.Action,
    by: User | None,
    now: datetime,
    reason: str,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    RegisterChange.objects.create(
        entry=entry,
        action=action,
        at=now,
        by=by,
        reason=reason.strip(),
        before=before or {},
        after=after or {},
    )
