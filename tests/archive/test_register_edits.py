"""Changes to the register: two people, a history of everything, one figure in force at a time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from archive.models import Indicator, RegisterChange, RegisterEntry
from archive.models.appendonly import AppendOnlyError
from archive.register.edits import RegisterRefused, approve, create, edit, withdraw
from tests.archive.conftest import NOW
from tests.archive.register_maker import approved, content, draft, person

pytestmark = pytest.mark.django_db


def actions(entry: RegisterEntry) -> list[tuple[str, str | None]]:
    rows = entry.changes.order_by("pk").select_related("by")
    return [(row.action, row.by.username if row.by else None) for row in rows]


def test_an_entry_waits_as_a_draft_until_another_person_approves_it() -> None:
    entry = draft("lan")
    assert entry.status == "draft"
    entry = approve(entry, version=1, by=person("minh"), now=NOW)
    assert (entry.status, entry.approved_by.username) == ("approved", "minh")
    assert actions(entry) == [("created", "lan"), ("approved", "minh")]


def test_who_wrote_an_entry_cannot_approve_it() -> None:
    entry = draft("lan")
    with pytest.raises(RegisterRefused, match="không được tự duyệt"):
        approve(entry, version=1, by=person("lan"), now=NOW)
    entry.refresh_from_db()
    assert (entry.status, entry.version) == ("draft", 1)


def test_who_edited_an_entry_cannot_approve_it_either() -> None:
    entry = edit(draft("lan"), content(value="5"), version=1, by=person("minh"), now=NOW, reason="gõ nhầm")
    with pytest.raises(RegisterRefused, match="không được tự duyệt"):
        approve(entry, version=entry.version, by=person("minh"), now=NOW)


def test_the_database_itself_refuses_one_person_for_both() -> None:
    entry = draft("lan")
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.filter(pk=entry.pk).update(approved_by=person("lan"))


def test_an_edit_keeps_what_stood_there_before_and_why() -> None:
    entry = edit(draft(), content(value="2486301"), version=1, by=person("lan"), now=NOW, reason="gõ nhầm")
    change = entry.changes.get(action="edited")
    assert (change.before, change.after) == ({"value": "2486300"}, {"value": "2486301"})
    assert change.reason == "gõ nhầm"


def test_an_edit_that_changes_nothing_is_refused() -> None:
    with pytest.raises(RegisterRefused, match="Không có gì khác"):
        edit(draft(), content(), version=1, by=person("lan"), now=NOW, reason="x")


def test_an_approved_entry_is_not_edited() -> None:
    entry = approved()
    with pytest.raises(RegisterRefused, match="bản thay thế"):
        edit(entry, content(value="5"), version=entry.version, by=person("lan"), now=NOW, reason="x")


def test_of_two_people_who_change_the_same_version_the_second_is_told() -> None:
    entry = draft()
    edit(entry, content(value="5"), version=1, by=person("lan"), now=NOW, reason="x")
    with pytest.raises(RegisterRefused, match="vừa được người khác thay đổi"):
        edit(entry, content(value="6"), version=1, by=person("hoa"), now=NOW, reason="y")
    with pytest.raises(RegisterRefused, match="vừa được người khác thay đổi"):
        approve(entry, version=1, by=person("minh"), now=NOW)


def test_history_is_never_changed_or_deleted() -> None:
    change = draft().changes.get()
    change.reason = "khác"
    for act in (change.save, change.delete, RegisterChange.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            act()
    with pytest.raises(AppendOnlyError):
        RegisterChange.objects.update(reason="khác")


def test_a_newer_figure_ends_the_old_one_on_the_day_before() -> None:
    old = approved()
    new = create(
        content(value="2500000", as_of="10/2026", valid_from="2026-10-01"),
        by=person("lan"),
        now=NOW,
        replaces=old,
    )
    approve(new, version=1, by=person("minh"), now=NOW)
    old.refresh_from_db()
    assert (old.status, str(old.valid_to), old.superseded_by) == ("approved", "2026-09-30", new)
    assert old.changes.get(action="superseded").after["superseded_by"] == str(new.pk)


def test_a_correction_from_the_same_day_withdraws_the_old_figure() -> None:
    old = approved()
    new = create(content(value="2486301"), by=person("lan"), now=NOW, replaces=old)
    approve(new, version=1, by=person("minh"), now=NOW)
    old.refresh_from_db()
    assert (old.status, old.superseded_by) == ("withdrawn", new)


def test_only_one_of_two_replacements_is_approved() -> None:
    old = approved()
    first, second = (
        create(content(value=value), by=person("lan"), now=NOW, replaces=old) for value in ("5", "6")
    )
    approve(first, version=1, by=person("minh"), now=NOW)
    with pytest.raises(RegisterRefused, match="bản thay thế khác"):
        approve(second, version=1, by=person("minh"), now=NOW)


def test_two_figures_of_the_same_thing_never_hold_on_the_same_day() -> None:
    first = approved()
    entry = draft(value="5", as_of="2026", valid_from="2026-01-01")
    with pytest.raises(RegisterRefused, match=f"số {first.pk} "):
        approve(entry, version=1, by=person("minh"), now=NOW)
    other_scope = draft(scope="khu vực nông thôn")
    assert approve(other_scope, version=1, by=person("minh"), now=NOW).status == "approved"


def test_other_names_hold_for_the_indicator_once_approved() -> None:
    entry = draft()
    assert Indicator.objects.get().aliases == []
    approve(entry, version=1, by=person("minh"), now=NOW)
    assert Indicator.objects.get().aliases == ["số dân", "nhân khẩu"]


def test_a_withdrawal_needs_its_reason_and_stays_readable() -> None:
    entry = approved()
    with pytest.raises(RegisterRefused, match="lý do"):
        withdraw(entry, version=entry.version, by=person("minh"), now=NOW, reason=" ")
    entry.refresh_from_db()
    entry = withdraw(entry, version=entry.version, by=person("minh"), now=NOW, reason="văn bản bị thu hồi")
    assert entry.status == "withdrawn"
    assert entry.changes.first().reason == "văn bản bị thu hồi"
    with pytest.raises(RegisterRefused, match="đã được rút"):
        withdraw(entry, version=entry.version, by=person("minh"), now=NOW, reason="nữa")
