"""``predict figures``: one JSON object in, one out."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from classifiers.figures.areas import area_of
from classifiers.figures.checker import FigureChecker
from classifiers.figures.places import NOWHERE
from classifiers.figures.register import Register
from classifiers.records import ArticleText
from provinces.records import Province

_checkers: weakref.WeakKeyDictionary[Register, dict[str, FigureChecker]] = weakref.WeakKeyDictionary()


def predict_line(
    obj: Mapping[str, object], register: Register, province: Province | None = None
) -> dict[str, object]:
    """``{id, province, published, title, text}`` to ``{id, findings: [...]}``.

    ``province`` of the object is the register's code; without one, all codes of the register are tried.
    A province without entries gives no findings. Raises ValueError naming the faulty field.
    """
    for name in ("title", "lead", "text", "province"):
        if obj.get(name) is not None and not isinstance(obj[name], str):
            raise ValueError(f"{name} must be a string, not {type(obj[name]).__name__}")
    article = ArticleText(
        str(obj.get("title") or ""),
        str(obj.get("lead") or ""),
        str(obj.get("text") or ""),
        _day(obj.get("published")),
    )
    codes = [str(obj["province"])] if obj.get("province") else sorted({entry.province for entry in register})
    findings = [
        {
            "span": found.span.text,
            "start": found.span.start,
            "end": found.span.end,
            "field": found.span.field.value,
            "indicator": found.indicator,
            "verdict": found.verdict.value,
            "register_value": found.register_value,
            "stated_value": found.stated_value,
        }
        for code in codes
        for found in checker_of(code, register, province).check(article)
    ]
    return {"id": obj.get("id"), "findings": findings}


def checker_of(code: str, register: Register, province: Province | None = None) -> FigureChecker:
    """The checker of one province code; made once for a register."""
    made = _checkers.setdefault(register, {})
    key = f"{code}|{province.id if province else ''}"
    if key not in made:
        entries = register.of(code)
        made[key] = FigureChecker(entries, area_of(code, entries, province) if entries else NOWHERE)
    return made[key]


def _day(published: object) -> date:
    if published in (None, ""):
        return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    try:
        return date.fromisoformat(str(published)[:10])
    except ValueError as error:
        raise ValueError(f"published must be a date like 2026-09-12, not {published!r}") from error
