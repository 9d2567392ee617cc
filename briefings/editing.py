"""What officers do to a briefing. Each act takes a content and gives another; nothing is lost by any.

Dropped blocks and sentences stay, marked; a rephrased sentence keeps its sources and what it said before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.content import (
    Block,
    Content,
    OfficerSource,
    Part,
    Section,
    SectionId,
    Sentence,
    all_sentences,
)
from briefings.errors import BriefingRefused

LONGEST = 2000
_GONE = gettext_lazy("Không còn mục này trong bản tin; hãy tải lại trang.")


def moved(content: Content, block_id: str, by: int) -> Content:
    """A block ``by`` places further down (negative: up) in its section, among those that are not dropped."""
    section = _section_of(content, block_id)
    blocks = list(section.blocks)
    place = next(place for place, block in enumerate(blocks) if block.id == block_id)
    step = 1 if by > 0 else -1
    other = place + step
    while 0 <= other < len(blocks) and blocks[other].dropped:
        other += step
    if not 0 <= other < len(blocks):
        raise BriefingRefused(_("Mục này đã ở đầu hoặc cuối phần."))
    blocks.insert(other, blocks.pop(place))
    return _with_section(content, section.model_copy(update={"blocks": tuple(blocks)}))


def drop(content: Content, target: str, *, dropped: bool) -> Content:
    """Leave a block or a sentence out, or take it back."""
    for section in content.sections:
        if any(block.id == target for block in section.blocks):
            return _with_block(content, target, lambda block: block.model_copy(update={"dropped": dropped}))
    return _with_sentence(content, target, lambda said: said.model_copy(update={"dropped": dropped}))


def rephrased(content: Content, sentence_id: str, text: str, *, by: str, at: datetime) -> Content:
    """A sentence in an officer's words, marked as theirs, on the sources of what it rephrases."""
    text = _clean(text)

    def say(said: Sentence) -> Sentence:
        original = said.original or ("" if _is_point(said) else said.text)
        if text == said.text:
            raise BriefingRefused(_("Câu không có gì khác."))
        return said.model_copy(update={"text": text, "by": by, "at": at, "original": original})

    return _with_sentence(content, sentence_id, say)


def restored(content: Content, sentence_id: str) -> Content:
    """A rephrased sentence as its source says it."""

    def say(said: Sentence) -> Sentence:
        if not said.original:
            raise BriefingRefused(_("Câu này chưa được viết lại."))
        return said.model_copy(update={"text": said.original, "by": "", "at": None, "original": ""})

    return _with_sentence(content, sentence_id, say)


def with_point(content: Content, section_id: str, text: str, *, by: str, at: datetime) -> Content:
    """A talking point of an officer's own at the end of a section, marked as theirs."""
    text = _clean(text)
    section = next((one for one in content.sections if one.id == section_id), None)
    if section is None:
        raise BriefingRefused(_GONE)
    number = 1 + max((_point_number(said.id) for said in all_sentences(content)), default=0)
    said = Sentence(id=f"p{number}", text=text, sources=(OfficerSource(by=by, at=at),), by=by, at=at)
    block = Block(id=f"point-{number}", parts=(Part(sentences=(said,)),))
    return _with_section(content, section.model_copy(update={"blocks": (*section.blocks, block)}))


def sentence_of(content: Content, sentence_id: str) -> Sentence:
    """The sentence of that id. Raises ``BriefingRefused``."""
    found = next((said for said in all_sentences(content) if said.id == sentence_id), None)
    if found is None:
        raise BriefingRefused(_GONE)
    return found


def _is_point(said: Sentence) -> bool:
    return all(isinstance(source, OfficerSource) for source in said.sources)


def _point_number(sentence_id: str) -> int:
    return int(sentence_id[1:]) if sentence_id[:1] == "p" and sentence_id[1:].isdigit() else 0


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(text.replace("\x00", "").split()))
    if not text:
        raise BriefingRefused(_("Hãy viết nội dung."))
    if len(text) > LONGEST:
        raise BriefingRefused(
            _("Câu dài %(count)s ký tự; rút còn nhiều nhất %(longest)s.")
            % {"count": len(text), "longest": LONGEST}
        )
    return text


def _section_of(content: Content, block_id: str) -> Section:
    for section in content.sections:
        if any(block.id == block_id for block in section.blocks):
            return section
    raise BriefingRefused(_GONE)


def _with_section(content: Content, changed: Section) -> Content:
    sections = tuple(changed if one.id == changed.id else one for one in content.sections)
    return content.model_copy(update={"sections": sections})


def _with_block(content: Content, block_id: str, change: Callable[[Block], Block]) -> Content:
    section = _section_of(content, block_id)
    blocks = tuple(change(block) if block.id == block_id else block for block in section.blocks)
    return _with_section(content, section.model_copy(update={"blocks": blocks}))


def _with_sentence(content: Content, target: str, change: Callable[[Sentence], Sentence]) -> Content:
    sentence_of(content, target)  # refuses an unknown one

    def say(said: Sentence) -> Sentence:
        return change(said) if said.id == target else said

    def part(each: Part) -> Part:
        return each.model_copy(update={"sentences": tuple(say(said) for said in each.sentences)})

    def block(each: Block) -> Block:
        title = None if each.title is None else say(each.title)
        return each.model_copy(update={"title": title, "parts": tuple(part(one) for one in each.parts)})

    sections = tuple(
        one.model_copy(
            update={
                "blocks": tuple(block(each) for each in one.blocks),
                "empty": None if one.empty is None else say(one.empty),
            }
        )
        for one in content.sections
    )
    return content.model_copy(update={"sections": sections, "completeness": block(content.completeness)})


def sections_for_points() -> list[SectionId]:
    """Where a talking point may be put: anywhere but among the figures."""
    return [section for section in SectionId if section is not SectionId.FIGURES]
