"""Titles that state as fact what the text denies, doubts, or has not found out yet."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, content_pairs, shared, unnamed
from classifiers.signals.quantities import quantities
from classifiers.signals.reading import Reading, Sentence, words_of
from classifiers.signals.wording import content_words

HEDGED = re.compile(
    r"\?|\b(?:nghi(?! phạm| can)|nghi án|nghi vấn|tin đồn|thực hư|sự thật|hiểu lầm|hiểu nhầm|bị tố|(?<!khởi "
    r")(?<!truy )tố|có thể|nguy cơ|sớm|dự kiến|sẽ|sắp|chưa|không(?! gian| khí| quân)|chẳng|bác(?! s[ĩỹ])|"
    r"phủ nhận|bịa|tung tin|lan truyền|xôn xao|rộ tin|đồn|nói gì|lên tiếng|giải thích|vì sao|tại sao|lý do|"
    r"muốn|đề xuất|kiến nghị|đề nghị|cần|phải|nên|liệu|hứa|cam kết|quyết (?!định)|kêu gọi|lo|sợ|suýt|hụt|"
    r"giả|thông tin|giải trình|trần tình|bí ẩn|thực chất|nói khác|đâu|phản hồi|đính chính|trả lời|xin lỗi|"
    r"khẳng định|cảnh báo|sai|tin(?! nhắn))\b"
)
_HEARSAY = re.compile(
    r"\b(?:chỉ là (?:sự |một sự )?(?:hiểu lầm|hiểu nhầm|tin đồn)|là (?:tin đồn|tin giả|tin vịt|tin thất "
    r"thiệt|bịa đặt|không có cơ sở|hoàn toàn sai)|(?:không đúng|sai) sự thật|không (?:hề )?(?:chính xác|có "
    r"thật|có cơ sở)|bịa đặt|thất thiệt)\b"
)
"""Calls something a rumour or a misunderstanding."""
_DENIAL = re.compile(
    r"\b(?:chứ không phải(?: là)?|không (?:hề )?có (?:chuyện|việc)|không phải (?:do|là|bị|"
    r"vụ))\s+(?P<what>[^.,;\"”]{3,45})"
)
_SUBJECT = re.compile(
    r"\b(?:sự việc|vụ việc|thông tin|tin này|nội dung|việc này|câu chuyện|tin đồn|nghi vấn|clip|bài viết)\b"
)
_OFFICIAL = re.compile(
    r"\b(?:công an|ubnd|chủ tịch|giám đốc|đại tá|thượng tá|trung tá|thiếu tá|trưởng|cơ quan|sở|lãnh đạo|"
    r"bệnh viện|chính quyền|hiệu trưởng|đại diện|cục|chi cục|ban)\b"
)
_NO_SUCH = re.compile(
    r"\bkhông (?:có|xảy ra|ghi nhận|phát hiện|để xảy ra) (?P<kind>(?:sự cố|vụ|hiện tượng|tình trạng|"
    r"trường hợp|dấu hiệu) )?(?!gì|nhiều|đủ|ai|cách|lý do|thêm)(?P<what>[^.,;]{3,40})"
)
_NOT_YET = re.compile(
    r"\b(?:(?:vẫn|hiện|hiện vẫn|nhưng|đến nay|tới nay|cũng|hiện nay)[ ,]+(?:vẫn )?chưa|chưa (?:có (?:ai|"
    r"dấu hiệu|kết quả|kết luận|câu trả lời|lời giải|thông tin)|"
    r"tìm (?:được|ra|thấy)|xác định được|thể|rõ|được (?:phê duyệt|chấp thuận|cấp|thông qua|khống chế|dập)|"
    r"hoàn thành|hoàn tất|xong)|còn (?:hơn |gần |khoảng )?[\d.]+ [^.;]{2,50}chưa)\b"
)
UNDONE = re.compile(
    r"\b(?:chưa|không|để|nhằm|sẽ|sớm|muốn|mong|đang|cần|chờ|khi|tiếp tục|dự kiến|chuẩn bị)\b[^.,;]{0,14}\Z"
)
_ANOTHER = re.compile(
    r"\A(?:ngoài ra|riêng|bên cạnh đó|trong khi đó|trước đó|mặt khác|hầu hết|đa số|một số|nhiều)\b|"
    r"\b(?:ngay )?(?:thời điểm|lúc|khi) (?:đó|ấy|này)\b"
)
"""Openings of sentences on something else, or on earlier hours."""
_ACRONYM = re.compile(r"\b[A-ZĐ]{3,}\b")
_STILL = re.compile(r"vẫn|hiện|đến nay|tới nay")
_DONE = re.compile(
    r"\b(?:đã (?!bị\b|từng\b|qua\b|đến lúc\b|rồi\b)|tìm ra|tìm thấy|tìm được|hoàn thành|hoàn tất|"
    r"khống chế (?!biển|thị|giá)|dập tắt|xong\b|chính thức|thông xe|khánh thành|lên kệ|về đích|"
    r"chấp thuận|thông qua|phê duyệt)"
)
_FOUND = re.compile(
    r"\b(?:đã (?:xác định|tìm ra|tìm được|làm rõ|rõ|có)|tìm ra|tìm được|xác định được|lộ diện|"
    r"lộ)(?: [\w]+){0,2}? (?P<what>nguyên nhân|thủ phạm|hung thủ|danh tính|lời giải|kết quả|kết luận)\b"
)
_NOT_KNOWN = re.compile(
    r"chưa (?:có|thể|rõ|xác định|tìm|công bố)[^.;]{0,20}(?:kết quả|kết luận|nguyên nhân|câu trả lời|lời "
    r"giải|thủ phạm|hung thủ|danh tính)|chưa (?:có kết quả|thể kết luận|có kết luận)"
)
_CAUSE = re.compile(
    r"\b(?:vì|do|bởi|tại) (?:bị )?(?P<cause>[^,.:;?!]{4,40})\Z|\b(?:vì|"
    r"do) (?:bị )?(?P<inner>[^,.:;?!]{4,40})"
)
_OPEN_CAUSE = re.compile(
    r"chưa (?:rõ|xác định|có kết luận|biết)[^.]{0,25} nguyên nhân|nguyên nhân[^.]{0,60}(?:đang|chưa|"
    r"chờ)[^.]{0,40}|(?:điều tra|làm rõ|xác định|tìm hiểu|xác minh)[^.]{0,20} nguyên nhân|chờ kết luận|chờ "
    r"kết quả|phỏng đoán"
)
_OTHER_CAUSE = re.compile(
    r"nguyên nhân[^.;]{0,45}(?:là|do|xác định|bởi)|\b(?:kết quả|kết luận|xác định)[^.;]{0,60}\b(?:do|"
    r"vì)\b|chưa (?:rõ|xác định)[^.;]{0,15}nguyên nhân|(?:điều tra|làm rõ) nguyên nhân"
)
_SPECULATION = re.compile(
    r"\b(?:nghi|phỏng đoán|cho rằng|có thể|chờ|đồn|chưa|khả năng|dự đoán|không loại trừ|nghi ngờ)\b"
)


def denied(target: Reading) -> Candidate | None:
    """The text calls it a misunderstanding or says that there was no such thing."""
    title = target.title.text
    if HEDGED.search(unnamed(target.title)) or '"' in title or "“" in title or "'" in title:
        return None
    body = target.body
    if not any(word in body for word in ("không", "hiểu", "bác", "đồn", "bịa", "sai", "giả")):
        return None
    pairs = content_pairs(title)
    for sentence in target.sentences:
        text = sentence.text
        hearsay = _HEARSAY.search(text)
        if (
            hearsay
            and _SUBJECT.search(text)
            and _OFFICIAL.search(text)
            and len(pairs & content_pairs(text)) >= 2
        ):
            return Candidate.whole("denied", *_best_clause(title, text), sentence)
        for found in _DENIAL.finditer(text):
            head = _common_pairs(sentence, found)
            if (
                _covered(_plain_words(sentence, found), title)
                and head & pairs
                and _OFFICIAL.search(text)
                and _SUBJECT.search(text)
                and shared(text, title) >= 3
            ):
                return Candidate.whole("denied", *_best_clause(title, text), sentence)
        for found in _NO_SUCH.finditer(sentence.text):
            what = content_words(words_of(found.group("what")))[:3]
            words = set(words_of(title))
            if len(what) < 2 or not (found.group("kind") or (what[0], what[1]) in pairs):
                continue
            if all(word in words for word in what[:2]) and not _asserted(target, what[:2], sentence.text):
                return Candidate.whole("denied", *_best_clause(title, found.group("what")), sentence)
    return None


def _common_pairs(sentence: Sentence, found: re.Match[str]) -> set[tuple[str, str]]:
    """Word pairs of what is denied, without those of names: a team is not what did not happen to it."""
    return content_pairs(" ".join(_plain_words(sentence, found).split()[:5]))


def _plain_words(sentence: Sentence, found: re.Match[str]) -> str:
    """What is denied, its names left out."""
    return unnamed(
        Sentence(sentence.field, 0, 0, "", " " + sentence.cased[found.start("what") : found.end()])
    )


def _covered(what: str, title: str) -> bool:
    """Whether the title has most of what is denied."""
    words = content_words(words_of(what))[:5]
    return bool(words) and sum(word in title for word in words) >= 0.6 * len(words)


def _asserted(target: Reading, what: list[str], denial: str) -> bool:
    """Whether another sentence states plainly what one denies."""
    return any(
        all(word in s.text for word in what) and s.text != denial and not re.search(r"\bkhông\b", s.text)
        for s in target.sentences
    )


def not_yet(target: Reading) -> Candidate | None:
    """Done in the title, "vẫn chưa" in the text."""
    title = target.title.text
    done = _DONE.search(title)
    if not done or HEDGED.search(unnamed(target.title)):
        return None
    start, end = clause(title, done.start(), done.end())
    claim = title[start:end]
    if borne_out(target, title[done.start() : end]):
        return None
    best: tuple[float, Candidate] | None = None
    for sentence in target.sentences:
        match = _NOT_YET.search(sentence.text)
        if not match:
            continue
        if _ANOTHER.search(sentence.text) or _other_subject(sentence, target.title):
            continue
        near = shared(sentence.text[max(0, match.start() - 50) : match.end() + 50], claim)
        short = bool(_STILL.search(match.group())) and len(sentence.text) < 70
        if near < 1 or (shared(sentence.text, title) < 2 and not short):
            continue
        weight = near + (2.0 if _STILL.search(match.group()) else 0.0)
        if best is None or weight > best[0]:
            best = (weight, Candidate.whole("not-yet", start, end, sentence))
    return best[1] if best else None


def _other_subject(sentence: Sentence, title: Sentence) -> bool:
    """Whether a sentence names an organisation or gives a number that the title does not have."""
    if any(name not in title.cased for name in _ACRONYM.findall(sentence.cased)):
        return True
    told = quantities(title.text)
    if not told:
        return False
    alike = [q for q in quantities(sentence.text) for t in told if q.unit[:1] == t.unit[:1]]
    return bool(alike) and not any(q.agrees(t) for q in alike for t in told)


def found_out(target: Reading) -> Candidate | None:
    """Cause or culprit found in the title, and still looked for in the text."""
    title = target.title.text
    match = _FOUND.search(title)
    if not match or "?" in title or re.search(r"\bchưa\b", title):
        return None
    what = match.group("what")
    if any(
        not UNDONE.search(target.body[max(0, m.start() - 40) : m.start()])
        for m in re.finditer(
            rf"(?:xác định|tìm ra|làm rõ|kết luận|kết quả)[^.,;]{{0,25}}(?:{what}|là|cho thấy|do)",
            target.body,
        )
    ):
        return None
    for sentence in target.sentences:
        if _NOT_KNOWN.search(sentence.text):
            return Candidate.about("not-yet", title, match.span(), sentence)
    return None


def other_cause(target: Reading) -> Candidate | None:
    """A cause in the title that the text leaves open, or for which it gives another."""
    title = target.title.text
    match = _CAUSE.search(title)
    if not match or HEDGED.search(unnamed(target.title)):
        return None
    stated = match.group("cause") or match.group("inner")
    cause = content_words(words_of(stated))
    if len(cause) < 2:
        return None
    telling = [s for s in target.sentences if all(word in s.words for word in cause[:2])]
    if telling:
        # What residents suspect is no cause yet: the text must leave it open.
        if not _OPEN_CAUSE.search(target.body) or any(not _SPECULATION.search(s.text) for s in telling):
            return None
        return Candidate.whole("cause", match.start(), match.end(), telling[0])
    if content_pairs(stated) & content_pairs(target.body) or sum(
        word in target.vocabulary for word in cause
    ) > 0.67 * len(cause):
        return None
    for sentence in target.sentences:
        if _OTHER_CAUSE.search(sentence.text) and shared(sentence.text, title) >= 1:
            return Candidate.whole("cause", match.start(), match.end(), sentence)
    return None


_CULPRIT = re.compile(r"\A(?:[^:]{3,30}: )?(?P<cause>[^,.:;?!]{4,45}?) (?:làm|khiến|đầu độc) ")
_FOUND_CAUSE = re.compile(
    r"\bnguyên nhân[^.;]{0,45}?\b(?:là do|do|là|bởi|từ)\b (?P<what>[^.;]{5,90})|"
    r"\b(?:xác định|kết luận)[^.;]{0,40}\bdo\b (?P<why>[^.;]{5,90})"
)


_BY_PEOPLE = re.compile(
    r"\b(?:người|tài xế|lái xe|con|bố|mẹ|vợ|chồng|thanh niên|đối tượng|nghi phạm|cán bộ|công an|ông|bà|"
    r"anh|chị|nam|nữ|cô|em|khởi tố|bắt|vì|nhóm)\b"
)


def other_culprit(target: Reading) -> Candidate | None:
    """One thing does the harm in the title, and another by what was established in the text."""
    title = target.title.text
    told = unnamed(target.title)
    match = _CULPRIT.search(title)
    if not match or HEDGED.search(told):
        return None
    words = set(content_words(words_of(told[match.start("cause") : match.end("cause")])))
    if len(words) < 2 or _BY_PEOPLE.search(match.group("cause")):
        return None
    for sentence in target.sentences:
        found = _FOUND_CAUSE.search(sentence.text)
        if not found or _SPECULATION.search(sentence.text) or _OPEN_CAUSE.search(sentence.text):
            continue
        cause = found.group("what") or found.group("why")
        if words & set(words_of(cause)) or shared(sentence.text, title) < 1:
            return None
        return Candidate.whole("cause", match.start("cause"), len(title.rstrip()), sentence)
    return None


def borne_out(target: Reading, claim: str) -> bool:
    """Whether the text has the verb of the claim: its first two content words side by side."""
    words = [
        w
        for w in words_of(claim)
        if w not in {"đã", "có", "được", "về", "cho", "vụ", "chính", "thức", "xong"}
    ][:2]
    if claim.startswith("xong"):
        return bool(
            re.search(
                r"\bxong\b|(?<!chưa )(?:hoàn thành|hoàn tất|hoàn thiện|bàn giao|nghiệm thu)", target.body
            )
        )
    if len(words) < 2:
        return True
    pair = f"{words[0]} {words[1]}"
    return any(
        not UNDONE.search(target.body[max(0, m.start() - 25) : m.start()])
        for m in re.finditer(re.escape(pair), target.body)
    )


def _best_clause(title: str, sentence: str) -> tuple[int, int]:
    """The clause of the title that shares most with a sentence."""
    best = (-1, 0, len(title))
    position = 0
    for piece in re.split(r"[,:;]", title):
        count = shared(piece, sentence)
        if count > best[0]:
            lead = len(piece) - len(piece.lstrip())
            best = (count, position + lead, position + len(piece.rstrip()))
        position += len(piece) + 1
    return best[1], best[2]
