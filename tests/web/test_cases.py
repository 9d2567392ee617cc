"""The pages of cases: the board, a case from its opening to its end, the calendar, and who may do what."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from archive.models import Article
from cases.models import Attachment, Case, CaseDraft, CaseEvent, DraftApproval, SentDocument
from cases.roles import ROLES
from tests.cases.maker import story_of
from tests.web.factory import find, make_article, make_outlet, revise
from tests.web.roles import signed_in

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nmade up\n%%EOF\n"


@pytest.fixture
def article(settings: pytest.FixtureRequest, tmp_path: Path) -> Article:
    settings.DIEMBAO_ATTACHMENTS = tmp_path / "attachments"
    return make_article(make_outlet())


def start(client: Client, article: Article, kind: str = "correction", **fields: object) -> Case:
    finding = find(article, "signal", "S1", "12 hộ dân", evidence={"other": {"text": "sổ ghi 21 hộ"}})
    data = {"article": article.pk, "finding": finding.pk, "kind": kind, "reason": "khác sổ", "title": ""}
    response = client.post("/ho-so/moi/", data | fields)
    assert response.status_code == 302, response.content.decode()
    return Case.objects.get(pk=int(response["Location"].split("/")[2]))


def send(client: Client, case: Case, act: str, code: int = 302, **data: object) -> str:
    case.refresh_from_db()
    response = client.post(f"/ho-so/{case.pk}/{act}/", {"version": case.version, "reason": "vì vậy"} | data)
    html = response.content.decode()
    assert response.status_code == code, re.findall(r'role="alert"[^>]*>([^<]*)', html)
    case.refresh_from_db()
    return html


def fields_of(client: Client, case: Case, form: str) -> dict[str, str]:
    """What the editor offers, as a browser would send it."""
    response = client.get(f"/ho-so/{case.pk}/van-ban/?form={form}")
    cells = {name: value for name, _label, value, _kind in response.context["fields"]}
    return cells | {"form": form}


def to_approval(client: Client, case: Case, **changes: str) -> None:
    send(client, case, "chuyen", target="verifying")
    send(client, case, "phan-cong", agency="so-xay-dung", officer="")
    send(client, case, "chuyen", target="assigned")
    send(client, case, "chuyen", target="drafting")
    cells = fields_of(client, case, "correction-request")
    cells["body"] = cells["body"].replace("[GHI: số liệu, văn bản chính thức]", "Báo cáo 12/BC-SXD")
    send(client, case, "van-ban", **(cells | changes))
    send(client, case, "chuyen", target="approval")


def test_from_an_article_to_a_request_that_is_watched(article: Article) -> None:
    officer, approver = signed_in("officer"), signed_in("approver")
    case = start(officer, article)
    to_approval(officer, case)
    html = approver.get(f"/ho-so/{case.pk}/").content.decode()
    assert "Duyệt bản số 1" in html and "12 hộ dân" in html and "sổ ghi 21 hộ" in html
    send(approver, case, "duyet", draft=1)
    send(officer, case, "chuyen", target="correction-requested", number="12/SVHTTDL", sent_at="")
    assert SentDocument.objects.get().number == "12/SVHTTDL"
    revise(article, text="Sáng 24/11, 21 hộ dân được di dời.")
    html = officer.get(f"/ho-so/{case.pk}/").content.decode()
    assert "Theo dõi cải chính" in html and "Chưa thấy cải chính" in html
    watch = case.watches.get()
    send(officer, case, f"theo-doi/{watch.pk}", status="corrected")
    send(officer, case, "chuyen", target="closed", outcome="corrected")
    html = officer.get("/ho-so/?closed=1").content.decode()
    assert case.title in html and "Báo đã cải chính" in html


def test_a_step_that_was_skipped_is_not_shown_as_done(article: Article) -> None:
    officer = signed_in("officer")
    case = start(officer, article)
    ahead = re.findall(r'class="step-\w+"[^>]*>([^<]+)', officer.get(f"/ho-so/{case.pk}/").content.decode())
    assert "Giao cơ quan" in ahead
    send(officer, case, "chuyen", target="verifying")
    send(officer, case, "chuyen", target="drafting")
    passed = re.findall(r'class="step-done">([^<]+)', officer.get(f"/ho-so/{case.pk}/").content.decode())
    assert passed == ["Tiếp nhận", "Xác minh"]


def test_who_wrote_a_document_is_not_offered_its_approval(article: Article) -> None:
    approver = signed_in("approver")
    case = start(approver, article)
    to_approval(approver, case)
    html = approver.get(f"/ho-so/{case.pk}/").content.decode()
    assert "không tự duyệt được" in html and f"/ho-so/{case.pk}/duyet/" not in html
    html = send(approver, case, "duyet", code=409, draft=1)
    assert "không được tự duyệt" in html
    assert not DraftApproval.objects.exists()


def test_of_two_who_edit_at_once_the_second_reads_the_first(article: Article) -> None:
    first, second = signed_in("officer"), signed_in("admin")
    case = start(first, article)
    seen = case.version
    send(first, case, "chuyen", target="verifying")
    data = {"version": seen, "target": "verifying", "reason": "tôi cũng bắt đầu"}
    response = second.post(f"/ho-so/{case.pk}/chuyen/", data)
    assert response.status_code == 409
    assert "vừa được người khác thay đổi" in response.content.decode()


def test_a_document_is_downloaded_as_a_word_file(article: Article) -> None:
    officer = signed_in("officer")
    case = start(officer, article)
    to_approval(officer, case)
    response = officer.get(f"/ho-so/{case.pk}/van-ban/1.docx")
    assert response.content.startswith(b"PK")
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_was_typed_into_a_refused_document_is_not_lost(article: Article) -> None:
    officer = signed_in("officer")
    case = start(officer, article)
    send(officer, case, "chuyen", target="verifying")
    send(officer, case, "chuyen", target="drafting")
    cells = fields_of(officer, case, "reply") | {"body": "Đề nghị Quý báo gỡ bài này."}
    html = send(officer, case, "van-ban", code=409, **cells)
    assert "không soạn yêu cầu gỡ bài" in html and "Đề nghị Quý báo gỡ bài này." in html
    assert not CaseDraft.objects.exists()


def test_files_are_attached_and_given_out_for_download_only(article: Article) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    officer = signed_in("officer")
    case = start(officer, article)
    file = SimpleUploadedFile("../../báo cáo.exe", PDF, content_type="text/html")
    officer.post(f"/ho-so/{case.pk}/tep/", {"file": file, "reason": "bản chụp"})
    row = Attachment.objects.get()
    assert (row.name, row.content_type, row.size) == ("báo cáo.pdf", "application/pdf", len(PDF))
    response = officer.get(f"/ho-so/tep/{row.pk}/")
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "báo cáo.pdf" in officer.get(f"/ho-so/{case.pk}/").content.decode()


@pytest.mark.parametrize("content, says", [(b"MZ\x90\x00", "Chỉ nhận PDF"), (b"", "Hãy chọn một tệp")])
def test_a_file_that_is_not_taken_is_refused_with_the_reason(
    article: Article, content: bytes, says: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    officer = signed_in("officer")
    case = start(officer, article)
    data = {"file": SimpleUploadedFile("a.pdf", content)} if content else {}
    response = officer.post(f"/ho-so/{case.pk}/tep/", data)
    assert response.status_code == 409 and says in response.content.decode()


def test_a_question_is_recorded_and_shown_against_the_agency(article: Article) -> None:
    officer = signed_in("officer")
    data = {
        "outlet": article.outlet_id,
        "received_at": "2026-11-20T09:00",
        "question": "Bao giờ thông xe?",
        "agency": "so-xay-dung",
    }
    assert officer.post("/ho-so/cau-hoi/", data).status_code == 302
    case = Case.objects.get()
    assert case.received_at.isoformat() == "2026-11-20T02:00:00+00:00"
    html = officer.get("/ho-so/?agency=so-xay-dung&kind=question").content.decode()
    assert "Bao giờ thông xe?" in html and "Sở Xây dựng tỉnh Lam Giang" in html
    assert "Bao giờ thông xe?" not in officer.get("/ho-so/?agency=-").content.decode()
    bad = officer.post("/ho-so/cau-hoi/", data | {"received_at": "hôm qua"})
    assert bad.status_code == 409 and "Bao giờ thông xe?" in bad.content.decode()


def test_the_board_filters_what_is_late_and_mine(article: Article) -> None:
    officer, other = signed_in("officer"), signed_in("admin")
    case = start(officer, article, received_at="2026-01-05T09:00")
    assert "quá hạn" in officer.get("/ho-so/?late=1").content.decode()
    assert case.title in officer.get("/ho-so/?mine=1").content.decode()
    assert case.title not in other.get("/ho-so/?mine=1").content.decode()


def test_a_card_is_moved_by_a_button_and_leads_back_to_the_board(article: Article) -> None:
    officer = signed_in("officer")
    case = start(officer, article)
    data = {"version": case.version, "target": "verifying", "reason": "x", "next": "/ho-so/?mine=1"}
    assert officer.post(f"/ho-so/{case.pk}/chuyen/", data)["Location"] == "/ho-so/?mine=1"
    data |= {"version": case.version + 1, "target": "drafting", "next": "https://evil.example/"}
    assert officer.post(f"/ho-so/{case.pk}/chuyen/", data)["Location"] == f"/ho-so/{case.pk}/"


def test_the_calendar_shows_deadlines_with_the_days_that_do_not_count(article: Article) -> None:
    officer = signed_in("officer")
    start(officer, article, received_at="2026-11-24T09:00", title="Hồ sơ lịch")
    html = officer.get("/ho-so/lich/?month=2026-11").content.decode()
    assert "Ngày Văn hóa Việt Nam" in html and "Hồ sơ lịch" in html
    assert officer.get("/ho-so/lich/?month=abc").status_code == 200
    assert officer.get("/ho-so/lich/?month=9999-12").status_code == 200


def test_deadlines_are_an_icalendar_file(article: Article) -> None:
    officer = signed_in("officer")
    case = start(officer, article, title="Sạt lở; đèo, " + "Sơn Vàng " * 20)
    response = officer.get("/ho-so/lich.ics")
    assert response["Content-Type"].startswith("text/calendar")
    lines = response.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2] == b"END:VCALENDAR"
    assert max(map(len, lines)) <= 75
    unfolded = response.content.replace(b"\r\n ", b"").decode()
    assert f"URL:http://testserver/ho-so/{case.pk}/" in unfolded
    assert "Sạt lở\\; đèo\\, Sơn Vàng" in unfolded


def test_a_case_is_opened_from_article_finding_and_story(article: Article) -> None:
    officer = signed_in("officer")
    finding = find(article, "signal", "S1", "12 hộ dân")
    html = officer.get(f"/bai/{article.pk}/").content.decode()
    assert f"/ho-so/moi/?article={article.pk}" in html and f"/ho-so/moi/?finding={finding.pk}" in html
    for query in (f"article={article.pk}", f"finding={finding.pk}"):
        assert article.title in officer.get(f"/ho-so/moi/?{query}").content.decode()
    story = story_of(article, make_article(make_outlet("bao-khac", "Báo Khác"), "Bài lại"))
    assert f"/ho-so/moi/?story={story.pk}" in officer.get(f"/chuyen/{story.pk}/").content.decode()
    assert article.title in officer.get(f"/ho-so/moi/?story={story.pk}").content.decode()
    assert "mở từ một bài báo" in officer.get("/ho-so/moi/?article=404").content.decode()
    case = start(officer, article)
    assert f"/ho-so/{case.pk}/" in officer.get(f"/bai/{article.pk}/").content.decode()


@pytest.mark.parametrize("bad", ["\x00", "9" * 40, "-1", "' OR 1=1", "<script>", "ệ" * 5000])
def test_nonsense_in_forms_and_addresses_is_answered(article: Article, bad: str) -> None:
    officer = signed_in("officer")
    case = start(officer, article)
    quoted = quote(bad)
    for address in (
        f"/ho-so/?agency={quoted}&kind={quoted}&page={quoted}&closed=1",
        f"/ho-so/?agency={quoted}&late={quoted}",
        f"/ho-so/lich/?month={quoted}",
        f"/ho-so/moi/?article={quoted}&finding={quoted}&story={quoted}",
        f"/ho-so/{case.pk}/van-ban/?form={quoted}",
    ):
        assert officer.get(address).status_code == 200
    names = (
        *("target", "reason", "outcome", "number", "sent_at", "agency", "officer", "why", "day", "document"),
        *("form", "body", "to", "kind", "title", "received_at", "outlet", "question", "finding", "article"),
    )
    data = dict.fromkeys(names, bad) | {"version": bad}
    for act in ("chuyen", "phan-cong", "tam-dung", "han", "van-ban", "tep"):
        response = officer.post(f"/ho-so/{case.pk}/{act}/", data)
        assert response.status_code == 409
        assert "<script>" not in response.content.decode()
    for address in ("/ho-so/moi/", "/ho-so/cau-hoi/"):
        assert officer.post(address, data).status_code == 409
    case.refresh_from_db()
    assert (case.state, case.agency) == ("received", "")


WRITES = {
    "/ho-so/moi/": "work_cases",
    "/ho-so/cau-hoi/": "work_cases",
    "/ho-so/{}/chuyen/": "work_cases",
    "/ho-so/{}/phan-cong/": "work_cases",
    "/ho-so/{}/tam-dung/": "work_cases",
    "/ho-so/{}/han/": "work_cases",
    "/ho-so/{}/ghi-chu/": "work_cases",
    "/ho-so/{}/van-ban/": "work_cases",
    "/ho-so/{}/tep/": "work_cases",
    "/ho-so/{}/duyet/": "approve_cases",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", WRITES)
def test_an_address_that_changes_a_case_is_open_to_its_roles_only(
    article: Article, role: str, address: str
) -> None:
    case = start(signed_in("officer"), article)
    before = CaseEvent.objects.count()
    response = signed_in(role).post(address.format(case.pk), {"version": case.version})
    allowed = WRITES[address] in ROLES[role]
    assert response.status_code == (409 if allowed else 403)  # allowed, and told what is missing
    assert CaseEvent.objects.count() == before


def test_viewers_read_everything_and_see_no_forms(article: Article) -> None:
    case = start(signed_in("officer"), article)
    viewer = signed_in("viewer")
    for address in ("/ho-so/", "/ho-so/lich/", "/ho-so/lich.ics", f"/ho-so/{case.pk}/"):
        response = viewer.get(address)
        assert response.status_code == 200
        assert "/chuyen/" not in response.content.decode()
    assert "/ho-so/moi/" not in viewer.get(f"/bai/{article.pk}/").content.decode()
    assert viewer.get("/ho-so/moi/").status_code == 403


@pytest.mark.parametrize("act", ["chuyen", "phan-cong", "tam-dung", "han", "ghi-chu", "duyet", "tep"])
def test_what_changes_a_case_is_never_a_link(article: Article, act: str) -> None:
    case = start(signed_in("officer"), article)
    assert signed_in("admin").get(f"/ho-so/{case.pk}/{act}/").status_code == 405


def test_a_pause_needs_its_reason_and_stops_the_moves(article: Article) -> None:
    officer = signed_in("officer")
    case = start(officer, article)
    send(officer, case, "tam-dung", code=409, why="")
    send(officer, case, "tam-dung", why="disaster")
    assert "dừng từ" in officer.get(f"/ho-so/{case.pk}/").content.decode()
    assert "đang tạm dừng" in send(officer, case, "chuyen", code=409, target="verifying")
    send(officer, case, "tam-dung", resume="1")
    assert case.paused_at is None


def test_the_day_that_a_superior_set_is_shown_with_its_document(article: Article) -> None:
    officer = signed_in("officer")
    case = start(officer, article, received_at="2026-11-20T09:00")
    send(officer, case, "han", code=409, day="2026-11-30", document="")
    send(officer, case, "han", day="2026-11-30", document="Công văn 55/UBND-VX")
    html = officer.get(f"/ho-so/{case.pk}/").content.decode()
    assert "theo Công văn 55/UBND-VX → hết ngày 30/11/2026" in html
    assert "Hạn cấp trên giao" in officer.get("/ho-so/lich/?month=2026-11").content.decode()


def test_the_board_asks_few_queries(article: Article, django_assert_max_num_queries: object) -> None:
    officer = signed_in("officer")
    for number in range(8):
        start(officer, make_article(make_outlet(f"bao-{number}", f"Báo {number}"), f"Tin {number}"))
    officer.get("/ho-so/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        officer.get("/ho-so/")


def test_people_without_the_role_are_not_offered_as_officers(article: Article) -> None:
    User.objects.create_user("nguoi-xem", last_login=timezone.now())
    officer = signed_in("officer")
    case = start(officer, article)
    assert "nguoi-xem" not in officer.get(f"/ho-so/{case.pk}/").content.decode()
