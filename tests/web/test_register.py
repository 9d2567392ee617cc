"""The pages of the register: finding, writing, approving by another person, importing, exporting."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from archive.models import RegisterEntry
from archive.register.edits import approve, create
from archive.register.fields import read_fields
from tests.archive.register_maker import CELLS, content, draft, person
from tests.web.factory import make_article, make_outlet
from tests.web.roles import signed_in

Page = Callable[..., str]
EVIL = "<script>alert(1)</script>"
HEADER = "province_old,indicator,value,unit,as_of,valid_from,valid_to,scope\n"

pytestmark = pytest.mark.django_db


def approved(**cells: str) -> RegisterEntry:
    entry = draft(**cells)
    return approve(entry, version=1, by=person("minh"), now=timezone.now())


def upload(client: Client, text: str, name: str = "so.csv") -> object:
    return client.post("/so-lieu/nhap/", {"file": SimpleUploadedFile(name, text.encode())})


def test_an_empty_register_says_what_to_do(page: Page) -> None:
    assert "diembao register import" in page("/so-lieu/")


def test_the_list_is_searched_filtered_and_written_as_people_write(page: Page) -> None:
    approved()
    draft(indicator="mỏ cát", value="~57", valid_from="2020-01-01", valid_to="2021-01-01")
    html = page("/so-lieu/")
    assert "2.486.300" in html and "khoảng 57" in html and "Đã hết hiệu lực" in html
    assert "2.486.300" not in page("/so-lieu/?q=MỎ")
    assert "2.486.300" not in page("/so-lieu/?status=draft")
    assert "khoảng 57" not in page("/so-lieu/?validity=now")
    assert "Không có mục nào như vậy" in page("/so-lieu/?q=khôngcógì")


@pytest.mark.parametrize(
    "query", ["indicator=x", "indicator=" + "9" * 40, "status=%00", "page=x", "page=-1", "q=%00"]
)
def test_an_address_that_means_nothing_shows_the_list(page: Page, query: str) -> None:
    assert "Sổ số liệu chính thức" in page(f"/so-lieu/?{query}")


def test_an_entry_goes_from_a_form_to_another_persons_approval() -> None:
    officer, approver = signed_in("officer"), signed_in("approver")
    response = officer.post("/so-lieu/moi/", CELLS | {"reason": "báo cáo tháng 7"})
    entry = RegisterEntry.objects.get()
    address = f"/so-lieu/muc/{entry.pk}/"
    assert response["Location"] == address
    own = officer.get(address).content.decode()
    assert "không tự duyệt được" in own and "Duyệt mục này" not in own
    assert "Duyệt mục này" in approver.get(address).content.decode()
    approver.post(f"{address}duyet/", {"version": "1"})
    entry.refresh_from_db()
    assert (entry.status, entry.approved_by.username) == ("approved", "approver")


def test_an_empty_form_bears_the_code_of_the_province() -> None:
    form = signed_in("officer").get("/so-lieu/moi/").content.decode()
    assert re.search(r'name="province"[^>]* value="LG"', form)


def test_an_approver_who_wrote_the_entry_is_refused_clearly() -> None:
    approver = signed_in("approver")
    approver.post("/so-lieu/moi/", CELLS)
    entry = RegisterEntry.objects.get()
    response = approver.post(f"/so-lieu/muc/{entry.pk}/duyet/", {"version": "1"})
    assert response.status_code == 409
    assert "Người lập hoặc sửa mục không được tự duyệt" in response.content.decode()
    entry.refresh_from_db()
    assert entry.status == "draft"


def test_a_form_with_mistakes_keeps_what_was_typed_and_marks_the_fields() -> None:
    response = signed_in("officer").post("/so-lieu/moi/", CELLS | {"value": "1.930", "unit": EVIL})
    html = response.content.decode()
    assert response.status_code == 400
    assert "hai cách" in html and 'value="1.930"' in html and 'aria-invalid="true"' in html
    assert EVIL not in html
    assert not RegisterEntry.objects.exists()


def test_an_edit_needs_a_reason_and_the_version_that_was_read() -> None:
    officer = signed_in("officer")
    entry = draft()
    address = f"/so-lieu/muc/{entry.pk}/sua/"
    assert 'value="2486300"' in officer.get(address).content.decode()
    assert officer.post(address, CELLS | {"value": "5", "version": "1"}).status_code == 400
    assert officer.post(address, CELLS | {"value": "5", "version": "1", "reason": "x"}).status_code == 302
    late = officer.post(address, CELLS | {"value": "6", "version": "1", "reason": "x"})
    assert late.status_code == 409 and "vừa được người khác thay đổi" in late.content.decode()
    entry.refresh_from_db()
    assert entry.value == "5"
    history = officer.get(f"/so-lieu/muc/{entry.pk}/").content.decode()
    assert "<del>2486300</del>" in history and "<ins>5</ins>" in history


def test_an_approved_entry_is_replaced_and_not_edited() -> None:
    officer = signed_in("officer")
    entry = approved()
    assert officer.get(f"/so-lieu/muc/{entry.pk}/sua/").status_code == 409
    address = f"/so-lieu/moi/?replaces={entry.pk}"
    assert 'value="2486300"' in officer.get(address).content.decode()
    assert officer.post(address, CELLS | {"value": "5"}).status_code == 400  # without a reason
    officer.post(address, CELLS | {"value": "5", "reason": "đính chính"})
    assert RegisterEntry.objects.get(status="draft").replaces == entry


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "-1"])
def test_what_cannot_be_replaced_is_not_found(number: str) -> None:
    assert signed_in("officer").get(f"/so-lieu/moi/?replaces={number}").status_code == 404


def test_an_officer_withdraws_own_drafts_and_an_approver_anything() -> None:
    officer, approver = signed_in("officer"), signed_in("approver")
    officer.post("/so-lieu/moi/", CELLS)
    own, other = RegisterEntry.objects.get(), draft(value="5")
    for entry, client, status in ((own, officer, 302), (other, officer, 403), (other, approver, 302)):
        response = client.post(f"/so-lieu/muc/{entry.pk}/rut/", {"version": "1", "reason": "trùng"})
        assert response.status_code == status
    assert set(RegisterEntry.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_what_is_written_in_the_register_stays_text(page: Page) -> None:
    cells = dict.fromkeys(("indicator", "unit", "province", "scope", "document", "quote", "aliases"), EVIL)
    read, _ = read_fields(CELLS | cells | {"province": "<b>LG"})
    article = make_article(make_outlet(), EVIL)
    entry = create(
        read, by=person("lan"), now=timezone.now(), reason=EVIL, article=article, span={"text": EVIL}
    )
    for address in ("/so-lieu/", f"/so-lieu/muc/{entry.pk}/"):
        html = page(address)
        assert EVIL not in html and "<b>LG" not in html


def test_a_file_is_shown_first_and_imported_whole() -> None:
    officer = signed_in("officer")
    rows = (
        "LG,dân số,2486300,người,07/2025,2025-07-01,,toàn tỉnh\nHB,bưu cục,26,b,2017,2017-01-01,2018-06-30,\n"
    )
    shown = upload(officer, HEADER + rows)
    html = shown.content.decode()
    assert shown.status_code == 200 and "<b>2</b> mục mới" in html
    assert not RegisterEntry.objects.exists()
    posted = shown.context["posted"]
    assert officer.post("/so-lieu/nhap/", {"rows": posted, "name": "so.csv"}).status_code == 302
    assert set(RegisterEntry.objects.values_list("status", flat=True)) == {"draft", "approved"}
    assert "so.csv" in RegisterEntry.objects.get(status="draft").changes.get().reason


def test_a_file_with_mistakes_names_row_and_column_and_cannot_be_imported() -> None:
    officer = signed_in("officer")
    bad = HEADER + f"LG,{EVIL},1.930,người,07/2025,2025-07-01,,\n"
    shown = upload(officer, bad)
    html = shown.content.decode()
    assert shown.status_code == 400
    assert "<code>value</code>" in html and "Nhập tất cả" not in html and EVIL not in html
    response = officer.post("/so-lieu/nhap/", {"rows": bad, "name": "so"})
    assert response.status_code == 409
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize("name, text", [("so.pdf", "x"), ("so.xlsx", "x"), ("so.csv", ""), ("so", "x")])
def test_a_file_that_is_no_table_is_refused_with_what_to_do(name: str, text: str) -> None:
    response = upload(signed_in("officer"), text or "\n", name)
    assert response.status_code == 400
    assert "chưa nhập gì" in response.content.decode()


def test_a_form_without_a_file_is_told_so() -> None:
    response = signed_in("officer").post("/so-lieu/nhap/", {})
    assert response.status_code == 400 and "Hãy chọn một tệp" in response.content.decode()


def test_the_list_is_downloaded_complete_under_the_same_filters(browser_client: Client) -> None:
    for number in range(60):
        draft(indicator=f"chỉ tiêu {number}")
    approved(indicator="mỏ")
    response = browser_client.get("/so-lieu/tai-ve/csv/?status=draft")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 61 and lines[0].startswith("seed_file,province_old,indicator,value")
    book = load_workbook(io.BytesIO(browser_client.get("/so-lieu/tai-ve/xlsx/").content))
    assert book.active.max_row == 62
    assert browser_client.get("/so-lieu/tai-ve/pdf/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    browser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        draft(indicator=f"chỉ tiêu {number}")
    entry = draft(indicator="dân số")
    for number in range(10):
        create(content(value=str(number)), by=person("lan"), now=timezone.now(), reason="x")
    with django_assert_max_num_queries(9):
        browser_client.get("/so-lieu/")
    with django_assert_max_num_queries(10):
        browser_client.get(f"/so-lieu/muc/{entry.pk}/")
