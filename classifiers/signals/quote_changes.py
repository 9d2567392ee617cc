"""Whether two wordings of one utterance differ in what they say, and not merely in how long they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from classifiers.signals.meanings import senses
from classifiers.signals.opposites import OPPOSITE_WORDS, all_for_a_share, opposed
from classifiers.signals.reading import Token, words_of
from classifiers.signals.wording import DENIALS, SMALL_NUMBERS, content_words, word_set

SAME_WORDS = 0.8
FEW_NUMBERS = 3
LONGEST_CHANGE, FEW_TURNED = 4, 2
"""Words that may differ at all in one place, and that may be turned where the rest is told otherwise, too."""
MANY_SAME, MOSTLY_SAME = 8, 0.7
"""Words that must be the same around a thing that was put in the place of another, and their share."""
LONGEST_THING, FEWEST_OF_THING = 4, 2
SAME_BEGINNING, FEWEST_OF_END = 4, 3
_SCALES = frozenset({"nghìn", "ngàn", "triệu", "tỷ", "tỉ"})
"""Beside these the same number may be written in other digits: 510.000 and 510 nghìn."""

_PARTY = re.compile(
    r"\b(?:dân phòng|thanh niên|hành khách|bảo vệ|tài xế|lái xe|phụ xe|học sinh|sinh viên|phụ huynh|"
    r"giáo viên|nhà thầu|chủ đầu tư|nhà đầu tư|người mua|người bán|nạn nhân|gia đình|bệnh nhân|bác sĩ|"
    r"công nhân|chủ sử dụng|người lao động|ngư dân|nông dân|thương lái|kiểm lâm|lâm tặc|cảnh sát|công an|"
    r"bộ đội|chủ tàu|chủ xe|nhà xe|hộ kinh doanh|tiểu thương|khách hàng|ngân hàng|người vay|xã|huyện|tỉnh|"
    r"phường|sở|bộ|trung ương|địa phương|doanh nghiệp|người dân|cán bộ)\b"
)
"""Who may be meant: put in another's place they turn who did it or who is to blame."""
_FILLERS = word_set("tiến hành thì là mà rất cũng cả chỉ được hiện vẫn thể chắn bộ lớn số")


@dataclass(frozen=True, slots=True)
class _Difference:
    """What one wording has where the other has something else.

    gone, come  the words of ours and of theirs
    inner       ours has words on both sides of it
    whole       nothing of ours is outside it
    alike       the two are otherwise the same
    """

    gone: list[str]
    come: list[str]
    inner: bool
    whole: bool
    alike: bool


def changed(said: list[Token], theirs: list[Token]) -> bool:
    """Whether what differs turns the sense or a number, and not merely shortens or rewords."""
    a, b = [t.word for t in said], [t.word for t in theirs]
    if sum(w not in b for w in a) > 3 + len(a) // 8:
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # Figures in two lists look alike; in one utterance all but the figure is the same.
    alike = matcher.ratio() >= SAME_WORDS and sum(bool(_numbers([w])) for w in a) <= FEW_NUMBERS
    short = (
        _Difference(a[i:j], b[k:m], i > 0 and j < len(a), i == 0 and j == len(a), alike)
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal" and max(j - i, m - k) <= LONGEST_CHANGE
    )
    if any(_other_number(each) or (not each.whole and _turned(each)) for each in short):
        return True
    return _other_party(a, b, matcher)


def _other_number(it: _Difference) -> bool:
    ours, theirs = _numbers(it.gone), _numbers(it.come)
    return bool(ours and theirs and ours != theirs and it.alike and not {*it.gone, *it.come} & _SCALES)


def _turned(it: _Difference) -> bool:
    """Whether one denies what the other states, or has the opposite of a word."""
    denied, theirs_denied = _negations(it.gone), _negations(it.come)
    gone, come = _telling(it.gone), _telling(it.come)
    # Only the word that turns the sense may differ; with more it is another wording.
    if len(gone) - denied <= 1 and len(come) - theirs_denied <= 1:
        if denied != theirs_denied and (it.inner or len(gone) == len(come)):
            return True
        # What is under way may be done in a later report, but not the other way round.
        if "đã" in gone and "đang" in come:
            return True
        if any(frozenset((x, y)) in OPPOSITE_WORDS for x in gone for y in come):
            return True
    # Where more words differ, only in an utterance that is otherwise the same.
    if not it.alike and max(len(it.gone), len(it.come)) > FEW_TURNED:
        return False
    ours, theirs = " ".join(it.gone), " ".join(it.come)
    return opposed(ours, theirs) or all_for_a_share(ours, theirs)


def ends_otherwise(ours: str, theirs: str) -> bool:
    """Whether two sentences begin with the same words and then say what has nothing in common; only where the
    sentence beside it is the very same.
    """
    a, b = words_of(ours), words_of(theirs)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    if same < SAME_BEGINNING or min(len(a), len(b)) - same < FEWEST_OF_END:
        return False
    return not set(content_words(a[same:])) & set(content_words(b[same:]))


def _other_party(ours: list[str], theirs: list[str], matcher: SequenceMatcher[str]) -> bool:
    """Whether one party stands in the place of another and all else is the same: "phía dân phòng" and "phía
    nhóm thanh niên". Other words are left alone: outlets edit what is said.
    """
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    same = sum(block.size for block in matcher.get_matching_blocks())
    if same < MANY_SAME or same < MOSTLY_SAME * len(ours):
        return False
    inner = [(i, j, k, m) for tag, i, j, k, m in codes if tag == "replace" and i > 0 and j < len(ours)]
    if len(inner) != 1 or any(tag != "replace" and i > 0 and j < len(ours) for tag, i, j, _, _ in codes):
        return False
    i, j, k, m = inner[0]
    if j - i > LONGEST_THING or m - k > LONGEST_THING:
        return False
    gone, come = senses(" ".join(ours[i:j])), senses(" ".join(theirs[k:m]))
    if len(gone) < FEWEST_OF_THING or len(come) < FEWEST_OF_THING or gone & come:
        return False
    return bool(_PARTY.search(" ".join(ours[i:j])) and _PARTY.search(" ".join(theirs[k:m])))


def _telling(words: list[str]) -> list[str]:
    """The words without those that may come and go in the same utterance."""
    return [word for word in words if word not in _FILLERS]


def _numbers(words: list[str]) -> list[str]:
    """The numbers among the words, whether spelled, dotted or written to their unit ("21ha")."""
    found = []
    for word in words:
        if word in SMALL_NUMBERS:
            found.append(str(SMALL_NUMBERS.index(word) + 1))
        plain = word.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+\D*", word) else word
        found += re.findall(r"\d+", plain)
    return found


def _negations(words: list[str]) -> int:
    return sum(w in DENIALS for w in words)
