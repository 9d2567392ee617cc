"""Numbers of the title: another number, another thing counted, another outcome, only a part of it."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, shared
from classifiers.signals.quantities import Quantity, quantities
from classifiers.signals.reading import MAX_SENTENCE, MAX_TITLE_QUANTITIES, Reading, Sentence
from classifiers.signals.wording import word_set

PEOPLE = word_set(
    """
    người nạn công học sinh em cháu bé trẻ hành thuyền ngư bệnh thanh phụ nữ nam đối bị nghi cán chiến
    thợ nông du mẹ vợ đứa lao giáo thí tài lái cảnh kẻ tên tiểu khách nhân vận bác kỹ phóng cụ thầy cô
    """
)
ANIMALS_AND_THINGS = word_set(
    """
    con trâu bò lợn heo gà vịt dê chó mèo cá xe ô ôtô tàu thuyền nhà căn ngôi cây ha hộ gian cửa cột tấn
    máy
    """
)
DEATH = r"(?:chết|tử vong|thiệt mạng|tử nạn|thiệt mạng|tử thương|mất mạng|bỏ mạng|qua đời|tử nạn)"
INJURY = r"(?:bị thương|thương tích|trọng thương|nhập viện|cấp cứu|thương nặng|thương nhẹ|bị bỏng|xây xát)"
MISSING = r"(?:mất tích|mất liên lạc)"
_OUTCOMES = tuple(re.compile(rf"\b{words}\b") for words in (DEATH, INJURY, MISSING))
_DEATH_TRACES = re.compile(
    rf"\b(?:{DEATH}|thi thể|tử thi|xác (?:nạn nhân|người|chết)|sát hại|giết|đám tang|mai táng|hy sinh|"
    rf"không qua khỏi|chôn cất|oan mạng|án mạng|nạn nhân xấu số|mạng người)\b"
)
_PART = re.compile(
    r"\b(?:trong đó|thêm|còn|khác|còn lại|trước đó|đầu tiên|riêng|mỗi|từng|gồm|năm ngoái|cùng kỳ|trong số|"
    r"lần lượt|tiếp|nữa|cũng)\b"
)
LABEL = re.compile(r"\A(?:tiếp |lại |từ |quanh |xung quanh |liên quan )?(?:vụ|diễn biến|toàn cảnh)\b[^:]*:")
_AIM = re.compile(r"\b(?:mục tiêu|kế hoạch|phấn đấu|dự kiến|so với cùng kỳ)\b")
_CHANGE = re.compile(r"\b(tăng|giảm)(?: \w+){0,2} \Z")
_HELD = re.compile(r"\b(?:mang|lĩnh|hiện là|hiện nay|mỗi|từng) (?:\w+ )?\Z")
"""A number that a single one bears, or that holds now while the title tells of a change."""
LIMIT = re.compile(r"\b(?:không quá|không vượt quá|tối đa|tối thiểu|ít nhất|cho phép|giới hạn)(?: \w+)? \Z")
"""A number that is allowed, not one that is."""
PER = re.compile(r"\A(?: [^\W\d_]+){1,3} (?:một|mỗi|chung một) [^\W\d_]+")
"""Two patients a bed: no count of all of them."""
_LABELLED = re.compile(r"(?<=[^\W\d]): (?=\d)")
_WEAK_UNITS = word_set(
    """
    năm tháng ngày giờ phút tuổi lần tuần phần điểm loại kiểu cách lý điều bí cặp số top trận set bàn
    phim vai
    """
)


def title_numbers(target: Reading) -> list[Quantity]:
    """Numbers of the title, those right behind a label ("Phú Thọ: 13 người") too."""
    if not _LABELLED.search(target.title.text):
        return list(target.title_quantities)
    return quantities(_LABELLED.sub(", ", target.title.text)[:MAX_SENTENCE])[:MAX_TITLE_QUANTITIES]


def other_number(target: Reading) -> Candidate | None:
    """The title counts five dead, the text two."""
    title = target.title.text
    for quantity in title_numbers(target):
        # "Vụ lật đò 8 người chết: ..." only says which case is meant, and may be newer than the text.
        if LABEL.match(title) and quantity.start < title.find(":"):
            continue
        if not countable(quantity) or supported(quantity, target) or PER.match(title[quantity.end :]):
            continue
        if "thương vong" in title:  # dead and injured together, which the text gives one by one
            continue
        best = _best_rival(_rivals(quantity, target))
        if best is not None:
            sentence, rival = best
            return Candidate.counted("count", title, quantity, sentence, rival)
    return None


def _rivals(quantity: Quantity, target: Reading) -> list[tuple[int, Sentence, Quantity]]:
    """Other numbers of the text for the same thing, with how many words around both are the same."""
    title = target.title.text
    outcome = outcome_of(title, quantity)
    found = []
    for sentence, rival in target.quantities:
        if rival.percent != quantity.percent or rival.agrees(quantity) or (rival.spelled and rival.value < 2):
            continue
        growth = _same_change(title, quantity, sentence, rival)
        if not growth and (_part(sentence, rival) or _AIM.search(sentence.text)):
            continue
        before = sentence.text[max(0, rival.start - 24) : rival.start]
        if _HELD.search(before) or LIMIT.search(before):
            continue
        if not quantity.percent and not same_thing(quantity, rival):
            continue
        if outcome is not None and not outcome.search(ahead(sentence.text, rival)):
            continue
        common = shared(_around(sentence.text, rival), _around(title, quantity)) + growth
        alike = rival.percent or quantity.unit[:2] == rival.unit[:2] or measure(rival) == "money"
        if common >= (1 if outcome is not None else 2 if alike else 3):
            found.append((common, sentence, rival))
    return found


def _same_change(title: str, quantity: Quantity, sentence: Sentence, rival: Quantity) -> bool:
    """Whether both are growth, or both decline: "tăng 40%" and "tăng 14% so với cùng kỳ"."""
    ours = _CHANGE.search(title[: quantity.start])
    theirs = _CHANGE.search(sentence.text[: rival.start])
    return bool(quantity.percent and ours and theirs and ours.group(1) == theirs.group(1))


def _best_rival(rivals: list[tuple[int, Sentence, Quantity]]) -> tuple[Sentence, Quantity] | None:
    """The number the text gives most often; None where it gives several and none of them clearly."""
    weight: dict[float, int] = {}
    for common, _, rival in rivals:
        weight[rival.value] = weight.get(rival.value, 0) + common
    if not weight:
        return None
    ranked = sorted(weight.values(), reverse=True)
    if len(ranked) > 1 and ranked[0] < 2 * ranked[1]:
        return None
    value = max(weight, key=lambda number: weight[number])
    _, sentence, rival = max((r for r in rivals if r[2].value == value), key=lambda item: item[0])
    return sentence, rival


def other_thing(target: Reading) -> Candidate | None:
    """The same number counts people in the title and buffaloes in the text."""
    title = target.title.text
    for quantity in title_numbers(target):
        if not quantity.unit or quantity.unit[0] not in PEOPLE or quantity.value < 2:
            continue
        same = [(s, q) for s, q in target.quantities if q.value == quantity.value and q.unit]
        if not same or any(q.unit[0] in PEOPLE for _, q in same):
            continue
        tail = ahead(title, quantity)
        for sentence, rival in same:
            named = " ".join(rival.unit[1:3])
            if named and named in title:  # five men with five machetes
                continue
            if rival.unit[0] in ANIMALS_AND_THINGS and shared(ahead(sentence.text, rival), tail) >= 2:
                return Candidate.counted("object", title, quantity, sentence, rival)
    return None


def other_outcome(target: Reading) -> Candidate | None:
    """The same number of people is dead in the title and injured in the text."""
    title = target.title.text
    for quantity in title_numbers(target):
        if not quantity.unit or quantity.unit[0] not in PEOPLE:
            continue
        behind = ahead(title, quantity)
        told = [o for o in _OUTCOMES if o.search(behind)]
        if len(told) != 1:
            continue
        if told[0].search(target.body) and not _all_others(target, quantity, told[0]):
            continue
        if told[0] is _OUTCOMES[0] and not told[0].search(target.body) and _DEATH_TRACES.search(target.body):
            continue
        for sentence, rival in target.quantities:
            if rival.value != quantity.value or not rival.unit or rival.unit[0] not in PEOPLE:
                continue
            behind = _in_clause(sentence.text, rival)
            if told[0].search(behind) or told[0].search(
                sentence.text[max(0, rival.start - 110) : rival.start]
            ):
                break
            if any(o.search(behind) for o in _OUTCOMES if o is not told[0]):
                return Candidate.counted("outcome", title, quantity, sentence, rival)
    return None


def _all_others(target: Reading, quantity: Quantity, outcome: re.Pattern[str]) -> bool:
    """Whether the text counts this outcome, and only with other numbers: 7 dead and 66 injured."""
    tolls = [
        q.value
        for s, q in target.quantities
        if q.unit and q.unit[0] in PEOPLE and outcome.search(_in_clause(s.text, q))
    ]
    return bool(tolls) and min(abs(toll - quantity.value) for toll in tolls) >= 1


def other_toll(target: Reading) -> Candidate | None:
    """All who were there are victims in the title, and some of them in the text: five aboard, one missing."""
    title = target.title.text
    if LABEL.match(title) or "thương vong" in title or _NO_DEATH.search(title):
        return None
    for quantity in title_numbers(target):
        outcome = _OUTCOMES[0] if "mạng" in quantity.unit[:2] else outcome_of(title, quantity)
        if outcome is None or not quantity.unit or quantity.value < 2:
            continue
        if quantity.unit[0] not in PEOPLE and "mạng" not in quantity.unit[:2]:
            continue
        people = [(s, q) for s, q in target.quantities if q.unit and q.unit[0] in PEOPLE]
        tolls = [(s, q) for s, q in people if outcome.search(_in_clause(s.text, q))]
        there = any(q.value == quantity.value for _, q in people)
        if not tolls or not there or any(q.high >= quantity.low for _, q in tolls):
            continue
        sentence, toll = max(tolls, key=lambda found: found[1].value)
        rest = quantity.value - toll.value
        if sum(q.value for _, q in tolls) >= quantity.value or (_part(sentence, toll) and toll.value > 1):
            continue
        others = [o for o in _OUTCOMES if o is not outcome]
        elsewhere = any(
            q.value == quantity.value and any(o.search(_in_clause(s.text, q)) for o in others)
            for s, q in people
        )
        if elsewhere or any(q.value == rest for _, q in people) or _ALIVE.search(target.body):
            return Candidate.counted("count", title, quantity, sentence, toll)
    return None


def _in_clause(text: str, quantity: Quantity) -> str:
    """What follows a number up to the end of its clause."""
    return re.split(r"[,;.:]", text[quantity.end : quantity.end + 45])[0]


_NO_DEATH = re.compile(
    r"\b(?:thoát|suýt|cứu|khỏi|hụt|không|chết (?:dần|mê|cười|người|lặng|đứng|khiếp|yểu|máy)|cái|nếu|sẽ|"
    r"nguy cơ|ám ảnh)\b"
)
_ALIVE = re.compile(
    r"\b(?:sức khỏe[^.]{0,30}(?:ổn định|tiến triển|bình phục)|đã ổn định|bỏng nhẹ|thương nhẹ|xây xát|không "
    r"nguy hiểm|đã bình phục|(?:đã|được) xuất viện|tỉnh táo|qua cơn nguy kịch|thoát nạn|thoát chết|cứu sống|"
    r"được cứu|(?:ra|đưa) (?:lên bờ|ra ngoài) an toàn|không (?:có|gây) (?:thiệt hại|thương vong) về người|"
    r"không ai (?:bị thương|thiệt mạng))"
)
_HURT = re.compile(
    r"\bgãy (?:chân|tay|xương|tay chân)|\btr[ầà]y (?:da|xước|chân|tay)|\bbị thương\b|\bnhập viện\b|"
    r"\bvào viện\b|\bbăng bó\b|\bsơ cứu\b"
)
SHORT = 1_300
"""Characters up to which a text that tells of the injured would not leave out the dead."""
_NOBODY = re.compile(
    r"\bkhông (?:có |gây |ai |có ai )(?:thương vong|thiệt hại về người|bị thương|thiệt mạng|người (?:chết|"
    r"bị thương))"
)
_NOT_DEAD = re.compile(r"\b(?:thiệt mạng|chết)\Z")


def dead_or_alive(target: Reading) -> Candidate | None:
    """Death in the title and all well in the text, or nobody hurt in the title and victims in the text."""
    title = target.title.text
    death = None if "mất tích" in title else _OUTCOMES[0].search(title)
    if death and not _NO_DEATH.search(title) and "?" not in title and not _DEATH_TRACES.search(target.body):
        short = len(target.body) <= SHORT
        for harm in (_ALIVE, _HURT) if short else (_ALIVE,):
            sentence = next((s for s in target.sentences if harm.search(s.text)), None)
            if sentence is not None:
                return Candidate.about("outcome", title, death.span(), sentence)
    nobody = _NOBODY.search(title)
    if nobody and not _NOBODY.search(target.body) and "may mắn" not in target.body:
        # That nobody died is borne out by a text that tells of the injured alone.
        against = _OUTCOMES[:1] if _NOT_DEAD.search(nobody.group()) else _OUTCOMES[:2]
        for sentence, quantity in target.quantities:
            hurt = quantity.unit and quantity.unit[0] in PEOPLE
            if hurt and any(o.search(ahead(sentence.text, quantity, 30)) for o in against):
                return Candidate.whole("outcome", nobody.start(), nobody.end(), sentence)
    return None


_OF_WHICH = re.compile(r"\btrong (?:tổng )?số\b")


def only_part(target: Reading) -> Candidate | None:
    """The title gives to all what the text gives to some: "trong số 83 hiện vật, khoảng 30 là cổ vật"."""
    title = target.title.text
    for quantity in title_numbers(target):
        if quantity.value < 3 or not quantity.unit:
            continue
        tail = ahead(title, quantity, 60)
        for sentence, whole in target.quantities:
            if whole.value != quantity.value or not _OF_WHICH.search(sentence.text[: whole.start]):
                continue
            for other, part in target.quantities:
                if other is not sentence or part.start <= whole.start or part.value >= whole.value:
                    continue
                after = ahead(sentence.text, part, 70)
                # What the title says of all stands in the text only behind the smaller number.
                if shared(after, tail) >= 3 and shared(sentence.text[whole.end : part.start], tail) <= 2:
                    _, end = clause(title, quantity.start, quantity.end)
                    return Candidate.whole("part", quantity.start, max(end, _line_end(title)), sentence)
    return None


_MEASURES = {
    **dict.fromkeys(("phút", "giờ", "ngày", "tháng", "năm", "tuần", "tuổi", "giây"), "time"),
    **dict.fromkeys(("km", "m", "mét", "cm", "mm"), "length"),
    **dict.fromkeys(("đồng", "usd", "đô"), "money"),
    **dict.fromkeys(("ha", "m2", "héc"), "area"),
    **dict.fromkeys(("kg", "tấn", "tạ", "yến", "g"), "weight"),
}
_MEASURED = re.compile(r" ?(?:phút|giờ|ngày|tháng|năm|tuần|tuổi|giây|km|m\b|mét|cm|mm|ha\b|kg|tấn|%|độ)")


def measure(quantity: Quantity) -> str:
    """What kind of number it is; whatever is counted in pieces is of one kind."""
    if quantity.percent:
        return "%"
    return _MEASURES.get(quantity.unit[0], "count") if quantity.unit else "count"


def _line_end(text: str) -> int:
    return len(text.rstrip())


def countable(quantity: Quantity) -> bool:
    """Whether a number of a title counts something that a text would count, too."""
    if quantity.percent:
        return True
    return bool(quantity.unit) and quantity.unit[0] not in _WEAK_UNITS and quantity.value >= 2


def supported(quantity: Quantity, target: Reading) -> bool:
    """Whether the text has the number, rounded or as a sum, whatever it counts there."""
    kind = measure(quantity)
    if target.title.text[: quantity.start].endswith(" và ") and any(
        q.value == quantity.value + 1 and same_thing(quantity, q) for _, q in target.quantities
    ):
        return True  # "Đà Nẵng và 12 tỉnh" are 13
    low, high = quantity.low * 0.94, quantity.high * 1.06
    if any(low <= q.value <= high for _, q in target.quantities if measure(q) == kind):
        return True
    plain = f"{quantity.value:g}"
    if any(
        not _MEASURED.match(target.body[found.end() : found.end() + 8])
        for found in re.finditer(rf"(?<![\d.,/\-]){re.escape(plain)}(?![\d/\-]|[.,]\d)", target.body)
    ):
        return True
    spelled = target.title.text[quantity.start : quantity.end]
    if (
        quantity.spelled
        and spelled != "năm"
        and re.search(rf"\b(?<!thứ ){re.escape(spelled)} (?!mẹ\b|má\b|tôi\b|con\b)\w", target.body)
    ):
        return True
    if quantity.percent:
        return False  # nobody adds up shares for a headline
    same = sorted({q.value for _, q in target.quantities if same_thing(quantity, q)})[:14]
    return any(low <= a + b <= high for i, a in enumerate(same) for b in same[i + 1 :]) or any(
        low <= a + b + c <= high
        for i, a in enumerate(same)
        for j, b in enumerate(same[i + 1 :], i + 1)
        for c in same[j + 1 :]
    )


def same_thing(one: Quantity, other: Quantity) -> bool:
    """Whether both count the same kind of thing; people are people."""
    if not one.unit or not other.unit:
        return False
    first, second = one.unit[0], other.unit[0]
    return first == second or (first in PEOPLE and second in PEOPLE)


def ahead(text: str, quantity: Quantity, reach: int = 55) -> str:
    """What follows a number."""
    return text[quantity.end : quantity.end + reach]


def _around(text: str, quantity: Quantity) -> str:
    return text[max(0, quantity.start - 30) : quantity.start] + " " + text[quantity.end : quantity.end + 45]


def outcome_of(text: str, quantity: Quantity) -> re.Pattern[str] | None:
    """What befell those who are counted: death, injury, missing; None when nothing is said."""
    behind = ahead(text, quantity, 40)
    hits = [(m.start(), o) for o in _OUTCOMES if (m := o.search(behind))]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def _part(sentence: Sentence, quantity: Quantity) -> bool:
    return bool(_PART.search(sentence.text[max(0, quantity.start - 30) : quantity.end + 25]))
