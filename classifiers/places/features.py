"""What an article shows of each province: the numbers the about-or-mentioned decision rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import log1p

from classifiers.places.resolve import Reading
from classifiers.places.scan import Hit, LandmarkHit
from classifiers.places.text import Prepared
from provinces.gazetteer import Level

FEATURES = tuple(
    """
    in_title in_lead in_opening early first_of_all dateline mentions share leads sole sole_of_few units_inside
    has_commune own_level agencies spread in_lists origin delegates happens_there bracketed moves contact weak_only pointers parliament
    landmarks capital_city provinces length no_headline sport national title_names_other list_in_short share_late
    abroad agency_head sole_agency event_head real real_share real_leads of_most agency_share first_agency
    title_place only_origin chain_first lists_when_national lead_origin real_sole scene scenes joint_head joint_title
    scene_and_agency digest head_list_national list_national short_origin short_moves
    """.split()
)
"""The names of the values, in the order of the weights."""

_ORIGIN = re.compile(
    r"(?:quê(?: quán| gốc| ở)?|trú(?: tại| ở)?|thường trú(?: tại)?|ngụ(?: tại| ở)?|hộ khẩu(?: thường trú)?(?: tại| ở)?|hkt?t"
    r"|trụ sở(?: chính)?(?: đặt)?(?: tại| ở)?|sinh sống(?: tại| ở)?|làm ăn(?: tại| ở)?|mua (?:được )?nhà(?: ở| tại)?"
    r"|sinh (?:ra|năm \d{4}|ở)|sn \d{4}|\d{1,2} tuổi|người gốc|gốc|nguyên quán|đến từ)[^.;!?]{0,70}\Z"
)
_DELEGATE = re.compile(r"(?:đại biểu|đb|đbqh|đoàn)(?: [^\s.,;()]+){1,7} ?\(?\Z")
_HAPPENS = re.compile(
    r"(?:tại|ở|trên địa bàn|xảy ra|qua địa bàn|đoạn qua|khu vực|thuộc|vùng|về|đến thăm|làm việc (?:với|tại))"
    r"(?: [^.;!?]{0,40})?\Z"
)
_MOVES = re.compile(
    r"(?:ra|vào|lên|xuống|về|đến|tới|sang|từ|rời|bệnh viện|bv|viện|đại học|đh|hướng|tuyến|bay) ?\Z"
)
_CONTACT = re.compile(
    r"(?:tài khoản|chuyển khoản|ngân hàng|liên hệ|địa chỉ|điện thoại|đt:|hotline|văn phòng đại diện|tòa soạn|ủng hộ)"
)
_SPORT = re.compile(
    r"(?:bàn thắng|hlv|v-?league|bóng đá|trận đấu|cầu thủ|vòng loại|world cup|sea games|u\d\d|đội tuyển|giải đấu|vô địch|clb"
    r"|sân vận động|tỷ số|huy chương|bàn thua)"
)
_NATIONAL = re.compile(
    r"(?:thủ tướng|chính phủ|quốc hội|bộ trưởng|thứ trưởng|bộ [a-zà-ỹ]+|cả nước|toàn quốc|trung ương|các tỉnh|các địa phương|"
    r"nhiều địa phương|tỉnh, thành|tỉnh thành)"
)
_ABROAD = re.compile(
    r"(?:trung quốc|mỹ|hàn quốc|nhật bản|thái lan|lào|campuchia|anh|pháp|đức|nga|singapore|malaysia|australia|úc|đài loan)\W"
)
_PARLIAMENT = re.compile(r"(?:đbqh|đại biểu quốc hội|các đại biểu|quốc hội|dự thảo|dự án luật|kỳ họp thứ|cử tri|thảo luận)")
_ROUTE = re.compile(r"(?:đoạn|tuyến|hướng|chạy|lộ trình|quốc lộ \w+|ql ?\d+\w?)(?: từ)? \Z")
_DATELINE = re.compile(r"^\s*(?:\([^)]{0,20}\))?\s*\Z")
_QUARTERS = 4


@dataclass(slots=True)
class Placed:
    """A resolved hit with the provinces (at publication) it belongs to."""

    hit: Hit
    reading: Reading
    provinces: tuple[str, ...]


@dataclass(slots=True)
class ProvinceView:
    """Everything seen of one province, for the decision and for its reasons."""

    code: str
    placed: list[Placed] = field(default_factory=list)
    landmarks: list[LandmarkHit] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)


def views(
    text: Prepared,
    fields: tuple[int, int, int],
    placed: list[Placed],
    landmarks: list[tuple[str, LandmarkHit]],
) -> list[ProvinceView]:
    """One view per province, in order of appearance, its feature values filled in.

    ``fields``: where the lead and the text begin in the joined article, and how far the text decides.
    A province that only comes later has a view without values: it is mentioned, no more. ``landmarks``: (province code at publication, hit).
    """
    found: dict[str, ProvinceView] = {}
    for item in placed:
        for code in item.provinces:
            found.setdefault(code, ProvinceView(code)).placed.append(item)
    for code, landmark in landmarks:
        found.setdefault(code, ProvinceView(code)).landmarks.append(landmark)
    early = {code: view for code, view in ((c, _until(v, fields[2])) for c, v in found.items()) if view}
    article = _Article(text, fields, [item for item in placed if item.hit.start < fields[2]], early)
    for code, view in early.items():
        found[code].values = _measure(article, view)
    return list(found.values())


def _until(view: ProvinceView, end: int) -> ProvinceView | None:
    placed = [item for item in view.placed if item.hit.start < end]
    landmarks = [mark for mark in view.landmarks if mark.start < end]
    return ProvinceView(view.code, placed, landmarks) if placed or landmarks else None


class _Article:
    """What all provinces of one article share."""

    def __init__(
        self,
        text: Prepared,
        fields: tuple[int, int, int],
        placed: list[Placed],
        found: dict[str, ProvinceView],
    ) -> None:
        self.text = text
        self.lead_start, self.text_start, end = fields
        self.length = min(len(text.lowered), end)
        self.provinces = len(found)
        self.pointers = _pointers(text, placed)
        strong = {code: sum(id(i) not in self.pointers for i in view.placed) for code, view in found.items()}
        self.counts = {code: strong[code] + 0.5 * len(view.landmarks) for code, view in found.items()}
        self.total = sum(self.counts.values())
        self.most = max(self.counts.values(), default=0)
        placed = [item for item in placed if id(item) not in self.pointers]
        self.provinces = sum(count > 0 for count in self.counts.values())
        self.first = min((item.hit.start for item in placed), default=0)
        self.no_headline = self.lead_start <= 1
        low = text.lowered[: self.length]
        per = max(1.0, self.length / 1500)
        self.sport = min(1.0, len(_SPORT.findall(low)) / per / 3)
        self.national = log1p(len(_NATIONAL.findall(low)) / per)
        self.parliament = log1p(len(_PARLIAMENT.findall(low)) / per)
        self.abroad = log1p(len(_ABROAD.findall(low)) / per)
        end = re.search(r"[.!?\n]\s", low[self.text_start :])
        self.opening_end = self.text_start + (end.start() if end else min(400, self.length))
        self.agency_total = sum(item.hit.agency for item in placed)
        self.first_agency = next((item for item in placed if item.hit.agency), None)
        self.lists = _in_lists(placed, 5)
        self.short_lists = _in_lists(placed, 3)
        self.real = {
            code: sum(_is_real(text, item, self.lists) for item in view.placed)
            for code, view in found.items()
        }
        self.real_total = sum(self.real.values())
        self.real_most = max(self.real.values(), default=0)
        self.scenes = {code: _scenes(text, view) for code, view in found.items()}
        self.digest = sum(
            self.scenes[code] > 0 and any(item.hit.agency for item in view.placed) for code, view in found.items()
        )
        self.joint = _joint(placed)
        self.in_title = {
            code for item in placed if item.hit.start < self.lead_start for code in item.provinces
        }


def _measure(article: _Article, view: ProvinceView) -> dict[str, float]:
    text = article.text
    placed = [item for item in view.placed if id(item) not in article.pointers]
    count = len(placed)
    starts = [item.hit.start for item in placed]
    before = [text.lowered[max(0, s - 90) : s] for s in starts]
    share_of = lambda flags: sum(flags) / count if count else 0.0  # noqa: E731
    body = max(1, article.length - article.text_start)
    quarters = {
        min(_QUARTERS - 1, (s - article.text_start) * _QUARTERS // body)
        for s in starts
        if s >= article.text_start
    }
    in_title = any(s < article.lead_start for s in starts)
    in_lead = any(article.lead_start <= s < article.text_start for s in starts)
    in_opening = any(article.text_start <= s <= article.opening_end for s in starts)
    origin = [bool(_ORIGIN.search(b)) for b in before]
    in_lists = share_of([id(item) in article.lists for item in placed])
    agencies = sum(item.hit.agency for item in placed)
    sole = float(article.provinces == 1)
    head = in_title or in_lead or (article.no_headline and in_opening)
    share = article.counts[view.code] / article.total if article.total else 0.0
    real = article.real[view.code]
    scenes = article.scenes[view.code]
    happens = [bool(_HAPPENS.search(b[-60:])) and not o for b, o in zip(before, origin, strict=True)]
    return {
        "in_title": float(in_title),
        "in_lead": float(in_lead),
        "in_opening": float(in_opening),
        "early": float(any(s < article.text_start + 0.25 * body for s in starts)),
        "first_of_all": float(bool(starts) and min(starts) == article.first),
        "dateline": float(any(_is_dateline(article, item) for item in placed)),
        "mentions": log1p(count),
        "share": share,
        "leads": float(article.counts[view.code] >= article.most),
        "sole": sole,
        "sole_of_few": sole * float(count <= 2),
        "units_inside": log1p(len({item.reading.unit.code for item in placed if item.reading.unit.level is not Level.PROVINCE})),
        "has_commune": float(any(item.reading.unit.level is Level.COMMUNE for item in placed)),
        "own_level": share_of([item.hit.own_level for item in placed]),
        "agencies": log1p(agencies),
        "spread": len(quarters) / _QUARTERS,
        "in_lists": in_lists,
        "origin": share_of(origin),
        "delegates": share_of([bool(_DELEGATE.search(b)) for b in before]),
        "happens_there": log1p(sum(happens)),
        "bracketed": share_of([text.lowered[max(0, s - 1) : s] == "(" for s in starts]),
        "moves": share_of([bool(_MOVES.search(b[-12:])) for b in before]),
        "contact": share_of([bool(_CONTACT.search(b)) for b in before]),
        "weak_only": float(all(item.hit.weak for item in view.placed)),
        "pointers": log1p(len(view.placed) - count),
        "parliament": article.parliament,
        "landmarks": log1p(len(view.landmarks)),
        "capital_city": float(view.code in {"01", "79"}),
        "provinces": log1p(article.provinces),
        "length": log1p(article.length / 500),
        "no_headline": float(article.no_headline),
        "sport": article.sport,
        "national": article.national,
        "title_names_other": float(bool(article.in_title) and view.code not in article.in_title),
        "list_in_short": in_lists * float(article.length < 400),
        "share_late": share_of([s > article.text_start + 0.6 * body for s in starts]),
        "abroad": article.abroad,
        "agency_head": float(head and agencies > 0),
        "sole_agency": sole * float(agencies > 0),
        "event_head": float(head) * share,
        "real": log1p(real),
        "real_share": real / article.real_total if article.real_total else 0.0,
        "real_leads": float(real > 0 and real >= article.real_most),
        "of_most": article.counts[view.code] / article.most if article.most else 0.0,
        "agency_share": agencies / article.agency_total if article.agency_total else 0.0,
        "first_agency": float(article.first_agency in placed),
        "title_place": float(any(s < article.lead_start and not o for s, o in zip(starts, origin, strict=True))),
        "only_origin": float(bool(placed) and real == 0),
        "chain_first": float(any(item.hit.chained for item in placed)),
        "lists_when_national": in_lists * article.national,
        "lead_origin": float(any(article.lead_start <= s < article.text_start and o for s, o in zip(starts, origin, strict=True))),
        "scene": float(scenes > 0),
        "scenes": log1p(scenes),
        "joint_head": float(head and any(id(item) in article.joint for item in placed)),
        "joint_title": float(any(id(i) in article.joint and i.hit.start < article.lead_start for i in placed)),
        "scene_and_agency": float(scenes > 0 and agencies > 0),
        "digest": float(scenes > 0 and agencies > 0) * log1p(max(0, article.digest - 1)),
        "head_list_national": float(head) * in_lists * article.national,
        "list_national": share_of([id(item) in article.short_lists for item in placed]) * min(1.0, article.national),
        "short_origin": share_of(origin) * float(article.no_headline),
        "short_moves": share_of([bool(_MOVES.search(b[-12:])) for b in before]) * float(article.no_headline),
        "real_sole": float(real > 0 and real == article.real_total),
    }  # fmt: skip


def _is_real(text: Prepared, item: Placed, lists: set[int]) -> bool:
    """Named for its own sake: not an origin, a delegate's seat, a list, a road or a bank's address."""
    if item.hit.weak or id(item) in lists:
        return False
    before = text.lowered[max(0, item.hit.start - 90) : item.hit.start]
    if item.hit.agency:
        return not _DELEGATE.search(before)
    return not (
        _ORIGIN.search(before)
        or _DELEGATE.search(before)
        or _CONTACT.search(before)
        or _MOVES.search(before[-12:])
    )


def _pointers(text: Prepared, placed: list[Placed]) -> set[int]:
    """ids of items that point to a place without being about it: universities, roads, routes."""
    found: set[int] = set()
    last: Placed | None = None
    for item in placed:
        hit = item.hit
        joined = last is not None and text.lowered[last.hit.end : hit.start].strip() in {"-", "–", "—"}
        goes_on = text.lowered[hit.end : hit.end + 3].strip()[:1] in {"-", "–", "—"}
        route = goes_on and bool(_ROUTE.search(text.lowered[max(0, hit.start - 24) : hit.start]))
        if hit.weak or route or (joined and last is not None and id(last) in found and not hit.own_level):
            found.add(id(item))
        last = item
    return found


def _scenes(text: Prepared, view: ProvinceView) -> int:
    """How many districts and communes are named as where something happens, not where somebody is from."""
    found = set()
    for item in view.placed:
        if item.reading.unit.level is Level.PROVINCE or item.hit.weak:
            continue
        before = text.lowered[max(0, item.hit.start - 90) : item.hit.start]
        if not _ORIGIN.search(before) and not _CONTACT.search(before):
            found.add(item.reading.unit.code)
    return len(found)


def _joint(placed: list[Placed]) -> set[int]:
    """ids of provinces named together, two to four at a time: "Hà Tĩnh và Quảng Bình"."""
    found: set[int] = set()
    run: list[Placed] = []
    for item in (*placed, None):
        province = item is not None and item.reading.unit.level is Level.PROVINCE
        if item is not None and run and province and item.hit.listed:
            run.append(item)
            continue
        if 2 <= len(run) <= 4:
            found.update(id(i) for i in run)
        run = [item] if item is not None and province else []
    return found


def _is_dateline(article: _Article, item: Placed) -> bool:
    for begin in (0, article.lead_start, article.text_start):
        if item.hit.start - begin in range(0, 4):
            rest = article.text.cased[item.hit.end : item.hit.end + 3]
            return bool(re.match(r"\s?[-–—:]|[A-ZĐ]", rest))
    return False


def _in_lists(placed: list[Placed], least: int) -> set[int]:
    """ids of items that stand in a list of at least so many provinces."""
    found: set[int] = set()
    run: list[Placed] = []
    for item in placed:
        province = item.reading.unit.level is Level.PROVINCE
        if run and province and item.hit.listed:
            run.append(item)
        else:
            run = [item] if province else []
        if len(run) >= least:
            found.update(id(i) for i in run)
    return found
