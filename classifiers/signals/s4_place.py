"""S4: a unit placed where it never was, or named as present after it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from classifiers.signals.calibration import score
from classifiers.signals.places import KIND, SUFFIX_OLD, Chain, Named, UnitNames, chains
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.records import Evidence, EvidenceKind, SignalContext, SignalFinding
from classifiers.signals.s4_dates import dates_of
from provinces.gazetteer import REFORM, Gazetteer, Level, Unit

INNOCENT_PLACE = (
    "Hai đơn vị có thể trùng tên.",
    "Địa giới có thể đã điều chỉnh trước danh mục cũ nhất mà hệ thống có.",
    "Bài có thể nói về nơi ở hay quê quán ghi theo giấy tờ.",
)
INNOCENT_OLD = (
    "Bài có thể kể chuyện trước ngày 1/7/2025.",
    "Tên huyện, tỉnh cũ có thể được dùng như tên vùng quen gọi.",
    "Tên có thể nằm trong lời trích hoặc trong giấy tờ lập trước ngày sắp xếp.",
)
SOURCE = "Danh mục đơn vị hành chính"
MAX_FINDINGS = 3
LAST_DAY = REFORM - timedelta(days=1)

_HISTORY = re.compile(
    r"\b(?:năm xưa|ngày xưa|khi ấy|khi đó|lúc ấy|lúc đó|hồi đó|hồi ấy|thuở|từng|trước đây|trước kia|vốn|"
    r"nguyên là|sáp nhập|sắp xếp|hợp nhất|giải thể|bỏ cấp huyện|cấp huyện|không còn|chia tách|đổi tên|"
    r"tiền thân|lịch sử|quê|sinh ra|nguyên quán|hộ khẩu|cựu|xưa|hồi còn|thời kỳ|chiến dịch|kháng chiến|"
    r"trước ngày 1/7|trước 1/7|cũ|nay là|nay thuộc|cách đây|năm ngoái|năm trước|năm đó|năm ấy|ngày ấy|"
    r"thời điểm (?:đó|ấy)|hồi)\b"
)
_YEAR = re.compile(r"(?<![\d.,])(1[89]\d\d|20[0-4]\d)(?![.,]?\d)")
_WITH_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_INSTITUTION = re.compile(r"(?:bệnh viện|trường|bảo tàng|thư viện|trung tâm)[ \w]{0,30}\Z")
"""Institutions keep the name of a former province in theirs."""
_TODAY = re.compile(r"\b(?:năm nay|hôm nay|hiện nay|hiện|sáng nay|chiều nay|vừa|mới đây|đến nay|bây giờ)\b")
_THERE_NOW = re.compile(r"\b(?:hiện nay|hiện tại|hiện (?:có|còn|đang|là)|đến nay|năm nay|bây giờ|mới đây)\b")
_OF_TODAY = re.compile(
    r"\b(?:hiện(?: nay| tại| có| còn| đang)?|mới đây|vừa(?! qua\b)|đang|cho biết|cho hay|thông tin|"
    r"khẳng định|hôm nay|sáng nay|chiều nay|năm nay|đến nay)\b|"
    r"\btheo (?:phòng|ubnd|công an|trung tâm|hội|ban|lãnh đạo|chủ tịch)\b"
)
_ACTING = re.compile(
    r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|công an|tòa án nhân dân|viện kiểm sát nhân dân|viện ksnd|"
    r"chủ tịch|lãnh đạo|phòng [\w ]{2,30}|trung tâm y tế|bệnh viện đa khoa|hđnd)[ \w]{0,12}\Z"
)


@dataclass(frozen=True)
class WrongPlace:
    """Detector of S4. Build once: it indexes the gazetteer by name."""

    gazetteer: Gazetteer
    names: UnitNames
    signal: str = "S4"

    @classmethod
    def build(cls, gazetteer: Gazetteer) -> WrongPlace:
        """The detector for one gazetteer."""
        return cls(gazetteer, UnitNames(gazetteer))

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """Wrong parents anywhere in the article, and ended units where they are named as present."""
        found: list[SignalFinding] = []
        seen: set[str] = set()
        past = False
        for sentence in (target.title, *target.sentences):
            past = self._in_the_past(sentence, target.article.published, past)
            for chain in chains(sentence, self.names):
                finding = self._wrong_parent(target, sentence, chain) or (
                    self._ended(target, sentence, chain, context) if not past else None
                )
                if finding is not None and finding.evidence.ids[0] not in seen:
                    seen.add(finding.evidence.ids[0])
                    found.append(finding)
        return found[:MAX_FINDINGS]

    def _in_the_past(self, sentence: Sentence, day: date, before: bool) -> bool:
        """Whether a story told so far has gone back before the reform; a word for today brings it back."""
        if day < REFORM or not _WITH_YEAR.search(sentence.text):
            return before and not _TODAY.search(sentence.text)
        stated = [s.last for s in dates_of(sentence.text).stretches if s.first <= day]
        if stated and max(stated) < REFORM:
            return True
        years = [int(found) for found in _YEAR.findall(sentence.text) if int(found) <= day.year]
        if any(found >= REFORM.year for found in years) or _TODAY.search(sentence.text):
            return False
        return before or bool(years)

    def _wrong_parent(self, target: Reading, sentence: Sentence, chain: Chain) -> SignalFinding | None:
        for lower, upper in pairwise(chain.units):
            rows = self.names.rows(lower)
            above = self.names.rows(upper)
            if not rows or not above or self._related(rows, above, target.article.published):
                continue
            rows = [
                u
                for u in rows
                if u.type == lower.type and (u.valid_from or date.min) <= target.article.published
            ]
            right = self._meant(rows, chain, lower, upper, target.article.published)
            if right is None or self._may_have_moved(right, upper):
                continue
            span = target.span(sentence, lower.start, chain.units[-1].end)
            return SignalFinding(
                self.signal,
                "parent",
                span,
                Evidence(
                    EvidenceKind.GAZETTEER, self._describe(right), (right.code,), SOURCE, _validity(right)
                ),
                score("S4.parent"),
                INNOCENT_PLACE,
            )
        return None

    def _related(self, rows: list[Unit], above: list[Unit], day: date = date.max) -> bool:
        """Whether any unit of the one name ever lay in any unit of the other, or may lie there on the day."""
        if any(self._lay_in(unit, above) for unit in rows):
            return True
        return day >= REFORM and any(self._may_lie_in_now(unit, above) for unit in rows)

    def _lay_in(self, unit: Unit, above: list[Unit]) -> bool:
        """Whether the unit lay in any of the larger ones as the gazetteer has it."""
        provinces = [u for u in above if u.level is Level.PROVINCE]
        if unit.parent_code in {u.code for u in above} or unit.province_code in {u.code for u in provinces}:
            return True
        own = self.gazetteer.province(unit)
        return own is not None and own.name in {u.name for u in provinces}

    def _may_lie_in_now(self, unit: Unit, above: list[Unit]) -> bool:
        """Whether what the unit became may lie in what any of the larger ones became."""
        if any(u.level is Level.PROVINCE for u in above):
            now = set(self.gazetteer.province_codes_now(unit))
            if any(now & set(self.gazetteer.province_codes_now(u)) for u in above):
                return True
        codes = {u.code for u in above}
        if any(heir.parent_code in codes for heir in self.gazetteer.successors(unit)):
            return True
        return any(
            set(unit.predecessors) & set(u.predecessors) for u in above if u.level is not Level.PROVINCE
        )

    def _may_have_moved(self, right: Unit, upper: Named) -> bool:
        """Towns took in communes of their neighbours in years for which the list holds no map."""
        if upper.type != "huyện" or right.parent_code == "":
            return False
        parents = self.gazetteer.rows(right.parent_code)
        return any(parent.level is Level.DISTRICT and parent.type != "huyện" for parent in parents)

    def _meant(self, rows: list[Unit], chain: Chain, lower: Named, upper: Named, day: date) -> Unit | None:
        """The unit that the name must mean: the only one in the province named, or in the country."""
        province = next((unit for unit in chain.units if unit.kind == KIND["tỉnh"]), None)
        if upper.kind != KIND["tỉnh"]:
            if province is None:
                return None
            inside = [u for u in rows if self._related([u], self.names.rows(province), day)]
            return _best(inside, day) if len({u.parent_code for u in inside if u.on(day)}) <= 2 else None
        # A name of one syllable may be another word, unless both level words are written.
        if len(lower.name.split()) < 2 and not (lower.worded and upper.worded):
            return None
        # Of all that ever bore the name, or else of those that bear it on the day, one province must be left.
        for named in (rows, [u for u in rows if u.on(day)]):
            if len({code for u in named for code in self.gazetteer.province_codes_now(u)}) == 1:
                return _best(named, day)
        return None

    def _ended(
        self, target: Reading, sentence: Sentence, chain: Chain, context: SignalContext
    ) -> SignalFinding | None:
        day = target.article.published
        if day < REFORM or (sentence is target.title and len(chain.units) < 2):
            return None
        named = next((u for u in chain.units if u.kind == KIND["huyện"]), None)
        if named is None and chain.units[-1].kind == KIND["tỉnh"] and chain.units[-1].worded:
            named = chain.units[-1] if len(chain.units) == 1 else None
        if named is None or not self._over(named, sentence, day):
            return None
        if named.kind == KIND["tỉnh"] and _INSTITUTION.search(sentence.text[: named.start]):
            return None
        rows = [u for u in self.names.rows(named) if u.valid_to is not None]
        if not rows or any(u.on(day) for u in self.names.rows(named)):
            return None
        province = chain.units[-1] if chain.units[-1].kind == KIND["tỉnh"] else None
        if province is not None and province is not named:
            rows = [u for u in rows if self._related([u], self.names.rows(province))] or rows
        elif len({u.province_code for u in rows}) > 1:
            return None
        unit = max(rows, key=lambda row: row.valid_to or day)
        end = max(unit.valid_to or LAST_DAY, LAST_DAY)
        dates = dates_of(target.whole)
        if not dates.written_after(end, day, known=context.published_known) and not (
            context.published_known and dates.silent(end) and _named_as_present(sentence, chain)
        ):
            return None
        acting = _ACTING.search(sentence.text[: named.start])
        start = acting.start() if acting else chain.units[0].start
        span = target.span(sentence, start, chain.units[-1].end)
        return SignalFinding(
            self.signal,
            "ended",
            span,
            Evidence(EvidenceKind.GAZETTEER, self._describe(unit), (unit.code,), SOURCE, _validity(unit)),
            score("S4.ended"),
            INNOCENT_OLD,
        )

    def _over(self, named: Named, sentence: Sentence, day: date) -> bool:
        """Whether the sentence names the unit as present: no old date, no word that looks back."""
        if named.type == "thành phố" and not (
            _ACTING.search(sentence.text[: named.start]) or _THERE_NOW.search(sentence.text)
        ):
            return False
        if SUFFIX_OLD.match(sentence.text[named.end :]) or _HISTORY.search(sentence.text):
            return False
        if dates_of(sentence.text).looks_back(LAST_DAY, day):
            return False
        years = (int(found) for found in _YEAR.findall(sentence.text))
        return all(year >= REFORM.year for year in years if year <= day.year)

    def _describe(self, unit: Unit) -> str:
        parts = [unit.full_name]
        parent = self.gazetteer.unit(unit.parent_code, unit.valid_to or REFORM) if unit.parent_code else None
        if parent is not None and parent.level is Level.DISTRICT:
            parts.append(parent.full_name)
        province = self.gazetteer.province(unit)
        if province is not None and province is not unit:
            parts.append(province.full_name)
        text = ", ".join(parts)
        if unit.valid_to is not None:
            text += f" (đến {unit.valid_to:%d/%m/%Y})"
            heirs = self.gazetteer.successors(unit)
            if heirs:
                text += "; nay là " + ", ".join(heir.full_name for heir in heirs[:6])
        return text


def _named_as_present(sentence: Sentence, chain: Chain) -> bool:
    """Whether a sentence tells of a unit with its province, or of an office of it, as of today."""
    ahead = sentence.text[: chain.units[0].start]
    if _ACTING.search(ahead):
        return bool(_OF_TODAY.search(sentence.text))
    return len(chain.units) > 1 and bool(_THERE_NOW.search(sentence.text))


def _best(rows: list[Unit], day: date) -> Unit | None:
    """The row of the day, else the one that ended last before it."""
    held = [unit for unit in rows if unit.on(day)]
    if held:
        return held[0]
    return max(rows, key=lambda unit: unit.valid_to or date.min, default=None)


def _validity(unit: Unit) -> str:
    start = unit.valid_from.isoformat() if unit.valid_from else ""
    end = unit.valid_to.isoformat() if unit.valid_to else ""
    return f"{start}/{end}"
