"""S8: a claim that its source has already corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.signals.calibration import score
from classifiers.signals.correction_words import SAYS_WHAT
from classifiers.signals.passage import Passage
from classifiers.signals.reading import Reading
from classifiers.signals.records import Correction, Evidence, EvidenceKind, SignalContext, SignalFinding
from classifiers.signals.repeated import repeats
from classifiers.signals.repeated_number import knows_better
from classifiers.signals.withdrawn import Claim

INNOCENT = (
    "Bài có thể nói về một sự việc khác cùng loại.",
    "Nơi đăng có thể chưa biết có cải chính.",
    "Bài có thể đã có nguồn riêng, độc lập với tin bị cải chính.",
)

_MENDED = re.compile(
    r"đính chính|cải chính|thông tin lại|xin lỗi bạn đọc|đã (?:được )?(?:báo [\w ]{2,30} )?sửa|"
    r"không (?:hề )?chính xác|tin (?:sai|giả|thất thiệt)|thông tin sai|bị gỡ|đã gỡ|gỡ bài|nói lại cho rõ|"
    r"không (?:đúng|có thật)|báo [^.;]{2,30} xin lỗi|xin lỗi vì (?:đã )?(?:viết|đăng|đưa|nêu|nói)|"
    r"lời xin lỗi|hiểu (?:lầm|nhầm)|hóa ra (?:là|chỉ)|trùng (?:họ )?tên|gán (?:cho|ghép)|thực ra|sự thật là|"
    r"ảnh cũ|clip cũ|tin đồn thất thiệt|từng (?:đưa|đăng|viết|nêu)|bác bỏ|minh oan|"
    r"(?:tờ báo|tòa soạn|ban biên tập) (?:\w+ ){0,2}xin lỗi"
)
_APOLOGY = re.compile(r"xin lỗi|đã gỡ|gỡ bài|rút kinh nghiệm|kiểm điểm")


@dataclass(frozen=True)
class AlreadyCorrected:
    """Detector of S8. Needs correction notices published before the article."""

    signal: str = "S8"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """Sentences that repeat what a notice took back, in an article that does not say so."""
        found = []
        for notice in context.corrections:
            if context.published is not None and notice.published >= context.published:
                continue
            finding = self._repeats(target, notice, context)
            if finding is not None:
                found.append(finding)
        return found[:3]

    def _repeats(self, target: Reading, notice: Correction, context: SignalContext) -> SignalFinding | None:
        if _MENDED.search(target.whole):
            return None
        claim = Claim.of(notice, context)
        if knows_better(target, claim):
            return None
        sentences = (target.title, *target.sentences)
        befores = ("", *(sentence.text for sentence in sentences))
        passages = (Passage(*pair, target) for pair in zip(sentences, befores, strict=False))
        value, best = max(((repeats(p, claim), p) for p in passages), key=lambda found: found[0])
        if not value:
            return None
        return SignalFinding(
            self.signal,
            "repeated",
            target.whole_span(best.sentence),
            Evidence(
                EvidenceKind.CORRECTION,
                _right_part(notice.text),
                (),
                notice.outlet,
                notice.published.isoformat(),
            ),
            score("S8.repeated"),
            INNOCENT,
        )


def _right_part(text: str) -> str:
    """The sentences of a notice that say what is right."""
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ])", text) if s.strip()]
    kept = [s for i, s in enumerate(sentences) if i > 0 and not _APOLOGY.search(s.lower())]
    if not kept:
        kept = [s for s in sentences if SAYS_WHAT.search(s.lower())] or sentences
    return " ".join(kept)
