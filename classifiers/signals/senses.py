"""Whether one wording of an utterance turns the sense of another: denials, acts, reach and conditions."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from classifiers.signals.wording import DENIALS, STOP, word_set

REACH = 5
"""Words behind a denial that it may bear on, up to the end of its clause."""
CLOSE = 2
"""Among so many content words a single one turned is enough; further on it takes two."""
MOSTLY = 0.6
"""Share of the shorter wording's content words that both must have."""

_TOKEN = re.compile(r"\w+(?:[.,/\-]\d+)*%?|[,.;:!?…]")
_NO_DENIAL = word_set(
    "chỉ những ít riêng kém dưới ngừng gian khí quân lực tải dân phận nên biết thành thể hẳn"
)
"""Behind "không" or "chưa": "không chỉ", "không ít", "không gian" deny nothing."""
_ENDS = word_set("nhưng mà song còn và nên rồi để vì thì chứ do bởi , . ; : ! ? …")
_LIGHT = STOP | word_set(
    "phải thể bao từng hề đâu rõ gì lần thật sự điều hiện nay chúng tôi ta mình em thì là được cần"
)
_ACTS = (
    "kiểm tra|rà soát|thanh tra|xác minh|xem xét|nghiên cứu|cân nhắc|đánh giá|khảo sát|lấy ý kiến",
    "đóng cửa|đình chỉ|chấm dứt|giải thể|bãi bỏ|xóa bỏ|thu hồi",
    "tạm dừng|tạm ngừng|hoãn|lùi",
    "mở cửa|triển khai|tiếp tục|cho phép|cấp phép",
    "tăng|nâng",
    "giảm|hạ|cắt giảm",
    "giữ nguyên|duy trì",
    "miễn phí|miễn",
    "thu phí|thu tiền|thu",
    "xử phạt|phạt|kỷ luật|khởi tố|cách chức",
    "nhắc nhở|vận động|khuyến khích|tuyên truyền|tự nguyện",
    "bắt buộc|cưỡng chế|ép buộc",
    "ủng hộ|đồng ý|đồng tình|nhất trí|tán thành|chấp thuận",
    "phản đối|từ chối|bác bỏ|phản bác",
    "mong|hy vọng|phấn đấu|cố gắng|dự kiến",
    "cam kết|bảo đảm|đảm bảo|chắc chắn|khẳng định",
    "di dời|chuyển đi",
    "ở lại|giữ lại",
    "khởi công|bắt đầu",
    "hoàn thành|hoàn tất|xong",
    "xây mới|xây dựng",
    "phá dỡ|tháo dỡ|dỡ bỏ",
    "khen|biểu dương|khen thưởng",
    "phê bình|chê|khiển trách",
    "thành công|hiệu quả",
    "thất bại|kém hiệu quả",
    "an toàn|bảo đảm an toàn",
    "nguy hiểm|mất an toàn",
    "vay",
    "cho không|tặng|hỗ trợ",
)
_ACT = tuple(re.compile(rf"\b(?:{words})\b") for words in _ACTS)
_ORDER = re.compile(r"\b(?P<order>trước|sau) (?:khi )?(?P<what>\w+ \w+)")
_ALL = re.compile(
    r"\b(?:tất cả|toàn bộ|mọi|100 ?%|hằng ngày|mỗi ngày|cả tuần|quanh năm|suốt (?:ngày|tuần|năm)|"
    r"toàn (?:tỉnh|xã|huyện|trường))\b"
)
_SOME = re.compile(
    r"\b(?:một số|một phần|một vài|vài|chỉ|riêng|phần lớn|đa số|hầu hết|trừ|ngoại trừ|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|cuối tuần|thí điểm tại|nhóm)\b"
)


def turned(ours: str, theirs: str) -> bool:
    """Whether what both wordings share is denied in one and stated in the other, done by other acts, or of
    another reach. Lowered texts of one utterance; False when they share too little to be compared.
    """
    mine, other = _signs(ours), _signs(theirs)
    shared = mine.keys() & other.keys()
    if len(shared) < 3 or len(shared) < MOSTLY * min(len(mine), len(other)):
        return False
    if _flips(mine, other):
        return True
    return _other_act(ours, theirs) or _other_reach(ours, theirs) or _other_order(ours, theirs)


def denies(ours: str, theirs: str) -> bool:
    """Whether ours denies closely what theirs states and does not deny. Lowered texts of one matter."""
    mine, other = _signs(ours), _signs(theirs)
    shared = mine.keys() & other.keys()
    turned_here = [mine[word].near for word in shared if mine[word].denied and mine[word].turned(other[word])]
    return len(shared) >= 3 and any(distance <= CLOSE for distance in turned_here)


def _flips(mine: dict[str, _Sign], other: dict[str, _Sign]) -> bool:
    shared = mine.keys() & other.keys()
    flips = [min(mine[word].near, other[word].near) for word in shared if mine[word].turned(other[word])]
    return len(flips) >= 2 or any(distance <= CLOSE for distance in flips)


@dataclass(slots=True)
class _Sign:
    """How often a word is stated and denied, and the how manieth content word behind a denial it is."""

    stated: int = 0
    denied: int = 0
    near: int = REACH

    def turned(self, other: _Sign) -> bool:
        """Whether the one has it denied where the other has it stated, as often in all."""
        if bool(self.denied) == bool(other.denied):
            return False
        pure = not (self.stated and self.denied) and not (other.stated and other.denied)
        return pure or self.stated + self.denied == other.stated + other.denied


def _signs(text: str) -> dict[str, _Sign]:
    """The content words of a lowered text."""
    found: dict[str, _Sign] = defaultdict(_Sign)
    behind = heavy = 0  # words since the denial and content words among them, 0 outside its reach
    tokens = _TOKEN.findall(text)
    for token, following in pairwise([*tokens, "."]):
        if token in DENIALS:
            behind, heavy = int(following not in _NO_DENIAL and following[0].isalnum()), 0
            continue
        if behind and (behind > REACH or (token in _ENDS and (behind > CLOSE or not token[0].isalnum()))):
            behind = 0
        if token not in _LIGHT and token[0].isalpha() and len(token) > 1:
            heavy += 1
            if behind:
                found[token].denied += 1
                found[token].near = min(found[token].near, heavy)
            else:
                found[token].stated += 1
        behind += bool(behind)
    return found


def _other_act(ours: str, theirs: str) -> bool:
    """Whether the one act of one wording is another kind of act in the other."""
    mine = {number for number, act in enumerate(_ACT) if act.search(ours)}
    other = {number for number, act in enumerate(_ACT) if act.search(theirs)}
    return bool(mine - other) and bool(other - mine) and len(mine - other) <= 1 and len(other - mine) <= 2


def _other_order(ours: str, theirs: str) -> bool:
    """Whether what comes before a thing in one comes after the same thing in the other."""
    mine = {found["what"]: found["order"] for found in _ORDER.finditer(ours)}
    return any(mine.get(found["what"], found["order"]) != found["order"] for found in _ORDER.finditer(theirs))


def _other_reach(ours: str, theirs: str) -> bool:
    if _ALL.search(ours) and not _ALL.search(theirs):
        return bool(_SOME.search(theirs)) and not _SOME.search(ours)
    return bool(_SOME.search(ours)) and bool(_ALL.search(theirs)) and not _ALL.search(ours)
