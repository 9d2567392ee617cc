"""Titles with an arrest, a charge or a sanction of which the text knows nothing."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, unnamed
from classifiers.signals.headline.certainty import HEDGED
from classifiers.signals.reading import Reading

_ARREST = re.compile(
    r"\b(?:bắt giữ|bắt giam|bắt khẩn cấp|bắt tạm giam|tạm giữ|bắt được|tóm gọn|bắt nóng|bắt gọn|"
    r"bắt (?=nghi phạm|nghi can|đối tượng|kẻ|người|hung thủ|nhóm|thủ phạm|tên|băng))\b"
)
_ARREST_TRACES = re.compile(
    r"\bbắt(?! cóc| đầu| buộc| nguồn| tay| mắt| gặp| kịp| chước| nạt| ép)|\b(?:tạm giữ|tạm giam|khống chế|"
    r"di lý|khởi tố|truy tố|áp giải|còng|giam|đầu thú|tóm|triệu tập|tự thú|bàn giao|dẫn giải|vây ráp|"
    r"mời về|tuyên)\b"
)
_CHARGE = re.compile(r"\b(?:bị khởi tố|khởi tố|truy tố|bị truy tố)\b")
_CHARGE_TRACES = re.compile(
    r"\bkhởi tố|truy tố|bị can|bị cáo|bắt (?:giữ|tạm|giam|khẩn)|tạm giam|tạm giữ|hầu tòa|tuyên phạt|"
    r"cáo trạng|lệnh bắt"
)
_SANCTION = re.compile(
    r"\b(?:bị cách chức|cách chức|bị kỷ luật|bị khai trừ|bị sa thải|bị buộc thôi việc|mất chức)\b"
)
_SANCTION_TRACES = re.compile(
    r"\b(?:cách chức|kỷ luật|khai trừ|sa thải|thôi việc|mất chức|cảnh cáo|khiển trách|thôi chức|"
    r"thôi giữ chức|cho thôi|miễn nhiệm|đình chỉ)\b"
)
_MEASURES = ((_ARREST, _ARREST_TRACES), (_CHARGE, _CHARGE_TRACES), (_SANCTION, _SANCTION_TRACES))
_NOT_TAKEN = re.compile(r"\bchưa (?:ra|có|áp dụng|xem xét|bị|đưa ra|quyết định)\b")
_VERIFYING = re.compile(r"\b(?:xác minh|điều tra|truy tìm|truy bắt|thu thập|tiếp nhận đơn)\b")


def no_measure(target: Reading) -> Candidate | None:
    """An arrest, a charge or a sanction in the title of which the text knows nothing."""
    title = target.title.text
    if HEDGED.search(unnamed(target.title)) or len(target.body) < 400:
        return None
    for measure, traces in _MEASURES:
        match = measure.search(title)
        if not match or traces.search(target.body):
            continue
        for waiting in (_NOT_TAKEN, _VERIFYING):
            for sentence in reversed(target.sentences):
                if waiting.search(sentence.text):
                    _, end = clause(title, match.start(), match.end())
                    return Candidate.whole("measure", match.start(), end, sentence)
    return None
