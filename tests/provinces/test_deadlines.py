"""Deadlines and swapped days as data: what is shipped is sourced, mistakes are named with their line."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from cases.states import RULE_NAMES as NAMES
from provinces.deadlines import Basis, DeadlineRule, LegalBasis, Unit, load_deadlines
from provinces.errors import ProfileError
from provinces.loader import province_names
from provinces.workdays import load_swaps

README = Path("provinces/README.md").read_text(encoding="utf-8")
GOOD = """\
[[deadline]]
id = "a"
name = "Trả lời"
basis = "internal"
amount = 5
unit = "working-days"
until = "replied"
legal = "Quy chế"
source = "bản chụp"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "deadlines.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", province_names())
def test_the_deadlines_of_every_province_load_with_their_sources(name: str) -> None:
    table = load_deadlines(Path("provinces") / name, NAMES)
    assert len(table.rules) >= 3
    assert all(rule.legal and rule.source for rule in table.rules)


def test_no_statutory_figure_is_shipped_but_the_one_that_was_read() -> None:
    rules = load_deadlines(Path("provinces/ha-tinh"), NAMES).rules
    known = {rule.id: (rule.amount, rule.valid_to) for rule in rules if rule.amount is not None}
    assert known == {"luat-bao-chi-2016-dieu-39": (30, date(2026, 6, 30))}
    assert not any(rule.pauses for rule in rules if rule.basis is Basis.STATUTORY)


def test_a_law_and_its_successor_never_hold_on_one_day() -> None:
    table = load_deadlines(Path("provinces/ha-tinh"), NAMES)
    for day, law in ((date(2026, 6, 30), "103/2016"), (date(2026, 7, 1), "126/2025")):
        texts = [basis.text for basis in table.bases if basis.holds_on(day)]
        assert len(texts) == 2 and all(law in text for text in texts)


def test_a_province_adds_its_own(tmp_path: Path) -> None:
    table = load_deadlines(written(tmp_path, GOOD), NAMES)
    own = next(rule for rule in table.rules if rule.id == "a")
    assert (own.amount, own.unit, own.starts, own.kinds) == (5, Unit.WORKING_DAYS, "received", ())
    assert own.holds_on(date(1990, 1, 1)) and own.holds_on(date(2100, 1, 1))


@pytest.mark.parametrize(
    "old, new, line, says",
    [
        ("amount = 5", "amount = 0", 5, "whole number from 1 to 400"),
        ("amount = 5", "amount = 2.5", 5, "whole number"),
        ('unit = "working-days"', 'unit = "weeks"', 6, "hours, days, working-days"),
        ('until = "replied"', 'until = "sent"', 7, "is unknown"),
        ('until = "replied"', 'until = "replied"\npauses = ["lunch"]', 8, "is unknown"),
        ('legal = "Quy chế"', 'legal = ""', 8, "is empty"),
        ('source = "bản chụp"', "", 1, "is missing"),
        ('id = "a"', 'id = "luat-bao-chi-2025-tra-loi"', 2, "stands twice"),
        ("amount = 5", "amout = 5", 5, "did you mean"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    with pytest.raises(ProfileError) as refused:
        load_deadlines(written(tmp_path, GOOD.replace(old, new)), NAMES)
    assert says in str(refused.value) and refused.value.line == line


def test_swapped_days_are_shipped_with_their_document() -> None:
    assert all(swap.document and swap.rest != swap.work for swap in load_swaps())


def test_a_swap_with_itself_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "workdays.toml"
    file.write_text('[[swap]]\nrest = 2026-01-02\nwork = 2026-01-02\ndocument = "x"\nsource = "y"\n')
    with pytest.raises(ProfileError, match="same day"):
        load_swaps(file)


@pytest.mark.parametrize("record", [DeadlineRule, LegalBasis])
def test_every_key_is_explained(record: type) -> None:
    assert [field.name for field in fields(record) if f"`{field.name}`" not in README] == []
