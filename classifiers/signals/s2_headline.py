"""S2: a headline that its own article does not bear out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classifiers.signals.calibration import score
from classifiers.signals.headline.actors import other_actor, other_winner
from classifiers.signals.headline.attached import number_of_another, other_people, other_sum
from classifiers.signals.headline.candidate import Candidate
from classifiers.signals.headline.certainty import denied, found_out, not_yet, other_cause, other_culprit
from classifiers.signals.headline.counts import (
    dead_or_alive,
    only_part,
    other_number,
    other_outcome,
    other_thing,
    other_toll,
)
from classifiers.signals.headline.denials import (
    called_false,
    fewer_of,
    of_none,
    plainly_denied,
    some_for_none,
)
from classifiers.signals.headline.doers import established_cause, other_doer, other_organ
from classifiers.signals.headline.exclusions.exclusion import excluded
from classifiers.signals.headline.extent import all_for_some, opposite, other_level, other_rank
from classifiers.signals.headline.facets.model import contradicted
from classifiers.signals.headline.grounds import other_ground
from classifiers.signals.headline.growth import other_weight, percent_for_times, turned_growth
from classifiers.signals.headline.leads import against_lead
from classifiers.signals.headline.measures import no_measure
from classifiers.signals.headline.names import cleared, other_finding, other_name
from classifiers.signals.headline.parts import other_rate, other_unit, part_for_whole
from classifiers.signals.headline.plans import only_draft, planned, promised, undecided
from classifiers.signals.headline.ranks import prize_of_another, wider_rank
from classifiers.signals.headline.regions import other_region
from classifiers.signals.headline.shares import less_than_half, share_of_all
from classifiers.signals.headline.slots.model import filled_otherwise
from classifiers.signals.headline.states import not_all_safe, only_negated, other_state
from classifiers.signals.headline.terms import other_term
from classifiers.signals.headline.times import other_day, shorter_span
from classifiers.signals.headline.whole import some_for_all
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.records import Evidence, EvidenceKind, SignalContext, SignalFinding

INNOCENT = (
    "Tiêu đề hoặc sapo có thể dùng từ đồng nghĩa hoặc nói ẩn dụ.",
    "Phần thân bài có thể bị thu thiếu, hoặc chi tiết nằm trong ảnh, chú thích, video.",
    "Tiêu đề hoặc sapo có thể nói về diễn biến mới hơn phần thân bài.",
)
MIN_TITLE, MAX_TITLE = 12, 500
"""Characters; a longer title is a text that was put in the wrong field."""
MIN_BODY = 200
"""A shorter text is a picture story or a cut extraction: nothing can be missing from it."""

RULES: tuple[Callable[[Reading], Candidate | None], ...] = (
    other_outcome,
    dead_or_alive,
    other_thing,
    other_number,
    other_toll,
    only_part,
    other_level,
    other_rank,
    denied,
    no_measure,
    opposite,
    other_name,
    other_finding,
    cleared,
    other_cause,
    other_culprit,
    found_out,
    not_yet,
    only_draft,
    planned,
    promised,
    undecided,
    all_for_some,
    other_state,
    not_all_safe,
    only_negated,
    plainly_denied,
    called_false,
    fewer_of,
    filled_otherwise,
    part_for_whole,
    other_unit,
    other_rate,
    other_winner,
    other_actor,
    contradicted,
    excluded,
    other_day,
    shorter_span,
    some_for_all,
    other_sum,
    other_people,
    number_of_another,
    other_doer,
    established_cause,
    other_organ,
    other_ground,
    turned_growth,
    percent_for_times,
    other_weight,
    of_none,
    share_of_all,
    wider_rank,
    other_term,
    some_for_none,
    other_region,
    prize_of_another,
    less_than_half,
)


@dataclass(frozen=True)
class UnsupportedHeadline:
    """Detector of S2. Looks at one article alone."""

    signal: str = "S2"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """The first stretch of the title that the text speaks against; at most one."""
        del context
        # A question asserts nothing.
        title = target.title.text
        if not MIN_TITLE <= len(title) <= MAX_TITLE or "?" in title or len(target.body) < MIN_BODY:
            return []
        claimed = target.title
        candidate = next((found for rule in RULES if (found := rule(target)) is not None), None)
        if candidate is None:
            told = against_lead(target)
            if told is None:
                return []
            claimed, candidate = told
        return [_finding(self.signal, target, claimed, candidate)]


def _finding(signal: str, target: Reading, claimed: Sentence, candidate: Candidate) -> SignalFinding:
    """The stretch of the title, or of a sentence of the lead, beside what speaks against it."""
    other = target.span(candidate.sentence, candidate.begin, candidate.stop)
    return SignalFinding(
        signal,
        candidate.rule,
        target.span(claimed, candidate.start, candidate.end),
        Evidence(EvidenceKind.SAME_ARTICLE, other.text, span=other),
        score(f"S2.{candidate.rule}"),
        INNOCENT,
    )
