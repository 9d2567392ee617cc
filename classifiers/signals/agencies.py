"""How newspapers shorten the names of provincial agencies."""

from __future__ import annotations

import re

_SHORT = {
    "giao thông vận tải": "gtvt|gt-vt|giao thông",
    "kế hoạch và đầu tư": "kh&đt|kh-đt|kh & đt|khđt|kh và đt|kế hoạch - đầu tư|kế hoạch đầu tư",
    "tài nguyên và môi trường": "tn&mt|tn-mt|tn & mt|tnmt|tài nguyên - môi trường|tài nguyên môi trường",
    "nông nghiệp và phát triển nông thôn": "nn&ptnt|nn-ptnt|nn & ptnt|nnptnt|nông nghiệp và ptnt|"
    "nông nghiệp & ptnt|nông nghiệp - phát triển nông thôn",
    "nông nghiệp và môi trường": "nn&mt|nn-mt|nn & mt|nnmt|nông nghiệp - môi trường",
    "giáo dục và đào tạo": "gd&đt|gd-đt|gd & đt|gd - đt|gd – đt|gdđt|gd và đt|giáo dục - đào tạo|"
    "giáo dục & đào tạo",
    "lao động - thương binh và xã hội": "lđ-tb&xh|lđ-tbxh|lđtb&xh|lđtbxh|lđ - tb&xh|lđ-tb và xh|lao động|"
    "lao động thương binh và xã hội|lao động, thương binh và xã hội|lao động - thương binh - xã hội",
    "thông tin và truyền thông": "tt&tt|tt-tt|tt & tt|tttt|thông tin - truyền thông",
    "khoa học và công nghệ": "kh&cn|kh-cn|kh & cn|khcn|khoa học - công nghệ",
    "văn hóa, thể thao và du lịch": "vh-tt&dl|vhtt&dl|vh,tt&dl|vhttdl|vh-tt-dl|vh, tt&dl|"
    "văn hóa - thể thao và du lịch|văn hóa thể thao và du lịch|văn hóa - thể thao - du lịch",
    "văn hóa và thể thao": "vh&tt|vh-tt|vhtt|văn hóa - thể thao",
    "ủy ban nhân dân": "ubnd",
    "hội đồng nhân dân": "hđnd",
    "mặt trận tổ quốc": "mttq",
}
_FULL = {short: name for name, words in _SHORT.items() for short in words.split("|")}
_LONGEST_FIRST = sorted([*_FULL, *_SHORT], key=len, reverse=True)
_ANY = re.compile(rf"(?<![\w&\-])(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?![\w&]|-\w)")


def in_full(text: str) -> str:
    """A lowered name of an agency with its shortened parts written out."""
    return _ANY.sub(lambda match: _FULL.get(match.group(), match.group()), text)


def written(name: str) -> list[str]:
    """The ways in which a lowered name of an agency is written, the full one first."""
    for full, words in _SHORT.items():
        if full in name:
            return [name, *(name.replace(full, short) for short in words.split("|"))]
    return [name]
