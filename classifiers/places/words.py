"""The words around a name that tell a place from a street, a battle, a brand or a person."""

from __future__ import annotations

import re

LEVEL_WORDS = {
    "tỉnh": "tỉnh",
    "thành phố": "thành phố",
    "thủ đô": "thành phố",
    "tp": "thành phố",
    "tp.": "thành phố",
    "t.p": "thành phố",
    "t.p.": "thành phố",
    "quận": "quận",
    "q.": "quận",
    "q": "quận",
    "huyện": "huyện",
    "h.": "huyện",
    "h": "huyện",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "tx.": "thị xã",
    "t.x": "thị xã",
    "t.x.": "thị xã",
    "phường": "phường",
    "p.": "phường",
    "p": "phường",
    "xã": "xã",
    "x.": "xã",
    "x": "xã",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "tt.": "thị trấn",
    "t.t": "thị trấn",
    "t.t.": "thị trấn",
    "đặc khu": "đặc khu",
}
FULL_LEVEL_WORDS = frozenset(LEVEL_WORDS.values())
_LEVEL = "|".join(re.escape(word) for word in sorted(LEVEL_WORDS, key=len, reverse=True) if word != "thủ đô")
LEVEL_BEFORE = re.compile(rf"({_LEVEL})( {{0,2}})\Z")
"""A level word directly before a name, in lower case."""

_LIST_LEVEL = "tỉnh|thành phố|quận|huyện|thị xã|phường|xã|thị trấn|đặc khu"
LIST_LEVEL_BEFORE = re.compile(
    rf"(?:^|\W)(?:các|những|nhiều|một số|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d+) ({_LIST_LEVEL})"
    r"(?: (?!là |như |gồm )\w+){0,5}(?: gồm| là| như| gồm có| bao gồm)?:? \Z"
)
"""A level word that stands apart from the list it governs: "bốn xã vùng cao gồm …"."""

BODY_LEVELS = {
    "tỉnh ủy": "tỉnh",
    "tỉnh đoàn": "tỉnh",
    "thành ủy": "thành phố",
    "thành đoàn": "thành phố",
    "quận ủy": "quận",
    "quận đoàn": "quận",
    "thị ủy": "thị xã",
    "thị đoàn": "thị xã",
    "huyện ủy": "huyện",
    "huyện đoàn": "huyện",
}
BODY_BEFORE = re.compile(rf"(?:^|\W)({'|'.join(BODY_LEVELS)}) \Z")

AGENCY_BEFORE = re.compile(
    r"(?:^|\W)(?:ubnd|hđnd|hđnd và ubnd|tand|vksnd|vks|công an|ca|csgt|csđt|cshs|pccc|sở(?: [\w-]+){1,6}|phòng(?: [\w-]+){1,4}"
    r"|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|tỉnh đoàn|thành đoàn|huyện đoàn|bộ chqs|bđbp"
    r"|bộ đội biên phòng|ban(?: [\w-]+){1,5}|chi cục(?: [\w-]+){1,4}|cục(?: [\w-]+){1,4}|tòa án(?: nhân dân)?"
    r"|viện kiểm sát(?: nhân dân)?|bệnh viện(?: [\w-]+){0,4}|bv(?: [\w-]+){0,3}|bvđk|chủ tịch|bí thư"
    r"|phó chủ tịch|lãnh đạo|chính quyền|mttq|liên đoàn lao động|hội(?: [\w-]+){1,3}|đoàn đbqh"
    r"|thanh tra|cảnh sát|điện lực|bhxh|bảo hiểm xã hội|trung tâm(?: [\w-]+){1,5}|đài(?: [\w-]+){1,4})\Z"
)
"""A public body before a name whose jurisdiction it is."""

NOT_A_PLACE_BEFORE = re.compile(
    r"(?:^|[^\w])(?:"
    r"đường|đ\.|phố|ngõ|ngách|hẻm|đại lộ|quốc lộ|tuyến phố|con phố|cầu|cầu vượt|hầm|hầm chui|phà|bến phà"
    r"|sông|suối|khe|kênh|rạch|hồ|đầm|ao|núi|đồi|đèo|dốc|đập|thác|đảo|vịnh|cửa biển|bãi biển|mỏ"
    r"|thôn|bản|ấp|xóm|buôn|làng|làng nghề|sóc|phum|tổ dân phố|tdp|khu phố|tổ|khu|khu đô thị|kđt|kđtm|khu dân cư|kdc"
    r"|khu tập thể|chung cư|tòa nhà|tòa tháp|cao ốc|khách sạn|nhà hàng|quán|quán cơm|tiệm|siêu thị|ngã tư|ngã ba"
    r"|ngã năm|ngã sáu|vòng xoay|vòng xuyến|công viên|quảng trường|rạp|nhà hát|sân vận động|svđ|sân|bảo tàng"
    r"|công ty|cty|tập đoàn|tổng công ty|ngân hàng|doanh nghiệp tư nhân|dntn|htx|hợp tác xã|hãng|thương hiệu"
    r"|nhãn hiệu|bia|rượu|báo|tạp chí|tàu|tàu cá|clb|câu lạc bộ|đội bóng|fc"
    r"|chiến dịch|chiến thắng|chiến trường|chiến sĩ|trận|trận đánh|trận chiến|mặt trận|cứ điểm|hào khí|hiệp định"
    r"|hội nghị paris|đền|chùa|đình|miếu|nhà thờ|giáo xứ|thủy điện|nhiệt điện|nhà máy|trường|trường thpt|thpt|thcs"
    r"|trường thcs|trường tiểu học|tiểu học|trường mầm non|mầm non|ca khúc|bài hát|bài thơ|tiểu thuyết|bộ phim|phim"
    r"|giải|cúp|họ|dòng họ|gia tộc|nobel|quốc tế|vì"
    r")(?: (?:mang tên|tên|cổ phần|tnhh|mtv))? \Z"
)
"""Words after which a name is a street, a river, a hamlet, a battle, a brand, a dish: no unit."""

COMPANY_BEFORE = re.compile(
    r"(?:^|\W)(?:công ty|cty|tập đoàn|tổng công ty|chi nhánh|ngân hàng|nhà máy|xí nghiệp|khách sạn|nhà hàng|nha khoa)"
    r"(?: (?!ở |tại |của |trên |thuộc |từ |cho |đến |vào |và |là |cách |tới |về )[\w&./-]+){0,6} \Z"
)
"""A company whose name ends in a place name: it points to a province, and names no unit."""

SOFT_BEFORE = re.compile(
    r"(?:^|\W)(?:cao tốc|đường cao tốc|tuyến cao tốc|khu công nghiệp|kcn|cụm công nghiệp|ccn|sân bay|cảng|cảng hàng không"
    r"|cửa khẩu|ga|bến xe|vải thiều|vải|cam|bưởi|gà|gà đồi|chè|rượu|mật ong|đại học|đh|cao đẳng"
    r"|học viện|vườn quốc gia|khu bảo tồn|khu du lịch|khu di tích|chợ|hải cảng|khu kinh tế|kkt"
    r"|(?:phở|bún|bánh|nem|chả|mắm|nước mắm|kẹo|trà|tương|rau|nhãn)(?: \w+)?)\Z"
)
"""Words after which a name points to its place without naming the unit itself."""

PERSON_TITLES = frozenset(
    "ông bà anh chị em cô chú cụ bé cháu thầy bác dì cậu mc sĩ viên hlv thủ tướng y nghệ đồng".split()
)
PERSON_TITLE_BEFORE = re.compile(
    r"(?:^|\W)(?:ông|bà|anh|chị|em|cô|chú|cụ|bé|cháu|thầy|bác|cậu|mc|ca sĩ|nghệ sĩ|nghệ nhân|diễn viên|người mẫu"
    r"|hoa hậu|á hậu|cầu thủ|tiền đạo|tiền vệ|hậu vệ|thủ môn|hlv|luật sư|bác sĩ|nhà báo|nhà văn|nhà thơ|đạo diễn"
    r"|nhạc sĩ|đại úy|thượng úy|thiếu tá|trung tá|thượng tá|đại tá|thiếu tướng|trung tướng|thượng tướng|bị can"
    r"|bị cáo|nghi phạm|đối tượng|nạn nhân|sản phụ|thí sinh|vợ|chồng|con gái|con trai|bệnh nhân) \Z"
)
SURNAMES = frozenset(
    """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Mai Lương Cao Tạ
    Chu Tô Triệu Đào Lâm Thái Trương Quách Hứa Kiều Lò Quàng Cà Giàng Vàng Sùng Vừ Mùa Thào Ma Nông Hà Phùng Lưu
    Vương Từ Tống Doãn Khuất Đàm Nghiêm Thân Giáp Ngụy Diệp La Mạc Ninh Phí Tăng Thạch Văn Vi Viên Đồng Lã Khổng
    Lù Lầu Chảo Tẩn Lý Hạng Cứ Bàn Đèo Điêu Quan Kim Lường Tòng Cầm Bạch Đường Đậu Thị Đình Hữu Đức Ngọc Thanh
    Quang Minh Xuân Thế Bá Công Duy Anh Hồng Thu Kim Thúy Bảo Gia Quốc Trọng Tuấn Việt Hải Phương Đăng Mạnh Như
    Phúc Tiến Trung Tấn Viết Vĩnh Khắc Huy Nhật Phú Tiểu""".split()
)

COMPANY_AFTER = re.compile(
    r"^ (?:FC|CLB|Mới|Milk|Plaza|Tower|Hotel|Group|Corp|Corporation|Bank|Tourist|Tourism|Telecom|Steel|Beer|Star"
    r"|Open|Vàng|Xanh|Club|Beach|Resort|Land|Invest|Holdings|T&T|ACB|B|Minzy|Homes|City|Mall|Park|Petro)\b"
)

OLD_AFTER = re.compile(
    r"^,? ?(?:\( ?(?:cũ|trước đây|trước kia)|cũ(?!\w)|trước đây|trước kia|trước khi (?:sáp|hợp))"
)
OLD_BEFORE = re.compile(
    r"(?:nguyên là|trước đây là|trước đây thuộc|trước kia là|trước kia thuộc|từng thuộc|tách ra từ) \Z"
)

LIST_GAP = re.compile(r"^ ?(?:,|;|và|hay|hoặc|cùng|với|,? ?và|,? ?cùng|–|-|—|/|\+|&) ?\Z")
CHAIN_GAP = re.compile(
    r"^ ?(?:, ?|\( ?|\[ ?| ?[-–—] ?|, ?\(|thuộc|của|, ?thuộc|\)? ?, ?| cũ,? ?\(?| ?\(cũ\),? ?\(?"
    r"|\( ?thuộc| ở|, ?ở| tại|trước đây,? ?\(?) ?\Z"
)
FUSED_AFTER = frozenset(
    """và được đã có là trong cho với của vào ở tại đến từ bị thì để về do khi sẽ đang cũng không vẫn này trên sau
    trước qua gồm thuộc cùng theo nằm phải mới nơi""".split()
)
FUSED_BEFORE = frozenset("tại ở thuộc của về đến từ trên và với cho ra qua vào toàn địa bàn là do".split())

PREPOSITION_BEFORE = re.compile(
    r"(?:^|\W)(?:tại|ở|về|đến|tới|từ|ra|lên|xuống|qua|vào|quê|trú|ngụ|thuộc|của|huyện|với|và|cho|trên địa bàn|khu vực"
    r"|vùng|đất|miền|người dân|người|dân|bà con|nhân dân|hướng|rời|sang|gần|cách|giữa|nối) \Z"
)

PLAIN_WORDS = frozenset(
    """cua va cac nguoi trong khong la duoc tai tu ngay den thong bao cho voi mot nhung da se dang nay khi ve do
    bi de den nam tinh huyen xa phuong thanh pho ubnd cong an dan nha len dem ve phai trung""".split()
)
"""Frequent Vietnamese words in their form without marks; enough of them and a plain text is Vietnamese."""
