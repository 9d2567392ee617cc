"""Pages from before Unicode are read when that is certain, and otherwise refused, never garbled."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.errors import Unreadable
from crawlers.extraction import extract
from crawlers.listing import read_feed
from crawlers.text import legacy
from crawlers.text.charset import decode

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TEXT = (
    "Sáng 24/11, ủy ban tỉnh đã họp với các sở về việc di dời người dân. "
    "Những hộ ở gần đê phải được đưa đến nơi an toàn trên địa bàn xã, một số hộ đã trở về từ đầu tuần. "
    "Nước của sông Vàng sẽ xuống dưới mức báo động trong hôm nay, theo đài khí tượng thủy văn tỉnh."
)
# Vietnamese Windows fonts of before 1258 had no capitals with tone marks: their tables are partial.
VNI = (
    "Saùng nay, UÛy ban tænh ñaõ hoïp vôùi caùc sôû veà vieäc di dôøi ngöôøi daân. Nhöõng hoä ôû gaàn ñeâ "
    "phaûi ñöôïc ñöa ñeán nôi an toaøn, khoâng ñeå ai bò thöông."
)


def coded(text: str, name: str) -> bytes:
    back = {letter: 0x80 + at for at, letter in enumerate(legacy.READ[name])}
    return bytes(ord(letter) if letter.isascii() else back[letter] for letter in text)


@pytest.mark.parametrize("name", ["tcvn3", "viscii"])
@pytest.mark.parametrize("label", ["", "iso-8859-1", "windows-1252", "windows-1258"])
def test_a_text_that_can_be_nothing_else_is_read_whatever_is_declared(name: str, label: str) -> None:
    head = f'<meta charset="{label}">' if label else "<p>"
    assert decode(head.encode() + coded(TEXT, name), "text/html") == head + TEXT


@pytest.mark.parametrize(("name", "label"), [("tcvn3", "x-viet-tcvn5712"), ("viscii", "VISCII")])
def test_a_short_text_is_read_when_it_says_what_it_is(name: str, label: str) -> None:
    assert decode(coded("Sạt lở đèo", name), f"text/html; charset={label}") == "Sạt lở đèo"


def test_a_short_text_that_says_nothing_is_not_guessed() -> None:
    assert legacy.recognised("Café à la crème, déjà vu".encode("cp1252")) == ""
    assert legacy.recognised("Sạt lở".encode("cp1258", "replace")) == ""


def test_capitals_with_tone_marks_are_capitals_again() -> None:
    # The font of capitals showed the small letter's code as a capital.
    typed = "TỉNH LAM GIANG HọP VỚI BÁO CHí, ông Tư nói"
    assert decode(coded(typed.replace("VỚI", "VớI").replace("BÁO", "BáO"), "tcvn3"), "charset=tcvn3") == (
        "TỈNH LAM GIANG HỌP VỚI BÁO CHÍ, ông Tư nói"
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_vni_is_refused_by_name(encoding: str) -> None:
    body = f"<html><body><h1>Hoïp</h1><p>{VNI}</p></body></html>".encode(encoding, "replace")
    with pytest.raises(Unreadable, match=r"http://a.example/1: .*VNI"):
        extract(body, url="http://a.example/1", fetched_at=NOW)


def test_declared_vps_is_refused_in_feeds_too() -> None:
    body = b'<?xml version="1.0" encoding="x-viet-vps"?><rss><channel><title>\xd0\xc7</title></channel></rss>'
    with pytest.raises(Unreadable, match="VPS"):
        read_feed(body, url="http://a.example/rss")


def test_other_languages_are_not_taken_for_vietnamese() -> None:
    russian = ("Вчера в городе прошло совещание по вопросам строительства дорог. " * 40).encode("cp1251")
    french = ("L'été dernier, les élèves ont été reçus à la préfecture, où l'on a fêté Noël. " * 40).encode(
        "cp1252"
    )
    thai = ("เมื่อวานนี้มีการประชุมเกี่ยวกับการก่อสร้างถนน " * 40).encode("cp874")
    windows = (
        "<meta charset=windows-1258>" + "của ".encode("cp1258", "ignore").decode("cp1258") * 40
    ).encode("cp1258")
    assert [legacy.recognised(body) for body in (russian, french, thai, windows)] == [""] * 4
