"""The patterns of the number grammar, over lower-case NFC text with traditional tones."""

from __future__ import annotations

import re

from classifiers.figures.numbers.hedges import AFTER
from classifiers.figures.numbers.words import DIGITS, SCALES

_NUM = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?(?!\d)|\d+\.\d{1,2}(?![\d.])|\d+(?:,\d+)?"
_DIGIT = "|".join((*(word for word in DIGITS if word != "không"), "mười"))
_SCALE = "|".join(SCALES)
_WORDNUM = rf"(?:{_DIGIT})(?: (?:{_DIGIT}|mươi|trăm|linh|lẻ|{_SCALE}))*"
_NUMBER = rf"(?:{_NUM})|(?:{_WORDNUM})"

NUMERAL = re.compile(_NUM)
WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,12}")
START = re.compile(
    rf"\d+|(?<!\w)(?:cứ |gấp |quá nửa|hơn nửa|già nửa|phân nửa|một nửa|nửa |(?:{_DIGIT})(?!\w))"
)
SCALE = re.compile(rf"\s*(?:(?:nghìn|ngàn) (?:tỷ|tỉ)|{_SCALE})(?!\w)(?! lệ)")
NEXT_PART = re.compile(
    r" (?P<part>\d{1,3}(?:,\d)?)(?![\d.,/]*\d)"
    r"(?P<scale>\s(?:(?:nghìn|ngàn) (?:tỷ|tỉ)|nghìn|ngàn|triệu|tỷ|tỉ)(?!\w))?"
)
DECIMALS = re.compile(
    rf" phẩy (?P<decimals>\d{{1,2}}(?!\d)|(?:không|{_DIGIT})(?: (?:không|{_DIGIT}))?)(?!\\w)"
)
PERCENT = re.compile(r"\s*(?:%|phần trăm(?!\w))")
PERCENT_POINT = re.compile(r"\s*(?:điểm\s*(?:%|phần trăm)|% điểm)")
RANGE = re.compile(rf"\s*(?:-|–|—|đến|tới)\s*(?P<second>{_NUM})(?![\d/]*/)")
YEAR = re.compile(r"(?:19|20)\d\d")
SLASH = re.compile(rf"\s*/\s*(?:tổng số )?(?P<second>{_NUM})(?![\d/])")
OUT_OF = re.compile(
    rf"(?: [^\W\d_]+){{0,4}},?\s(?:trong|trên)(?: tổng)?(?: số| cộng)? (?P<second>{_NUM})(?!\s*(?:%|/))"
)
WORDS_OUT_OF = re.compile(
    rf"(?P<part>{_WORDNUM}|\d{{1,2}}) trên (?P<base>mười|hai mươi|một trăm|trăm|10|20|100) "
    r"(?=(?:tổng )?(?:số )?(?:hộ|người|dân|gia đình|nhà|trường|văn bản|hồ sơ)(?!\w))"
)
SLASHED = re.compile(
    r"(?P<above>[1-9])/(?P<below>10|[2-9])(?= (?:tổng )?(?:số (?!\d)|diện tích|dân số|người dân|hộ(?!\w)))"
)
HALF_OF_SCALE = re.compile(r"nửa (?P<scale>nghìn tỷ|triệu|tỷ|tỉ|nghìn|ngàn|vạn)(?! lệ)(?!\w)")
BETWEEN = re.compile(rf"(?:\s*%)? và (?P<second>{_NUM})")
VAGUE_BEFORE = re.compile(rf"(?<!\w)(?P<lower>{_DIGIT}),? $")
HEDGE_AFTER = re.compile(
    r"(?: (?!từ |là |và |có |lẻ )[^\W\d_]+){0,2}? (?<!sao )(?<!độ )(?<!tuổi )"
    rf"(?P<hedge>{'|'.join(AFTER)})(?!\w)"
)
OUT_OF_WORDS = re.compile(
    rf"(?: (?!{_DIGIT})[^\W\d_]+){{0,3}},? (?:trong|trên)(?: tổng)?(?: số)? "
    rf"(?P<second>(?:{_DIGIT})(?: (?:{_DIGIT}|mươi|trăm|linh|lẻ|nghìn|ngàn|triệu))+)(?!\w)"
)
PEOPLE_BASE = re.compile(r"(?:1|10|100|1[. ]?000|10[. ]?000|100[. ]?000)\s+(?:người|dân|hộ dân)")
RANK_CUE = re.compile(r"(?:thứ|hạng|vị trí|xếp)\s*$")
UNIT = re.compile(
    r"\s*(?:(?P<money>đồng|vnđ|vnd|đ(?!\w))|(?P<dollar>usd|đô la(?: mỹ)?|đô-la|đô(?! thị)|mỹ kim)"
    r"|(?P<hectare>ha(?!\w)|hecta|héc-ta|héc ta)|(?P<square>km2|km²|ki-lô-mét vuông"
    r"|kilômét vuông|cây số vuông))(?!\w)"
)
PER = re.compile(
    r"(?:\s*[^\W\d_]+(?: [^\W\d_]+){0,6})?\s*(?:/|trên|tính trên|cho|mỗi)\s*(?:mỗi )?"
    rf"(?P<base>{_NUM}|mỗi|một)?\s*(?P<scale>trăm|nghìn|ngàn|vạn|triệu)?\s*"
    r"(?:người dân|dân(?! số)|người)(?!\w)"
)
PER_HEAD = re.compile(r"\s*(?:/|mỗi|một|trên)\s*(?:đầu )?(?:người|đầu người)(?!\w)|\s*một năm mỗi người")
PER_SO_MANY = re.compile(
    rf"(?:cứ )?(?P<base>{_NUMBER}) (?P<of>[^\W\d_]+(?: [^\W\d_]+){{0,7}}?),?"
    r" (?:thì|lại|mới|chỉ|có)(?: mới| chỉ)?(?: có| được)?"
    r"(?: (?P<hedge>hơn|gần|khoảng|trên|chừng|chưa tới|chưa đến|chưa đầy|dưới))?"
    rf" (?P<part>{_NUMBER}) (?P<counted>[^\W\d_]+)"
)
FACTORS = {"đôi": 2.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0, "rưỡi": 1.5, "một nửa": 0.5}
MULTIPLE = re.compile(
    rf"(?:gấp |(?=một nửa con số))(?P<factor>đôi|ba|bốn|năm|rưỡi|hai|một nửa|(?:{_NUM}) lần)"
    rf"(?: lần)? (?:con số|mức|so với)? ?(?P<base>(?:{_NUM}))"
)
OF_A_PLACE = re.compile(
    r"\s*(?:(?:bình quân |trung bình |chung )?(?:của|ở|tại) (?!năm|tháng|hồi|kỳ|cùng|quý|\d)"
    r"|bình quân |trung bình |chung )"
)
FRACTION = re.compile(
    rf"(?P<half>quá nửa|hơn nửa|già nửa|phân nửa|một nửa|nửa)(?!\w)"
    rf"|(?P<above>{_DIGIT}|\d) phần (?P<below>{_DIGIT}|10|\d)(?!\w)"
)
RATE_BASE = re.compile(r"(?:/|(?<!\w)(?:cho|mỗi|trên|trung bình|bình quân|cứ))\s*$")
PEOPLE = re.compile(
    r"(?:một|mười|trăm|nghìn|ngàn|vạn|1|10|100|1[. ]?000|10[. ]?000|100[. ]?000)"
    r"(?: (?:nghìn|ngàn|vạn|triệu))?\s+(?:người|dân|hộ)"
)
SHARE_ENDS = re.compile(r"\s*(?:[.,;:)]|$|(?:đạt|đã|chưa|có|được|dùng|không)(?!\w))")
MAKES_UP = re.compile(r"(?<!\w)(?:chiếm|đạt|là|bằng|tới|đến|mới|được|chiếm khoảng)\s*$")
ONLY = re.compile(r"(?:duy nhất|đúng|chỉ|chỉ còn|chỉ có|vẻn vẹn|vỏn vẹn)\s*$")
BEFORE_YEAR = re.compile(r"(?:trong|hết|cuối|đầu|mỗi|mấy|các|nhiều|hằng|hàng|giữa|cả|những|từng|qua|một)\s*$")
