"""An article's figures against a whole register, as signal S1 takes them."""

from __future__ import annotations

from functools import lru_cache

from classifiers.figures.checker import MAX_CHARACTERS, FigureChecker, FigureFinding
from classifiers.figures.predict import checker_of
from classifiers.figures.register import Register
from classifiers.records import ArticleText
from provinces.spelling import canonical, without_marks


def check_all(article: ArticleText, register: Register) -> tuple[FigureFinding, ...]:
    """What the checkers of every province find that the article names."""
    whole = "\n".join((article.title, article.lead, article.text[:MAX_CHARACTERS]))
    text = without_marks(canonical(whole)).lower()
    return tuple(
        found
        for names, checker in _checkers(register)
        if any(name in text for name in names)
        for found in checker.check(article)
    )


@lru_cache(maxsize=8)
def _checkers(register: Register) -> tuple[tuple[tuple[str, ...], FigureChecker], ...]:
    """A checker for each province of the register, with the names of which an article must bear one."""
    found = []
    for code in sorted({entry.province for entry in register}):
        checker = checker_of(code, register)
        names = (*checker.area.names, *checker.area.wholes)
        found.append((tuple(without_marks(canonical(name)).lower() for name in names), checker))
    return tuple(found)
