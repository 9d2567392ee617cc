"""Claims of the lead that the text itself speaks against."""

from __future__ import annotations

import re
from collections.abc import Callable

from classifiers.records import ArticleText, Field
from classifiers.signals.headline.candidate import Candidate
from classifiers.signals.headline.counts import other_outcome
from classifiers.signals.headline.exclusions.exclusion import claims
from classifiers.signals.reading import Reading, Sentence


def excluded_outcome(lead: Reading) -> Candidate | None:
    """What became of people or things; leads tell of too much else on the way."""
    return next((claim for claim in claims(lead, wide=False) if claim.rule == "outcome"), None)


RULES: tuple[Callable[[Reading], Candidate | None], ...] = (
    other_outcome,
    excluded_outcome,
)
MIN_TEXT, MAX_TEXT = 200, 1_500
LONGEST = 260
"""Characters of a sentence of the lead; a longer one tells of too much to be one claim."""


def against_lead(target: Reading) -> tuple[Sentence, Candidate] | None:
    """A sentence of the lead with what the text has against it."""
    text = target.article.text
    if not MIN_TEXT <= len(text) <= MAX_TEXT:
        return None
    for sentence in target.sentences:
        if sentence.field is not Field.LEAD:
            break
        if len(sentence.text) > LONGEST or "?" in sentence.text or re.search(r"[\"“]", sentence.text):
            continue
        alone = Reading(ArticleText(sentence.cased, "", text, target.article.published))
        for rule in RULES:
            found = rule(alone)
            if found is not None:
                return sentence, found
    return None
