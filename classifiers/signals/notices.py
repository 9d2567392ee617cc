"""What a correction notice takes back and what it says is right: titles, numbers, phrases, names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from classifiers.signals.correction_words import NUMERIC
from classifiers.signals.meanings import senses
from classifiers.signals.notice_figures import equal, figures, same_kind, unit_alike
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import UPPER
from classifiers.signals.wording import word_set
from provinces.spelling import lowered

MAX_NOTICE = 6_000
"""Characters read of a notice; what is longer is no notice any more."""

_TITLE = re.compile(r"[\"“«]([^\"“”«»]{8,240})[\"”»](?! hộ)")
_NESTED = re.compile(
    r"(?:bài|tin|bài viết|bản tin|phóng sự|mục)\s+[\"“«](.{8,240}?)[\"”»](?=\s+(?:đăng|ngày|trên|ra|số|"
    r"ghi|có|đã|của|theo)|[,.])"
)
_PLAIN = (
    re.compile(
        r"\b(?:báo|tin|bài|bản tin|loạt bài|chúng tôi|phóng viên|đài|tòa soạn|trang|mục)\b[^.;:\"“”]{0,80}?"
        r"\b(?:đăng|đưa|phát|loan|dẫn|viết|ghi|nêu|phản ánh|nói|cho rằng|cho biết|thông tin)"
        r"(?: (?:lại|tải|tin|bài|thông tin|rằng|việc|là|về|phản ánh)){0,4}:? "
        r"(?!(?:sai|nhầm|chưa|không|ngày|trên|sáng|trưa|chiều|tối|lúc|số|theo|thừa|thiếu|tin|bài|thông tin|"
        r"rằng|việc|là|về|ở|tại|hôm|tháng|quá|đúng|lẫn)\b)"
        r"(?P<claim>(?:[^.;\"“”]|\.(?=\d)){15,220}?)(?=\.(?!\d)|;|,? (?:đây )?là (?:nhầm|sai|không|chưa|"
        r"thông tin)|, (?:nay|thực tế|đúng)\b|,? do (?:nhầm|đọc|lỗi|sơ suất|cộng|dịch|gõ|tính|phóng viên))"
    ),
    re.compile(
        r"(?:\A|[.:] ?)\s*(?P<claim>[^.;:\"“”]{12,160}?) mà (?:báo|chúng tôi|tòa soạn|đài|"
        r"tạp chí)\b[^.;:]{0,30}?"
        r"(?:đăng|đưa|phát|dẫn|nêu)"
    ),
    re.compile(
        r"(?:\A|[.:] ?)\s*(?P<claim>[^.;:\"“”]{12,160}?) (?:nêu|đăng|đưa|phản ánh|viết) (?:trong|ở|trên|tại) "
        r"(?:bài|tin|bản tin|phóng sự)\b"
    ),
    re.compile(
        r"\b(?:thông tin|tin|chi tiết|nội dung)(?: (?:về|việc|rằng|cho rằng|nói)){0,3} "
        r"(?P<claim>[^.;\"“”]{12,200}?)"
        r"(?: (?:đăng|đưa|nêu|trong|ngày|trên)\b[^.;\"“”]{0,80})?,? là "
        r"(?:hoàn toàn )?(?:không|chưa|sai|nhầm|thất thiệt|bịa)"
    ),
)
"""A notice that tells the old news in its own words."""
_HEADING = re.compile(r"[^:\"“«.]{0,60}(?:chính|xin lỗi|thông tin|nói lại|làm rõ)[^:\"“«.]{0,40}:")
_STOP = re.compile(r"[.;!?](?!\d)")
_NAME = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]*(?: (?:[{UPPER}][^\W\d_]*|\d+\b))+")
_HEADS = re.compile(
    r"^(?:đính chính|cải chính|báo|đài|tạp chí|bài|tin|thông tin|theo|nhật báo|thời báo|trang|cổng|sáng|"
    r"trưa|chiều|tối|đêm|ngày|tháng|năm|hôm)\b"
)
_SENTENCE_BEFORE = '.:;"“«'
"""Behind these a capital may only begin a sentence."""
_NO_NAMES = word_set("sở phó trường bộ cục ủy phòng viện bà ông anh chị cô đài")
"""With one more capital they are the beginning of an office or of a longer name: "Sở Văn hóa"."""
_LEVEL = re.compile(r"^(?:xã|phường|huyện|tỉnh|thôn|bản|đường|trường|chợ|cầu) (?=\S+ \S)")
_PLAY = re.compile(
    r"(?P<swap>\bnhầm(?! lẫn)(?! (?:thành|là|sang|tên|số|hàng|đơn vị|địa))|\bsửa(?= [^.;]{3,60} thành)"
    r"|\btừ(?= [^.;]{3,50} thành))"
    r"|(?P<into>\b(?:thành|sang)\b)"
    r"|(?P<wrong>\b(?:không phải(?: là| của)?|chứ không(?: phải)?(?: là| của)?|thay vì|không hề(?: có)?|"
    r"(?:nhầm|sai|lầm) (?:thành|là|sang)|"
    r"(?:chúng tôi|báo|tòa soạn|bài(?: viết)?|tin|bản tin)[^.;]{0,90}(?:viết|ghi|nêu|đưa(?: tin)?|đăng|"
    r"in|dẫn|thông tin)(?: rằng| là)?(?! (?:chưa|sai|không|nhầm))|"
    r"(?:đã|có) (?:viết|ghi|nêu|in|đưa tin|thông tin)(?: rằng| là)?(?! (?:chưa|sai|không|nhầm))))"
    r"|(?P<right>\b(?:(?:nay |xin )?(?:sửa|đọc|đính chính)(?: lại)?(?: cho đúng)? ?(?:là|thành|:)|"
    r"đúng(?: phải)? là|phải là|chính xác là|thực tế|con số đúng|số đúng|số liệu đúng|"
    r"theo (?:báo cáo|kết luận|biên bản|quyết định|phiếu|hồ sơ|số liệu|văn bản|kết quả)))"
)
_REFUTED = re.compile(
    r"\A[^.;,]{0,200}(?: là)? (?:(?:không|chưa|thiếu) (?:chính xác|đúng|có cơ sở|có thật)|"
    r"là (?:do )?(?:nhầm|sai|lỗi|lẫn)\b)"
)
_INSTEAD_OF = re.compile(
    r"\A[^.;\d]{0,40}\b(?:chứ không(?: phải)?|không phải)(?: là| của| có)? (?:hơn |gần |khoảng |tới |đến )?\d"
)
"""Behind a number that stands against another: "2,1% chứ không phải 12%"."""
_PARTS = re.compile(r"\b(?:bao gồm|gồm|trong đó)\b[^.;]*\Z")
_NOT_SO_MANY = re.compile(r"\b(?:không|chưa) (?!quá|dưới|ít|kém|đầy|chỉ|tới|đến)(?:[^\W\d_]+ ){1,2}\Z")
"""Ahead of a number: "không thu 500.000 đồng"."""
_EXPLAINED = re.compile(
    r"\A[^.,;:]{0,24} là (?:tổng|số|của|cho|tính|mức|kế hoạch|mục tiêu|lũy kế|cộng|số của|dự kiến|con số của|"
    r"vốn|tiền|chi phí|nguồn|giá|cả|phần|kinh phí|doanh thu|diện tích|chiều dài|năm|số liệu)\b"
)
_ELSEWHERE = re.compile(r"\A[^.,;:]{0,24} (?:là của|thuộc về|thuộc)\b|\A[^.;:]{0,90} thuộc về\b")
"""A number that the notice explains is the one that was printed."""
_DENIED = re.compile(
    r"\b(?:không phải(?: là| do| vì| của| tại| ở)?|chứ không(?: phải)?(?: là| do| vì| của| tại| ở)?|thay vì|"
    r"không (?:hề )?có(?: việc| chuyện| tình trạng| căn cứ(?: cho thấy)?)?|không ghi nhận|không xảy ra|"
    r"không ai|chưa có|không tham gia|chưa phải(?: là)?|không(?= [^.;,]{2,30} nào\b)|"
    r"không liên quan(?: đến)?|(?:nhầm|sai) (?:thành|là))\s(?P<what>[^.;,]{3,90})"
)

_NOT_AS_TOLD = re.compile(
    r"\b(?:không|chưa)(?: hề)? (?P<what>[^.;,]{4,90}?),? như (?:báo|tin|bài|bản tin|trong|đã|thông tin)\b"
)
"""What did not happen as the outlet told it."""

_ANY_NOTICE = word_set(
    """
    đính chính cải bản đăng nêu ghi viết nhầm sai sót sơ suất lỗi biên tập đánh máy liệu thông độc giả bạn
    đọc khán thính tòa soạn thành thật xin kiểm chứng đầy đủ kết quả xác minh thấy dẫn đúng diễn đạt thiếu
    mong lượng thứ chương trình rõ chi tiết nhầm lẫn rằng
    """
)


@dataclass(frozen=True)
class Notice:
    """A notice, taken apart. All texts are lowered with traditional tone marks.

    text       all of it
    title      the old headline, or the claim as the notice retells it; "" when it does neither
    told       both of them, as far as it has them
    statement  its other sentences, without the title and the apology
    wrong      numbers that it takes back
    right      numbers that it gives instead
    denied     what it says is not so, a few words each
    names      names of two words and more that title and statement have
    """

    text: str
    title: str
    told: tuple[str, ...]
    statement: str
    wrong: tuple[Quantity, ...]
    right: tuple[Quantity, ...]
    denied: tuple[str, ...]
    names: frozenset[str]

    @cached_property
    def words(self) -> frozenset[str]:
        """Content words of title and statement, without those of any notice."""
        return telling_words(f"{self.title} {self.statement}")

    @cached_property
    def matter(self) -> str:
        """All that it tells: the claim in its wordings, and the statement."""
        return f"{' '.join(self.told)} {self.statement}"

    @cached_property
    def numeric(self) -> bool:
        """Whether it tells that a number was wrong."""
        return bool(NUMERIC.search(self.statement))


@lru_cache(maxsize=256)
def read_notice(text: str, outlet: str = "") -> Notice:
    """Takes a notice apart. Never raises: what is not understood stays empty.

    ``outlet``: who published it; its name ("Điểm tin 365") says nothing of the claim.
    """
    text = text[:MAX_NOTICE]
    if outlet:
        text = text.replace(
            outlet, "Báo".ljust(len(outlet)) if len(outlet) > len("Báo") else " " * len(outlet)
        )
    plain = lowered(text)
    head = _HEADING.match(plain)
    if head is not None:
        plain = " " * head.end() + plain[head.end() :]
    quoted = _NESTED.search(plain) or _TITLE.search(plain)
    start, end = quoted.span(1) if quoted else (0, 0)
    rest = plain[:start] + " " * (end - start) + plain[end:]
    retold = [found for pattern in _PLAIN if (found := pattern.search(rest)) is not None]
    if quoted is None and retold:
        start, end = retold[0].span("claim")
        rest = plain[:start] + " " * (end - start) + plain[end:]
    title = plain[start:end]
    told = tuple(dict.fromkeys(filter(None, (title, *(found["claim"].strip() for found in retold)))))
    wrong, right = _mended(title, *_numbers(rest))
    sentences = [s for s in _STOP.split(rest) if "xin lỗi" not in s and s.strip()]
    statement = ". ".join(s.strip() for s in sentences)
    denied = tuple(
        found.group("what").strip()
        for found in _DENIED.finditer(rest)
        if "xin lỗi" not in found.group("what")
    )
    denied += tuple(found["what"].strip() for found in _NOT_AS_TOLD.finditer(rest))
    names = frozenset(_LEVEL.sub("", name) for name in _names(text) if not _HEADS.match(name))
    return Notice(plain, title, told, statement, tuple(wrong), tuple(right), denied, names)


def _mended(
    title: str, wrong: list[Quantity], right: list[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """The numbers taken back and given instead, with those of the old headline.

    What is spelled is often no number ("một"): it counts beside another one of its unit.
    """
    old = [q for q in figures(title) if not (q.spelled and q.value < 2)]
    right = [q for q in right if not q.spelled or any(unit_alike(q, o) for o in (*old, *wrong))]
    wrong = [q for q in wrong if not q.spelled or q.value >= 2 or any(unit_alike(q, o) for o in old)]
    others = [q for q in right if not any(equal(q, o) for o in old)]
    if not right or any(same_kind(o, r) for o in old for r in right):
        # The title has the number that the notice mends, or the whole of it is taken back.
        wrong += [o for o in old if not any(equal(o, r) for r in others)]
        right = [q for q in right if not any(equal(q, w) for w in wrong)]
    return wrong, right


def _names(text: str) -> list[str]:
    """Names of two words and more, lowered, without the word that a sentence begins with."""
    found = []
    for match in _NAME.finditer(text):
        words = lowered(match.group()).split()
        before = text[max(0, match.start() - 3) : match.start()].rstrip(" ")
        if len(words) > 2 and (not before or before[-1] in _SENTENCE_BEFORE):
            words = words[1:]
        if words[0] in _NO_NAMES:
            words = words[1:]
        if len(words) > 1:
            found.append(" ".join(words))
    return found


def telling_words(text: str) -> frozenset[str]:
    """Content words of a part of a notice, without those that any notice has."""
    return senses(text) - _ANY_NOTICE


def _numbers(text: str) -> tuple[list[Quantity], list[Quantity]]:
    """Numbers taken back and numbers given instead; a number without any cue is given."""
    wrong: list[Quantity] = []
    right: list[Quantity] = []
    begin = 0
    ends = [*(m.end() for m in _STOP.finditer(text)), len(text)]
    for end in ends:
        sentence = text[begin:end]
        begin = end
        cues = list(_PLAY.finditer(sentence))
        for quantity in figures(sentence):
            before = [
                c
                for c in cues
                if c.end() <= quantity.start and ":" not in sentence[c.end() + 1 : quantity.start]
            ]
            if _INSTEAD_OF.match(sentence[quantity.end :]):
                right.append(quantity)
            elif _PARTS.search(sentence[: quantity.start]):
                continue
            elif _is_wrong(sentence, quantity, before):
                wrong.append(quantity)
            else:
                right.append(quantity)
    if not wrong:
        behind = [(q, text[q.end : q.end + 120]) for q in figures(text)]
        elsewhere = [q for q, said in behind if _ELSEWHERE.match(said)]
        explained = [q for q, said in behind if q in elsewhere or _EXPLAINED.match(said)]
        others = [r for r in right if not any(equal(r, e) for e in explained)]
        if elsewhere or any(same_kind(e, r) for e in explained for r in others):
            wrong, right = explained, others
    return wrong, [r for r in right if not any(equal(r, w) for w in wrong)]


def _is_wrong(sentence: str, quantity: Quantity, before: list[re.Match[str]]) -> bool:
    if _REFUTED.search(sentence[quantity.end :]) or _NOT_SO_MANY.search(sentence[: quantity.start]):
        return True
    if not before:
        return False
    last = before[-1].lastgroup
    if last == "into":
        # "ghi nhầm 12 thành 120" against "sửa 120 thành 12"
        swap = next((c for c in reversed(before) if c.lastgroup == "swap"), None)
        return swap is not None and swap.group() == "nhầm"
    if last == "swap":
        said = before[-1].group()
        return said != "nhầm" or " thành " not in sentence[quantity.end :]
    if before[-1].group() == "thay vì":
        return not any(c.lastgroup == "wrong" for c in before[:-1])  # "ghi 2.400 tấn thay vì 2.400 tạ"
    return last == "wrong"
