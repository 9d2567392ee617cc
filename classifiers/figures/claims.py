"""Whether the text asserts a quantity as a level; changes, plans, hearsay and denials do not."""

from __future__ import annotations

import re
from enum import StrEnum

from classifiers.figures.binding import Bound, is_growth
from classifiers.figures.complements import follows_its_complement
from classifiers.figures.concepts import plain, word_pattern
from classifiers.figures.context import Context
from classifiers.figures.cues import cue, phrases
from classifiers.figures.denials import is_denied
from classifiers.figures.numbers.hedges import Hedge
from classifiers.figures.numbers.quantity import Kind
from classifiers.figures.places import CAPITAL

# "10% kế hoạch" is measured by a plan, and no plan; "một số chỉ tiêu" are what is counted.
_NO_PLAN = re.compile(
    r"(?<=%) (?:số )?(?:kế hoạch|dự toán|chỉ tiêu)"
    r"|(?<!\w)(?:một số|các|những|nhiều|hệ thống|bảng|loạt) chỉ tiêu"
    r"|chỉ tiêu (?:kinh tế|chủ yếu|chính|cơ bản)"
)
_NOT_THIS = re.compile(rf"{cue('not_this').pattern}\s*$")
_CHANGE = re.compile(rf"{cue('change').pattern}(?: {cue('change_filler').pattern})*\s*$")
_LISTED = r"(?: \d[\d.,]*\d?(?: ?%)?(?: [^\W\d_]+){0,6}(?:,| và))+\s*$"
_GROWS = word_pattern(
    [phrase for phrase in phrases("change") if phrase not in ("hơn", "vượt", "kém", "thua")]
)
_CHANGES_LISTED = re.compile(rf"{_GROWS.pattern}(?: {cue('change_filler').pattern})*{_LISTED}")
_PICKED_LISTED = re.compile(rf"{cue('picked').pattern}{_LISTED}")
_AMONG = re.compile(r"(?<!\w)trong (?:tổng )?số (?!\d)(?P<those>[^,;]{3,60}),[^,;]*$")
_OF_THOSE = re.compile(
    r"\s*(?P<those>(?:[^\W\d_]+ ){1,3})(?:(?:của|ở|tại) [^,.;]{3,25} )?"
    r"(?:là|được|không|chưa|thuộc|đã|do)(?!\w)"
)
_PICKED = re.compile(rf"{cue('picked').pattern}(?: (?:được|thêm|mới|tổng cộng|gần|hơn|khoảng))*\s*$")
_HANDED_OVER = re.compile(r"bàn giao|sửa xong")
_ASKED = re.compile(r"(?<!\w)(?:khảo sát|phỏng vấn|thăm dò)[^.;]{0,30} (?!(?:19|20)\d\d(?!\d))\d")
_UNITS_THAT = re.compile(
    r"\s*(?:xã|phường|thị trấn|đơn vị)(?:(?:,| và|/) ?(?:xã|phường|thị trấn))*"
    r"(?: (?:của|ở|thuộc|tại) [^,.;]{2,25}?)? "
    r"(?:đạt|hoàn thành|chưa|không|bị|ngập|mất|thiếu|được|phải)(?!\w)"
)
_STRUCK = re.compile(
    r"(?<!\w)(?:về|(?<!chia )làm|khiến|lan ra|lan tới|lan sang|tràn vào|ảnh hưởng|nhấn chìm)\s*(?:\w+ )?$"
)
_IN_SO_MANY = re.compile(
    r"(?<!\w)(?:tại|(?<!dừng )(?<!chốt )(?<!đứng )(?<!nằm )(?<!giữ )(?<!neo )(?<!kẹt )(?<!lại )ở"
    r"|(?<!mạng )của|cho|giúp|hỗ trợ|giữa|đến với)\s*$"
)
_OF_WHICH = re.compile(r"[^.;:,]{0,50}(?<!\w)thì (?:chỉ |mới |có |còn |vẫn ){0,3}\d")
_WITH_OTHERS = re.compile(r"\((?:bao )?gồm|\((?:kể|tính) cả|(?<!\w)(?:gộp|tính|kể|gồm) cả(?!\w)")
_DID = re.compile(r"\s*(?:[^\W\d_]+,? ){1,5}đã(?!\w)")
_DID_NOT = re.compile(r"\s*(?:[^\W\d_]+ ){1,5}(?:chưa|(?<!chứ )không|đã hỏng)(?!\w)")
_COMPARED = re.compile(r"^\s*(?:\w+ ){0,4}(?:so với|hơn so với|nữa(?!\w)|so cùng kỳ)")
_MORE_THAN = re.compile(r"(?<!\w)(?:cao|thấp|nhiều|ít|lớn|nhỏ|đông|nhanh|chậm|dài|đắt|rẻ|tốt)\s*$")
_DONE = re.compile(r"(?<!\w)(?:thực hiện|thực thu|kết quả|thực đạt)\s*(?:\w+\s*)?$")
_OWN_STATE = re.compile(
    r"\s*[,;]?\s*(?:(?:hiện|hiện nay|hiện tại|đến nay|tới nay|lúc này)(?!\w)"
    r"|(?:mới|đã|nay) (?:là|có|đạt|chỉ|được)(?!\w))|"
    r"\s*,?\s*(?:trong khi|còn|dù|mà|nhưng)(?!\w)[^.;]{0,60}(?<!\w)"
    r"(?:mới|đã|vẫn|hiện|chỉ|năm ngoái|năm qua|năm 20\d\d)(?!\w)"
)
_WHOLE_SUM = re.compile(r"(?<!\w)(?:cộng|gộp|tính) (?:chung |gộp |lại )?(?:cả|toàn) tỉnh(?!\w)")
_TURNS = re.compile(r"(?<!\w)(?:mà|nhưng|để|nên|khiến)(?!\w)")
_TOLL = re.compile(r"chết|tốc mái|bị |mất tích|thương")
_WHOLE_OF = re.compile(rf"[Tt]ính cả (?:tỉnh|[{CAPITAL}][^\W\d_]* [{CAPITAL}][^\W\d_]*),")
_NO_LACK = re.compile(r"(?<!\w)không (?:qua khỏi|trở về|bao giờ về|về nhà|còn nữa)(?!\w)")
_FASTER = re.compile(
    r"(?<!\w)(?:tốc độ|mức tăng|tăng trưởng)[^,;]{0,40} (?:cao|thấp|nhanh|chậm) hơn [^,;%]{0,30}$"
)
_RULE = re.compile(r"^\s*(?:bộ )?(?:tiêu chí|điều kiện|quy định|yêu cầu|tiêu chuẩn|định mức)(?!\w)")
_PAID_TO = re.compile(r"\s*(?:cho|dành|chi|vào|từ|đến từ|thuộc|do|đi)(?!\w)")
_AS_COUNTED = re.compile(
    r"(?<!\w)nếu (?:chỉ |phải |cần |muốn ){0,2}(?:tính|kể|xét|nhìn|so|quy|gộp|chọn|nói|lấy|nhắc|hỏi|theo"
    r"|căn cứ|dựa|đối chiếu|điểm|nhớ|đếm|cộng|chia|đặt|tra)(?!\w)"
)
_ASSIGNED = re.compile(
    r"(?<!\w)(?<!bàn )(?<!chuyển )giao (?:cho )?"
    r"(?:tỉnh |ngành |chỉ tiêu |dự toán |thu |số thu |kế hoạch |hoàn thành |mức )"
)
_OPENING_SUM = re.compile(
    r"^\s*(?:nếu )?(?:tính|kể|gộp|cộng|gồm|bao gồm)(?: chung| dồn| gộp)? cả "
    r"(?:hai|ba|[^\d,;]{3,60} và )[^\d,;]{0,60},[^;]{0,80}$"
)
_FURTHEST_PLAN = 120  # characters from the sentence's start to the clause


class Standing(StrEnum):
    """How a quantity stands in its text."""

    ASSERTED = "asserted"
    PLANNED = "planned"  # counts only as a figure of another year
    PART = "part"  # of a restricted sub-type: "trạm mất liên lạc"
    NOT_ASSERTED = "not-asserted"


def standing(context: Context, bound: Bound) -> Standing:
    """Whether the quantity is claimed as the indicator's level."""
    before = _NO_PLAN.sub(" ", context.text(context.before_in_sentence))
    clause_before = _NO_PLAN.sub(" ", context.text((context.clause[0], context.quantity.start)))
    if _is_not_asserted(context, bound, before, clause_before):
        return Standing.NOT_ASSERTED
    if _is_planned(context, before, clause_before):
        return Standing.PLANNED
    return Standing.PART if _is_part(context, bound, before) else Standing.ASSERTED


def _is_not_asserted(context: Context, bound: Bound, before: str, clause_before: str) -> bool:
    """Whether it is hearsay, denied, supposed, a sum made up, a change, a rule, a share of another figure."""
    if cue("hearsay").search(context.text(context.sentence)) or _NOT_THIS.search(before):
        return True
    if is_denied(context):
        return True
    if cue("supposed").search(_AS_COUNTED.sub(" ", before)) or _OPENING_SUM.search(before):
        return True
    if bound.indicator.kind is Kind.COUNT and cue("sum").search(_WHOLE_SUM.sub(" ", clause_before)):
        return True
    if _is_change(context, bound) or _OF_WHICH.match(context.text(context.after_in_sentence)):
        return True
    if _RULE.search(before) or _is_share_of_last(context):
        return True
    cased = context.cased(context.before_in_sentence)
    with_others = _WITH_OTHERS.search(_WHOLE_OF.sub(" ", cased).lower())
    return context.quantity.kind is Kind.PERCENT and with_others is not None


def _is_planned(context: Context, before: str, clause_before: str) -> bool:
    """Whether a plan is told of, in the clause or ahead of it, and nothing says that it was reached."""
    planned = _ASSIGNED.search(clause_before) or cue("planned").search(clause_before)
    if planned and not cue("reached").search(clause_before):
        return True
    return (
        cue("planned").search(before) is not None
        and not (cue("reached").search(before) or _DONE.search(clause_before))
        and not _OWN_STATE.match(clause_before)
        and context.clause[0] - context.sentence[0] < _FURTHEST_PLAN
    )


def _is_part(context: Context, bound: Bound, before: str) -> bool:
    """Whether it counts those picked, asked or restricted, or divides up the indicator's own."""
    if context.quantity.kind is Kind.COUNT and _is_picked(context, bound, before):
        return True
    asked = _ASKED.search(before) or cue("polled").search(context.text(context.sentence))
    if context.quantity.kind is Kind.PERCENT and asked:
        return True
    if cue("once").search(before) or _is_of_those(context, bound):
        return True
    if _is_of_some(context, bound) or _is_the_others(context, bound):
        return True
    right = _TURNS.split(context.text(context.right))[0]
    restricted = cue("restricted").search(right) or cue("restricted").search(context.text(context.left))
    return restricted is not None and not (
        _says(bound, restricted.group()) or bound.indicator.is_named_in(restricted.group())
    )


def _is_picked(context: Context, bound: Bound, before: str) -> bool:
    """Whether something is done with so many of the whole; to hand over homes is to have completed them."""
    picked = _PICKED.search(context.text(context.left))
    if picked and _HANDED_OVER.match(picked.group()) and _says(bound, "hoàn thành"):
        return False
    return bool(picked or _PICKED_LISTED.search(before[-120:]))


def _is_share_of_last(context: Context) -> bool:
    """Whether a percentage divides up the figure before it: "chi 1.460 tỷ đồng, 94% cho tuyến tỉnh"."""
    if context.quantity.kind is not Kind.PERCENT or context.leads_its_sentence:
        return False
    alone = context.text(context.left).strip() in ("", ",", "và", ";")
    return alone and bool(_PAID_TO.match(context.text(context.right)))


def _is_of_some(context: Context, bound: Bound) -> bool:
    """Whether it counts those of a whole that did not, or beside a count of those that did not the others."""
    right = _NO_LACK.sub(" ", context.text(context.right))
    if re.search(r"chưa|chờ|thiếu", plain(bound.indicator.name)):
        said = f"{context.text(context.sentence)} | {context.other}"
        return bool(_DID.match(right)) or not cue("lacks").search(said)
    is_toll = _TOLL.search(bound.indicator.name) is not None
    return bound.indicator.kind is Kind.COUNT and not is_toll and bool(_DID_NOT.match(right))


def _is_the_others(context: Context, bound: Bound) -> bool:
    """Whether it makes up a hundred with a percentage before it, and is not said to be what lacks."""
    if context.quantity.kind is not Kind.PERCENT or bound.complement:
        return False
    if bound.indicator.is_named_in(context.text(context.left)):
        return False
    return follows_its_complement(context)


def _is_of_those(context: Context, bound: Bound) -> bool:
    """Whether the indicator's own are the whole here: "48% hộ nghèo là ...", "trong số hộ nghèo, 31% ..."."""
    among = _AMONG.search(context.text(context.before_in_sentence))
    if among and bound.indicator.is_named_in(among["those"]):
        return True
    if context.quantity.kind is not Kind.PERCENT or bound.indicator.kind is not Kind.PERCENT:
        return False
    those = _OF_THOSE.match(context.text(context.after_in_sentence))
    return those is not None and any(
        all(concept.words.search(those["those"]) for concept in wording if not concept.weak)
        for wording in bound.indicator.wordings
        if any(not concept.weak for concept in wording)
    )


def is_in_some(context: Context, bound: Bound) -> bool:
    """Whether something is said of so many of the units that the indicator counts: "tại 190 xã"."""
    if context.quantity.kind is not Kind.COUNT:
        return False
    left = context.text(context.left)
    if _IN_SO_MANY.search(left):
        if bound.indicator.is_named_in(left) and _TOLL.search(bound.indicator.name):
            return False  # "hất tung mái của 1.826 ngôi nhà"
        return context.next_words[0] in bound.indicator.heads
    concepts = [concept for wording in bound.indicator.wordings for concept in wording]
    if not any(concept.beside for concept in concepts):
        return False
    that = _UNITS_THAT.match(context.text(context.after_in_sentence))
    said = context.text(context.right)
    its_own = any(not (c.weak or c.beside) and c.words.search(said) for c in concepts)
    return bool(_STRUCK.search(left) or (that and not its_own))


def _says(bound: Bound, phrase: str) -> bool:
    """Whether the register itself restricts its figure so: "chỉ dự án cấp mới"."""
    return any(phrase in plain(f"{entry.indicator} {entry.scope}") for entry in bound.indicator.entries)


def _is_change(context: Context, bound: Bound) -> bool:
    """ "tăng 15,9%" and "thêm 4 xã" state no level, unless the indicator is a growth rate."""
    if is_growth(bound.indicator):
        return bool(_FASTER.search(context.text(context.before_in_sentence)))
    left = context.text((max(context.sentence[0], context.quantity.start - 30), context.quantity.start))
    number = context.quantity
    if number.hedge is Hedge.OVER and _MORE_THAN.search(left):  # "cao hơn 100%"
        return True
    if number.kind is not Kind.RATIO and _CHANGES_LISTED.search(
        context.text(context.before_in_sentence)[-120:]
    ):
        return True
    found = _CHANGE.search(left)
    if found and not bound.indicator.is_named_in(left[max(0, found.start() - 5) :], weak=True):
        levelled = re.search(r"(?:lên|xuống|còn|đạt|thành|vượt)\s*$", left)
        return not levelled
    return (
        bool(_COMPARED.match(context.text((number.end, context.sentence[1]))))
        and number.kind is Kind.PERCENT
        and bool(re.search(r"(?:tăng|giảm|bằng)(?: \w+){0,2}\s*$", left))
    )
