"""Single rules of extraction, each on the smallest page that shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers.errors import Unreadable
from crawlers.extraction import extract
from crawlers.records import ExtractedArticle, FailureKind, Precision

VN = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 20, 5, 0, tzinfo=UTC)
URL = "https://bao.example.vn/ho-chua-post1.html"
TITLE = "Hồ chứa Khe Lang chậm tiến độ hai tháng"
PARAGRAPHS = [
    "Sáng 9/3, đoàn công tác của tỉnh kiểm tra dự án hồ chứa nước Khe Lang tại xã Đồng Nứa.",
    "Theo báo cáo, khối lượng thi công đạt 62 %, chậm hai tháng do vướng giải phóng mặt bằng.",
    "Chủ đầu tư cam kết hoàn thành đắp đập trước mùa mưa, bảo đảm an toàn cho hạ du.",
    "Người dân mong sớm nhận tiền đền bù để ổn định chỗ ở mới trước khi vào vụ.",
]
TEXT = "\n".join(PARAGRAPHS)


def page(
    body: str = "".join(f"<p>{p}</p>" for p in PARAGRAPHS),
    *,
    head: str = "",
    time: str = "",
    title: str = TITLE,
) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><title>{title} | Báo Ví Dụ</title>{head}</head>'
        '<body><div class="main">'
        f"<h1>{title}</h1>{time}<div class='bai'>{body}</div></div></body></html>"
    ).encode()


def read(body: bytes, **found: object) -> ExtractedArticle:
    return extract(body, url=URL, content_type="text/html", fetched_at=NOW, **found)  # type: ignore[arg-type]


def with_line(line: str, after: int = 1) -> bytes:
    lines = [f"<p>{p}</p>" for p in PARAGRAPHS]
    return page("".join([*lines[:after], line, *lines[after:]]))


@pytest.mark.parametrize(
    "line",
    [
        '<p><a href="/khac-post2.html">Ba xã thiếu nước tưới cho vụ đông xuân</a></p>',
        '<p><b>Xem thêm: </b><a href="/khac-post2.html">Ba xã thiếu nước tưới</a></p>',
        '<p>&gt;&gt; <a href="/khac-post2.html">Ba xã thiếu nước tưới</a></p>',
        '<div class="box-TinLienQuan"><p>Ba xã thiếu nước tưới</p></div>',
        '<ul><li><a href="/khac-post2.html">Ba xã thiếu nước tưới cho vụ này</a></li></ul>',
        '<figure><img src="a.jpg"><figcaption>Hồ chứa Khe Lang nhìn từ trên cao</figcaption></figure>',
        '<p><img src="a.jpg"><br>Hồ Khe Lang. Ảnh: Tư liệu</p>',
        '<p align="center"><img src="a.jpg"></p><p align="center"><i>Hồ chứa Khe Lang mùa cạn</i></p>',
        '<table class="image"><tr><td><img src="a.jpg"></td></tr><tr><td>Hồ chứa Khe Lang</td></tr></table>',
        "<p>Ảnh: Báo Ví Dụ</p>",
        '<div class="quang-cao">Mua một tặng một</div>',
        "<script>var a = 'Mua một tặng một';</script>",
        '<div style="display: none">Chữ ẩn không ai đọc thấy</div>',
        '<div class="social-share">Chia sẻ Facebook Zalo</div>',
    ],
)
def test_what_is_no_text_is_left_out(line: str) -> None:
    assert read(with_line(line)).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "<p>Các cơ quan chủ quản báo chí tiếp tục đổi mới sự lãnh đạo, chỉ đạo.</p>",
        "<p>Nhà thầu phải chịu trách nhiệm chính về chất lượng công trình.</p>",
        '<p>Theo <a class="tag-link" href="/quy-hoach.html">quy hoạch</a>, hồ rộng 42 ha.</p>',
        "<p>Vào tối 30/6/2025, mưa lớn làm vỡ đê quai.</p>",
        "<h3>Vướng giải phóng mặt bằng</h3>",
        "<p><strong>Vì sao chậm?</strong></p>",
        '<p><img src="a.jpg"></p><p><strong>Vì sao chậm tiến độ</strong></p>',
        "<ul><li>Hạng mục đập chính;</li><li>Hạng mục tràn xả lũ;</li></ul>",
        "<blockquote>Chúng tôi sẽ làm ba ca bốn kíp.</blockquote>",
    ],
)
def test_what_only_looks_like_a_box_stays(line: str) -> None:
    assert len(read(with_line(line)).text.split("\n")) > len(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        '<p style="text-align: right;"><b>Minh Khuê</b></p>', "<p>Minh Khuê - Đức Anh</p>",
        "<p>Theo TTXVN</p>", "<p>PV</p>",
        "<p><em>Tin, ảnh: Đức Anh</em></p>", "<p>Nguồn: Sở Công Thương</p>",
        '<p class="author">Hoàng Lam (tổng hợp)</p>',
    ],
)  # fmt: skip
def test_signatures_and_sources_at_the_end_are_left_out(line: str) -> None:
    assert read(with_line(line, after=len(PARAGRAPHS))).text == TEXT


def test_a_bold_first_paragraph_is_the_lead_and_not_repeated() -> None:
    lead = "Dự án hồ chứa nước Khe Lang mới đạt 62 % khối lượng, chậm hai tháng so với kế hoạch của tỉnh."
    article = read(page(f"<p><strong>{lead}</strong></p>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)))
    assert (article.lead, article.text) == (lead, TEXT)


def test_a_first_paragraph_that_is_plain_is_no_lead() -> None:
    article = read(page())
    assert (article.lead, article.text) == ("", TEXT)


def test_the_headline_is_the_h1_and_neither_og_title_nor_the_logo() -> None:
    body = page(head='<meta property="og:title" content="Khe Lang: hồ chứa chậm hai tháng">')
    logo = body.replace(b"<body>", '<body><h1><a href="/">Báo Ví Dụ</a></h1>'.encode())
    assert read(logo).title == TITLE


def test_a_page_without_a_headline_takes_what_the_source_said() -> None:
    assert (
        read(b"<html><body><p>" + TEXT.encode() + b"</p></body></html>", found_title="Tin &amp; ảnh").title
        == "Tin & ảnh"
    )


META = '<meta property="article:published_time" content="{}">'
LD = (
    '<script type="application/ld+json">'
    '{{"@type":"NewsArticle","datePublished":"{}","dateModified":"{}"}}</script>'
)
SHOWN = '<div class="date">{}</div>'


@pytest.mark.parametrize(
    ("head", "shown", "at"),
    [
        (META.format("2026-03-09T08:07:30+07:00"), "", "08:07"),
        (META.format("2026-03-09T08:07:00Z"), SHOWN.format("09/03/2026 08:07"), "08:07"),
        (LD.format("2026-03-09T08:07:00+07:00", "2026-03-09T10:00:00+07:00"), "", "08:07"),
        (
            LD.format("2026-03-09T08:07:00+07:00", "x"),
            SHOWN.format("Cập nhật lúc 10:00, 09/03/2026"),
            "08:07",
        ),
        (LD.format("2026-03-09T08:07", "2026-03-09T10:00"), SHOWN.format("09/03/2026 10:00"), "08:07"),
        ("", SHOWN.format("Cập nhật lúc 08:07, 09/03/2026"), "08:07"),
        (META.format("2026-03-09"), SHOWN.format("09/03/2026 08:07"), "08:07"),
        (META.format("2026-03-09T08:07+07:00"), SHOWN.format("09/03/2026"), "08:07"),
        ("", '<time datetime="2026-03-09T08:07+07:00">7 giờ trước</time>', "08:07"),
        (
            '<script type="application/ld+json">{"datePublished": "2026-03-09T08:07:00+07:00",}</script>',
            "",
            "08:07",
        ),
    ],
)
def test_the_published_time_among_what_a_page_states(head: str, shown: str, at: str) -> None:
    article = read(page(head=head, time=shown))
    assert article.published_at == datetime.fromisoformat(f"2026-03-09T{at}:00+07:00")
    assert article.precision is Precision.MINUTE


def test_midnight_in_metadata_is_a_day() -> None:
    article = read(page(head=META.format("2026-03-09T00:00:00+07:00")))
    assert (article.published_at, article.precision) == (datetime(2026, 3, 9, tzinfo=VN), Precision.DAY)


def test_the_clock_of_the_page_and_dates_in_the_text_are_no_published_time() -> None:
    clock = '<div class="header-clock">Thứ sáu, 20/03/2026 12:00</div>'
    body = page().replace(b"<body>", b"<body>" + clock.encode())
    assert (read(body).published_at, read(body).precision) == (None, Precision.UNKNOWN)


@pytest.mark.parametrize(
    "stated", ["9999-12-31T00:00:00+07:00", "2026-03-22T08:00:00+07:00", "0001-01-01T00:00:00"]
)
def test_impossible_times_are_dropped(stated: str) -> None:
    assert read(page(head=META.format(stated))).published_at is None


def test_the_source_fills_in_a_time_and_makes_a_day_exact() -> None:
    found = {"found_published_at": datetime(2026, 3, 9, 8, 7, tzinfo=VN), "found_precision": Precision.MINUTE}
    assert read(page(), **found).published_at == found["found_published_at"]
    assert read(page(time=SHOWN.format("09/03/2026")), **found).precision is Precision.MINUTE
    assert read(page(time=SHOWN.format("09/03/2026 09:00")), **found).published_at == datetime(
        2026, 3, 9, 9, 0, tzinfo=VN
    )


def test_a_page_without_text_is_an_article_without_text() -> None:
    article = read(page("<video src='a.mp4'></video>"))
    assert (article.title, article.text) == (TITLE, "")


def test_an_empty_page_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="không phải HTML") as caught:
        read(b"")
    assert caught.value.kind is FailureKind.UNREADABLE
