"""What the signals are called before people, in Vietnamese."""

from __future__ import annotations

NAMES = {
    "S1": "Số liệu khác sổ đăng ký",
    "S2": "Tiêu đề không khớp nội dung",
    "S3": "Sự việc cũ nêu như mới",
    "S4": "Địa danh, đơn vị hành chính không khớp",
    "S5": "Cáo buộc chưa thấy dẫn nguồn",
    "S6": "Cách viết giật gân",
    "S7": "Lời trích hoặc ảnh không khớp",
    "S8": "Nội dung đã được cải chính",
    "S9": "Các báo nêu khác nhau",
    "S10": "Tên cơ quan, chức danh không khớp",
}
