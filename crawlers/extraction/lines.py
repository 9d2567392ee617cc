"""Which lines of an article's container are not its text: links to other articles, captions, signatures."""

from __future__ import annotations

import re

from crawlers.extraction.blocks import Block

POINTER = re.compile(
    r"^(?:[>»•*-]+\s*)?(?:\(?(?:xem|đọc|tham khảo|bạn đọc|mời (?:bạn|quý|độc giả)\S*(?: \S+){0,3}?(?: xem| đọc)?) (?:thêm|tiếp|ngay)"
    r"|(?:tin|bài)(?: viết)?(?: có)? liên quan|có thể bạn quan tâm|mời (?:bạn|độc giả|quý)|>>)",
    re.IGNORECASE,
)
END = re.compile(
    r"^(?:tags?|từ khóa|từ khoá|chủ đề|thẻ)\s*:?$|^(?:tags|từ khóa|từ khoá)\s*:|^(?:bình luận|ý kiến bạn đọc|ý kiến của bạn|"
    r"gửi bình luận|tin liên quan|bài liên quan|tin bài liên quan|bài viết liên quan|tin cùng chuyên mục|bài cùng chuyên mục|"
    r"cùng chuyên mục|các tin khác|tin khác|tin mới hơn|tin cũ hơn|những tin mới hơn|những tin cũ hơn|các tin đã đưa|tin đã đưa|"
    r"tin mới nhất|tin mới|đọc nhiều|tin đọc nhiều|xem nhiều|tin nổi bật|có thể bạn quan tâm|bài viết khác|tham khảo thêm|"
    r"tin tức khác|các bài viết khác|tin cùng loại|bài đọc nhiều|dòng sự kiện|cùng tác giả)(?:\s*\(\d+\))?\s*:?$",
    re.IGNORECASE,
)
PHOTO = r"(?:ảnh|nguồn ảnh|đồ họa|đồ hoạ|hình|ảnh minh họa|ảnh minh hoạ|video|clip|infographic|tranh|photo)"
PHOTO_CREDIT = re.compile(rf"^\(?{PHOTO}\s*(?:tư liệu|minh họa)?\s*:\s*.{{1,80}}$", re.IGNORECASE)
CAPTION_END = re.compile(rf"[\s(.\-–—]{PHOTO}\s*(?::|-)\s*[^:]{{1,60}}$|\(ảnh[^()]{{0,60}}\)\.?$|ảnh minh họ?ạ?a?\.?$", re.IGNORECASE)
CREDIT = re.compile(
    r"^\(?(?:theo|nguồn(?: tin)?|tác giả|bài(?: và ảnh|, ảnh| viết)?|tin(?:, ảnh|, bài| và ảnh)?|thực hiện|tổng hợp|biên tập|"
    r"trình bày|thiết kế|pv|phóng viên|ctv|bbt|ban biên tập|người viết|biên dịch)\s*[:/.-]?\s*(?:\S+\s*){0,10}\)?$",
    re.IGNORECASE,
)
BARE = re.compile(r"^\(?(?:pv|p\.v\.?|bbt|ttxvn|vov|tổng hợp|ctv|nhóm pv|nhóm phóng viên)\)?\.?$", re.IGNORECASE)
WIDGET = re.compile(
    r"^(?:chia sẻ|share|facebook|twitter|zalo|copy link|sao chép liên kết|in bài|in bài viết|gửi email|lưu bài|thích|like|tweet|"
    r"nghe đọc bài|nghe bài viết|cỡ chữ|font size|a ?[-+]|a\+|aa|theo dõi|đọc bài|quảng cáo|advertisement|link bài gốc|"
    r"lấy link!?|lượt xem:? ?\d*|đánh giá(?: bài viết)?|tổng số điểm.{0,80}|trở lại \S+(?: \S+){0,3}|về trang chủ)$",
    re.IGNORECASE,
)
NAME = re.compile(r"^[^\W\d_a-zà-ỹ][^\W\d_]*\.?$")
LINKED = 0.8
LONGEST_CAPTION = 70  # words
LONGEST_POINTER = 45


def is_pointer(block: Block) -> bool:
    """A line that sends the reader to another article."""
    if block.linked >= LINKED and block.words >= 4 and (block.linked >= 0.95 or block.words <= LONGEST_POINTER):
        return True
    if not POINTER.match(block.text):
        return False
    return block.words <= 7 or (block.linked >= 0.25 and block.words <= LONGEST_POINTER)


def is_end(block: Block) -> bool:
    """A heading of what follows an article: tags, comments, other articles."""
    return block.words <= 8 and bool(END.match(block.text))


def is_caption(block: Block) -> bool:
    """The line under a picture, or the credit of one."""
    if PHOTO_CREDIT.match(block.text) and block.words <= 14:
        return True
    if not block.after_picture or block.words > LONGEST_CAPTION:
        return False
    return bool(CAPTION_END.search(block.text)) or block.stressed >= 0.9 and not block.is_heading or block.centred


def is_widget(block: Block) -> bool:
    """A label of a button."""
    return block.words <= 12 and bool(WIDGET.match(block.text))


def is_signature(block: Block) -> bool:
    """Who wrote it or where it was taken from, on a line of its own at the end."""
    text = block.text.strip(" .*-–—")
    if block.words > 14:
        return False
    if BARE.match(text) or (CREDIT.match(text) and not re.search(r"[.!?]$", block.text[:-1])):
        return True
    if block.right and block.words <= 12:
        return True
    names = re.sub(r"\((?:tổng hợp|theo [^()]*|[^()]{0,40})\)", "", text)
    names = re.sub(r"\s*(?:/|,|-|–|&|\bvà\b)\s*", " ", names).split()
    return 1 <= len(names) <= 8 and all(NAME.match(n) for n in names) and not block.is_heading and block.text[-1] not in "!?:"
