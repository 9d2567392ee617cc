"""The first version of a document, written from the case: what the article says, what the records say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from archive.models import Article
from archive.vietnam import VIETNAM
from cases.documents.fields import TO_FILL, DocumentFields
from cases.models import Case, CaseEvidence
from cases.office import agency_on, deadline_table, office
from cases.states import Form, Kind

PRESS_OFFICE = "so-vhttdl"  # id, in every profile, of the department that manages the press

_REPLY_TO_FILL = f"{TO_FILL} kết quả xác minh, việc đã làm và sẽ làm, thời hạn]"
_FACT_TO_FILL = f"{TO_FILL} số liệu, văn bản chính thức]"


def first_draft(case: Case, form: str, now: datetime) -> DocumentFields:
    """Everything that can be filled in from ``case``; the rest is marked for the officer."""
    today = now.astimezone(VIETNAM).date()
    province = office()
    department = agency_on(PRESS_OFFICE, today)
    name = department.name if department else ""
    issuer = name.removesuffix(f" {province.full_name[:1].lower()}{province.full_name[1:]}")
    outlet = case.outlet.name if case.outlet else ""
    return DocumentFields(
        parent=f"UBND {province.full_name[:1].lower()}{province.full_name[1:]}",
        issuer=issuer,
        number="",
        place=province.name,
        day="",
        about=_about(case, form, outlet),
        to=outlet or f"{TO_FILL} tên cơ quan báo chí]",
        body="\n".join(_body(case, form, today, issuer or name, outlet)),
        receivers="\n".join(_receivers(case)),
        authority="",
        signer_title="Giám đốc",
        signer_name="",
    )


def _about(case: Case, form: str, outlet: str) -> str:
    if form == Form.CORRECTION:
        return f"V/v đề nghị cải chính thông tin trên {outlet}"
    if case.kind == Kind.QUESTION:
        return f"V/v trả lời câu hỏi của {outlet}"
    return f"V/v phản hồi thông tin trên {outlet}"


def _body(case: Case, form: str, today: date, issuer: str, outlet: str) -> Iterator[str]:
    yield from (
        basis.text for basis in deadline_table().bases if basis.form == form and basis.holds_on(today)
    )
    if case.kind == Kind.QUESTION:
        yield from _answer(case, outlet)
    elif form == Form.CORRECTION:
        yield from _request(case, issuer)
    else:
        yield from _reply(case, issuer)


def _request(case: Case, issuer: str) -> Iterator[str]:
    yield f"{_published(case)} Qua đối chiếu với hồ sơ chính thức, {issuer} xin trao đổi như sau:"
    yield from _both_sides(case.evidence.select_related("article__outlet"))
    yield (
        "Đề nghị Quý báo xem xét, đối chiếu và cải chính nội dung nêu trên theo quy định của pháp luật về "
        "báo chí; trường hợp không thống nhất, đề nghị Quý báo trả lời bằng văn bản và nêu rõ lý do."
    )
    yield "Trân trọng cảm ơn sự hợp tác của Quý báo./."


def _reply(case: Case, issuer: str) -> Iterator[str]:
    who = case.agency_name or issuer
    yield f"{_published(case)} {issuer} cảm ơn Quý báo đã phản ánh; {who} thông tin như sau:"
    sides = [row for row in case.evidence.select_related("article__outlet") if row.quote]
    if sides:
        yield from _both_sides(sides)
    yield _REPLY_TO_FILL
    yield "Kính đề nghị Quý báo đăng nội dung phản hồi trên theo quy định của pháp luật về báo chí."
    yield "Trân trọng cảm ơn sự hợp tác của Quý báo./."


def _answer(case: Case, outlet: str) -> Iterator[str]:
    day = case.received_at.astimezone(VIETNAM)
    yield f"Ngày {day:%d/%m/%Y}, {outlet} đề nghị cung cấp thông tin: “{' '.join(case.question.split())}”"
    yield f"Về nội dung này, {case.agency_name or 'cơ quan có trách nhiệm'} thông tin như sau:"
    yield _REPLY_TO_FILL
    yield "Trân trọng cảm ơn sự quan tâm của Quý báo./."


def _published(case: Case) -> str:
    if case.article is None:
        return ""
    article: Article = case.article
    when = _when(article)
    return (
        f"{when}{article.outlet.name} đăng bài “{' '.join(article.title.split())}” (địa chỉ: {article.url})."
    )


def _when(article: Article) -> str:
    """As exactly as the page says it and no more."""
    if article.published_at is None or article.published_precision == "unknown":
        return ""
    local = article.published_at.astimezone(VIETNAM)
    if article.published_precision == "day":
        return f"Ngày {local:%d/%m/%Y}, "
    return f"Lúc {local:%H:%M} ngày {local:%d/%m/%Y}, "


def _both_sides(rows: Iterable[CaseEvidence]) -> Iterator[str]:
    for number, row in enumerate((row for row in rows if row.quote or row.other), start=1):
        yield f"{number}. Bài báo viết: “{row.quote}”"
        yield f"Theo {row.document or row.source or _FACT_TO_FILL}{_as_of(row)}: {_official(row)}"


def _as_of(row: CaseEvidence) -> str:
    return f" (tính đến {row.as_of})" if row.as_of else ""


def _official(row: CaseEvidence) -> str:
    """The figure or fact, and the document's own sentence where it is known."""
    said = f" (nguyên văn: “{row.source}”)" if row.document and row.source not in ("", row.other) else ""
    return f"{row.other}{said}." if row.other else f"{_FACT_TO_FILL}{said}"


def _receivers(case: Case) -> list[str]:
    rows = ["Như trên;", "UBND tỉnh (để báo cáo);"]
    if case.agency_name:
        rows.append(f"{case.agency_name};")
    return [*rows, "Lưu: VT."]
