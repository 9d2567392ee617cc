"""Vietnamese character sets from before Unicode, which no codec of Python knows.

TCVN3 (TCVN 5712:1993) and VISCII (RFC 1456) are read when the page declares them, or when its bytes
hold so many of the commonest Vietnamese words in that coding that it can be no other. VPS and VNI are
recognised only to be refused: a text that nobody can read must not be archived as if it were one.
"""

from __future__ import annotations

import re
from collections import Counter

# The upper half, 0x80 to 0xFF, as the standards give it (glibc's TCVN5712-1 and VISCII tables).
_TCVN3 = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝ"
    "ỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
LABELS = {
    **dict.fromkeys(("tcvn", "tcvn3", "tcvn-5712", "tcvn5712", "tcvn5712-1", "x-viet-tcvn"), "tcvn3"),
    **dict.fromkeys(("x-viet-tcvn3", "x-viet-tcvn5712"), "tcvn3"),
    **dict.fromkeys(("viscii", "csviscii", "viscii1.1-1", "x-viet-viscii"), "viscii"),
    **dict.fromkeys(("vps", "x-viet-vps", "x-vps"), "vps"),
    **dict.fromkeys(("vni", "x-viet-vni", "x-vni"), "vni"),
}
READ = {"tcvn3": _TCVN3, "viscii": _VISCII}
# Common words of which at least one letter is outside Latin-1, so that no Western page holds them.
COMMON = (
    *("của", "được", "những", "với", "người", "để", "tại", "đến", "về", "từ", "một", "ở", "đã", "tỉnh"),
    *("sẽ", "đồng", "việc", "trên", "nước", "cũng", "phải", "đó", "vụ", "bị", "địa", "đầu", "số", "thể"),
)
# What the same words look like when a page in the VNI fonts is taken for Windows-1252.
VNI_WORDS = (
    *("cuûa", "ñöôïc", "nhöõng", "vôùi", "ngöôøi", "ñeå", "taïi", "ñeán", "veà", "töø", "moät", "ñaõ"),
    *("tænh", "seõ", "khoâng", "caùc", "vaø", "naøy", "nöôùc", "cuõng", "phaûi", "ñoàng", "vieäc"),
)
TAG = re.compile(rb"<[^<>]{0,2000}>")
WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
WINDOW = 200_000  # bytes looked at
LEAST_HITS = 8
LEAST_DIFFERENT = 4
LEAST_SHARE = 0.05  # of the words with a byte of the upper half


def named(label: str) -> str:
    """ "tcvn3", "viscii", "vps" or "vni" for a declared label, "" for any other."""
    return LABELS.get(label.strip().lower().replace("_", "-"), "")


def recognised(body: bytes) -> str:
    """The same for bytes that are no UTF-8, "" unless it is certain."""
    words = Counter(WORD.findall(TAG.sub(b" ", body[:WINDOW])))
    foreign = sum(count for word, count in words.items() if not word.isascii())
    for name, known in _CODED.items():
        hits = {word: words[word] for word in known if word in words}
        total = sum(hits.values())
        if total >= max(LEAST_HITS, LEAST_SHARE * foreign) and len(hits) >= LEAST_DIFFERENT:
            return name
    return ""


def read(body: bytes, name: str) -> str:
    """The text of ``body`` in "tcvn3" or "viscii"; not normalised."""
    table = READ[name]
    text = "".join(chr(byte) if byte < 0x80 else table[byte - 0x80] for byte in body)
    return _CAPITALS.sub(lambda word: word[0].upper(), text) if name == "tcvn3" else text


# Capitals with tone marks had a font of their own: "THủ TướNG" stood there for "THỦ TƯỚNG".
_CAPITALS = re.compile(r"(?<![^\W_])(?=[^\W\d_]*[A-Z][^\W\d_]*[A-Z])(?:[A-Z]|[^\W\d_a-zA-Z])+(?![^\W_])")


def _coded(words: tuple[str, ...], table: str) -> frozenset[bytes]:
    back = {letter: 0x80 + at for at, letter in enumerate(table)}
    return frozenset(
        bytes(ord(letter) if letter.isascii() else back[letter] for letter in word)
        for word in words
        if not word.isascii()
    )


_CODED = {
    **{name: _coded(COMMON, table) for name, table in READ.items()},
    "vni": frozenset(word.encode("cp1252") for word in VNI_WORDS),
}
