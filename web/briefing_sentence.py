"""A sentence as the editor shows it. Drawn here and not by a template: a briefing has a thousand of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from briefings.content import CountSource, Sentence

MOST_SHOWN = 60  # characters of a sentence that name it where it is not seen


@dataclass(frozen=True, slots=True)
class Words:
    """What buttons and fields are called, asked for once for all sentences."""

    rewrite: str
    new: str
    save: str
    restore: str
    drop: str
    keep: str
    original: str
    counted: str


@dataclass(frozen=True, slots=True)
class Editing:
    """What sentences of one page have in common.

    counts      address of the page of counts, with the version
    catalogue   name and address ("" for none) of each source, by its key
    problem_at  id of the sentence whose new text was refused, and ``typed``, that text
    """

    counts: str
    catalogue: Mapping[str, tuple[str, str]]
    problem_at: str
    typed: str
    words: Words


def words() -> Words:
    """In the language of the request."""
    return Words(
        rewrite=_("Viết lại"),
        new=_("Câu mới"),
        save=_("Lưu câu"),
        restore=_("Trả lại câu gốc"),
        drop=_("Bỏ câu"),
        keep=_("Lấy lại câu"),
        original=_("Câu gốc"),
        counted=_("Đã đếm gì"),
    )


def drawn(said: Sentence, page: Editing, at: str) -> SafeString:
    """Its words, where they come from, and what can be done with it. ``at``: when its author wrote it."""
    short = said.text if len(said.text) <= MOST_SHOWN else f"{said.text[: MOST_SHOWN - 1]}…"
    return format_html(
        '<div class="said{}">\n  <p lang="vi">{}{}{}</p>\n  {}\n'
        '  <div class="said-acts small"><span class="muted">{}</span>\n    {}\n    {}</div></div>\n',
        " dropped" if said.dropped else "",
        format_html("<i>{}:</i> ", said.note) if said.note else "",
        f"“{said.text}”" if said.verbatim and not said.by else said.text,
        _author(said, at) if said.by else "",
        _original(said, page.words) if said.original else "",
        format_html_join(" · ", "{}", ((source,) for source in _sources(said, page))),
        "" if said.dropped else _rewriting(said, page, short),
        _dropping(said, page.words, short),
    )


def _author(said: Sentence, at: str) -> SafeString:
    act = _("%(name)s viết lại") if said.original else _("ý của %(name)s")
    return format_html(' <span class="badge">{}, {}</span>', act % {"name": said.by}, at)


def _original(said: Sentence, words: Words) -> SafeString:
    return format_html('<p class="small muted" lang="vi">{}: {}</p>', words.original, said.original)


def _sources(said: Sentence, page: Editing) -> Iterator[SafeString]:
    for place, source in enumerate(said.sources, 1):
        if isinstance(source, CountSource):
            address = f"{page.counts}&measure={quote(source.measure)}#mo"
            yield format_html('<a href="{}">{} {}</a>', address, page.words.counted, place)
        elif source.key:
            name, address = page.catalogue.get(source.key, (source.key, ""))
            if address:
                yield format_html('<a href="{}" lang="vi">{}</a>', address, name)
            else:
                yield format_html('<span lang="vi">{}</span>', name)


def _rewriting(said: Sentence, page: Editing, short: str) -> SafeString:
    refused = page.problem_at == said.id
    words = page.words
    restore = '<button name="act" value="restore:{}">{}</button>'
    return format_html(
        '<details{}><summary>{}<span class="sr" lang="vi">: {}</span></summary><p class="field">'
        '<label class="sr" for="text-{id}">{}</label><textarea id="text-{id}" name="text-{id}" rows="3" '
        'maxlength="2000" lang="vi">{}</textarea></p>'
        '<p><button name="act" value="rephrase:{id}">{}</button>{}</p></details>',
        " open" if refused else "",
        words.rewrite,
        short,
        words.new,
        page.typed if refused else said.text,
        words.save,
        format_html(" " + restore, said.id, words.restore) if said.original else "",
        id=said.id,
    )


def _dropping(said: Sentence, words: Words, short: str) -> SafeString:
    return format_html(
        '<button class="plain" name="act" value="{}:{}">{}<span class="sr" lang="vi">: {}</span></button>',
        "keep" if said.dropped else "drop",
        said.id,
        words.keep if said.dropped else words.drop,
        short,
    )
