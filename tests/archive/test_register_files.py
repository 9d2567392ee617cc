"""The register from and to CSV and XLSX: rows and columns named, all or nothing, and back again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from archive.models import RegisterEntry
from archive.register.edits import RegisterRefused, approve, content_of, create, edit, withdraw
from archive.register.files import (
    Plan,
    apply_import,
    csv_bytes,
    load_profile,
    plan_import,
    planned_csv,
    write_xlsx,
)
from archive.register.listing import RegisterSearch, comparable, find_entries
from archive.textform import collapsed
from tests.archive.conftest import NOW
from tests.archive.register_maker import approved, draft, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
HEADER = "seed_file,province_old,indicator,value,unit,as_of,quote,valid_from,valid_to,scope,aliases"
CURRENT = "a.txt,LG,dân số,2486300,người,07/2025,,2025-07-01,,toàn tỉnh,số dân|nhân khẩu"
ENDED = 'a.txt,HB,bưu cục,26,bưu cục,2017,"26 bưu cục, cả tỉnh",2017-01-01,2018-06-30,tỉnh Hòa Bình,'


def sheet(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def problems(plan: Plan) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in plan.problems]


def bring_in(data: bytes, name: str = "so.csv", by: str | None = "lan") -> int:
    plan = plan_import(name, data)
    return apply_import(plan, by=person(by) if by else None, now=NOW, today=TODAY)


def exported() -> bytes:
    return b"".join(csv_bytes(RegisterEntry.objects.select_related("indicator")))


def test_what_ended_goes_in_as_history_and_the_rest_waits_for_a_second_person() -> None:
    assert bring_in(sheet(CURRENT, ENDED)) == 2
    assert set(RegisterEntry.objects.values_list("indicator__name", "status")) == {
        ("dân số", "draft"),
        ("bưu cục", "approved"),
    }
    assert "a.txt" in RegisterEntry.objects.get(status="draft").changes.get().reason


def test_every_wrong_cell_is_named_with_its_row_and_nothing_is_imported() -> None:
    plan = plan_import(
        "so.csv",
        sheet(CURRENT, "a,LG,,1.930,người,hôm qua,,2025-07-01,,,", "", "a,LG,x,1,y,2025,,2025-07-99,,,"),
    )
    assert problems(plan) == [(3, "indicator"), (3, "value"), (3, "as_of"), (5, "valid_from")]
    assert str(plan.problems[0]).startswith("so.csv, hàng 3, cột indicator: ")
    with pytest.raises(ValueError, match="problems"):
        apply_import(plan, by=None, now=NOW, today=TODAY)
    assert not RegisterEntry.objects.exists()


def test_the_same_entry_twice_in_a_file_is_an_error_of_the_second() -> None:
    plan = plan_import("so.csv", sheet(CURRENT, CURRENT.replace("2486300", "5")))
    assert problems(plan) == [(3, "indicator")]
    assert "hàng 2" in plan.problems[0].message


@pytest.mark.parametrize(
    "data, says",
    [
        (b"", "trống"),
        (b"\n\n", "trống"),
        (b"\xff\xfe\x00x", "UTF-8"),
        (HEADER.encode() + b"\n\x00", "NUL"),
        (b"indicator,indicator\n", "hai lần"),
        (b"indicator,,value\n", "không có tên"),
        (HEADER.encode() + b'\n"mo ngoac', "ngoặc kép"),
        (sheet(CURRENT + ",them,nua"), "hàng 2"),
        (b"x" * 5_000_001, "5 MB"),
    ],
)
def test_a_file_that_is_no_table_says_why(data: bytes, says: str) -> None:
    plan = plan_import("so.csv", data)
    assert plan.rows == ()
    assert says in str(plan.problems[0])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"plain text", sheet(CURRENT)])
def test_a_broken_workbook_says_what_to_do(data: bytes) -> None:
    (problem,) = plan_import("so.xlsx", data).problems
    assert ".xlsx" in problem.message


def test_a_workbook_with_rows_far_below_loses_none() -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(["province", "indicator", "value", "unit", "as_of"])
    for _ in range(25_000):
        page.append([None])
    page.append(["LG", "mỏ", "?", "mỏ", "2025"])
    out = io.BytesIO()
    book.save(out)
    assert problems(plan_import("so.xlsx", out.getvalue())) == [(25_002, "value")]


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    (problem,) = plan_import("so.xlsx", out.getvalue()).problems
    assert "giải nén" in problem.message


def test_another_kind_of_file_is_refused() -> None:
    (problem,) = plan_import("so.pdf", b"%PDF").problems
    assert ".csv hoặc .xlsx" in problem.message


def test_missing_and_unknown_columns_are_named() -> None:
    plan = plan_import("so.csv", b"indicator,value,gia_tri,province\n")
    assert problems(plan) == [(1, "gia_tri"), (1, "unit"), (1, "as_of")]


def test_semicolons_and_a_byte_order_mark_are_how_excel_writes_csv() -> None:
    data = ("\ufeff" + HEADER + "\n" + CURRENT).replace(",", ";").encode()
    assert plan_import("so.csv", data).count("new") == 1


def test_numbers_and_days_of_a_workbook_are_read() -> None:
    book = Workbook()
    book.active.append(["province", "indicator", "value", "unit", "as_of", "valid_from"])
    book.active.append(["LG", "mỏ", 57.0, "mỏ", 2025, date(2025, 12, 31)])
    out = io.BytesIO()
    book.save(out)
    (row,) = plan_import("so.xlsx", out.getvalue()).rows
    assert (row.content.value, row.content.as_of) == ("57", "2025")
    assert row.content.valid_from == date(2025, 12, 31)


def test_a_file_without_validity_holds_figures_with_the_usual_one() -> None:
    data = b"province_old,indicator,value,unit,as_of\nHB,b\xc6\xb0u c\xe1\xbb\xa5c,26,b,2017\nHB,x,1,y,2x\n"
    plan = plan_import("so.csv", data)
    assert problems(plan) == [(3, "as_of")]
    assert (plan.rows[0].content.valid_from, plan.rows[0].content.valid_to) == (
        date(2017, 1, 1),
        date(2018, 6, 30),
    )


def test_importing_twice_changes_nothing() -> None:
    bring_in(sheet(CURRENT, ENDED))
    assert bring_in(sheet(CURRENT, ENDED)) == 0
    assert RegisterEntry.objects.count() == 2


def test_a_draft_is_changed_and_an_approved_entry_is_replaced() -> None:
    draft(scope="toàn tỉnh")
    assert plan_import("so.csv", sheet(CURRENT.replace("2486300", "5"))).rows[0].act == "changed"
    old = approved(indicator="diện tích")
    row = CURRENT.replace("dân số", "diện tích").replace("toàn tỉnh", old.scope).replace("2486300", "5")
    plan = plan_import("so.csv", sheet(row))
    assert (plan.rows[0].act, plan.rows[0].entry) == ("replacement", old)
    apply_import(plan, by=person("lan"), now=NOW, today=TODAY)
    new = RegisterEntry.objects.get(replaces=old)
    assert (new.status, new.value) == ("draft", "5")


def test_a_plan_that_the_register_overtook_does_nothing() -> None:
    entry = draft(scope="toàn tỉnh")
    plan = plan_import("so.csv", sheet(ENDED, CURRENT.replace("2486300", "5")))
    RegisterEntry.objects.filter(pk=entry.pk).update(version=7)
    with pytest.raises(RegisterRefused):
        apply_import(plan, by=person("lan"), now=NOW, today=TODAY)
    assert RegisterEntry.objects.count() == 1


def test_history_that_contradicts_itself_is_refused_with_its_row() -> None:
    other = ENDED.replace(",2017,", ",2018,").replace("2017-01-01", "2018-01-01")
    with pytest.raises(RegisterRefused, match="hàng 3: Hiệu lực trùng"):
        bring_in(sheet(ENDED, other))
    assert not RegisterEntry.objects.exists()


def test_a_profile_is_loaded_approved_once_and_leaves_officers_changes_alone() -> None:
    load_profile("demo/register.csv", sheet(CURRENT, ENDED), now=NOW)
    assert RegisterEntry.objects.filter(status="approved").count() == 2
    load_profile("demo/register.csv", sheet(CURRENT.replace("2486300", "5")), now=NOW)
    assert RegisterEntry.objects.get(indicator__name="dân số").value == "2486300"


def test_a_profile_leaves_alone_what_people_replaced_withdrew_or_put_in_force(
    caplog: pytest.LogCaptureFixture,
) -> None:
    area = "a.txt,LG,diện tích,7934.5,km²,07/2025,,2025-07-01,,toàn tỉnh,"
    profile = sheet(CURRENT, ENDED, area)
    load_profile("demo/register.csv", profile, now=NOW)
    population, posts = (RegisterEntry.objects.get(indicator__name=name) for name in ("dân số", "bưu cục"))
    newer = replace(content_of(population), value="2500000", as_of="10/2026", valid_from=date(2026, 10, 1))
    newer_entry = create(newer, by=person("lan"), now=NOW, replaces=population)
    approve(newer_entry, version=1, by=person("minh"), now=NOW)
    withdraw(posts, version=posts.version, by=person("minh"), now=NOW, reason="nhầm")
    corrected = RegisterEntry.objects.get(indicator__name="diện tích")
    correction = replace(content_of(corrected), value="7943.5")
    approve(
        create(correction, by=person("lan"), now=NOW, replaces=corrected),
        version=1,
        by=person("minh"),
        now=NOW,
    )
    before = list(RegisterEntry.objects.order_by("pk").values_list("pk", "status", "version"))
    for _start in range(2):
        assert load_profile("demo/register.csv", profile, now=NOW).count("new") == 0
    assert list(RegisterEntry.objects.order_by("pk").values_list("pk", "status", "version")) == before

    overlapping = CURRENT.replace("07/2025,,2025-07-01", "11/2026,,2026-11-01").replace("2486300", "2510000")
    for _start in range(2):
        load_profile("demo/register.csv", sheet(CURRENT, overlapping), now=NOW)
    assert RegisterEntry.objects.get(status="draft").value == "2510000"
    assert caplog.text.count("row 3 waits for a person's approval") == 1


def test_a_profiles_row_whose_draft_a_person_edited_is_not_entered_again() -> None:
    overlapping = CURRENT.replace("07/2025,,2025-07-01", "11/2026,,2026-11-01").replace("2486300", "2510000")
    profile = sheet(CURRENT, overlapping)
    plan = load_profile("demo/register.csv", profile, now=NOW)
    assert (plan.count("new"), plan.count("waiting")) == (1, 1)
    waiting = RegisterEntry.objects.get(status="draft")
    moved = replace(content_of(waiting), as_of="12/2026", valid_from=date(2026, 12, 1))
    edit(waiting, moved, version=waiting.version, by=person("lan"), now=NOW, reason="đúng tháng")
    for _start in range(2):
        plan = load_profile("demo/register.csv", profile, now=NOW)
        assert (plan.count("new"), plan.count("waiting")) == (0, 0)
    assert RegisterEntry.objects.count() == 2


def test_the_41_seed_figures_load_as_history(shared_data: Path) -> None:
    seeds = shared_data.parent / "domain" / "register_seed.csv"
    assert bring_in(seeds.read_bytes(), "register_seed.csv") == 41
    assert RegisterEntry.objects.filter(status="approved", valid_to__lt=TODAY).count() == 41


def test_the_register_of_the_corpus_goes_in_and_comes_out_the_same(shared_data: Path) -> None:
    assert bring_in((shared_data / "register_all.csv").read_bytes()) == 71
    assert plan_import("so.csv", exported()).count("unchanged") == 71
    out = io.BytesIO()
    write_xlsx(RegisterEntry.objects.select_related("indicator"), out)
    assert plan_import("so.xlsx", out.getvalue()).count("unchanged") == 71


def test_what_was_planned_can_be_planned_again_from_its_own_csv() -> None:
    plan = plan_import("so.csv", sheet(CURRENT, ENDED))
    again = plan_import("so.csv", planned_csv(plan).encode())
    assert [(row.content, row.seed) for row in again.rows] == [(row.content, row.seed) for row in plan.rows]


def test_cells_that_look_like_formulas_are_inert_and_come_back_as_they_were() -> None:
    approved(scope="=1+1", document="+84 @x", quote="-x")
    text = exported().decode("utf-8-sig")
    assert ",'=1+1," in text and ",'+84 @x," in text
    assert plan_import("so.csv", exported()).count("unchanged") == 1


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for name in ("so.csv", "so.xlsx"):
        assert plan_import(name, data).rows == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS, WORDS)
def test_any_words_survive_the_way_out_and_in(scope: str, document: str) -> None:
    (row,) = plan_import("so.csv", sheet(CURRENT)).rows
    content = replace(row.content, scope=collapsed(scope), document=collapsed(document))
    again = plan_import("so.csv", planned_csv(Plan((replace(row, content=content),), ())).encode())
    assert again.problems == ()
    assert again.rows[0].content == content


def test_only_approved_entries_are_compared_with() -> None:
    draft(value="5")
    entry = approved(indicator="mỏ")
    assert list(comparable()) == [entry]


def test_the_list_finds_words_in_any_case_and_filters_by_validity() -> None:
    now, past = approved(), approved(indicator="mỏ cát", valid_from="2020-01-01", valid_to="2021-01-01")
    future = approved(indicator="Trạm BTS", valid_from="2027-01-01")

    def found(**search: object) -> list[RegisterEntry]:
        return sorted(find_entries(TODAY, RegisterSearch(**search)), key=lambda row: row.pk)

    assert found(words="DÂN số") == [now]
    assert found(words="trạm bts") == [future]
    assert [found(validity=value) for value in ("now", "past", "future")] == [[now], [past], [future]]
    assert found(status="draft") == []
    assert found(words="%") == found(words="_") == []
    assert found(indicator=past.indicator_id) == [past]
