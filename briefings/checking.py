"""Refuses what does not stand on its sources, before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from pydantic import ValidationError

from briefings.content import AnnexRow, ArticleSource, Content, OfficerSource, Sentence, Source, all_sentences
from briefings.errors import BadSource


class Said(Protocol):
    """What a revision says."""

    def part(self, field: str) -> str:
        """Title, lead or text."""


def check(content: Content, annex: Iterable[AnnexRow], texts: Mapping[int, Said]) -> None:
    """Every sentence, row and chart has sources, every quotation is the words of its source.

    Raises ``BadSource`` naming the first that is not.
    """
    for sentence in all_sentences(content):
        _check_sentence(sentence, content, texts)
    for section in content.sections:
        for block in section.blocks:
            rows = [row for part in block.parts if part.table for row in part.table.rows]
            for sources in [*(row.sources for row in rows), *([block.chart.sources] if block.chart else [])]:
                _check_sources(sources, block.id, content, texts)
    for row in annex:
        for source in row.sources:
            if isinstance(source, ArticleSource):
                _words(source, f"phụ lục, {row.title}", texts)


def read(data: object) -> Content:
    """A kept content as a model. Raises ``BadSource`` where a sentence has no source or anything is amiss."""
    try:
        return Content.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise BadSource(f"Nội dung bản tin không hợp lệ ở {place}: {first['msg']}") from error


def _check_sentence(sentence: Sentence, content: Content, texts: Mapping[int, Said]) -> None:
    _check_sources(sentence.sources, sentence.id, content, texts)
    if bool(sentence.by) != (sentence.at is not None):
        raise BadSource(f"Câu {sentence.id}: thiếu người viết hoặc thời điểm.")
    if all(isinstance(source, OfficerSource) for source in sentence.sources):
        if not sentence.by:
            raise BadSource(f"Câu {sentence.id}: không có nguồn nào và không ghi là ý của cán bộ.")
        return
    if sentence.verbatim:
        source = sentence.sources[0]
        if not isinstance(source, ArticleSource):
            raise BadSource(f"Câu {sentence.id}: lời trích phải dẫn một bài báo.")
        said = sentence.original if sentence.by else sentence.text
        if _words(source, sentence.id, texts) != said:
            raise BadSource(f"Câu {sentence.id}: lời trích không đúng nguyên văn trong bài.")


def _check_sources(
    sources: tuple[Source, ...], where: str, content: Content, texts: Mapping[int, Said]
) -> None:
    if not sources:
        raise BadSource(f"{where}: không có nguồn.")
    for source in sources:
        if isinstance(source, ArticleSource):
            _words(source, where, texts)
        if source.key and source.key not in content.catalogue:
            raise BadSource(f"{where}: nguồn {source.key} không có trong danh mục nguồn.")


def _words(source: ArticleSource, where: str, texts: Mapping[int, Said]) -> str:
    if source.revision not in texts:
        raise BadSource(f"{where}: dẫn phiên bản {source.revision} không thuộc bản tin.")
    part = texts[source.revision].part(source.field)
    if not source.start < source.end <= len(part):
        raise BadSource(f"{where}: chỗ dẫn nằm ngoài bài.")
    return part[source.start : source.end]
