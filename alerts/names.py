"""What signals and topics are called in messages."""

from __future__ import annotations

from functools import cache

from classifiers.topics.lexicon import load_lexicon

SIGNALS = {
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


def signal_name(code: str) -> str:
    """The signal in words; the code itself when it is no signal of ours."""
    return SIGNALS.get(code, code)


@cache
def _topics() -> dict[str, str]:
    return {topic.id: topic.name for topic in load_lexicon().topics}


def topic_name(code: str) -> str:
    """The topic's name; the code itself when there is no such topic."""
    return _topics().get(code, code)
