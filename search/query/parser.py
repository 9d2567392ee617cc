"""From what was typed to a checked query.

Words next to each other are joined by AND; AND binds closer than OR, so ``a OR b c`` is
``a OR (b AND c)``. A query of negations only means everything else. luqum decides the structure;
it is given names in place of words, so that no sign within a word can be taken for syntax.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from luqum import tree as luqum_tree
from luqum.thread import parse as luqum_parse

from search.query import grammar
from search.query.errors import QuerySyntaxError
from search.query.lexer import Kind, Lexeme, lex
from search.query.tree import And, Days, Everything, Has, Near, Node, Not, Or, ParsedQuery, Term
from search.query.values import (
    ANY_VALUE,
    DATE_HELP,
    KIND_HELP,
    KINDS,
    parse_day,
    place_key,
)
from search.text.normal import forms, key, nfc

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_MARKS = frozenset("đĐ")


def parse(query: str, *, today: date | None = None) -> ParsedQuery:
    """Understands ``query``; ``today`` (default: now in Việt Nam) is what relative dates count from.

    Raises ``QuerySyntaxError`` with the place and a Vietnamese message, and nothing else.
    """
    today = today or datetime.now(VIETNAM).date()
    lexemes = grammar.without_signs(lex(query))
    if not lexemes:
        if query.strip():
            raise QuerySyntaxError(_("Không có từ nào để tìm; hãy viết ít nhất một từ"), 0, len(query))
        return ParsedQuery(query, Everything(), with_marks=False)
    grammar.check(lexemes)
    root = _Builder(lexemes, today).node()
    return ParsedQuery(query, root, with_marks=any(_has_marks(lexeme) for lexeme in lexemes))


def _has_marks(lexeme: Lexeme) -> bool:
    if lexeme.kind not in (Kind.WORD, Kind.PHRASE):
        return False
    text = unicodedata.normalize("NFD", lexeme.text)
    return any(c in _MARKS or unicodedata.combining(c) for c in text)


class _Builder:
    """Turns checked lexemes into nodes: operands first, then luqum's structure over them."""

    def __init__(self, lexemes: list[Lexeme], today: date):
        self.lexemes = list(grammar.joined(lexemes))
        self.today = today

    def node(self) -> Node:
        return self._convert(luqum_parse(self._skeleton()), None)

    def _skeleton(self) -> str:
        """Lucene syntax with ``x7`` for the operand at 7 and ``f7`` for the field at 7."""
        parts: list[str] = []
        skip = False
        for at, lexeme in enumerate(self.lexemes):
            if skip:
                skip = False
            elif lexeme.kind is Kind.NEAR:
                if at + 2 < len(self.lexemes) and self.lexemes[at + 2].kind is Kind.NEAR:
                    raise QuerySyntaxError(
                        _("NEAR chỉ nối hai vế; hãy tách thành hai điều kiện, ví dụ: (a NEAR b) (b NEAR c)"),
                        self.lexemes[at + 2].start,
                        self.lexemes[at + 2].end,
                    )
                parts[-1] = f"n{at}"
                skip = True
            elif lexeme.kind in (Kind.WORD, Kind.PHRASE):
                parts.append(f"x{at}")
            elif lexeme.kind is Kind.FIELD:
                parts.append(f"f{at}:")
            else:
                parts.append(lexeme.kind.value)
        return " ".join(parts).replace(": ", ":")

    def _convert(self, item: luqum_tree.Item, field: Lexeme | None) -> Node:
        if isinstance(item, luqum_tree.SearchField):
            name = self.lexemes[int(item.name[1:])]
            if field is not None:
                raise QuerySyntaxError(
                    _("Trong ngoặc của một trường không được có trường khác; hãy đưa ra ngoài ngoặc"),
                    name.start,
                    name.end,
                )
            return self._convert(item.expr, name)
        if isinstance(item, (luqum_tree.Group, luqum_tree.FieldGroup)):
            return self._convert(item.expr, field)
        if isinstance(item, luqum_tree.Not):
            return Not(self._convert(item.a, field))
        if isinstance(item, luqum_tree.BaseOperation):
            parts = tuple(self._convert(child, field) for child in item.children)
            return Or(parts) if isinstance(item, luqum_tree.OrOperation) else And(parts)
        assert isinstance(item, luqum_tree.Word), "the skeleton holds nothing else"
        at = int(item.value[1:])
        return self._near(at, field) if item.value[0] == "n" else self._operand(self.lexemes[at], field)

    def _near(self, at: int, field: Lexeme | None) -> Node:
        left, near, right = self.lexemes[at - 1 : at + 2]
        if field is not None and field.text != "title":
            raise QuerySyntaxError(
                _("NEAR chỉ dùng cho từ trong bài, không dùng cho trường này; hãy bỏ NEAR"),
                near.start,
                near.end,
            )
        terms = _term(left, field), _term(right, field)
        if terms[0].folded == terms[1].folded:
            raise QuerySyntaxError(
                _("Hai vế của NEAR giống nhau; hãy viết hai từ khác nhau"), left.start, right.end
            )
        return Near(*terms, distance=int(near.text))

    def _operand(self, lexeme: Lexeme, field: Lexeme | None) -> Node:
        if field is None or field.text == "title":
            return _term(lexeme, field)
        if field.text in ("from", "to"):
            return self._days(lexeme, last=field.text == "to")
        return _value(field.text, lexeme)

    def _days(self, lexeme: Lexeme, *, last: bool) -> Days:
        day = parse_day(lexeme.text, self.today, last=last)
        if day is None:
            raise QuerySyntaxError(
                _("“%(text)s” không phải là ngày; hãy viết như %(date_help)s")
                % {"text": lexeme.text, "date_help": DATE_HELP},
                lexeme.start,
                lexeme.end,
            )
        return Days(None, day) if last else Days(day, None)


def _term(lexeme: Lexeme, field: Lexeme | None) -> Term:
    exact, folded = forms(nfc(lexeme.text))
    if not folded:
        raise QuerySyntaxError(_("Ở đây không có từ nào để tìm; hãy viết một từ"), lexeme.start, lexeme.end)
    return Term(tuple(exact), tuple(folded), title_only=field is not None)


def _value(field: str, lexeme: Lexeme) -> Has:
    value = place_key(lexeme.text) if field == "place" else key(lexeme.text)
    if field == "kind":
        if value not in KINDS:
            raise QuerySyntaxError(
                _("Không có loại “%(text)s”; các loại là %(kind_help)s")
                % {"text": lexeme.text, "kind_help": KIND_HELP},
                lexeme.start,
                lexeme.end,
            )
        return Has(*KINDS[value])
    if field == "signal" and (value in ANY_VALUE and (value or lexeme.text.strip() == "*")):
        return Has("signal", "")
    if not value:
        raise QuerySyntaxError(
            _("Giá trị của trường không có chữ hay số nào; hãy viết lại"), lexeme.start, lexeme.end
        )
    return Has(field, value, lexeme.start, lexeme.end)
