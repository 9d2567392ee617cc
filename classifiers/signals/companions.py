"""S5 and S6: they are shown with another finding of the same article and never stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.signals.calibration import score
from classifiers.signals.reading import Reading
from classifiers.signals.records import Evidence, EvidenceKind, SignalFinding

INNOCENT_ACCUSATION = (
    "Báo chí được bảo vệ nguồn tin và được đưa tin khi chưa có kết luận chính thức.",
    "Nguồn có thể đã nêu ở bài trước trong cùng loạt bài.",
    "Có thể là bài bình luận, nêu ý kiến.",
)
INNOCENT_WORDING = (
    "Từ ngữ có thể là lời của người dân được trích.",
    "Thiên tai, tai nạn nghiêm trọng có thể đúng như mô tả.",
)
MAX_FINDINGS = 2

_ACCUSATION = re.compile(
    r"\b(?:tham ô|tham nhũng|nhận hối lộ|ăn hối lộ|đưa hối lộ|biển thủ|chiếm đoạt|lừa đảo|bao che|"
    r"tiếp tay|bảo kê|"
    r"rút ruột|ăn chặn|khai khống|lập khống|bị tố|chạy chức|chạy án|gian lận|làm giả|móc ngoặc|thông thầu|"
    r"trục lợi)\b"
)
_ATTRIBUTION = re.compile(
    r"\b(?:theo|kết luận|bản án|cáo trạng|hồ sơ|tòa|tòa án|công an|viện kiểm sát|thanh tra|kiểm toán|"
    r"khởi tố|truy tố|"
    r"xét xử|tuyên|bị cáo|bị can|cho biết|cho hay|nói|kể|tố cáo|phản ánh|đơn|thừa nhận|khai|báo cáo|"
    r"văn bản|biên bản|"
    r"xác nhận|xác minh|cơ quan|quyết định|luật|điều)\b|[\"“”]"
)
_SENSATIONAL = re.compile(
    r"\b(?:kinh hoàng|rùng rợn|sốc|gây sốc|chấn động|phẫn nộ|dậy sóng|hãi hùng|khủng khiếp|choáng váng|"
    r"la liệt|"
    r"thê thảm|trắng tay|khóc ròng|không thể tin|bí ẩn|kinh dị|tột cùng|cực sốc|rúng động|đen ngòm|"
    r"trắng sông|kỳ tích)\b|!{2,}|\?!"
)


@dataclass(frozen=True)
class UnattributedAccusation:
    """Detector of S5: an accusation in a sentence without any word of attribution."""

    signal: str = "S5"

    def attached(self, target: Reading) -> list[SignalFinding]:
        """Accusing clauses for which neither this sentence nor its neighbours name a source."""
        found = []
        sentences = target.sentences
        for index, sentence in enumerate(sentences):
            match = _ACCUSATION.search(sentence.text)
            if not match:
                continue
            around = sentences[max(0, index - 1) : index + 2]
            if any(_ATTRIBUTION.search(near.text) for near in around):
                continue
            evidence = Evidence(
                EvidenceKind.SAME_ARTICLE,
                "Không thấy từ ngữ dẫn nguồn (theo, kết luận, bản án, cho biết…) trong câu này và hai "
                "câu liền kề",
            )
            found.append(
                SignalFinding(
                    self.signal,
                    "unattributed",
                    target.whole_span(sentence),
                    evidence,
                    score("S5.unattributed"),
                    INNOCENT_ACCUSATION,
                )
            )
        return found[:MAX_FINDINGS]


@dataclass(frozen=True)
class SensationalWording:
    """Detector of S6: strong words in the title."""

    signal: str = "S6"

    def attached(self, target: Reading) -> list[SignalFinding]:
        """The strong words of the title, outside quotation marks."""
        title = target.title
        return [
            SignalFinding(
                self.signal,
                "wording",
                target.span(title, match.start(), match.end()),
                Evidence(EvidenceKind.SAME_ARTICLE, f"Từ ngữ mạnh trong tiêu đề: {match.group()}"),
                score("S6.wording"),
                INNOCENT_WORDING,
            )
            for match in _SENSATIONAL.finditer(title.text)
            if title.text[: match.start()].count('"') % 2 == 0
        ][:MAX_FINDINGS]
