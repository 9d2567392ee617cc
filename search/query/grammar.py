"""Checks that lexemes stand where they may, so that every mistake is named with its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from search.query.errors import QuerySyntaxError
from search.query.lexer import Kind, Lexeme
from search.text.normal import key

DEEPEST = 20  # nested parentheses

_OPERANDS = (Kind.WORD, Kind.PHRASE)
_JOINERS = (Kind.AND, Kind.OR, Kind.NEAR)
_BEGINS = (*_OPERANDS, Kind.FIELD, Kind.OPEN, Kind.NOT)


def without_signs(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes without lone signs ("&", "–"); a field keeps its value whatever it is."""
    kept: list[Lexeme] = []
    for lexeme in lexemes:
        is_value = bool(kept) and kept[-1].kind is Kind.FIELD
        if lexeme.kind is Kind.WORD and not is_value and not key(lexeme.text):
            continue
        if lexeme.kind is Kind.PHRASE and not is_value and not key(lexeme.text):
            raise QuerySyntaxError(
                _("Trong ngoặc kép không có từ nào; hãy viết cụm từ cần tìm vào giữa"),
                lexeme.start,
                lexeme.end,
            )
        kept.append(lexeme)
    return kept


def check(lexemes: list[Lexeme]) -> None:
    """Raises ``QuerySyntaxError`` for the first lexeme that cannot stand where it stands."""
    _check_parentheses(lexemes)
    if lexemes and lexemes[0].kind in _JOINERS:
        raise _missing(lexemes[0], _("bên trái"))
    for lexeme, following in pairwise(lexemes):
        _check_pair(lexeme, following)
    if lexemes:
        _check_last(lexemes[-1])


def _check_parentheses(lexemes: list[Lexeme]) -> None:
    opened: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            opened.append(lexeme)
            if len(opened) > DEEPEST:
                raise QuerySyntaxError(
                    _("Ngoặc đơn lồng nhau quá %(deepest)s lớp; hãy viết đơn giản hơn")
                    % {"deepest": DEEPEST},
                    lexeme.start,
                    lexeme.end,
                )
        elif lexeme.kind is Kind.CLOSE:
            if not opened:
                raise QuerySyntaxError(
                    _("Dấu ) không có dấu ( tương ứng; hãy bỏ nó hoặc thêm dấu ( ở trước"),
                    lexeme.start,
                    lexeme.end,
                )
            opened.pop()
    if opened:
        raise QuerySyntaxError(_("Thiếu dấu ) cho dấu ( này; hãy thêm vào"), opened[-1].start, opened[-1].end)


def _check_pair(lexeme: Lexeme, following: Lexeme) -> None:
    kind, after = lexeme.kind, following.kind
    if kind is Kind.OPEN and after is Kind.CLOSE:
        raise QuerySyntaxError(
            _("Trong ngoặc đơn không có gì; hãy viết điều kiện vào hoặc bỏ ngoặc"),
            lexeme.start,
            following.end,
        )
    if kind in (*_JOINERS, Kind.OPEN) and after in _JOINERS:
        raise _missing(following, _("bên trái"))
    if kind in _JOINERS and after not in _BEGINS:
        raise _missing(lexeme, _("bên phải"))
    if kind is Kind.NOT and after not in (*_OPERANDS, Kind.FIELD, Kind.OPEN):
        raise _nothing_negated(lexeme)
    if kind is Kind.FIELD and after not in (*_OPERANDS, Kind.OPEN):
        raise _no_value(lexeme)
    if kind is Kind.NEAR and after not in _OPERANDS:
        raise _not_near(lexeme)
    if after is Kind.NEAR and kind not in _OPERANDS:
        raise _not_near(following)


def _check_last(lexeme: Lexeme) -> None:
    if lexeme.kind in _JOINERS:
        raise _missing(lexeme, _("bên phải"))
    if lexeme.kind is Kind.NOT:
        raise _nothing_negated(lexeme)
    if lexeme.kind is Kind.FIELD:
        raise _no_value(lexeme)


def _missing(operator: Lexeme, side: str) -> QuerySyntaxError:
    return QuerySyntaxError(
        _("%(kind)s thiếu vế %(side)s; hãy viết thêm hoặc bỏ %(kind)s")
        % {"kind": operator.kind, "side": side},
        operator.start,
        operator.end,
    )


def _nothing_negated(lexeme: Lexeme) -> QuerySyntaxError:
    return QuerySyntaxError(
        _("Sau dấu trừ hoặc NOT phải là từ, cụm từ, trường hoặc ngoặc đơn cần loại bỏ"),
        lexeme.start,
        lexeme.end,
    )


def _no_value(lexeme: Lexeme) -> QuerySyntaxError:
    return QuerySyntaxError(
        _("Trường này chưa có giá trị; hãy viết giá trị ngay sau dấu hai chấm"), lexeme.start, lexeme.end
    )


def _not_near(lexeme: Lexeme) -> QuerySyntaxError:
    return QuerySyntaxError(
        _('NEAR chỉ đứng giữa hai từ hoặc hai cụm từ, ví dụ: lũ NEAR/5 "Kỳ Anh"'), lexeme.start, lexeme.end
    )


def joined(lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """The lexemes with the AND between neighbours written out."""
    previous: Lexeme | None = None
    for lexeme in lexemes:
        ends = previous is not None and previous.kind in (*_OPERANDS, Kind.CLOSE)
        if ends and lexeme.kind in _BEGINS:
            yield Lexeme(Kind.AND, "AND", lexeme.start, lexeme.start)
        yield lexeme
        previous = lexeme
