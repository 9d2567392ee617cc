"""Patterns that say why a place is named: as the scene, as somebody's home, on a list, on a road."""

from __future__ import annotations

import re

from classifiers.places.items import Placed
from classifiers.places.text import Prepared
from provinces.gazetteer import Level

WINDOW = 90
"""Code points before a name that are looked at."""

ORIGIN = re.compile(
    r"(?:quê(?: quán| gốc| ở)?|trú(?: tại| ở)?|thường trú(?: tại)?|ngụ(?: tại| ở)?"
    r"|hộ khẩu(?: thường trú)?(?: tại| ở)?|hkt?t|trụ sở(?: chính)?(?: đặt)?(?: tại| ở)?"
    r"|sinh sống(?: tại| ở)?|làm ăn(?: tại| ở)?|mua (?:được )?nhà(?: ở| tại)?|sinh (?:ra|năm \d{4}|ở)"
    r"|sn \d{4}|\d{1,2} tuổi|người gốc|gốc|nguyên quán|đến từ)"
    r"(?:(?! (?:gây|xảy|bắt|bị|đang|khi|phạm tội) )[^.;!?]){0,70}\Z"
)
"""What somebody did or suffered ends the mention of the home: "quê ở Nghệ An, gây án tại Sơn La"."""
DELEGATE = re.compile(
    r"(?:đại biểu|đb|đbqh|đoàn)(?: [^\s.,;()]+){1,7}"
    r"(?:, (?:phó )?(?:bí thư|chủ tịch|trưởng đoàn|giám đốc)[^.;,]{0,24})? ?\(?\Z"
)
HAPPENS = re.compile(
    r"(?:tại|ở|trên địa bàn|xảy ra|qua địa bàn|đoạn qua|khu vực|thuộc|vùng|về|đến thăm|làm việc (?:với|tại))"
    r"(?: [^.;!?]{0,40})?\Z"
)
MOVES = re.compile(
    r"(?:ra|vào|lên|xuống|về|đến|tới|sang|từ|rời|bệnh viện|bv|viện|đại học|đh|hướng|tuyến|bay) ?\Z"
)
CONTACT = re.compile(
    r"(?:tài khoản|chuyển khoản|ngân hàng|liên hệ|địa chỉ|điện thoại|đt:|hotline|văn phòng đại diện"
    r"|tòa soạn|ủng hộ)"
)
ROUTE = re.compile(r"(?:đoạn|tuyến|hướng|chạy|lộ trình|quốc lộ \w+|ql ?\d+\w?|\d+ ?kv|mạch kép)(?: từ)? \Z")
DASHES = {"-", "–", "—"}

SPORT = re.compile(
    r"(?:bàn thắng|hlv|v-?league|bóng đá|trận đấu|cầu thủ|vòng loại|world cup|sea games|u\d\d|đội tuyển"
    r"|giải đấu|vô địch|clb|sân vận động|tỷ số|huy chương|bàn thua)"
)
NATIONAL = re.compile(
    r"(?:thủ tướng|chính phủ|quốc hội|bộ trưởng|thứ trưởng|bộ [a-zà-ỹ]+|cả nước|toàn quốc|trung ương"
    r"|các tỉnh|các địa phương|nhiều địa phương|tỉnh, thành|tỉnh thành)"
)
ABROAD = re.compile(
    r"\b(?:trung quốc|nước mỹ|tại mỹ|của mỹ|sang mỹ|ở mỹ|hàn quốc|nhật bản|thái lan|campuchia|nước anh"
    r"|singapore|malaysia|australia|nước úc|đài loan|thế giới)\W"
)
PARLIAMENT = re.compile(
    r"(?:đbqh|đại biểu quốc hội|các đại biểu|quốc hội|dự thảo|dự án luật|kỳ họp thứ|cử tri|thảo luận)"
)


CAPTION = re.compile(r"\bảnh\s?(?::|minh họa)|\(ảnh|\bảnh [^.]{0,20}\Z")
CAPTION_AFTER = re.compile(r"\s?[(]?ảnh\b")
HOSPITAL = re.compile(r"(?:bệnh viện|bv|bvđk|viện)(?: [^\s.,;()]+){0,6} ?\Z")
CHARITY = re.compile(
    r"(?:hoàn cảnh|nhà hảo tâm|hảo tâm|cứu con|chữa bệnh|ung thư|vay mượn|viện phí"
    r"|bạn đọc giúp|giúp đỡ|mã số)"
)
WEATHER = re.compile(r"(?:dự báo khí tượng|nhiệt độ|mưa rào|nắng nóng|áp thấp|gió mùa|rải rác|có mưa)")
REGION = re.compile(
    r"(?:bắc bộ|trung bộ|nam bộ|miền bắc|miền trung|miền nam|tây nguyên|miền núi phía bắc|đồng bằng sông)"
)
LOCAL = re.compile(
    r"(?:toàn|trong|của|ubnd|hđnd|công an|trên địa bàn|lãnh đạo|sở [a-zà-ỹ ]{1,18}|trên toàn)"
    r" (?:tỉnh|thành phố|huyện)\b"
    r"|(?:tỉnh|huyện|địa phương|xã|thành phố) (?:này|ta)\b|tỉnh ủy|huyện ủy|ubnd (?:xã|phường)"
    r"|công an (?:xã|phường|huyện)"
)
ALSO = re.compile(r"(?:\bcũng\b|trước đó|mới đây|tương tự|năm ngoái|từng|điển hình|chẳng hạn|ví dụ|đơn cử)")
COMPARED = re.compile(
    r"(?:như|giống|so với|học tập|học|hơn cả|khác|kể cả|lẫn|thậm chí)(?: ở| tại| tỉnh)? ?\Z"
)
PERSON_OF = re.compile(
    r"(?:người đẹp|hoa hậu|á hậu|cô gái|cô nàng|chàng trai|thanh niên|nữ sinh|nam sinh|bà mẹ|ông bố|gái|trai"
    r"|dân|hot girl|đại gia|người|khách|sinh viên|cựu|luật sư|taxi|[a-zà-ỹ]+ [a-zà-ỹ]+ \()"
    r"(?: ở| tại| quê)? ?\Z"
)
SOFT = re.compile(
    r"(?:chồng tôi|vợ tôi|ly hôn|nàng dâu|mẹ chồng|tình yêu|ngoại tình|showbiz|người đẹp|hoa hậu|ca sĩ"
    r"|diễn viên|mv|thời trang|làm đẹp|trẻ trung|cư dân mạng|bộ phim|khán giả|nhan sắc|facebook|clip"
    r"|cảm xúc|hạnh phúc)"
)
EVENT = re.compile(
    r"(?:xảy ra|địa bàn|địa phận|bắt quả tang|hiện trường|phát hiện|bắt giữ|khởi công|khánh thành|tổ chức"
    r"|diễn ra|tai nạn)"
)
HELD = re.compile(r"(?:tại|ở) ?\Z")
PERFORMS = re.compile(
    r"\s?(?:vừa|đã|đang|sẽ|cho biết|cho hay|yêu cầu|phối hợp|tổ chức|bắt|khởi tố|tạm giữ|xử|tuyên"
    r"|ra quyết định|quyết định|tiếp nhận|ban hành|mở|triển khai|phát hiện|điều tra|thông tin)\b"
)
VOTERS = re.compile(r"cử tri(?: [^.;]{0,40})?\Z")


def before(text: Prepared, item: Placed, width: int = WINDOW) -> str:
    """The lowered text before an item."""
    return text.lowered[max(0, item.hit.start - width) : item.hit.start]


def is_real(text: Prepared, item: Placed, lists: set[int]) -> bool:
    """Named for its own sake: not an origin, a delegate's seat, a list, a road or a bank's address."""
    if item.hit.weak or id(item) in lists:
        return False
    left = before(text, item)
    if item.hit.agency:
        return not DELEGATE.search(left)
    return not (
        ORIGIN.search(left) or DELEGATE.search(left) or CONTACT.search(left) or MOVES.search(left[-12:])
    )


def pointers(text: Prepared, placed: list[Placed]) -> set[int]:
    """ids of items that point to a place without being about it: universities, roads, routes."""
    found: set[int] = set()
    last: Placed | None = None
    for item in placed:
        hit = item.hit
        joined = last is not None and text.lowered[last.hit.end : hit.start].strip() in DASHES
        goes_on = text.lowered[hit.end : hit.end + 3].strip()[:1] in DASHES
        route = goes_on and bool(ROUTE.search(before(text, item, 24)))
        if hit.weak or route or (joined and last is not None and id(last) in found and not hit.own_level):
            found.add(id(item))
        last = item
    return found


def scenes(text: Prepared, placed: list[Placed]) -> int:
    """How many districts and communes are named as where something happens, not where somebody is from."""
    found = set()
    for item in placed:
        if item.reading.unit.level is Level.PROVINCE or item.hit.weak:
            continue
        left = before(text, item)
        if not ORIGIN.search(left) and not CONTACT.search(left):
            found.add(item.reading.unit.code)
    return len(found)


def province_lists(placed: list[Placed]) -> list[list[Placed]]:
    """Runs of provinces named one after another, each of two or more."""
    runs: list[list[Placed]] = []
    run: list[Placed] = []
    for item in placed:
        province = item.reading.unit.level is Level.PROVINCE
        if run and province and item.hit.listed:
            run.append(item)
            continue
        runs.append(run)
        run = [item] if province else []
    runs.append(run)
    return [run for run in runs if len(run) > 1]


def in_lists(runs: list[list[Placed]], least: int, most: int = 1000) -> set[int]:
    """ids of the items in runs of that length."""
    return {id(item) for run in runs if least <= len(run) <= most for item in run}
