"""Cuts a typed query into lexemes that know where they stand in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from search.query.errors import QuerySyntaxError
from search.query.values import DATE_PHRASE, FIELD_HELP, FIELDS
from search.text.normal import fold

LONGEST_QUERY = 8_000  # characters
MOST_LEXEMES = 500
NEAR_DEFAULT = 10
NEAR_MOST = 30


class Kind(StrEnum):
    """What a lexeme is."""

    WORD = "word"
    PHRASE = "phrase"
    FIELD = "field"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "NEAR"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``text``: the word, the phrase without quotes, the field, or the NEAR distance."""

    kind: Kind
    text: str
    start: int
    end: int


_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("“”„‟″«»＂〝〞", '"'),
        **dict.fromkeys("−–—‒―‐‑－﹣", "-"),
        **dict.fromkeys("：﹕∶", ":"),
        "（": "(",
        "）": ")",
        "／": "/",
    }
)
_SPACE = re.compile(r"\s+")
_NEAR = re.compile(r"NEAR(?:/([0-9]{1,6}))?(?![^\s()\"])")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?![^\s()\"])")
_FIELD = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?):")
_WORD = re.compile(r"[^\s()\"]+")


def _readable(query: str) -> tuple[str, list[int]]:
    """NFC with plain quotes, dashes and colons, and for each character its place in ``query``."""
    characters: list[str] = []
    places: list[int] = []
    start = 0
    while start < len(query):
        end = start + 1
        while end < len(query) and unicodedata.combining(query[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", query[start:end]).translate(_LOOKALIKES)
        characters.extend(cluster)
        places.extend([start] * len(cluster))
        start = end
    return "".join(characters), [*places, len(query)]


def _field_at(text: str, at: int) -> tuple[str, int] | None:
    """The field name that stands at ``at`` and the place after its colon; None: no field there.

    A colon after a number ("8:30"), before "//" or before a space, unless the name is a field's,
    makes no field.
    """
    match = _FIELD.match(text, at)
    if match is None:
        return None
    name, end = match.group(1), match.end()
    known = FIELDS.get(name.lower().replace(" ", ""))
    if " " in name and known is None:
        return None
    followed = text[end : end + 1]
    if known is None and (not followed or followed.isspace() or followed in "/:"):
        return None
    return known or "", end


def _phrase(text: str, at: int, places: list[int]) -> tuple[Lexeme, int]:
    close = text.find('"', at + 1)
    if close < 0:
        raise QuerySyntaxError(
            _('Thiếu dấu ngoặc kép đóng; hãy thêm dấu " ở cuối cụm từ, hoặc bỏ dấu " này'),
            places[at],
            places[at + 1],
        )
    return Lexeme(Kind.PHRASE, text[at + 1 : close], places[at], places[close + 1]), close + 1


def lex(query: str) -> list[Lexeme]:
    """The lexemes of ``query``; raises ``QuerySyntaxError`` for what cannot be one."""
    if len(query) > LONGEST_QUERY:
        raise QuerySyntaxError(
            _("Câu tìm dài quá %(longest_query)s ký tự; hãy rút ngắn") % {"longest_query": LONGEST_QUERY},
            LONGEST_QUERY,
            len(query),
        )
    text, places = _readable(query)
    found: list[Lexeme] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        if len(found) >= MOST_LEXEMES:
            raise QuerySyntaxError(
                _("Câu tìm có hơn %(most_lexemes)s từ và phép nối; hãy rút ngắn")
                % {"most_lexemes": MOST_LEXEMES},
                places[at],
                len(query),
            )
        lexeme, at = _next(text, at, places, found)
        if lexeme is not None:
            found.append(lexeme)
    return found


def _next(text: str, at: int, places: list[int], found: list[Lexeme]) -> tuple[Lexeme | None, int]:
    def made(kind: Kind, value: str, end: int) -> tuple[Lexeme, int]:
        return Lexeme(kind, value, places[at], places[end]), end

    character = text[at]
    after_field = bool(found) and found[-1].kind is Kind.FIELD
    if character == '"':
        return _phrase(text, at, places)
    if character in "()":
        return made(Kind(character), character, at + 1)
    if after_field and found[-1].text in ("from", "to"):
        return _date(text, at, places)
    if near := _NEAR.match(text, at):
        return _near(near, places)
    if operator := _OPERATOR.match(text, at):
        return made(Kind(operator.group(1)), operator.group(1), operator.end())
    if character == "-" and not after_field:
        follows = text[at + 1 : at + 2]
        negates = bool(follows) and not follows.isspace() and follows not in "-)"
        return made(Kind.NOT, "-", at + 1) if negates else (None, at + 1)
    field = None if after_field else _field_at(text, at)
    if field is not None:
        name, end = field
        if not name:
            raise QuerySyntaxError(
                _(
                    "Không có trường “%(text)s:”; các trường là %(field_help)s. Nếu muốn tìm đúng chữ "
                    "này, hãy đặt trong ngoặc kép"
                )
                % {"text": text[at : end - 1], "field_help": FIELD_HELP},
                places[at],
                places[end],
            )
        return made(Kind.FIELD, name, end)
    word = _WORD.match(text, at)
    assert word is not None, "anything but space, quote and parenthesis is part of a word"
    return made(Kind.WORD, word.group(), word.end())


def _date(text: str, at: int, places: list[int]) -> tuple[Lexeme, int]:
    length = next((len(p) for p in _date_phrases(text[at : at + 16])), 0)
    word = _WORD.match(text, at)
    end = at + length if length else (word.end() if word else at + 1)
    return Lexeme(Kind.WORD, text[at:end], places[at], places[end]), end


def _date_phrases(ahead: str) -> list[str]:
    folded = fold(ahead)
    match = DATE_PHRASE.match(folded) if len(folded) == len(ahead) else None
    return [ahead[: match.end()]] if match else []


def _near(match: re.Match[str], places: list[int]) -> tuple[Lexeme, int]:
    distance = int(match.group(1) or NEAR_DEFAULT)
    start, end = places[match.start()], places[match.end()]
    if not 1 <= distance <= NEAR_MOST:
        raise QuerySyntaxError(
            _("NEAR/%(distance)s: khoảng cách phải từ 1 đến %(near_most)s từ; hãy sửa số này")
            % {"distance": distance, "near_most": NEAR_MOST},
            start,
            end,
        )
    return Lexeme(Kind.NEAR, str(distance), start, end), match.end()
