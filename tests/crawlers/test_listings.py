"""Section pages: the article links of the outlet, in page order, each once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from crawlers.errors import Unreadable
from crawlers.listing import read_listing
from crawlers.records import FailureKind

URL = "https://bao.example.vn/thoi-su/"
RULE = r"-post\d+\.html$"
REAL_RULES = {
    "vnexpress": r"-\d{7}\.html$",
    "tuoitre": r"-\d{14,}\.htm$",
    "vietnamnet": r"-\d{7}\.html$",
    "baochinhphu": r"-102\d{12,}\.htm$",
    "cafef": r"-188\d{12,}\.chn$",
}


def page(links: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>Thời sự</title>{head}</head><body>{links}</body></html>".encode()
    )


def test_article_links_in_page_order_each_once_with_the_longest_title() -> None:
    body = page(
        '<nav><a href="/thoi-su/">Thời sự</a><a href="/tag/a-post1.html/">x</a></nav>'
        '<a href="/b-post2.html"><img src="2.jpg"></a><a href="/a-post1.html#binh-luan">12</a>'
        '<h3><a href="/b-post2.html?utm_source=home">Cầu Bến Đò   thông xe</a></h3>'
        '<a href="/a-post1.html" title="Nước sông Lam lên nhanh trong đêm"><img></a>'
        '<a href="https://khac.com/c-post3.html">Nơi khác</a><a href="mailto:a@b.vn">Thư</a><a>không</a>'
    )
    assert [(link.url, link.title) for link in read_listing(body, url=URL, article_url=RULE)] == [
        ("https://bao.example.vn/b-post2.html", "Cầu Bến Đò thông xe"),
        ("https://bao.example.vn/a-post1.html", "Nước sông Lam lên nhanh trong đêm"),
    ]


def test_the_base_of_the_page_counts_for_relative_links() -> None:
    body = page('<a href="a-post1.html">Tin</a>', '<base href="https://bao.example.vn/tin/">')
    (link,) = read_listing(body, url=URL, article_url=RULE)
    assert link.url == "https://bao.example.vn/tin/a-post1.html"


def test_without_a_rule_addresses_with_a_slug_are_taken() -> None:
    body = page(
        '<a href="/thoi-su/">Thời sự</a><a href="/lien-he">Liên hệ</a>'
        '<a href="/cau-ben-do-thong-xe.html">Cầu</a>'
    )
    assert [link.title for link in read_listing(body, url=URL, article_url="")] == ["Cầu"]


def test_a_rule_that_runs_away_is_stopped_and_named() -> None:
    body = page('<a href="/' + "a" * 60 + '!">x</a>')
    with pytest.raises(Unreadable, match="chạy quá lâu"):
        read_listing(body, url=URL, article_url=r"(a|aa)+$")


def test_a_rule_that_is_no_expression_is_named() -> None:
    with pytest.raises(Unreadable, match="không phải biểu thức chính quy") as caught:
        read_listing(page("<p>x</p>"), url=URL, article_url="(")
    assert caught.value.kind is FailureKind.UNREADABLE


@pytest.mark.corpus
@pytest.mark.parametrize("outlet", REAL_RULES)
def test_real_section_pages_give_every_link_and_nothing_that_is_no_article(
    shared_data: Path, outlet: str
) -> None:
    gold = json.loads((shared_data / "pages" / f"{outlet}_list.json").read_text(encoding="utf-8"))
    body = gzip.decompress((shared_data / "pages" / gold["file"]).read_bytes())
    found = [link.url for link in read_listing(body, url=gold["url"], article_url=REAL_RULES[outlet])]
    assert set(gold["links"]) <= set(found)
    assert set(found) - set(gold["links"]) <= set(gold["outside_main_list"] + gold["related_in_list"])
    assert not set(found) & set(gold["not_articles"])
    assert len(found) == len(set(found))


def test_without_a_rule_pages_that_only_list_others_are_no_articles() -> None:
    body = "".join(
        f'<a href="{path}">Sạt lở tỉnh lộ 552, di dời 12 hộ dân</a>'
        for path in (
            "/tag/sat-lo-o-ha-tinh",
            "/chu-de/mua-lu-mien-trung-2026",
            "/xa-hoi/sat-lo-tinh-lo-552.html",
        )
    )
    links = read_listing(body.encode(), url="https://bao.example/xa-hoi", article_url="")
    assert [link.url for link in links] == ["https://bao.example/xa-hoi/sat-lo-tinh-lo-552.html"]
