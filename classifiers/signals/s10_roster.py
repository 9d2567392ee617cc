"""S10: an agency or an office-holder that the dated roster knows otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from classifiers.signals.agencies import in_full, written
from classifiers.signals.calibration import score
from classifiers.signals.reading import UPPER, Reading, Sentence
from classifiers.signals.records import (
    Evidence,
    EvidenceKind,
    RosterEntry,
    SignalContext,
    SignalFinding,
    overlapping,
)
from provinces.spelling import canonical

SOURCE = "Danh bạ cơ quan, chức danh"
INNOCENT_AGENCY = (
    "Bài có thể nói về thời gian trước khi cơ quan được sắp xếp.",
    "Danh bạ của văn phòng có thể chưa cập nhật.",
)
INNOCENT_HOLDER = (
    "Người được nêu có thể vừa được bổ nhiệm mà danh bạ chưa ghi.",
    "Có thể trùng họ tên với một người khác.",
    "Bài có thể dẫn chức danh vào thời điểm xảy ra sự việc.",
)
MAX_FINDINGS = 3
REACH = 60
"""Characters behind an agency's name that a finding may show."""
_CLAUSE_MARK = re.compile(r"[,;](?!\d)|[.!?](?=\s|\Z)")

_FORMER = re.compile(
    r"\b(?:nguyên|cựu|cũ|trước đây|trước kia|khi đó|khi ấy|lúc đó|lúc ấy|hồi đó|thời đó|khi còn|còn là|"
    r"còn làm|từng|tiền thân|trước khi|sáp nhập|hợp nhất|giải thể|nghỉ hưu|đã nghỉ|thời kỳ|nay là|nay thuộc|"
    r"đổi tên|sắp xếp)\b"
)
_NOW_OTHER = re.compile(r"\A[^.]{0,8}\((?:nay|cũ|trước)")
_YEAR = re.compile(r"(?<![\d.,])(19\d\d|20[0-4]\d)(?![.,]?\d)")
_SAID = re.compile(
    r"\b(?:cho biết|cho hay|nói|khẳng định|nhấn mạnh|phát biểu|trả lời|chia sẻ|thừa nhận|thông tin|báo cáo|"
    r"đánh giá|giải thích|xác nhận|kể|nhận định|cho rằng|lưu ý|khuyến cáo|cam kết|tuyên bố|bày tỏ|phân tích|"
    r"chỉ ra|cảnh báo|đề nghị|yêu cầu|kêu gọi)\b"
)
_PROVINCE_BEHIND = re.compile(
    rf" (?:(?:tỉnh|thành phố|TP\.?) ?)?(?P<name>[{UPPER}]\w* [{UPPER}]\w*)(?! [{UPPER}])"
)
_TITLES = (
    "phó chủ tịch thường trực|phó chủ tịch|chủ tịch|phó giám đốc|giám đốc|phó bí thư thường trực|phó bí thư|"
    "bí thư|phó chánh văn phòng|chánh văn phòng|phó chánh thanh tra|chánh thanh tra|phó trưởng ban|"
    "trưởng ban|phó chi cục trưởng|chi cục trưởng|phó cục trưởng|cục trưởng|phó hiệu trưởng|hiệu trưởng|"
    "viện trưởng|phó viện trưởng|chánh án|phó chánh án|phó trưởng phòng|trưởng phòng|người phát ngôn"
)
_TITLE = re.compile(rf"\b(?:{_TITLES})\b")
_OFFICE = re.compile(
    r"\A(?P<office> (?:sở|ubnd|ủy ban|hđnd|ban|chi cục|cục|văn phòng|thanh tra|trung tâm|công an|tỉnh ủy|"
    r"bệnh viện)[^.;:\"“”()]{0,80})(?!\w)"
)
_SALUTE = re.compile(r"(?:ông|bà|đồng chí|đ/c) \Z")


@dataclass(frozen=True)
class WrongRoster:
    """Detector of S10. Says nothing without a roster."""

    signal: str = "S10"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """Ended agencies that act, and people in an office that the roster gives otherwise."""
        if not context.roster:
            return []
        roster = Roster(context.roster, target.article.published)
        found: list[SignalFinding] = []
        seen: set[str] = set()
        for sentence in (target.title, *target.sentences):
            for finding in (
                *self._holders(target, sentence, roster),
                *self._agencies(target, sentence, roster),
            ):
                if finding.evidence.text not in seen and not any(
                    overlapping(finding.span, other.span) for other in found
                ):
                    seen.add(finding.evidence.text)
                    found.append(finding)
        return found[:MAX_FINDINGS]

    def _agencies(self, target: Reading, sentence: Sentence, roster: Roster) -> list[SignalFinding]:
        found = []
        for name in roster.ended:
            at = _whole(sentence.text, name)
            if at < 0 or not _present(sentence, at, at + len(name), target.article.published):
                continue
            agency = roster.ended[name]
            if _of_other_province(sentence.cased[at + len(name) :], agency):
                continue
            entries = [e for e in roster.entries if _key(e.agency) == agency]
            text = f"{_row(entries[-1])}" + "".join(f"; nay: {_row(e)}" for e in roster.heirs(entries[-1]))
            end = _clause_end(sentence.text, at + len(name))
            found.append(
                self._finding(target, sentence, at, end, text, "agency", INNOCENT_AGENCY, entries[-1])
            )
        return found

    def _holders(self, target: Reading, sentence: Sentence, roster: Roster) -> list[SignalFinding]:
        found = []
        for name, held in roster.by_holder.items():
            at = _whole(sentence.text, name)
            if at < 0:
                continue
            claim = _claim(sentence.text, at, at + len(name))
            if claim is None:
                continue
            said = _SAID.search(sentence.text, claim.end)
            until = said.start() if said else len(sentence.text)
            if not _present(sentence, claim.start, claim.end, target.article.published, until):
                continue
            agency = roster.agency_of(claim.office)
            if agency is None or any(_same(entry, claim.title, agency) for entry in roster.current(held)):
                continue
            # Several may hold a title; the roster must know who holds this very office today.
            others = [e for e in roster.now if _key(e.agency) == agency and e.title.lower() == claim.title]
            own = roster.current(held)
            if not others and not own:
                continue
            if not others and not any(_key(e.agency) == agency for e in held):
                continue
            text = "; ".join(
                dict.fromkeys(_row(e) for e in (*own, *others, *[e for e in held if e not in own][-1:]))
            )
            entry = (own or others)[0]
            found.append(
                self._finding(
                    target, sentence, claim.start, claim.end, text, "holder", INNOCENT_HOLDER, entry
                )
            )
        return found

    def _finding(
        self,
        target: Reading,
        sentence: Sentence,
        start: int,
        end: int,
        text: str,
        rule: str,
        innocent: tuple[str, ...],
        entry: RosterEntry,
    ) -> SignalFinding:
        as_of = f"{entry.valid_from or ''}/{entry.valid_to or ''}"
        return SignalFinding(
            self.signal,
            rule,
            target.span(sentence, start, end),
            Evidence(EvidenceKind.ROSTER, text, (), SOURCE, as_of),
            score(f"S10.{rule}"),
            innocent,
        )


class Roster:
    """The entries on one day."""

    def __init__(self, entries: tuple[RosterEntry, ...], day: date) -> None:
        self.entries = entries
        self.day = day
        self.now = [entry for entry in entries if entry.on(day)]
        self._agencies = sorted({_key(e.agency) for e in entries}, key=len, reverse=True)
        current = {_key(entry.agency) for entry in self.now}
        over = {
            _key(e.agency)
            for e in entries
            if e.valid_to is not None and e.valid_to < day and _key(e.agency) not in current
        }
        live = {form for name in current for n in (name, _short(name)) if n for form in written(n)}
        forms = {form: name for name in over for n in (name, _short(name)) if n for form in written(n)}
        self.ended = {form: forms[form] for form in sorted(forms, key=len, reverse=True) if form not in live}
        self.by_holder: dict[str, list[RosterEntry]] = {}
        for entry in entries:
            if len(entry.holder.split()) > 1:
                self.by_holder.setdefault(canonical(entry.holder).lower(), []).append(entry)

    def current(self, held: list[RosterEntry]) -> list[RosterEntry]:
        """Those of a person's entries that hold on the day."""
        return [entry for entry in held if entry.on(self.day)]

    def heirs(self, ended: RosterEntry) -> list[RosterEntry]:
        """Entries that began when an agency ended, with its holder: most likely what it became."""
        return [
            e
            for e in self.now + list(self.entries)
            if e.holder and e.holder == ended.holder and _key(e.agency) != _key(ended.agency)
        ][:2]

    def agency_of(self, office: str) -> str | None:
        """The roster's agency that a text means by "Sở Y tế tỉnh" or "Sở"; None when that is open."""
        office = in_full(office.strip(" ,"))
        for name in self._agencies:
            short = _short(name)
            if not office.startswith(name) and not (short and office.startswith(short)):
                continue
            rest = office[len(short) :].strip()
            where = rest.split(",")[0].strip()
            if not rest or rest.startswith("tỉnh"):
                return name
            if name.startswith(f"{short} {where}") or name.endswith(f" {where}"):
                return name
        return None


@dataclass(frozen=True, slots=True)
class _Claim:
    start: int
    end: int
    title: str
    office: str


def _claim(text: str, start: int, end: int) -> _Claim | None:
    """Title and office that a sentence gives the person at start..end."""
    after = re.match(rf"\A\s*(?:,|\(|-|–)?\s*(?:hiện là |là )?(?P<title>{_TITLES})\b", text[end:])
    salute = _SALUTE.search(text, max(0, start - 10), start)
    begin = salute.start() if salute else start
    if after:
        office = _OFFICE.match(text[end + after.end() :])
        words = _cut(office.group("office")) if office else ""
        stop = end + after.end() + len(words)
        former = _FORMER.search(text[max(0, begin - 24) : end + after.end()])
        return None if former or not words else _Claim(begin, stop, after.group("title"), words)
    before = list(_TITLE.finditer(text, max(0, begin - 110), begin))
    if not before:
        return None
    last = before[-1]
    office_text = text[last.end() : begin]
    if any(mark in office_text for mark in '.;:"“”') or not _OFFICE.match(office_text):
        return None
    if _FORMER.search(text[max(0, last.start() - 24) : last.start()]):
        return None
    return _Claim(last.start(), end, last.group(), office_text)


def _cut(office: str) -> str:
    """An office name ends where the sentence goes on: at a verb or at a comma that starts no "và" list."""
    stop = re.search(
        r" (?:cho biết|cho hay|nói|khẳng định|kêu gọi|nhấn mạnh|phát biểu|trả lời|đã|đang|sẽ|yêu cầu|chia sẻ|"
        r"thừa nhận|chủ trì|dự|tham dự|đề nghị|trao|thông tin|báo cáo|đánh giá|chỉ đạo|giải thích|xác nhận|"
        r"đến|tại|vào|khi|là)\b"
        r"|, (?!(?:thể thao|[^,]{2,30} và ))",
        office,
    )
    return office[: stop.start()] if stop else office.rstrip()


def _same(entry: RosterEntry, title: str, agency: str) -> bool:
    return _key(entry.agency) == agency and (
        entry.title.lower() == title or entry.title.lower().startswith(title + " ")
    )


def _key(agency: str) -> str:
    return in_full(canonical(agency).lower().strip())


def _short(agency: str) -> str:
    """An agency's name without its province: "sở y tế"."""
    return (
        re.split(r" (?:tỉnh|thành phố|tp\.?) ", agency, maxsplit=1)[0]
        if " tỉnh " in agency or " thành phố " in agency
        else ""
    )


def _of_other_province(after: str, agency: str) -> bool:
    """Whether another province is named right behind an agency's name."""
    named = _PROVINCE_BEHIND.match(after)
    return named is not None and canonical(named["name"]).lower() not in agency


def _whole(text: str, name: str) -> int:
    if name not in text:  # true of nearly all, and far cheaper than a pattern
        return -1
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return match.start() if match else -1


def _present(sentence: Sentence, start: int, end: int, day: date, until: int | None = None) -> bool:
    """Whether the sentence speaks of the day of publication and not of earlier times.

    ``until``: where what somebody says begins; years in that are of what he tells.
    """
    text = sentence.text
    if _FORMER.search(text[max(0, start - 40) : start]) or _NOW_OTHER.match(text[end:]):
        return False
    if _FORMER.search(text[end : end + 30]):
        return False
    return all(int(year) >= day.year for year in _YEAR.findall(text[:until]))


def _clause_end(text: str, end: int) -> int:
    """The end of the clause, or of the last whole word within reach of the agency's name."""
    mark = _CLAUSE_MARK.search(text, end, end + REACH)
    if mark:
        return mark.start()
    if len(text) <= end + REACH:
        return len(text.rstrip())
    return max(end, text.rfind(" ", end, end + REACH))


def _row(entry: RosterEntry) -> str:
    start = f"từ {entry.valid_from:%d/%m/%Y}" if entry.valid_from else ""
    end = f"đến {entry.valid_to:%d/%m/%Y}" if entry.valid_to else ""
    when = " ".join(part for part in (start, end) if part)
    office = " ".join(part for part in (entry.title, entry.holder) if part)  # a roster may hold agencies only
    return entry.agency + (f": {office}" if office else "") + (f" ({when})" if when else "")
