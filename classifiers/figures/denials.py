"""Whether a text takes a figure back: in its sentence, in the next one, or by its headline."""

from __future__ import annotations

import re

from classifiers.figures.context import Context
from classifiers.figures.cues import cue
from classifiers.records import Field

_FALSE = (
    r"(?:sai|nhầm|nhầm lẫn|không đúng|chưa đúng|không chính xác|thiếu chính xác|chưa chính xác|không có thật"
    r"|không phải sự thật|bịa|bịa đặt|xuyên tạc|thất thiệt|vô căn cứ|(?:không|chưa) có (?:căn cứ|cơ sở)"
    r"|chưa được (?:kiểm chứng|xác nhận)|phóng đại|thổi phồng|tin giả|bác bỏ|phủ nhận|rút lại|thu hồi|gỡ"
    r"|cắt ghép|giả mạo|dàn dựng|không thừa nhận|không công nhận)"
)
_THAT = (
    r"(?:(?:điều|con số|số|thông tin|tin|số liệu|nội dung|chuyện|tuyên bố|phát ngôn|tỷ lệ|mức"
    r"|bài|bài viết|tính toán)"
    r" (?:này|đó|ấy|trên|nói trên|vừa nêu|vừa rồi)|(?:đó|đây) (?:hoàn toàn )?(?:là|chỉ là))"
)
_THAT_IS_FALSE = re.compile(rf"(?<!\w){_THAT}(?!\w)[^.;]{{0,60}}(?<!\w){_FALSE}(?!\w)")
_DENIES_THAT = re.compile(rf"(?<!\w){_FALSE}(?!\w)[^.;]{{0,30}}(?<!\w){_THAT}(?!\w)")
_MENDED_TO = re.compile(
    r"[^\d;]{0,60}?(?<!\w)(?:(?:xin |được |nay |đã |phải )*(?:sửa|sửa lại|đính chính|cải chính"
    r"|điều chỉnh lại) (?:lại )?(?:thành|là|rằng)|đúng ra là|đúng phải là)(?!\w)"
)
# "Đó là số vụ vi phạm ...", "đây là tổng mức đầu tư": the figure is said to be of something else.
_THAT_IS_OTHER = re.compile(
    r"(?<!\w)(?:đó|đây) (?:thực ra |thực chất |chỉ )?là "
    r"(?:số (?!liệu|chính|thật|cao|thấp|đúng|ít|nhiều|lớn)|tổng )"
)
# "Số liệu ấy đã bị Sở bác bỏ: chốt năm 2017 là 743 nghìn": behind the colon stands what holds.
_ANSWERED = re.compile(
    r"(?<!\w)(?:đính chính|cải chính|sửa lại|nói lại|đọc lại)(?: lại)?:|"
    rf"(?<!\w){_FALSE}(?!\w)[^;]*;(?=[^;]*$)|"
    rf"(?<!\w){_FALSE}(?!\w)[^:;]{{0,40}}:(?=[^:]*$)"
    rf"|(?<!\w){_FALSE}(?!\w)[^:;]{{0,60}},[^,;]{{0,20}}(?<!\w)"
    r"(?:khẳng định|cho biết|nêu rõ|công bố|chốt)(?!\w)"
)
_MENDED_NEXT = re.compile(
    r"\s*(?:thực ra,? |nay |chúng tôi |tòa soạn )*(?:(?:con )?số (?:liệu )?(?:đúng|chính xác"
    r"|thật)(?: ra)?(?: phải)? (?:là|chỉ|phải)"
    r"|đúng (?:ra|phải)|chính xác (?:là|phải)|(?:xin )?(?:được )?(?:sửa|đính chính|cải chính"
    r"|nói lại))[^.]{0,60}\d"
)
_NOT_BUT = re.compile(
    r"(?:^|[.;:“\"])\s*(?:không phải|chẳng phải|chứ không phải)[^\d.;]{0,25}\d[^,;]*,"
    r"(?! (?:như|theo|mà)(?!\w))"
)
_ASKS_IF_TRUE = re.compile(r"(?<!\w)(?:đúng|thật|thực hư|chính xác|sự thật)(?!\w)[^?]*\?")
_ASKS = re.compile(r"(?<!\w)(?:không|chưa|chăng|ư|à|hả|nhỉ|hay sao|thật sao)[”\"]?\s*\?$")
_ALTERNATIVES = re.compile(r"\d[^?.;]{0,40}(?<!\w)hay(?: là)? [^?.;]{0,12}\d")
_ASKS_WHY = re.compile(r"(?<!\w)(?:vì sao|tại sao|sao|do đâu|bởi đâu)(?!\w)")
_TAKEN_BACK = (_THAT_IS_FALSE, _DENIES_THAT, _THAT_IS_OTHER, _ASKS_IF_TRUE)


def is_denied(context: Context) -> bool:
    """Whether the quantity is told only to be denied, corrected, withdrawn or asked after."""
    sentence = context.text(context.sentence)
    before = context.text(context.before_in_sentence)
    mended = max(_last_end(pattern, before) for pattern in (cue("corrected"), _ANSWERED, _NOT_BUT))
    if cue("denied").search(sentence) and mended < 0:
        return True
    if _last_end(cue("mistaken"), before) > mended:
        return True
    after = context.text(context.after_in_sentence)
    if _MENDED_TO.match(after):
        return True
    if mended < 0 and _is_taken_back(context, before, after):
        return True
    return _is_asked(sentence.rstrip(), before)


def _is_taken_back(context: Context, before: str, after: str) -> bool:
    """Whether the words behind it, the next sentence or the headline takes the figure back."""
    if _THAT_IS_FALSE.search(after) or _DENIES_THAT.search(after):
        return True
    following = context.number + 1
    if following < len(context.sentences):
        said = context.text(context.sentences[following])
        if any(pattern.search(said) for pattern in _TAKEN_BACK) or _MENDED_NEXT.match(said):
            return True
    headline = before if context.field is Field.TITLE else context.other
    return cue("denying_title").search(headline) is not None


def _is_asked(sentence: str, before: str) -> bool:
    if not sentence.rstrip("”\"' ").endswith("?"):
        return False
    if _ALTERNATIVES.search(sentence):
        return True
    return bool(cue("question").search(before) or (_ASKS.search(sentence) and not _ASKS_WHY.search(before)))


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=-1)
