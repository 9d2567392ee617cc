"""An article's figures against a whole register, as signal S1 takes them."""

from __future__ import annotations

from classifiers.figures.checker import FigureFinding
from classifiers.figures.predict import checker_of
from classifiers.figures.register import Register
from classifiers.records import ArticleText


def check_all(article: ArticleText, register: Register) -> tuple[FigureFinding, ...]:
    """What the checkers of every province in the register find."""
    codes = sorted({entry.province for entry in register})
    return tuple(found for code in codes for found in checker_of(code, register).check(article))
