"""A state of the headline of which the text knows nothing, and another in the text that excludes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.signals.headline.candidate import Candidate, clause
from classifiers.signals.headline.exclusions.pairs import PAIRS, Pair
from classifiers.signals.headline.plans import PLANNED
from classifiers.signals.headline.slots.slot import Place, content, masked
from classifiers.signals.headline.slots.stance import DENIED, HEDGED, denied, hedged
from classifiers.signals.reading import Reading, Sentence

SHORT = 1_300
"""Characters up to which a text has one matter only, so that its sentences need few words of the title."""
SHORT_BROAD = 2_000
"""The same for claims whose line is wide."""
NEAR_SHORT, NEAR_BROAD, NEAR_LONG = 1, 2, 3
"""Words of the title that the sentence and its neighbours, in a long text the sentence itself, must have."""
SHARE_LONG = 0.3
CLOSE = 45
_UNMEANT = re.compile(
    r"\b(?:suýt|hụt|tìm thấy|tìm được|vớt|phát hiện|nhận dạng|giả vờ|thử|yêu cầu|kêu gọi|đòi|đến lúc|chống|"
    r"phòng|tránh|ngăn|tội|thoát|khỏi|sau khi|trước khi|khi|sau|trước|lo|sợ|hết|mong|chờ|ước|liệu|vì sao|"
    r"nên|cần|phải|đừng|hãy|vụ|nghi án|tố|bị tố|dọa|vượt|cứu|người)(?: [^\W\d_]+){0,3} \Z"
)
_LOOSE = re.compile(
    r"\b(?:tin đồn|thực hư|sự thật|nghi|nghi vấn|có thể|nguy cơ|dự kiến|sẽ|sắp|liệu|vì sao|tại sao|"
    r"thế nào|ra sao|cách|bí quyết|nếu|lo|nói gì|lên tiếng về|suýt|hụt|sớm|đến năm|mục tiêu|kỳ vọng|"
    r"kế hoạch)\b"
)
_EARLIER = re.compile(
    r"\b(?:trước đó|trước đây|trước kia|hồi (?:tháng|năm|đầu|cuối)|từng|năm ngoái|năm trước|cùng kỳ|ban đầu|"
    r"lúc đầu|vốn|lẽ ra|nếu|đáng lẽ|theo kế hoạch|khi|sau khi|tháng trước|tuần trước|hôm trước|nhiều (?:năm|"
    r"lần)|cuối cùng|theo dự kiến|\w+ năm qua|ngày trước)\b"
)
_ANOTHER = re.compile(
    r"\A(?:riêng|ngoài ra|trong khi đó|bên cạnh đó|mặt khác|tương tự|cũng theo)\b|\b(?:khác|nơi khác|các "
    r"(?:nước|tỉnh) khác)\b"
)
_FAR_DENIED = re.compile(r"\b(?:không|chưa|chẳng|khó|ít)\b(?: \w+){0,6} \Z")
_NAME_BEGUN = re.compile(r"[^\W\d_]+ (?=·)")
"""The first word of a name at the beginning of a title, which is not masked."""
_QUOTE = re.compile(r"[\"“”‘’']")
_APART = re.compile(r"(?:riêng|trong khi đó|trước đó|năm ngoái|trước đây)\b")
"""Openings of sentences on something else, which bear nothing out."""
_HEARSAY = re.compile(
    r"\b(?:đồn|nghi|nghi ngờ|nghi vấn|cáo buộc|tố|phản ánh|có thông tin|tin đồn|lan truyền|cho rằng|lời đồn|"
    r"giả thiết|phương án|loại trừ)(?: [^\W\d_]+){0,7} \Z"
)
_MARK = re.compile(r"[,;:.]")


def excluded(target: Reading) -> Candidate | None:
    """The first claim of the title that the text excludes."""
    return next(claims(target), None)


def claims(target: Reading, *, wide: bool = True) -> Iterator[Candidate]:
    """Every claim of the title that the text excludes; without ``wide``, by no wide line."""
    title = target.title
    if title.cased.isupper():
        return
    told = masked(title)
    if _LOOSE.search(told):
        return
    for pair in PAIRS if wide else [p for p in PAIRS if p.also]:
        match = pair.claim.search(told)
        if not match or pair.against.search(told) or (pair.rule == "planned" and PLANNED.search(told)):
            continue
        before = told[: match.start()]
        if len(_QUOTE.findall(before)) % 2 or _QUOTE.match(told, match.end()):
            continue  # somebody's word
        if DENIED.search(before) or HEDGED.search(before) or _UNMEANT.search(before):
            continue
        if _borne_out(target, pair, match.group()):
            continue
        rest = content(f"{title.text[: match.start()]} {title.text[match.end() :]}")
        beside = content(
            " ".join([*_NAME_BEGUN.sub("", before).split()[-2:], *told[match.end() :].split()[:2]])
        )
        found = _against(target, pair, rest, rest if pair.also and pair.rule != "opposite" else beside)
        if found is not None:
            start, end = clause(title.text, match.start(), match.end())
            yield Candidate.whole(pair.rule, start, end, found)


def _borne_out(target: Reading, pair: Pair, word: str) -> bool:
    """Whether any sentence has the claim, neither denied nor merely expected."""
    told = (pair.claim, pair.also) if pair.also else (re.compile(rf"\b{re.escape(word)}\b"),)
    for sentence in target.sentences:
        for words in told:
            for found in words.finditer(sentence.text):
                place = Place(sentence, found.start(), found.end())
                if denied(place) or hedged(place) or _HEARSAY.search(sentence.text[: found.start()]):
                    continue
                if not _APART.match(sentence.text) and not _within(sentence.text, found, pair.against):
                    return True
    return False


def _within(text: str, found: re.Match[str], against: re.Pattern[str]) -> bool:
    """Whether a claim's word is only part of what speaks against it: "chưa hoàn thành"."""
    return any(m.start() <= found.start() and found.end() <= m.end() for m in against.finditer(text))


def _against(target: Reading, pair: Pair, rest: set[str], beside: set[str]) -> Sentence | None:
    """The sentence on the same matter that has the excluding state, with most of the title's words.

    ``beside``: words right beside the claim, of which a sentence of a long text must have one: what rose is
    not what fell.
    """
    best: tuple[int, Sentence] | None = None
    short = len(target.body) <= SHORT
    for number, sentence in enumerate(target.sentences):
        for found in pair.against.finditer(sentence.text):
            place = Place(sentence, found.start(), found.end())
            ahead = _MARK.split(sentence.text[: found.start()])[-1]
            if (
                denied(place)
                or hedged(place)
                or _FAR_DENIED.search(ahead)
                or _EARLIER.search(ahead)
                or _ANOTHER.search(sentence.text)
            ):
                continue
            own = rest & {t.word for t in target.spoken[number]}
            around = rest & {
                t.word for words in target.spoken[max(0, number - 1) : number + 2] for t in words
            }
            if short and pair.also:
                fits = len(around) >= NEAR_SHORT and (
                    pair.rule != "opposite" or _near(sentence, found, beside)
                )
            elif pair.also is None and pair.rule == "denied":
                fits = len(target.body) <= SHORT_BROAD and len(around) >= NEAR_BROAD
            elif pair.also is None:
                enough = len(own if len(target.body) > SHORT else around) >= NEAR_BROAD
                fits = len(target.body) <= SHORT_BROAD and enough and bool(around & beside)
            else:
                fits = (
                    len(own) >= NEAR_LONG
                    and len(own) >= SHARE_LONG * len(rest)
                    and _near(sentence, found, beside)
                )
            if fits and (best is None or len(own) > best[0]):
                best = (len(own), sentence)
    return best[1] if best else None


def _near(sentence: Sentence, found: re.Match[str], beside: set[str]) -> bool:
    """Whether one of the words stands close to what excludes the claim."""
    close = content(sentence.text[max(0, found.start() - CLOSE) : found.end() + CLOSE])
    return not beside or bool(close & beside)
