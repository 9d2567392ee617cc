"""With English chosen, every page is English: what is still Vietnamese is content, and marked as such.

The rows hold no Vietnamese letter, so that whatever has one is the program's own text. Content that a page
brings along (documents for authorities, texts of laws, names in a province's data) stands in ``lang="vi"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from archive.models import Article
from cases.roles import give_role
from provinces.loader import gazetteer_of, load_province, province_names
from tests.web.factory import find, make_article, make_outlet, make_source, revise, take_down
from tests.web.rows import Addresses, make_rows, pages
from web.names import topic_names, vietnamese_topics
from web.topic_wording import TOPICS

pytestmark = pytest.mark.django_db
LETTERS = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
KEPT = (
    *("Điểm Báo", "Tiếng Việt", "Việt Nam", "Tết", "lở", "cần đối chiếu", "KT. Giám đốc"),
    *("tiêuđề: chủđề: nơi: loại: tínhiệu:", "từ:“7 ngày”", "“sạt lở”", '"sạt lở" nơi:"Hà Tĩnh" -diễn tập'),
    *("người, %, tỷ đồng", "năm học 2025-2026", "toàn tỉnh, không tính phường", "cả năm; 6 tháng đầu năm"),
)
"""Names; the term under which findings are spoken of; what is typed: queries, entries of the register."""
MORE = {"/tim-kiem/?q=houses": 200, "/tim-kiem/?q=nothing": 200, "/tim-kiem/?q=(": 400, "/nowhere/": 404}
SPOKEN = ("alt", "aria-label", "title", "placeholder", "summary", "content")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Spoken(HTMLParser):
    """Texts of a page that are not within another language, those of attributes too."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []

    @property
    def foreign(self) -> bool:
        return any(other for _, other in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        other = (values.get("lang") or "en") != "en" or tag in ("script", "style")
        if not other and not self.foreign:
            self.said += [values[name] or "" for name in SPOKEN if name in values]
            if tag in ("input", "button") and values.get("type") not in ("hidden", "text", "search", None):
                self.said.append(values.get("value") or "")
        if tag not in VOID:
            self.open.append((tag, other))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.foreign:
            self.said.append(data)


@cache
def names() -> list[str]:
    """What is kept, the names of provinces, their units and agencies; the longest first."""
    agencies = [agency.name for agency in load_province("demo").agencies]
    units = [unit.full_name for unit in gazetteer_of("demo")]
    provinces = [load_province(key).full_name for key in province_names()]
    return sorted({*KEPT, *agencies, *units, *provinces}, key=len, reverse=True)


def vietnamese(html: str) -> list[str]:
    page = Spoken()
    page.feed(html)
    left = []
    for text in page.said:
        rest = text
        for kept in names():
            rest = rest.replace(kept, "")
        if LETTERS.search(rest):
            left.append(" ".join(text.split())[:90])
    return left


@pytest.fixture
def rows(
    index: Callable[[], None], snapshots: Path, tmp_path: Path, settings: pytest.FixtureRequest
) -> Addresses:
    settings.DIEMBAO_ATTACHMENTS = tmp_path / "attachments"
    settings.DIEMBAO_PROVINCE_FIXED = False
    by = User.objects.create_user("officer")
    give_role(by, "admin")
    local = make_outlet(name="Local Paper")
    make_source(local)
    for name in ("National", "Aggregated"):
        other = make_outlet(name.lower(), name, kind="aggregator", scope="national", status="unverified")
        make_source(other, failures=5, last_error_kind="http-status", last_error="HTTP 503", days=0)
    star = made(local)
    revise(star, text="Four houses fell. Twelve people were moved.")
    find(star, "signal", "S1", "Four", evidence={"other": {"kind": "register", "text": "Three", "ids": []}})
    find(star, "topic", "environment", "houses")
    take_down(made(local))
    made(other, precision="day")
    found = make_rows(star, "Flood in the valley", by=by, folder=tmp_path / "attachments")
    index()
    return found


def made(outlet: object, **fields: str) -> Article:
    texts = {"lead": "It rained all night.", "text": "Three houses fell. Twelve people were moved."}
    return make_article(outlet, "Flood in the valley", **texts, **fields)


@pytest.fixture
def reader() -> Client:
    """Somebody who reads English and may do everything."""
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    return client


def test_every_page_is_english(rows: Addresses, reader: Client) -> None:
    reader.force_login(User.objects.get(username="officer"))
    left: dict[str, object] = {}
    for address in [*pages(rows), *MORE]:
        response = reader.get(address)
        if address == "/dang-nhap/":
            response = Client(headers={"accept-language": "en"}).get(address)
        if response.status_code != MORE.get(address, 200):
            left[address] = response.status_code
        elif found := vietnamese(response.getvalue().decode()):
            left[address] = found
    assert left == {}


REFUSED = {
    "/so-lieu/moi/": {"indicator": "x", "value": "1.930", "as_of": "x", "valid_from": "y", "tolerance": "99"},
    "/so-lieu/muc/2/rut/": {"version": 9, "reason": "x"},
    "/so-lieu/muc/2/duyet/": {"version": 1, "reason": "x"},
    "/bai/1/chu-de/": {"reason": ""},
    "/doi-chieu/2/ket-luan/": {"verdict": "none", "reason": ""},
    "/canh-bao/1/dong/": {"reason": ""},
    "/quy-tac/moi/": {"name": "", "query": ""},
    "/noi-nhan/moi/": {"name": "x", "channel": "email", "address": "x"},
    "/truc/": {"act": "maintenance", "reason": ""},
    "/ho-so/cau-hoi/": {"outlet": "", "question": ""},
    "/ho-so/moi/": {"kind": "x", "article": 1},
    "/ho-so/1/chuyen/": {"version": 99, "target": "approval", "reason": "x"},
    "/ho-so/1/phan-cong/": {"version": 99, "agency": "", "reason": "x"},
    "/ho-so/1/tam-dung/": {"version": 99, "why": "x", "reason": "x"},
    "/ho-so/1/han/": {"version": 1, "day": "x", "document": ""},
    "/ho-so/1/ghi-chu/": {"reason": "", "text": ""},
    "/ho-so/1/van-ban/": {"version": 99, "form": "x"},
    "/ho-so/1/duyet/": {"version": 99, "reason": "x"},
    "/ho-so/1/tep/": {},
    "/ban-tin/lap/": {"week": "2026-W99"},
    "/ban-tin/1/soan/": {"version": 1, "act": "add:ahead", "text-ahead": ""},
    "/ban-tin/1/duyet/": {"version": 1},
    "/ban-tin/1/mo-lai/": {"version": 1, "reason": ""},
    "/ban-tin/1/gui/": {"version": 1},
    "/ban-tin/thiet-lap/": {"weekday": "9", "recipients": "x" * 999},
    "/chuyen/1/tach/": {"reason": "x"},
    "/chuyen/1/gop/": {"other": "99", "reason": "x"},
    "/dau-hieu/S1/": {"threshold": "7", "reason": ""},
    "/quan-tri/ma-truy-cap/moi/": {"name": ""},
    "/quan-tri/nguoi-dung/moi/": {"role": "x"},
    "/mat-khau/": {"old_password": "x", "new_password1": "a", "new_password2": "b"},
    "/cau-tim/luu/": {"name": "", "params": ""},
}
"""What is posted and cannot be done."""


def test_every_refusal_is_english(rows: Addresses, reader: Client) -> None:
    reader.force_login(User.objects.get(username="officer"))
    left: dict[str, object] = {}
    for address, sent in REFUSED.items():
        response = reader.post(address, sent, follow=True)
        if found := vietnamese(response.getvalue().decode()):
            left[address] = found
    assert left == {}


def test_problems_of_a_file_are_english(reader: Client) -> None:
    give_role(User.objects.create_user("officer"), "officer")
    reader.force_login(User.objects.get(username="officer"))
    head = "indicator,value,unit,as_of,province_old"
    files = (
        f"{head}\n,1.930,%,x,LG,9\n",
        f"{head}\na,1.930,%,soon,\na,1/0,%,2026,LG\n",
        "",
        "a,a\n1,2\n",
        '"',
    )
    for place, text in enumerate(files):
        upload = SimpleUploadedFile(f"figures-{place}.csv", text.encode())
        response = reader.post("/so-lieu/nhap/", {"file": upload})
        assert response.status_code == 400
        assert vietnamese(response.content.decode()) == []
    response = reader.post("/so-lieu/nhap/", {"file": SimpleUploadedFile("figures.pdf", b"x")})
    assert vietnamese(response.content.decode()) == []


def test_every_topic_has_its_english() -> None:
    assert list(TOPICS) == list(vietnamese_topics().values())
    with translation.override("en"):
        assert topic_names()["environment"] == "Environment"
