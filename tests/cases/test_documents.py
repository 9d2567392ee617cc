"""Documents: the decree's form, what is filled in, versions, the second person, and what is never written."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from docx import Document
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Article
from archive.models.appendonly import AppendOnlyError
from cases import filestore
from cases.changes import CaseForbidden, CaseRefused
from cases.documents.fields import NAMES, TO_FILL, DocumentFields, as_json, digest, read_fields
from cases.documents.first_draft import first_draft
from cases.documents.render import render_docx
from cases.documents.template import letter_template
from cases.drafting import approve_draft, draft_file, save_draft
from cases.models import Case, CaseDraft, DraftApproval
from cases.opening import open_case, open_question
from cases.states import Form, Kind, State
from tests.archive.register_maker import draft as entry_draft
from tests.cases.conftest import person
from tests.cases.maker import NOW, step
from tests.cases.maker import given as given_to
from tests.web.factory import find, make_article, make_outlet

LETTER = DocumentFields(
    parent="UBND tỉnh Lam Giang",
    issuer="Sở Văn hóa, Thể thao và Du lịch",
    number="12/SVHTTDL",
    place="Lam Giang",
    day="2026-02-05",
    about="V/v đề nghị cải chính",
    to="Báo Sông & Đất",
    body="Đoạn một <b> & hai.\n{{ 7*7 }} {% if %}",
    receivers="Như trên;\nLưu: VT.",
    authority="",
    signer_title="Giám đốc",
    signer_name="",
)


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return "\n".join(paragraph.text for paragraph in paragraphs)


def test_the_page_has_the_form_of_the_decree() -> None:
    document = Document(io.BytesIO(render_docx(LETTER)))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25 and 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35 and 15 <= round(section.right_margin.mm) <= 20
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml and "PAGE" not in section.first_page_header._element.xml
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    text = words(render_docx(LETTER))
    for piece in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
        "Số: 12/SVHTTDL",
        "Lam Giang, ngày 05 tháng 02 năm 2026",
        "Kính gửi: Báo Sông & Đất",
        "Nơi nhận:",
        "- Lưu: VT.",
        "GIÁM ĐỐC",
    ):
        assert piece in text


def test_nothing_of_the_text_is_lost_or_read_as_a_template() -> None:
    text = words(render_docx(LETTER))
    assert "Đoạn một <b> & hai." in text and "{{ 7*7 }} {% if %}" in text


visible = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=80
)


@settings(max_examples=15, deadline=None)
@given(visible.filter(str.strip), visible.filter(str.strip))
def test_any_text_comes_out_as_it_went_in(body: str, to: str) -> None:
    try:
        document = read_fields(as_json(replace(LETTER, body=body, to=to)))
    except CaseRefused:
        return  # nothing visible was left of it
    text = words(render_docx(document))
    assert document.body in text and document.to in text


def test_several_addressees_stand_in_lines() -> None:
    text = words(render_docx(replace(LETTER, to="Báo A\nĐài B")))
    assert "- Báo A" in text and "- Đài B" in text and "Kính gửi: Báo" not in text


def test_a_draft_says_so_and_an_approved_document_does_not() -> None:
    assert "DỰ THẢO LẦN 2" in words(render_docx(LETTER, draft_mark="DỰ THẢO LẦN 2"))
    assert "DỰ THẢO" not in words(render_docx(LETTER))


def test_the_same_fields_give_the_same_bytes_and_the_template_the_same_content() -> None:
    assert render_docx(LETTER) == render_docx(LETTER)
    first = letter_template()
    letter_template.cache_clear()
    again = letter_template()

    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(first) == parts(again)


def test_a_file_names_nobody_in_its_properties() -> None:
    properties = Document(io.BytesIO(render_docx(LETTER))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")


def test_there_is_no_field_for_a_journalist() -> None:
    assert set(NAMES) == {
        *("parent", "issuer", "number", "place", "day", "about", "to", "body", "receivers"),
        *("authority", "signer_title", "signer_name"),
    }


@pytest.mark.parametrize(
    "body",
    ["Đề nghị Quý báo gỡ bài viết trên.", "Yêu cầu báo xóa ngay bài này", "đề nghị quý báo hạ tin nói trên"],
)
def test_no_document_asks_to_take_an_article_down(body: str) -> None:
    with pytest.raises(CaseRefused, match="không soạn yêu cầu gỡ bài"):
        read_fields(as_json(replace(LETTER, body=body)))


def test_a_fact_about_a_removed_article_may_be_told() -> None:
    assert read_fields(as_json(replace(LETTER, body="Ngày 5/11, báo đã gỡ bài. Sở xin trao đổi.")))


@pytest.mark.parametrize(
    "changes, says",
    [
        ({"to": " "}, "Kính gửi"),
        ({"body": "\n\n"}, "Nội dung"),
        ({"day": "5/11"}, "2026-11-25"),
        ({"body": "x" * 20_001}, "20001"),
    ],
)
def test_a_document_that_cannot_be_is_refused(changes: dict[str, str], says: str) -> None:
    with pytest.raises(CaseRefused, match=says):
        read_fields(as_json(replace(LETTER, **changes)))


def test_control_characters_are_left_out() -> None:
    assert read_fields(as_json(replace(LETTER, body="a\x00b\x0bc\r\nd"))).body == "abc\nd"


@pytest.fixture
def case(db: None, officer: User) -> Case:
    """A case about a figure, at the step of drafting."""
    article = make_article(make_outlet(), "3.100 hộ bị ảnh hưởng", text="Có 3.100 hộ dân bị ảnh hưởng.")
    entry = entry_draft(
        "ai-do", value="1930", quote="Có 1.930 hộ.", document="Báo cáo 412/BC-UBND", as_of="2025"
    )
    other = {"kind": "register", "ids": [str(entry.pk)]}
    finding = find(article, "signal", "S1", "3.100 hộ dân", evidence={"other": other})
    row = open_case(Kind.CORRECTION, finding_ids=[finding.pk], by=officer, now=NOW, reason="x").case
    given_to(row, officer)
    step(row, State.DRAFTING, officer)
    row.refresh_from_db()
    return Case.objects.select_related("article__outlet", "outlet").get(pk=row.pk)


def save(case: Case, by: User, form: str = Form.CORRECTION, **changes: str) -> CaseDraft:
    case.refresh_from_db()
    cells = as_json(first_draft(case, form, NOW)) | changes
    return save_draft(case.pk, form, cells, version=case.version, by=by, now=NOW)


def approve(case: Case, by: User, folder: Path, number: int = 1) -> DraftApproval:
    case.refresh_from_db()
    return approve_draft(case.pk, number, version=case.version, by=by, now=NOW, folder=folder)


def test_a_request_is_filled_in_from_the_case(case: Case) -> None:
    document = first_draft(case, Form.CORRECTION, NOW)
    article = case.article
    assert article is not None
    for piece in (
        "Luật Báo chí số 126/2025/QH15 (Điều 34, Điều 36)",
        "Báo Lam Giang đăng bài “3.100 hộ bị ảnh hưởng”",
        article.url,
        "Bài báo viết: “Có 3.100 hộ dân bị ảnh hưởng.”",
        "Theo Báo cáo 412/BC-UBND (tính đến 2025): dân số: 1.930 người (nguyên văn: “Có 1.930 hộ.”).",
        "trả lời bằng văn bản và nêu rõ lý do",
    ):
        assert piece in document.body
    assert document.to == "Báo Lam Giang" and not document.unfilled
    assert document.issuer == "Sở Văn hóa, Thể thao và Du lịch"
    assert "Sở Xây dựng tỉnh Lam Giang;" in document.receivers
    read_fields(as_json(document))


def test_the_law_of_the_day_is_quoted(case: Case) -> None:
    old = first_draft(case, Form.CORRECTION, NOW.replace(month=6, day=30))
    assert "103/2016/QH13" in old.body and "126/2025" not in old.body


def test_a_reply_to_a_question_quotes_it_and_waits_for_the_answer(officer: User) -> None:
    asked = open_question(
        outlet_key=make_outlet().pk,
        question="Bao giờ?",
        received_at=NOW,
        agency="so-y-te",
        by=officer,
        now=NOW,
    ).case
    document = first_draft(asked, Form.REPLY, NOW)
    assert "đề nghị cung cấp thông tin: “Bao giờ?”" in document.body
    assert TO_FILL in document.body and document.unfilled
    read_fields(as_json(document))


def test_what_is_still_to_be_written_cannot_be_submitted(case: Case, officer: User) -> None:
    save(case, officer, body=f"{TO_FILL} gì đó]")
    with pytest.raises(CaseRefused, match="còn chỗ phải viết"):
        step(case, State.APPROVAL, officer)


def test_versions_are_kept_and_never_changed(case: Case, officer: User, approver: User) -> None:
    first = save(case, officer)
    second = save(case, approver, body="Bản sửa.")
    assert [row.number for row in CaseDraft.objects.all()] == [1, 2]
    assert first.sha256 != second.sha256
    with pytest.raises(CaseRefused, match="Không có gì khác"):
        save(case, officer, body="Bản sửa.")
    with pytest.raises(AppendOnlyError):
        CaseDraft.objects.filter(pk=first.pk).update(note="khác")


def test_a_second_person_approves_and_the_file_is_kept_as_approved(
    case: Case, officer: User, approver: User, tmp_path: Path
) -> None:
    draft = save(case, officer)
    assert "DỰ THẢO LẦN 1" in words(draft_file(draft, tmp_path))
    step(case, State.APPROVAL, officer)
    approval = approve(case, approver, tmp_path)
    assert approval.sha256 == draft.sha256 == digest(draft.form, read_fields(draft.fields))
    content = draft_file(draft, tmp_path)
    assert content == filestore.read(tmp_path, approval.file_sha256)
    assert "DỰ THẢO" not in words(content)
    with pytest.raises(CaseRefused, match="đã được duyệt"):
        approve(case, approver, tmp_path)


def test_an_approval_that_breaks_off_after_its_file_is_no_approval_and_can_be_repeated(
    case: Case, officer: User, approver: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(case, officer)
    step(case, State.APPROVAL, officer)
    with monkeypatch.context() as patch:
        patch.setattr("cases.drafting.note", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            approve(case, approver, tmp_path)
    assert not DraftApproval.objects.exists()
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    approval = approve(case, approver, tmp_path)
    assert filestore.read(tmp_path, approval.file_sha256)


def test_nobody_approves_what_they_wrote_at(case: Case, approver: User, tmp_path: Path) -> None:
    other = person("duyet-2", "approver")
    save(case, approver)
    save(case, other, body="Bản sửa.")
    step(case, State.APPROVAL, approver)
    for writer in (approver, other):
        with pytest.raises(CaseRefused, match="không được tự duyệt"):
            approve(case, writer, tmp_path, number=2)
    assert approve(case, person("duyet-3", "admin"), tmp_path, number=2)


def test_the_database_itself_refuses_an_approval_by_the_writer(case: Case, approver: User) -> None:
    draft = save(case, approver)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftApproval.objects.create(
            draft=draft, drafted_by=approver, by=approver, at=NOW, sha256="x", file_sha256="x"
        )


def test_officers_and_viewers_approve_nothing(
    case: Case, officer: User, viewer: User, tmp_path: Path
) -> None:
    save(case, officer)
    step(case, State.APPROVAL, officer)
    for user in (viewer, person("khac", "officer")):
        with pytest.raises(CaseForbidden):
            approve(case, user, tmp_path)


def test_only_the_newest_version_is_approved_and_only_at_its_step(
    case: Case, officer: User, approver: User, tmp_path: Path
) -> None:
    save(case, officer)
    with pytest.raises(CaseRefused, match="ở bước “Duyệt”"):
        approve(case, approver, tmp_path)
    save(case, officer, body="Bản sửa.")
    step(case, State.APPROVAL, officer)
    with pytest.raises(CaseRefused, match="bản dự thảo khác"):
        approve(case, approver, tmp_path, number=1)
    with pytest.raises(CaseRefused, match="ở bước “Dự thảo”"):
        save(case, officer, body="Lén sửa.")


def test_nothing_is_recorded_as_sent_that_was_not_approved(
    case: Case, officer: User, approver: User, tmp_path: Path
) -> None:
    save(case, officer)
    step(case, State.APPROVAL, officer)
    with pytest.raises(CaseRefused, match="chưa được người thứ hai duyệt"):
        step(case, State.REQUESTED, officer, number="1")
    approve(case, approver, tmp_path)
    with pytest.raises(CaseRefused, match="đúng loại văn bản"):
        step(case, State.REPLIED, officer, number="1")
    with pytest.raises(CaseRefused, match="số, ký hiệu"):
        step(case, State.REQUESTED, officer)
    step(case, State.REQUESTED, officer, number="12/SVHTTDL")
    case.refresh_from_db()
    assert case.state == "correction-requested" and case.watches.count() == 1


def test_an_approved_document_that_was_sent_back_needs_a_new_approval(
    case: Case, officer: User, approver: User, tmp_path: Path
) -> None:
    save(case, officer)
    step(case, State.APPROVAL, officer)
    approve(case, approver, tmp_path)
    step(case, State.DRAFTING, approver)
    save(case, officer, body="Sửa sau khi duyệt.")
    step(case, State.APPROVAL, officer)
    with pytest.raises(CaseRefused, match="chưa được người thứ hai duyệt"):
        step(case, State.REQUESTED, officer, number="1")


def test_a_draft_that_was_changed_in_the_database_is_not_approved(
    case: Case, officer: User, approver: User, tmp_path: Path
) -> None:
    draft = save(case, officer)
    step(case, State.APPROVAL, officer)
    CaseDraft._base_manager.filter(pk=draft.pk).update(fields=draft.fields | {"body": "khác"})
    with pytest.raises(CaseRefused, match="không còn khớp mã băm"):
        approve(case, approver, tmp_path)


def test_an_article_without_an_hour_is_told_without_one(case: Case) -> None:
    Article.objects.update(published_precision="unknown")
    case = Case.objects.select_related("article__outlet", "outlet").get(pk=case.pk)
    assert "Lúc" not in first_draft(case, Form.CORRECTION, NOW).body
