"""A few days of press in the made-up tỉnh Lam Giang, enough to look at every page."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from archive.evidence import RawAnswer, append
from archive.models import Article
from archive.warc import WarcFolder
from tests.web import factory

TITLES = (
    "Đèo Sơn Vàng sạt lở, 12 hộ dân phải di dời trong đêm",
    "Lam Giang thông xe cầu Bến Trúc trước Tết",
    "Người dân phường Đông Thượng phản ánh nước sinh hoạt có mùi",
    "Kiểm tra đột xuất ba mỏ cát trên sông Lam Giang",
    "Học sinh vùng cao trở lại lớp sau đợt rét hại",
    "Dự án khu công nghiệp Tây Lam chậm bàn giao mặt bằng",
    "Giá cam Sơn Vàng tăng, nhà vườn thu hoạch sớm",
    "Bệnh viện tỉnh đưa vào dùng khu điều trị mới",
    "Ba mươi xã hoàn thành sáp nhập thôn, xóm",
    "Tuyến xe buýt nối hai huyện cũ chạy thử từ thứ Hai",
)
TEXT = (
    "Sáng nay, tại xã Sơn Vàng, tỉnh Lam Giang, mưa lớn gây sạt lở nhiều đoạn đường. "
    "Khoảng 1.500 m³ đất đá tràn xuống mặt đường.\n"
    "Chính quyền xã đã di dời 12 hộ dân đến nhà văn hóa thôn. Không có thiệt hại về người.\n"
    "Ngành giao thông bố trí hai máy xúc và dự kiến thông đường trong ngày. "
    "Người dân đề nghị sớm có phương án lâu dài cho đoạn đèo này."
)
AFTER = TEXT.replace("1.500 m³", "2.300 m³").replace(
    "Không có thiệt hại về người.", "Một người bị thương nhẹ."
)
RAW = "<!doctype html><title>Đèo Sơn Vàng</title><script>alert(1)</script><p>Mưa lớn…</p>".encode()


def make_world(snapshots: Path, articles: int = 60) -> Article:
    """Outlets in every state and articles over ten days; returns the one with everything on it."""
    now = timezone.now()
    local = factory.make_outlet()
    others = [
        factory.make_outlet("dai-lam-giang", "Đài Phát thanh - Truyền hình Lam Giang", kind="broadcaster"),
        factory.make_outlet("thoi-bao-mien-trung", "Thời báo Miền Trung", scope="national"),
        factory.make_outlet("tin-nhanh-24", "Tin Nhanh 24", kind="aggregator", status="unverified"),
    ]
    factory.make_source(local)
    factory.make_source(others[0], last_new_at=now - timedelta(days=3))
    factory.make_source(
        others[1],
        failures=5,
        failing_since=now - timedelta(hours=9),
        last_error_kind="http-status",
        last_error="máy chủ trả lời HTTP 503",
    )
    factory.make_source(others[2], days=0, last_success_at=None, last_new_at=None)
    outlets = [local, *others]
    for place in range(articles):
        at = now - timedelta(hours=4 * place, minutes=5)
        article = factory.make_article(
            outlets[place % 4],
            TITLES[place % len(TITLES)],
            text=TEXT,
            at=at,
            precision=("minute", "minute", "day", "unknown")[place % 4],
        )
        factory.find(article, "topic", ("disaster-weather", "environment")[place % 2], "sạt lở")
    star = factory.make_article(local, TITLES[0], text=TEXT, at=now - timedelta(minutes=4))
    store = WarcFolder(snapshots)
    digest = hashlib.sha256(RAW).hexdigest()
    snapshot = append(store, RawAnswer(star.url, 200, (), RAW, now, digest), star)
    store.close()
    star.revisions.update(snapshot=snapshot)
    factory.revise(star, text=AFTER)
    factory.revise(star, title="Đèo Sơn Vàng sạt lở, một người bị thương")
    factory.find(star, "province", "about", evidence={"name": "Lam Giang"})
    factory.find(star, "topic", "disaster-weather", "sạt lở")
    factory.find(
        star, "signal", "S1", "2.300 m³", evidence={"Sổ số liệu": "1.500 m³ (báo cáo nhanh, 24/11/2026)"}
    )
    factory.find(
        star,
        "signal",
        "S9",
        "12 hộ",
        score=0.8,
        evidence={
            "other": {
                "kind": "article",
                "text": "10 hộ dân phải di dời",
                "ids": [],
                "source": "Tin Nhanh 24",
            },
            "innocent": ["Con số có thể tăng theo thời gian."],
        },
    )
    gone = factory.make_article(others[2], "Tin đồn đóng cửa chợ Đông Thượng", at=now - timedelta(hours=1))
    factory.take_down(gone)
    return star
