"""Who did what and when: written with the act, never changed, found again by filters, taken away as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone

from alerts.models import Target
from archive.audit import record
from archive.models import AuditEntry
from archive.models.appendonly import AppendOnlyError
from cases.decisions import decide
from tests.web.factory import find, make_article, make_outlet
from tests.web.roles import signed_in
from tests.web.world import make_world

pytestmark = pytest.mark.django_db
Act = AuditEntry.Action


def acts() -> list[str]:
    rows = AuditEntry.objects.exclude(action="signed-in").order_by("pk")
    return list(rows.values_list("action", flat=True))


def streamed(client: Client, address: str) -> str:
    return b"".join(client.get(address)).decode("utf-8-sig")


def test_sign_ins_failures_and_sign_outs_are_kept(client: Client, officer: User) -> None:
    client.post("/dang-nhap/", {"username": "can-bo", "password": "sai"})
    client.post("/dang-nhap/", {"username": "mat-khau-go-nham", "password": "x"})
    client.post("/dang-nhap/", {"username": "can-bo", "password": "mat-khau-thu-1"})
    client.post("/dang-xuat/")
    rows = list(AuditEntry.objects.order_by("pk").values_list("action", "person", "subject", "origin"))
    assert rows == [
        ("sign-in-failed", "", "can-bo", "127.0.0.1"),
        ("sign-in-failed", "", "", "127.0.0.1"),  # what is no account's name may be a password
        ("signed-in", "can-bo", "", "127.0.0.1"),
        ("signed-out", "can-bo", "", "127.0.0.1"),
    ]


def test_a_decision_and_its_entry_stand_or_fall_together(officer: User) -> None:
    finding = find(make_article(make_outlet(), "Bài về mỏ cát"), "signal", "S1")

    def conclude() -> None:
        decide(finding.pk, verdict="false-alarm", reason="Số cũ", seen=None, by=officer, now=timezone.now())

    with pytest.raises(RuntimeError), transaction.atomic():
        conclude()
        raise RuntimeError
    assert acts() == []
    conclude()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.subject) == ("decided", officer, "Bài về mỏ cát")
    assert entry.details == {"signal": "S1", "verdict": "false-alarm", "reason": "Số cũ"}


def test_downloads_are_kept_with_what_was_asked(index: Callable[[], None], snapshots: Path) -> None:
    make_world(snapshots, articles=4)
    index()
    client = signed_in("viewer")
    for address in ("/tim-kiem/tai-ve/csv/?q=sạt+lở", "/so-lieu/tai-ve/xlsx/", "/bang-chung/1/tai-ve/"):
        assert client.get(address).status_code == 200
    client.get("/tim-kiem/tai-ve/csv/?q=(")  # refused: nothing was taken away
    entries = AuditEntry.objects.exclude(action="signed-in").order_by("pk")
    rows = list(entries.values_list("action", "subject", "person"))
    assert rows == [
        ("downloaded", "/tim-kiem/tai-ve/csv/", "viewer"),
        ("downloaded", "/so-lieu/tai-ve/xlsx/", "viewer"),
        ("evidence", "/bang-chung/1/tai-ve/", "viewer"),
    ]


def test_targets_duty_settings_and_passwords_are_kept() -> None:
    admin = signed_in("admin")
    admin.post("/noi-nhan/moi/", {"name": "Tổ trực", "channel": "email", "address": "a@b.vn", "enabled": "1"})
    target = Target.objects.get()
    admin.post(f"/noi-nhan/{target.pk}/", {"name": "Tổ", "channel": "email", "address": "a@b.vn"})
    admin.post(
        "/truc/",
        {"act": "maintenance", "starts": "2026-11-25T10:00", "ends": "2026-11-25T12:00", "reason": "Bảo trì"},
    )
    admin.post("/dau-hieu/S2/", {"enabled": "1", "threshold": "0,5", "reason": "Thử"})
    assert acts() == ["target", "target", "setting", "setting"]
    user = User.objects.get(username="admin")
    user.set_password("mat-khau-cu-dai")
    user.save()
    admin.force_login(user)
    fields = {"old_password": "mat-khau-cu-dai", "new_password1": "mat-khau-moi-9"}
    admin.post("/mat-khau/", fields | {"new_password2": "mat-khau-moi-9"})
    assert acts()[-1] == "password"


def test_entries_are_never_changed() -> None:
    entry = record(Act.SETTING, by=None, subject="x" * 1000, details={"reason": "dài " * 1000})
    assert len(entry.subject) == 300 and len(entry.details["reason"]) == 500
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.update(subject="")


def test_filters_narrow_and_the_csv_holds_the_same() -> None:
    admin = signed_in("admin")
    user = User.objects.get(username="admin")
    for number in range(60):
        record(Act.RULE, by=user, subject=f"Quy tắc {number}")
    record(Act.ROLE, by=user, subject="=HYPERLINK(1)")
    html = admin.get("/quan-tri/nhat-ky/?action=rule&words=Quy+tắc+5").content.decode()
    assert html.count("Quy tắc 5") == 11 + 1  # 5, 50 to 59, and the box
    assert "trang 1 / 2" in admin.get("/quan-tri/nhat-ky/?action=rule").content.decode()
    rows = list(csv.reader(io.StringIO(streamed(admin, "/quan-tri/nhat-ky/tai-ve/?action=rule"))))
    assert len(rows) == 61 and rows[1][1:4] == ["admin", "rule", "Quy tắc 0"]
    rows = list(csv.reader(io.StringIO(streamed(admin, "/quan-tri/nhat-ky/tai-ve/?action=role"))))
    assert not rows[1][3].startswith("=")
    for odd in ("from=x&to=31/12", "action=drop", "person=%00", "page=99"):
        assert admin.get(f"/quan-tri/nhat-ky/?{odd}").status_code == 200


@pytest.mark.parametrize("role", ["viewer", "officer", "approver"])
def test_only_administrators_read_it(role: str) -> None:
    client = signed_in(role)
    assert client.get("/quan-tri/nhat-ky/").status_code == 403
    assert client.get("/quan-tri/nhat-ky/tai-ve/").status_code == 403
    assert "nhat-ky" not in client.get("/tro-giup/").content.decode()


def test_the_page_says_in_words_what_is_kept_in_codes() -> None:
    admin = signed_in("admin")
    by = User.objects.get()
    for action, details in (
        (Act.CASE, {"act": "moved", "from": "received", "to": "verifying", "reason": "Đã gọi Sở."}),
        (Act.ROLE, {"from": "viewer", "to": "officer"}),
        (Act.DECIDED, {"signal": "S9", "verdict": "needs-reply", "reason": ""}),
        (
            Act.SEARCH,
            {"act": "feed-opened", "params": "q=s%E1%BA%A1t+l%E1%BB%9F&topic=environment&place=LG404"},
        ),
        (Act.RULE, {"act": "created", "enabled": "True"}),
    ):
        record(action, by=by, subject="x", details=details)
    page = admin.get("/quan-tri/nhat-ky/").content.decode()
    assert "việc: Chuyển bước · từ: Tiếp nhận · thành: Xác minh · lý do: Đã gọi Sở.<" in page
    assert "từ: Người xem · thành: Cán bộ<" in page
    assert "dấu hiệu: S9 Các báo nêu khác nhau · kết luận: Cần phản hồi<" in page
    assert (
        "việc: Mở nguồn cấp RSS, Atom · điều kiện: câu tìm: sạt lở, chủ đề: Môi trường, địa bàn: LG404<"
        in page
    )
    assert "việc: Lập · bật: có<" in page


def test_files_addresses_and_parts_of_a_briefing_are_named_not_coded() -> None:
    admin = signed_in("admin")
    by = User.objects.get()
    taken = {"file": 'attachment; filename="diem-bao-2026-W47.pdf"', "asked": "version=3"}
    record(Act.DOWNLOADED, by=by, subject="/ban-tin/1/tai-ve/pdf/", details=taken)
    record(
        Act.DOWNLOADED,
        by=by,
        subject="/khong-con/",
        details={"file": "attachment; filename*=utf-8''so%CC%82.csv"},
    )
    for what in ("figures-7", "s12", "stories", "p3", "unheard-of"):
        record(Act.BRIEFING, by=by, subject="demo 2026-W47", details={"act": "dropped", "what": what})
    record(Act.SETTING, by=by, subject="duty", details={"act": "remove", "what": "maintenance"})
    record(Act.SETTING, by=by, subject="demo: 3 17:00", details={"act": "briefing"})
    record(Act.SETTING, by=by, subject="S2", details={"enabled": "False"})
    record(Act.TOKEN, by=by, subject="Máy", details={"act": "created", "what": "alerts:read, cases:read"})
    page = admin.get("/quan-tri/nhat-ky/").content.decode()
    assert "Bản tin tuần<" in page and "tệp: diem-bao-2026-W47.pdf · điều kiện: phiên bản: 3<" in page
    assert "/khong-con/<" in page and "Content-Disposition" not in page and "attachment;" not in page
    assert page.count("Điểm báo tuần 47/2026<") == 5
    for words in ("bảng số liệu", "một câu", "ý thêm của cán bộ", "unheard-of"):
        assert f"việc: Bỏ · nội dung: {words}<" in page
    assert "nội dung: lịch bảo trì<" in page and "Trực và bảo trì<" in page
    assert "Giờ chốt và phần đầu văn bản<" in page and "S2 Tiêu đề không khớp nội dung<" in page
    assert "nội dung: đọc cảnh báo, đọc hồ sơ<" in page
