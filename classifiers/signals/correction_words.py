"""Words by which notices take back and give right, and by which a later report repeats or leaves it."""

from __future__ import annotations

import re

from classifiers.signals.wording import word_set

SAYS_WHAT = re.compile(
    r"\b(?:không phải|chứ không|thay vì|không có|không ghi nhận|ghi nhầm|viết nhầm|đọc sai)\b[^.;]{4,120}"
)
DENYING = re.compile(
    r"\b(?:không (?:có|phải|xảy ra|ghi nhận)|chưa (?:có|xảy ra|ghi nhận))(?P<what>(?: \w+){1,4})|"
    r"\b(?:không|chưa)(?P<act>(?: \w+){1,2})"
)
EITHER = (
    ("hết", "còn"),
    ("thiếu", "đủ"),
    ("tăng", "giảm"),
    ("mất", "còn"),
    ("đóng", "mở"),
    ("chết", "sống"),
    ("lỗ", "lãi"),
    ("thua", "thắng"),
)
OPPOSITES = (*EITHER, *((b, a) for a, b in EITHER))
"""Where the claim says the one and a sentence the other, the sentence does not repeat the claim."""
WHOLE = re.compile(
    r"không đúng|là sai|chưa (?:được )?kiểm (?:chứng|tra)|gỡ|chưa chính xác|không chính xác|không có|"
    r"diễn đạt|không (?:liên quan|tham gia|phải|hề|làm|gây|ghi nhận|xảy ra|vận hành|thu)|thất thiệt|bịa|"
    r"không (?:\w+ ){1,3}nào|dàn dựng|cắt ghép|nhầm lẫn|sai lệch|sai sự thật|bác bỏ|rút (?:tin|bài)|"
    r"chưa (?:có|quyết|phê|ký|ban)|(?:ở|tại|của|là) (?:một )?(?:\w+ ){1,3}khác\b|"
    r"không được (?:quay|chụp|ghi)|nước ngoài|nơi khác|dịch sai|mới chỉ|chỉ (?:có|mới)|kết luận|an toàn|"
    r"đạt (?:quy |tiêu )?chuẩn|đều đạt|đạt yêu cầu|trong (?:giới hạn|ngưỡng)|âm tính|là thật|hợp lệ|"
    r"đúng quy (?:trình|định)|có (?:giấy )?phép|bình thường|đầy đủ (?:hồ sơ|giấy tờ)|theo nguyện vọng"
)
"""Words by which a notice takes back what was told, and not only a number of it."""
LACKING = re.compile(r"\b(?:không(?! chỉ| dưới| ít| những| quá)|chưa|chẳng|thiếu|vắng|ngừng|dừng)\b")
LACKED = re.compile(r"\b(?:không|chưa|chẳng|thiếu|vắng|ngừng|dừng)(?P<what>(?: \w+){1,4})")
OFFICE = re.compile(
    r"\b(?:chủ tịch|giám đốc|bí thư|hiệu trưởng|trưởng phòng|trưởng ban|trưởng thôn|trưởng bản|cục trưởng|"
    r"chi cục trưởng|kiểm lâm viên|chánh văn phòng|chủ nhiệm|cán bộ|con trai|con gái|thẩm phán|viện trưởng)\b"
)
PERSON = 3
"""Words of a full name."""
RENAMED = re.compile(
    r"\b(?:sai|nhầm) (?:tên|địa danh|địa chỉ|nơi|đơn vị|xã|trường)|\b(?:ở|tại|là) [^.;]{3,60}, không phải\b"
)
MISNAMED = re.compile(r"\b(?:nêu|ghi|viết|đưa)\b([^.;\d]{4,60})\blà (?:nhầm|sai)\b")
OWNED = re.compile(r"\b(?:là của|thuộc về|là ở|xảy ra (?:tại|ở)) ([^.;,]{3,60})")
UNCONCERNED = re.compile(r"[;.,] ([^;.]{4,90}?),? không (?:liên quan|dính líu|có mặt)(?! (?:đến|tới) )")
"""Somebody whom a notice clears."""
NAMED_SO = re.compile(
    r"(?:(?:ông|bà|cô|thầy|em|cháu|anh|chị|đồng chí|chủ tịch|phó|giám đốc|bí thư|hiệu trưởng|trưởng|sở|xã|"
    r"phường|huyện|tỉnh|thành phố|thôn|bản|khu phố|bến phà|bến xe|bến|suối|đồi|núi|bệnh viện|trung tâm|y tế|"
    r"đa khoa|trường|mầm non|tiểu học|thcs|thpt|trung học|cơ sở|phổ thông|đại học|cao đẳng|ubnd|công ty|"
    r"nhà máy|thủy điện|xí nghiệp|hợp tác xã|khu công nghiệp|cụm công nghiệp|chợ|cầu|hồ|sông|đèo|mỏ đá|mỏ|"
    r"khu dân cư|khu du lịch|làng nghề|ngân hàng|doanh nghiệp|tổ hợp tác|trạm|nhóm trẻ|cơ sở nước|nhà xe|"
    r"chùa|đền) )+\Z|"
    r"\b(?:công ty|trường|bệnh viện|trung tâm|trạm|chi cục|nhà máy|hợp tác xã|ngân hàng|tập đoàn|cơ sở|quán|"
    r"khu công nghiệp|khu du lịch|dự án)(?: [^\W\d_]+){1,4} \Z"
)
RANK = re.compile(
    r"\b(?:xếp (?:thứ|hạng|vị trí)|đứng thứ|hạng \w+|dẫn đầu|đứng đầu|quán quân|vô địch|số một|"
    r"cao nhất|nhất)\b"
)
THOUGH = re.compile(r"\b(?:dù|mặc dù|trong khi|thay vì|lẽ ra)\b[^.;]{0,50}\Z")
"""Ahead of the right number in a sentence that still holds the wrong one against it."""
PART = re.compile(
    r"\b(?:chỉ|mới chỉ) (?:có )?(?:một|hai|ba|\d+|một số|một phần|vài)\b|\btrong đó (?:chỉ )?có\b"
)
ALL = re.compile(r"\b(?:toàn bộ|tất cả|cả (?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|đều|100 ?%)(?!\w)")
SOURCE = re.compile(
    r"\btheo [^,.;]{3,80},|[^.;,]{3,70}\b(?:cho biết|cho hay|khẳng định|xác nhận|thông báo|kết luận|"
    r"cho thấy)\b"
)
MISTAKE = re.compile(
    r"\b(?:chúng tôi|báo|bài|tin|bản tin|bài viết)\b[^.;]*\b(?:viết|nêu|đưa|đăng|ghi|nói)\b|\b(?:nhầm|sai|"
    r"chưa (?:đúng|chính xác|kiểm)|không chính xác|sơ suất|lỗi|gỡ|rút)\b"
)
WHAT_IT_IS = re.compile(
    r"(?P<number>\d[\d.,]*%?(?: [^\W\d_]+){0,3}?) (?:là|do nhầm với|nhầm với|"
    r"thuộc về) (?:số )?(?P<what>[^.;,]{3,70})"
)
"""What a number that was taken back really is."""
COUNT = re.compile(r"(?<![\d.,/])\d[\d.,]* [^\W\d_]+")
RANKED = re.compile(r"\b(?:thứ|hạng|vị trí) \d+\b")
NUMERIC = re.compile(
    r"\b(?:con số|số liệu|(?<!biển )số (?!ra|báo|ngày)\w+|chữ số|đánh máy|gõ|dấu phẩy|đơn vị|mức|giá|điểm|"
    r"tỷ lệ|tính nhầm|in (?:sai|nhầm|thừa)|ghi (?:sai|nhầm)|đọc (?:sai|nhầm)|dòng|bảng|cộng|tuổi|thời gian|"
    r"diện tích|chiều dài|công suất|sản lượng|năng suất)\b"
)
"""Words by which a notice tells that a number was wrong."""
CLASSIFIERS = word_set(
    "gian con căn ngôi chiếc tòa cây quả nóc bệnh học giáo sinh công doanh nạn hành du tỷ triệu nghìn cơ dự "
    "hạng trường"
)
"""First syllables of what is counted by two."""
