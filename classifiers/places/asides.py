"""Names beside the matter: a number plate, an example, an organisation, a caption, whoever asks a question.

And the reverse: a few provinces named together that are all there is, and sections of a round-up.
"""

from __future__ import annotations

import re
from math import log1p
from typing import Protocol

from classifiers.places import cues, words
from classifiers.places.items import Placed
from classifiers.places.text import Prepared

VEHICLE = re.compile(r"(?:biển(?: số| kiểm soát| xe)*|bks|mang biển)(?: của)?(?: tỉnh| thành phố)? ?\Z")
EXAMPLE = re.compile(
    r"(?:\bnhư|ví dụ|chẳng hạn|đơn cử|điển hình|trong đó có|tiêu biểu|kể cả)(?: là| như| ở| tại| các)?"
    r"(?: tỉnh| thành phố| địa phương)?:? ?\Z"
)
ORIGIN_AFTER = re.compile(r"^,? ?(?:quê (?:em|tôi|mình|anh|chị|nhà)|là quê)\b")
ASKED = re.compile(
    r"\b(?:độc giả|bạn đọc hỏi|xin hỏi|hỏi:|trả lời:|tư vấn|luật sư trả lời|cho hỏi|có đúng không|tôi xin)\b"
)
ORGANISATION = re.compile(r"(?:^|[\s(.,])([A-ZĐ][A-Za-zĐ&-]*[A-ZĐ]|VN|KH)[. ]\Z")
"""An acronym right before a name: VNPT Đà Nẵng, FLC Thanh Hóa, TTC Tây Ninh."""
PERSON = re.compile(r"((?:[A-ZĐÀ-Ỹ][a-zđà-ỹ’']+ ){1,4}[A-ZĐÀ-Ỹ][a-zđà-ỹ]+) ?\([^()]{0,40}\Z")
MATCH = re.compile(
    r"(?:phút \d{1,2}|hiệp (?:1|2|một|hai|đầu)|bù giờ|tỷ số|tỉ số|\b\d-\d\b|thủ môn|tiền đạo|tiền vệ|hậu vệ"
    r"|ghi bàn|bàn thắng|vòng \d+|v-?\.?league|bảng [a-d]\b|lượt (?:đi|về|trận)|đội (?:khách|chủ nhà|bóng)"
    r"|cầu thủ|hlv|trọng tài|penalty|bán kết|tứ kết|chung kết)"
)
NEWS_ITEM = re.compile(
    r"(?:^|[.!?:*\n”\"] ?)(?:trước đó, |cũng )?(?:(?:sáng|trưa|chiều|tối|đêm|rạng sáng|chiều tối)"
    r"(?: nay)?(?: ngày)?|ngày|theo)[ ,(]*[\d/.\-]{0,10}\)?,? ?[^.,;]{0,40}\Z"
)
COUNTED = re.compile(
    r"\b(hai|ba|bốn|năm|[2-5]) (?:tỉnh|địa phương|thành phố|tỉnh,? thành)(?: miền (?:trung|bắc|nam|tây))?\b"
)
NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5}
DELEGATE = re.compile(r"(?:đại biểu|đb|đbqh|đoàn)(?: [^\s.;()]+){1,9}[ (]*\Z")


class Shared(Protocol):
    """What features.py knows of an article as a whole."""

    text: Prepared
    lead_start: int
    text_start: int
    opening_end: int
    length: int
    national: float
    counts: dict[str, float]
    joint: set[int]
    runs: list[list[Placed]]
    landmark_spots: dict[str, list[int]]


class Asides:
    """What one article shows beside the matter. ``items``: by province code, the names that do not
    merely point there.
    """

    def __init__(self, article: Shared, items: dict[str, list[Placed]]) -> None:
        self.article, self.items = article, items
        low = article.text.lowered[: article.length]
        per = max(1.0, article.length / 1500)
        self.match = min(1.0, len(MATCH.findall(low)) / per / 5)
        self.asked = min(1.0, len(ASKED.findall(low)) / 2)
        every = [item for own in items.values() for item in own]
        named = {code for code, own in items.items() if own}
        together = {code for code, own in items.items() if any(id(i) in article.joint for i in own)}
        self.together = 2 <= len(together) <= 4 and named == together
        self.soft = min(1.0, len(cues.SOFT.findall(low)) / per / 2)
        self.sections = sum(self._opens_section(i) for i in every)
        said = [(m.start(), NUMBERS.get(m.group(1)) or int(m.group(1))) for m in COUNTED.finditer(low)]
        self.counted_head = {number for at, number in said if at < article.text_start}
        self.has_lead = article.text_start - article.lead_start > 2

    def _left(self, item: Placed, width: int = 60) -> str:
        return self.article.text.lowered[max(0, item.hit.start - width) : item.hit.start]

    def _cased(self, item: Placed, width: int = 60) -> str:
        return self.article.text.cased[max(0, item.hit.start - width) : item.hit.start]

    def _opens_section(self, item: Placed) -> bool:
        left = self._left(item, 80)
        for mark in ("* ", "*", "• ", "\n"):
            at = left.rfind(mark)
            if at >= 0 and self.article.text_start < item.hit.start and "." not in left[at:].rstrip("."):
                return True
        return False

    def _person(self, item: Placed) -> bool:
        found = PERSON.search(self._cased(item, 90))
        return bool(found and found.group(1).split(" ")[0] in words.PERSON_NAMES)

    def _organisation(self, item: Placed) -> bool:
        found = ORGANISATION.search(self._cased(item, 24))
        return bool(found and not item.hit.agency and not item.hit.own_level)

    def _item(self, item: Placed) -> bool:
        return item.hit.agency and bool(NEWS_ITEM.search(self._left(item, 90)))

    def _size(self, item: Placed) -> int:
        return next((len(run) for run in self.article.runs if any(i is item for i in run)), 0)

    def measure(self, code: str) -> dict[str, float]:
        """Shares and flags from 0 to 1 for one province."""
        article = self.article
        placed = self.items[code]
        count = len(placed)

        def share(flags: list[bool]) -> float:
            return sum(flags) / count if count else 0.0

        agencies = any(i.hit.agency for i in placed)
        opening = [article.text_start <= i.hit.start <= article.opening_end for i in placed]
        head = any(i.hit.start < article.text_start for i in placed)
        organisation = share([self._organisation(i) for i in placed])
        person = share([self._person(i) for i in placed])
        joint = any(id(i) in article.joint for i in placed)
        opening_only = float(bool(placed) and all(opening) and self.has_lead and not head)
        section = float(any(self._opens_section(i) for i in placed))
        news_item = float(any(self._item(i) for i in placed))
        leads = article.counts[code] >= max(article.counts.values(), default=0)
        sizes = {self._size(i) for i in placed}
        spots = article.landmark_spots.get(code, [])
        return {
            "game": float(self.match >= 0.6 and not agencies),
            "club": organisation * float(self.match >= 0.3),
            "landmark_head": float(any(s < article.text_start for s in spots)),
            "delegates_only": float(
                bool(placed) and all(DELEGATE.search(self._left(i, 80)) or self._person(i) for i in placed)
            ),
            "news_item": news_item,
            "news_item_second": news_item * float(not leads),
            "counted_head": float(bool(sizes & self.counted_head)),
            "soft_capital": self.soft * float(code in {"01", "79"} and not agencies),
            "vehicle": share([bool(VEHICLE.search(self._left(i, 30))) for i in placed]),
            "example": share([bool(EXAMPLE.search(self._left(i, 40))) for i in placed]),
            "origin_after": share(
                [bool(ORIGIN_AFTER.match(article.text.lowered[i.hit.end : i.hit.end + 16])) for i in placed]
            ),
            "organisation": organisation,
            "person": person,
            "person_only": float(person == 1),
            "asked_person": self.asked * person,
            "match": self.match,
            "match_no_agency": self.match * float(not agencies),
            "opening_only": opening_only,
            "opening_only_national": opening_only * min(1.5, article.national),
            "all_together": float(joint and self.together),
            "section": section,
            "section_agency": section * float(agencies),
            "section_many": section * log1p(max(0, self.sections - 1)),
        }
