"""Patterns that say why a place is named: as the scene, as somebody's home, on a list, on a road."""

from __future__ import annotations

import re

from classifiers.places.items import Placed
from classifiers.places.text import Prepared
from provinces.gazetteer import Level

WINDOW = 90
"""Code points before a name that are looked at."""

ORIGIN = re.compile(
    r"(?:quê(?: quán| gốc| ở)?|trú(?: tại| ở)?|thường trú(?: tại)?|ngụ(?: tại| ở)?"
    r"|hộ khẩu(?: thường trú)?(?: tại| ở)?|hkt?t|trụ sở(?: chính)?(?: đặt)?(?: tại| ở)?"
    r"|sinh sống(?: tại| ở)?|làm ăn(?: tại| ở)?|mua (?:được )?nhà(?: ở| tại)?|sinh (?:ra|năm \d{4}|ở)"
    r"|sn \d{4}|\d{1,2} tuổi|người gốc|gốc|nguyên quán|đến từ)[^.;!?]{0,70}\Z"
)
DELEGATE = re.compile(r"(?:đại biểu|đb|đbqh|đoàn)(?: [^\s.,;()]+){1,7} ?\(?\Z")
HAPPENS = re.compile(
    r"(?:tại|ở|trên địa bàn|xảy ra|qua địa bàn|đoạn qua|khu vực|thuộc|vùng|về|đến thăm|làm việc (?:với|tại))"
    r"(?: [^.;!?]{0,40})?\Z"
)
MOVES = re.compile(
    r"(?:ra|vào|lên|xuống|về|đến|tới|sang|từ|rời|bệnh viện|bv|viện|đại học|đh|hướng|tuyến|bay) ?\Z"
)
CONTACT = re.compile(
    r"(?:tài khoản|chuyển khoản|ngân hàng|liên hệ|địa chỉ|điện thoại|đt:|hotline|văn phòng đại diện"
    r"|tòa soạn|ủng hộ)"
)
ROUTE = re.compile(r"(?:đoạn|tuyến|hướng|chạy|lộ trình|quốc lộ \w+|ql ?\d+\w?)(?: từ)? \Z")
DASHES = {"-", "–", "—"}

SPORT = re.compile(
    r"(?:bàn thắng|hlv|v-?league|bóng đá|trận đấu|cầu thủ|vòng loại|world cup|sea games|u\d\d|đội tuyển"
    r"|giải đấu|vô địch|clb|sân vận động|tỷ số|huy chương|bàn thua)"
)
NATIONAL = re.compile(
    r"(?:thủ tướng|chính phủ|quốc hội|bộ trưởng|thứ trưởng|bộ [a-zà-ỹ]+|cả nước|toàn quốc|trung ương"
    r"|các tỉnh|các địa phương|nhiều địa phương|tỉnh, thành|tỉnh thành)"
)
ABROAD = re.compile(
    r"(?:trung quốc|mỹ|hàn quốc|nhật bản|thái lan|lào|campuchia|anh|pháp|đức|nga|singapore|malaysia"
    r"|australia|úc|đài loan)\W"
)
PARLIAMENT = re.compile(
    r"(?:đbqh|đại biểu quốc hội|các đại biểu|quốc hội|dự thảo|dự án luật|kỳ họp thứ|cử tri|thảo luận)"
)


def before(text: Prepared, item: Placed, width: int = WINDOW) -> str:
    """The lowered text before an item."""
    return text.lowered[max(0, item.hit.start - width) : item.hit.start]


def is_real(text: Prepared, item: Placed, lists: set[int]) -> bool:
    """Named for its own sake: not an origin, a delegate's seat, a list, a road or a bank's address."""
    if item.hit.weak or id(item) in lists:
        return False
    left = before(text, item)
    if item.hit.agency:
        return not DELEGATE.search(left)
    return not (
        ORIGIN.search(left) or DELEGATE.search(left) or CONTACT.search(left) or MOVES.search(left[-12:])
    )


def pointers(text: Prepared, placed: list[Placed]) -> set[int]:
    """ids of items that point to a place without being about it: universities, roads, routes."""
    found: set[int] = set()
    last: Placed | None = None
    for item in placed:
        hit = item.hit
        joined = last is not None and text.lowered[last.hit.end : hit.start].strip() in DASHES
        goes_on = text.lowered[hit.end : hit.end + 3].strip()[:1] in DASHES
        route = goes_on and bool(ROUTE.search(before(text, item, 24)))
        if hit.weak or route or (joined and last is not None and id(last) in found and not hit.own_level):
            found.add(id(item))
        last = item
    return found


def scenes(text: Prepared, placed: list[Placed]) -> int:
    """How many districts and communes are named as where something happens, not where somebody is from."""
    found = set()
    for item in placed:
        if item.reading.unit.level is Level.PROVINCE or item.hit.weak:
            continue
        left = before(text, item)
        if not ORIGIN.search(left) and not CONTACT.search(left):
            found.add(item.reading.unit.code)
    return len(found)


def province_lists(placed: list[Placed]) -> list[list[Placed]]:
    """Runs of provinces named one after another, each of two or more."""
    runs: list[list[Placed]] = []
    run: list[Placed] = []
    for item in placed:
        province = item.reading.unit.level is Level.PROVINCE
        if run and province and item.hit.listed:
            run.append(item)
            continue
        runs.append(run)
        run = [item] if province else []
    runs.append(run)
    return [run for run in runs if len(run) > 1]


def in_lists(runs: list[list[Placed]], least: int, most: int = 1000) -> set[int]:
    """ids of the items in runs of that length."""
    return {id(item) for run in runs if least <= len(run) <= most for item in run}
