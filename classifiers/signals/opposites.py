"""Words that say the opposite of each other in one and the same utterance."""

from __future__ import annotations

import re

_WORDS = """
đã/chưa tăng/giảm được/không có/không trước/sau đúng/sai hơn/dưới đồng/phản cho/cấm sẽ/không
đã/không đủ/thiếu cao/thấp nhiều/ít mở/đóng tất/một tất/phần tất/đa tất/nhiều toàn/một toàn/phần
toàn/nhiều mọi/một mọi/nhiều sẽ/có phải/có phải/nên chắc/có phải/không nhanh/chậm đang/chưa đã/sẽ
nên/không trên/dưới tối/không vàng/bạc vàng/đồng
bạc/đồng nam/nữ thưởng/phạt
"""
_PAIRS = """
sớm/muộn; nhanh/chậm; tăng/giảm; nhiều/ít; cao/thấp; lớn/nhỏ; mạnh/yếu; tốt/xấu; tốt/kém; dễ/khó;
đúng/sai; thật/giả; đủ/thiếu; lãi/lỗ; thắng/thua; mở/đóng; lên/xuống; trong/ngoài; trên/dưới; cũ/mới;
nóng/lạnh; sạch/bẩn; nặng/nhẹ; dài/ngắn; rộng/hẹp; sống/chết; hết/còn; đông/vắng; giàu/nghèo; mua/bán;
cho/cấm; đầu/cuối; bắt buộc/tự nguyện; bắt buộc/tùy tâm; ép buộc/tự nguyện; cưỡng chế/tự nguyện;
an toàn/nguy hiểm; thành công/thất bại; hiệu quả/lãng phí; công khai/bí mật; công khai/âm thầm;
chủ động/bị động; minh bạch/mập mờ; tạm thời/lâu dài; tạm thời/vĩnh viễn; ngắn hạn/dài hạn;
tối đa/tối thiểu; ít nhất/nhiều nhất; chủ quan/khách quan; đồng ý/phản đối; đồng tình/phản đối;
ủng hộ/phản đối; ủng hộ/ngăn cản; đồng ý/từ chối; chấp thuận/bác bỏ; chấp nhận/từ chối;
thừa nhận/phủ nhận; xác nhận/bác bỏ; xác nhận/phủ nhận; hài lòng/bức xúc; hài lòng/thất vọng;
yên tâm/lo lắng; yên tâm/bất an; vui mừng/thất vọng; tự hào/xấu hổ; bình thường/bất thường;
ổn định/bất ổn; ổn định/nguy kịch; miễn phí/thu phí; miễn/thu; hợp pháp/trái phép; có phép/không phép;
hợp lý/vô lý; hợp lý/bất hợp lý; vô tình/cố ý; vô ý/cố ý; khuyến khích/bắt buộc; khuyến khích/cấm;
khuyến khích/hạn chế; cho phép/cấm; được phép/cấm; tiếp tục/dừng; tiếp tục/chấm dứt; duy trì/bãi bỏ;
mở rộng/thu hẹp; nâng/hạ; thêm/bớt; xử lý nghiêm/bỏ qua; xử lý/bao che; nhận trách nhiệm/đổ lỗi;
có lỗi/vô can; khẩn trương/thong thả; đúng quy định/sai quy định; đúng quy trình/sai quy trình;
đúng tiến độ/chậm tiến độ; vượt tiến độ/chậm tiến độ; toàn bộ/một phần; tất cả/một số; tất cả/một vài;
mọi/một số; hoàn toàn/một phần; hoàn toàn/phần nào; đa số/thiểu số; phần lớn/số ít; phần lớn/một ít;
chắc chắn/có thể; chắc chắn/có lẽ; chắc chắn/chưa chắc; nhất định/có thể; luôn/đôi khi;
luôn luôn/thỉnh thoảng; thường xuyên/thỉnh thoảng; thường xuyên/hiếm khi; bằng văn bản/qua điện thoại;
bằng văn bản/bằng miệng; công lập/tư thục; nhà nước/tư nhân; ngân sách/xã hội hóa; hôm nay/ngày mai;
năm nay/sang năm; năm nay/năm sau; tháng này/tháng sau; ngay/dần; trước tết/sau tết; cần/không cần;
quan trọng/không quan trọng; khen/chê; khen/phê bình; ưu điểm/nhược điểm; thuận lợi/khó khăn;
sẵn sàng/chưa sẵn sàng; kịp/không kịp; lạc quan/bi quan; tin tưởng/nghi ngờ; tin tưởng/mất niềm tin;
bảo vệ/phá hoại; tuyển/cho nghỉ; tuyển/sa thải; tuyển/cắt giảm; tuyển/cho thôi việc; thuê/sa thải;
nhận thêm/cắt giảm; xây/phá bỏ; xây mới/phá bỏ; cứu/bỏ mặc; giúp/bỏ mặc; thưởng/phạt; thưởng/kỷ luật;
cho vay/đòi nợ; trả lại/giữ lại; có thêm/chỉ còn; đã xong/mới bắt đầu; đã phát/chưa phát;
phát đủ/mới phát; trả đủ/còn nợ; vượt kế hoạch/chưa đạt; giải cứu/bỏ rơi
"""


def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")


OPPOSITE_WORDS = frozenset(frozenset(pair.split("/")) for pair in _WORDS.split())
"""Two words that turn an utterance when only the one stands for the other."""
_OPPOSED = tuple(
    (_word(one.strip()), _word(other.strip()))
    for pair in _PAIRS.split(";")
    for one, other in [pair.split("/")]
)


def opposed(ours: str, theirs: str) -> bool:
    """Whether one of two lowered stretches has a word of which the other has the opposite."""
    return any(
        (one.search(ours) and other.search(theirs) and not other.search(ours) and not one.search(theirs))
        or (other.search(ours) and one.search(theirs) and not one.search(ours) and not other.search(theirs))
        for one, other in _OPPOSED
    )


_ALL = re.compile(r"(?<!\w)(?:toàn bộ|tất cả|mọi|100 ?%|hoàn toàn)(?!\w)")
_SHARE = re.compile(
    r"(?<![\d.,])(?!100)\d{1,2}(?:[.,]\d+)? ?%|(?<!\w)(?:một nửa|phân nửa|một phần|hai phần ba)(?!\w)"
)


def all_for_a_share(ours: str, theirs: str) -> bool:
    """Whether one of two lowered stretches tells of all where the other gives a share."""
    return any(
        _ALL.search(one) and _SHARE.search(other) and not _SHARE.search(one)
        for one, other in ((ours, theirs), (theirs, ours))
    )
