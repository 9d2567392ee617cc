"""The archive's register as the figure checker wants it, and what the checker says as findings and drafts."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from archive.models import RegisterChange, RegisterEntry
from archive.register.candidates import FoundFigure
from archive.register.fields import EntryFields
from archive.register.listing import comparable
from classifiers.figures.areas import AreaError
from classifiers.figures.checker import DETECTOR, MAX_CHARACTERS, VERSION, FigureChecker, FigureFinding
from classifiers.figures.predict import checker_of
from classifiers.figures.register import COLUMNS, Entry, Register, RegisterError, read_register
from classifiers.figures.units import LocalUnit, Tier, read_unit
from classifiers.figures.verdicts import Verdict
from classifiers.records import ArticleText, Finding
from classifiers.signals.reading import Reading
from classifiers.signals.records import NOTE
from classifiers.signals.s1_register import INNOCENT, figure_score
from provinces.gazetteer import REFORM
from provinces.records import Province
from provinces.spelling import canonical, without_marks

log = logging.getLogger(__name__)

SIGNAL = "S1"
SAID = frozenset({Verdict.DIFFERS, Verdict.SUPERSEDED})


def register_of(entries: Iterable[RegisterEntry]) -> Register:
    """The checker's register; each entry's ``line`` is the archive's number of it.

    Where two entries of an indicator and place hold on the same day only the one that began later is
    used. That, a place without its level, and a district's figure from after the districts are logged.
    """
    kept = list(_without_overlaps(row for row in entries if _has_place(row)))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in kept:
        writer.writerow([_cell(row, column) for column in COLUMNS])
    read = read_register(text.getvalue())
    return Register(tuple(replace(entry, line=row.pk) for entry, row in zip(read, kept, strict=True)))


def _has_place(row: RegisterEntry) -> bool:
    """Whether the entry is of the whole province, or of a unit that existed."""
    if not row.district:
        return True
    unit = read_unit(row.district)
    if unit is None:
        log.error(
            "register entry %s is not compared: write the level before the name %r, as in 'huyện …'",
            row.pk,
            row.district,
        )
    elif unit.tier is Tier.DISTRICT and row.valid_from >= REFORM:
        log.error("register entry %s is not compared: no district existed on %s", row.pk, row.valid_from)
        unit = None
    return unit is not None


def _without_overlaps(rows: Iterable[RegisterEntry]) -> Iterator[RegisterEntry]:
    kept: dict[tuple[str, str, LocalUnit | None], list[RegisterEntry]] = {}
    for row in sorted(rows, key=lambda row: (row.valid_from, row.pk), reverse=True):
        group = kept.setdefault((row.province, row.indicator.name, read_unit(row.district)), [])
        later = next((other for other in group if other.valid_from <= (row.valid_to or date.max)), None)
        if later is not None:
            log.warning(
                "register entry %s is not compared: entry %s holds on the same days", row.pk, later.pk
            )
            continue
        group.append(row)
        yield row


def _cell(row: RegisterEntry, column: str) -> str:
    values = {
        "seed_file": "",
        "province_old": row.province,
        "indicator": row.indicator.name,
        "unit": row.indicator.unit,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else "",
        "aliases": "|".join(row.indicator.aliases),
        "quote": " ".join(row.quote.split()),
        "tolerance": "" if row.tolerance is None else format(row.tolerance, "f"),
    }
    return values[column] if column in values else str(getattr(row, column))


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The register at one moment; checkers with the names of which an article must bear one, if any."""

    newest_change: int
    rows: dict[int, RegisterEntry]
    checkers: tuple[tuple[tuple[str, ...], FigureChecker], ...]


class RegisterFigures:
    """Compares articles with the register as it stands; reads it again only after it changed."""

    detector = DETECTOR

    def __init__(self, province: Province | None = None):
        self._province = province
        self._loaded: _Loaded | None = None

    def refresh(self) -> None:
        """See changes of the register; one small query when there are none. Once per batch is enough."""
        newest = RegisterChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        if self._loaded is not None and self._loaded.newest_change == newest:
            return
        rows = {row.pk: row for row in comparable()}
        try:
            register = register_of(rows.values())
        except RegisterError as error:
            log.error("the register cannot be compared with, no figure is checked: %s", error)
            register = Register(())
        self._loaded = _Loaded(newest, rows, tuple(self._checkers(register)))

    def _checkers(self, register: Register) -> Iterator[tuple[tuple[str, ...], FigureChecker]]:
        for code in sorted({entry.province for entry in register}):
            try:
                checker = checker_of(code, register, self._province)
            except AreaError as error:
                log.error("register entries of %s are not compared: %s", code, error)
                continue
            area = checker.area
            # The own province goes without saying in its press; another one that is not named is not meant.
            own = self._province is not None and self._province.name in area.names
            yield () if own else tuple(_folded(name) for name in (*area.names, *area.wholes)), checker

    def check(self, article: ArticleText) -> list[FigureFinding]:
        """Every figure that is bound to an entry, whatever came of it."""
        if self._loaded is None:
            self.refresh()
        assert self._loaded is not None
        text = _folded("\n".join((article.title, article.lead, article.text[:MAX_CHARACTERS])))
        return [
            found
            for names, checker in self._loaded.checkers
            if not names or any(name in text for name in names)
            for found in checker.check(article)
        ]

    def findings(self, article: ArticleText, checked: Iterable[FigureFinding]) -> list[Finding]:
        """Its figures that differ, or follow an older entry, as findings of S1 with both sides."""
        target = Reading(article)
        return [
            self._finding(found, figure_score(target, found)) for found in checked if found.verdict in SAID
        ]

    def _finding(self, found: FigureFinding, score: float) -> Finding:
        entry = found.entry
        row = self._loaded.rows[entry.line] if self._loaded else None
        span = found.span
        return Finding(
            kind="signal",
            label=SIGNAL,
            score=score,
            spans=(span,),
            detector=DETECTOR,
            version=VERSION,
            evidence={
                "note": NOTE,
                "article_span": {
                    "field": str(span.field),
                    "start": span.start,
                    "end": span.end,
                    "text": span.text,
                },
                "verdict": str(found.verdict.value),
                "stated_value": found.stated_value,
                "other": {
                    "kind": "register",
                    "ids": [str(entry.line)],
                    "text": f"{entry.indicator}: {entry.value} {entry.unit}",
                    "source": entry.quote,
                    "as_of": entry.as_of,
                    "scope": "; ".join(filter(None, (entry.district, entry.scope))),
                    "document": row.document if row else "",
                },
                "innocent": list(INNOCENT),
            },
        )

    def candidates(self, checked: Iterable[FigureFinding], published: date) -> list[FoundFigure]:
        """New values of known indicators that a release states: another figure, or another period."""
        found = (
            _candidate(figure, published)
            for figure in checked
            if figure.verdict in (Verdict.DIFFERS, Verdict.OTHER_PERIOD)
        )
        return [figure for figure in found if figure is not None]


def _folded(text: str) -> str:
    return without_marks(canonical(text)).lower()


def _candidate(found: FigureFinding, published: date) -> FoundFigure | None:
    """The release's figure as a draft, dated by its month; None for a range and for districts that ended."""
    value = found.stated_value
    entry: Entry = found.entry
    of_district = entry.local is not None and entry.local.tier is Tier.DISTRICT
    if isinstance(value, list) or (of_district and published >= REFORM):
        return None
    content = EntryFields(
        indicator=entry.indicator,
        unit=entry.unit,
        value=value if isinstance(value, str) else f"{value:.6f}".rstrip("0").rstrip("."),
        province=entry.province,
        district=entry.district,
        as_of=f"{published:%m/%Y}",
        valid_from=published,
        scope=entry.scope,
        quote=found.span.text,
        aliases=entry.aliases,
    )
    span = found.span
    where = {"field": str(span.field), "start": span.start, "end": span.end, "text": span.text}
    return FoundFigure(content, where)
