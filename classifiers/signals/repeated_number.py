"""Whether an article repeats a number that a notice took back, or gives the right one."""

from __future__ import annotations

from classifiers.signals.claim_words import (
    beside,
    clause_at,
    clause_of,
    far_from,
    instead_of,
    says_what_it_was,
    unit_of,
)
from classifiers.signals.correction_words import LACKING, SAYS_WHAT, THOUGH
from classifiers.signals.meanings import ACTS, senses, weight
from classifiers.signals.notice_figures import equal, figures, same_kind, unit_alike
from classifiers.signals.notices import telling_words
from classifiers.signals.number_pairs import MEASURES
from classifiers.signals.passage import Passage, any_in
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading
from classifiers.signals.withdrawn import Claim

OTHERWISE = 0.5
FEW_WORDS, SMALL = 3, 10
"""Words around a number that must be the same; a small number may be anybody's and takes one more."""
MEASURED = {(unit,) for unit in MEASURES}
MANY_WORDS, GREAT = 5, 100
"""With so many and so great a number the report need not name whom it is about."""


def knows_better(target: Reading, claim: Claim) -> bool:
    """Whether an article gives the right number of the matter: it knows of the correction."""
    rights = instead_of(claim.notice, claim.wrong)
    for sentence, quantity in target.quantities if rights else ():
        if not any(equal(quantity, right) and (quantity.unit or quantity.percent) for right in rights):
            continue
        if _held_against(claim, sentence.text[: quantity.start]):
            continue
        alike = weight(senses(sentence.text) & claim.around) + 2 * any_in(claim.names, sentence.text)
        if alike >= FEW_WORDS + (quantity.value <= SMALL):
            return True
    return False


def number_repeated(claim: Claim, passage: Passage) -> float:
    """How surely a sentence repeats a number that was taken back; 0 when it does not."""
    held = [q for q in passage.figures if any(equal(q, w) for w in claim.wrong)]
    if not held or any(check(claim, passage, held) for check in _NOT_REPEATED):
        return 0.0
    called = claim.called_alike(passage.text)
    counted = frozenset(word for q in held for word in senses(unit_of(q))) | {"tiền"} | called
    words = passage.words - called
    unit = any(unit_alike(q, w) for q in held for w in claim.wrong)
    alike = unit + weight((claim.around & words) - counted)
    wide = unit + weight((claim.around & (words | senses(passage.before))) - counted)
    greatest = max(w.value for w in held)
    measured = any(w.percent or w.unit[:1] in MEASURED for w in held)
    few = FEW_WORDS + (greatest <= SMALL and not measured) + (not claim.names)
    few -= any(name in passage.text or name in passage.before for name in claim.names)
    if not claim.named_in(passage.around) and not (alike >= MANY_WORDS and greatest >= GREAT):
        return 0.0
    if alike < few and (alike < few - 1 or wide < few + 1):
        return 0.0
    if says_what_it_was(claim.notice, held, words, claim.named):
        return 0.0
    if not claim.notice.right and claim.says_what_is_right(words):
        return 0.0
    return 2.0 + 0.1 * weight(beside(claim.notice, held) & words) + 0.01 * alike


def given_otherwise(claim: Claim, passage: Passage) -> float:
    """The notice gives only the right number: the sentence has another one for the very same thing."""
    notice = claim.notice
    if claim.wrong or not (notice.numeric or any(figures(told) for told in notice.told)):
        return 0.0
    for right in notice.right:
        if not right.unit and not right.percent:
            continue
        said = telling_words(clause_of(notice.statement, right))
        rivals = [
            q for q in passage.figures if same_kind(q, right) and (q.unit or q.percent) and far_from(q, right)
        ]
        # All numbers that the notice gives are right, whichever of them the sentence has.
        if not said or not rivals or any(equal(q, r) for q in rivals for r in notice.right):
            continue
        same = any(unit_alike(right, q) for q in rivals)
        shared = weight(said & passage.words)
        if shared + same >= max(FEW_WORDS, OTHERWISE * weight(said)):
            return 0.9 + shared / weight(said)
    return 0.0


def _said_to_be_wrong(claim: Claim, passage: Passage, held: list[Quantity]) -> bool:
    """Whether the sentence itself says that the number is wrong."""
    found = SAYS_WHAT.search(passage.text)
    return found is not None and any(equal(q, w) for q in figures(found.group()) for w in claim.wrong)


def _beside_the_right_one(claim: Claim, passage: Passage, held: list[Quantity]) -> bool:
    """Whether the sentence has the right number beside the wrong one, of the same unit."""
    return any(
        equal(q, r)
        for q in passage.figures
        for r in claim.notice.right
        if ((q.unit and r.unit) or q.percent) and any(same_kind(q, h) for h in held)
        if not _held_against(claim, passage.text[: q.start])
    )


def _of_another_act(claim: Claim, passage: Passage, held: list[Quantity]) -> bool:
    """Whether the number is of something else that was done: 30 houses swept away, 30 houses moved."""
    values = {q.value for q in held}
    acts = {act for said in claim.said if said.numbers & values for act in said.telling & ACTS}
    done = passage.words & ACTS
    return bool(acts and done) and not acts & done


def _of_what_is_lacking(claim: Claim, passage: Passage, held: list[Quantity]) -> bool:
    """Whether the clause with the number denies something, where nothing that was taken back does."""
    if any(LACKING.search(clause) for clause in (*claim.notice.told, claim.notice.statement)):
        return False
    return any(LACKING.search(clause_at(passage.text, q.start)) for q in held)


_NOT_REPEATED = (_said_to_be_wrong, _beside_the_right_one, _of_another_act, _of_what_is_lacking)
"""Why a sentence that holds a wrong number does not repeat it."""


def _held_against(claim: Claim, before: str) -> bool:
    """Whether the right number stands behind "dù" against what the notice is about."""
    though = THOUGH.search(before)
    if though is None:
        return False
    return bool((senses(before[: though.start()]) & claim.notice.words) - claim.named - {"tiền"})
