"""Another day, sum, doer, cause or share than in the text is found; the same in other words is not.

Texts are our own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from classifiers.records import ArticleText, Field
from classifiers.signals.headline.attached import number_of_another, other_people, other_sum
from classifiers.signals.headline.candidate import Candidate
from classifiers.signals.headline.denials import of_none, some_for_none
from classifiers.signals.headline.doers import established_cause, other_doer, other_organ
from classifiers.signals.headline.grounds import other_ground, read_causes
from classifiers.signals.headline.growth import other_weight, percent_for_times, turned_growth
from classifiers.signals.headline.ranks import prize_of_another, wider_rank
from classifiers.signals.headline.regions import other_region
from classifiers.signals.headline.shares import less_than_half, share_of_all
from classifiers.signals.headline.terms import other_term
from classifiers.signals.headline.times import other_day, shorter_span
from classifiers.signals.headline.whole import some_for_all
from classifiers.signals.reading import Reading
from classifiers.signals.records import SignalContext
from classifiers.signals.s2_headline import UnsupportedHeadline

DAY = date(2026, 5, 5)
BUS = (
    "HĐND tỉnh Lam Giang vừa thông qua nghị quyết miễn vé xe buýt cho học sinh. Chính sách áp dụng từ ngày "
    "1/1/2027, khi tỉnh đấu thầu xong 11 tuyến mới. Trong thời gian chờ, học sinh vẫn mua vé tháng."
)
FERRY = (
    "Cảng vụ Lam Giang thông báo tàu khách trên hồ Nậm Lam tạm nghỉ trong hai ngày 30/9 và 1/10 để kiểm định "
    "phao. Từ sáng 2/10, lịch chạy trở lại bình thường với bảy chuyến."
)
FACTORY = (
    "Công ty Giấy Lam Giang công bố báo cáo năm 2025: doanh thu đạt 780 tỷ đồng, lợi nhuận trước thuế đạt 12 "
    "tỷ đồng. Hơn 600 công nhân vẫn giữ được việc. Ban giám đốc kỳ vọng năm nay khá hơn."
)
TUMOUR = (
    "Bệnh viện Lam Giang mổ lấy khối u nặng 16kg cho bệnh nhân 22 tuổi. Sau ca mổ kéo dài bốn giờ, bệnh nhân "
    "chỉ còn cân nặng 31kg và đang hồi phục. Ê kíp gồm bảy bác sĩ."
)
RAID = (
    "Cuộc đột kích năm 2015 làm 44 cảnh sát thiệt mạng. Cựu tổng thống bị truy tố vì đã cho phép tiến hành "
    "cuộc đột kích. Khi ấy phiến quân mai phục ở hai bên đường."
)
SCHOOL = (
    "Theo tường trình, trong giờ chào cờ, một nhân viên bảo vệ đã tát em H. lớp 7 vì đi muộn. Hiệu trưởng có "
    "mặt sau đó và đưa em vào phòng y tế. Bảo vệ đã xin lỗi gia đình em."
)
FISH = (
    "Hơn bốn tấn cá ở hồ Bản Lòng chết trong hai ngày. Kết quả phân tích cho thấy nước hồ thiếu oxy do nắng "
    "nóng và mật độ nuôi dày. Các hộ được hỗ trợ con giống."
)
WATER = (
    "Sau ba năm, Lũng Pô đã xây 22 công trình cấp nước. Hiện 9 xã có nước sạch, năm xã vùng cao còn dùng "
    "nước suối. Vốn năm nay là 18 tỷ đồng."
)
CLINICS = (
    "Ngày 2/3, UBND phường Quán Cau ra quyết định đình chỉ hoạt động ba phòng khám tư do thiếu giấy phép. "
    "Trước đó, đoàn kiểm tra phát hiện hai người khám bệnh không có bằng bác sĩ. Cơ quan chuyên môn chờ báo "
    "cáo."
)
STORE = (
    "Cơ quan công an kết luận vụ cháy kho chè bản Nà Cọn do công nhân hàn mái tôn làm bắn tia lửa xuống bao "
    "chè khô. Ngọn lửa thiêu rụi 18 tấn chè, may không có ai bị thương. Hợp tác xã đang dọn kho."
)
FEES = (
    "HĐND tỉnh biểu quyết mức học phí mới. So với năm học trước, học phí bình quân tăng 3%, tương đương "
    "4.000 đồng mỗi tháng. Học sinh vùng cao vẫn được miễn. Danh mục các khoản thu sẽ được công khai."
)
OFFAL = (
    "Đội quản lý thị trường Lũng Pô dừng một xe khách có gần 200 kg lòng bò ôi giấu dưới sàn. Cả lô đã đem "
    "chôn. Lái xe khai chở thuê cho một người khách. Chủ hàng chưa trình diện."
)
WELLS = (
    "Trung tâm Kiểm soát bệnh tật lấy chín mẫu nước giếng ở xã Đồng Nưa. Kết quả cho thấy không mẫu nào có "
    "vi khuẩn tả; hai mẫu nhiễm coliform. Người dân được khuyên đun sôi nước."
)
ROADS = (
    "HĐND tỉnh thông qua danh mục đầu tư công với tổng vốn 5.400 tỷ đồng cho 61 dự án giao thông. Trong đó, "
    "đường ven sông Rạng được bố trí 870 tỷ đồng. Phần lớn nhất dành cho cao tốc."
)
CANE = (
    "Vụ này, vùng mía Sông Rạng cho 92 tấn mỗi ha, đứng đầu các tỉnh phía Bắc. So với cả nước, năng suất "
    "mía này xếp sau Gia Lai. Nhà máy mua mía 1,15 triệu đồng một tấn."
)
TRIAL = (
    "Tòa án tuyên Giàng A Khua 3 năm tù, cho hưởng án treo về tội hủy hoại 1,2 ha rừng Mây Thượng. Bị cáo "
    "phải trồng lại rừng. Hai người làm thuê bị phạt tiền."
)
FEVER = (
    "Đến ngày 8/9, Trung tâm Kiểm soát bệnh tật Lam Giang ghi nhận 46 ca sốt xuất huyết, rải rác ở bảy xã. "
    "Bệnh nhân đều nhẹ. Hóa chất đã phun ở ba ổ dịch."
)
CRASH = (
    "Rạng sáng nay, ở dốc Mây Thượng thuộc tỉnh Hòa Bình, một xe tải mất phanh lao vào vách "
    "núi. Hai người tử vong, một người nhảy được khỏi xe. Công an đang làm rõ."
)
STORIES = (
    "Ban tổ chức cuộc thi truyện ngắn trao giải nhất cho một cây bút Phú Thọ. Nhà văn Đàm Khải nhận giải ba "
    "với truyện Bến cũ. Năm nay có 412 bài dự thi từ 30 tỉnh."
)
MARKS = (
    "Kỳ thi vào lớp 10 năm nay có 21.340 học sinh dự thi. Môn Toán có 96 bài bị điểm liệt, ít hơn năm "
    "ngoái. Gần một nửa thí sinh đạt từ 6 điểm trở lên. Môn Ngữ văn cao nhất."
)

Rule = Callable[[Reading], Candidate | None]


def reading(title: str, text: str) -> Reading:
    return Reading(ArticleText(title, "", text, DAY))


@pytest.mark.parametrize(
    ("rule", "text", "changed", "said"),
    [
        (other_day, BUS, "Từ tháng 6, học sinh đi xe buýt miễn vé", "Từ tháng 1/2027 miễn vé xe buýt"),
        (other_day, BUS, "Tháng tới, học sinh được miễn vé", "Sang năm, học sinh Lam Giang được miễn vé"),
        (shorter_span, FERRY, "Tàu khách hồ Nậm Lam nghỉ suốt mùa thu", "Tàu khách hồ Nậm Lam nghỉ hai ngày"),
        (other_sum, FACTORY, "Giấy Lam Giang lãi 780 tỷ đồng", "Giấy Lam Giang đạt doanh thu 780 tỷ đồng"),
        (number_of_another, TUMOUR, "Mổ lấy khối u 31 kg ở Lam Giang", "Mổ lấy khối u 16 kg ở Lam Giang"),
        (other_people, RAID, "44 phiến quân bỏ mạng vì đột kích", "44 cảnh sát bỏ mạng vì đột kích"),
        (other_doer, SCHOOL, "Hiệu trưởng Bản Hạ tát học sinh", "Bảo vệ trường Bản Hạ tát học sinh"),
        (established_cause, FISH, "Cá chết trắng hồ vì nhà máy xả thải", "Cá chết trắng hồ vì thiếu oxy"),
        (some_for_all, WATER, "Cả 14 xã của Lũng Pô có nước sạch", "Chín xã của Lũng Pô có nước sạch"),
        (other_organ, CLINICS, "Sở Y tế đình chỉ ba phòng khám", "UBND phường đình chỉ ba phòng khám"),
        (other_ground, STORE, "Chập điện thiêu rụi kho chè Nà Cọn", "Hàn xì thiêu rụi kho chè Nà Cọn"),
        (percent_for_times, FEES, "Học phí tăng gấp ba từ năm học mới", "Học phí tăng 3% từ năm học mới"),
        (turned_growth, FEES, "Học phí giảm 3% từ năm học mới", "Học phí tăng 3% từ năm học mới"),
        (other_weight, OFFAL, "Xe chở 2 tấn lòng bò ôi", "Xe chở 200 kg lòng bò ôi"),
        (of_none, WELLS, "Giếng Đồng Nưa có vi khuẩn tả", "Giếng Đồng Nưa nhiễm coliform"),
        (share_of_all, ROADS, "5.400 tỷ đồng làm đường ven sông", "870 tỷ đồng làm đường ven sông"),
        (wider_rank, CANE, "Mía Sông Rạng năng suất cao nhất nước", "Mía Sông Rạng đứng đầu phía Bắc"),
        (other_term, TRIAL, "Mười năm tù cho kẻ phá rừng", "3 năm tù cho kẻ phá rừng"),
        (some_for_none, FEVER, "Lam Giang chưa có ca sốt xuất huyết nào", "Lam Giang có ca sốt xuất huyết"),
        (prize_of_another, STORIES, "Nhà văn Đàm Khải đoạt giải nhất", "Nhà văn Đàm Khải đoạt giải ba"),
        (less_than_half, MARKS, "Nửa số thí sinh dính điểm liệt môn Toán", "Nửa số thí sinh đạt trên 6 điểm"),
        (other_region, CRASH, "Sơn La: Xe tải đâm vách núi", "Hòa Bình: Xe tải đâm vách núi"),
    ],
)  # fmt: skip
def test_only_the_changed_title_is_found(rule: Rule, text: str, changed: str, said: str) -> None:
    assert rule(reading(said, text)) is None
    found = rule(reading(changed, text))
    assert found is not None
    assert found.sentence.text in text.lower()


@pytest.mark.parametrize(
    ("rule", "text", "title"),
    [
        (
            other_day,
            BUS + " Riêng xã đảo áp dụng từ ngày 1/6.",
            "Từ tháng 6, học sinh Lam Giang miễn vé xe buýt",
        ),
        (shorter_span, FERRY + " Mùa này tàu nghỉ suốt vì sương mù.", "Tàu hồ Nậm Lam nghỉ suốt mùa thu"),
        (other_doer, SCHOOL + " Hiệu trưởng cũng tát em này.", "Hiệu trưởng Bản Hạ tát học sinh"),
        (other_doer, SCHOOL, "Hiệu trưởng Bản Hạ bị tố tát học sinh"),
        (established_cause, FISH + " Có thể do nhà máy xả thải.", "Cá chết trắng hồ vì nhà máy xả thải"),
        (some_for_all, WATER + " Đến nay tất cả đã nối xong.", "Cả 14 xã của Lũng Pô có nước sạch"),
    ],
)
def test_a_text_that_has_it_too_says_nothing_against_the_title(rule: Rule, text: str, title: str) -> None:
    assert rule(reading(title, text)) is None


def test_a_line_with_a_single_cause_is_named(tmp_path: Path) -> None:
    file = tmp_path / "causes.txt"
    file.write_text("# causes\nmưa|lũ\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_causes(file)


def test_a_claim_of_the_lead_is_held_against_the_text() -> None:
    text = (
        "Khoảng 3 giờ ngày 4/5, xe khách chở 32 người xuống dốc Cun thì mất phanh, lật nghiêng bên đường. "
        "Ba người bị thương nhẹ được sơ cứu ở trạm y tế xã. Những người khác không sao. Tài xế khai phanh "
        "hỏng từ đỉnh dốc."
    )
    lead = "Xe chở 32 người mất phanh, ba người tử vong tại chỗ."
    article = ArticleText("Xe khách lật ở dốc Cun, phanh hỏng", lead, text, DAY)
    found = UnsupportedHeadline().detect(Reading(article), SignalContext())
    assert [(f.span.field, "tử vong" in f.span.text) for f in found] == [(Field.LEAD, True)]
    told = ArticleText(article.title, "Xe chở 32 người mất phanh, ba người bị thương.", text, DAY)
    assert UnsupportedHeadline().detect(Reading(told), SignalContext()) == []
