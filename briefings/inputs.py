"""What a briefing is made of, frozen when it is built: row numbers, versions, and what they said then.

Texts are not copied: a revision never changes, and its digest is kept here to prove it. What can change
(findings, register entries, decisions that are overturned, case states) is kept with its words.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from briefings.content import Frozen, Header


class ArticleInput(Frozen):
    """One article about the province, as it stood. ``at``: printed, or first seen where unknown."""

    id: int
    revision: int
    digest: str
    title: str
    outlet: str
    outlet_name: str
    kind: str
    scope: str
    url: str
    at: datetime
    precision: str
    seen: datetime
    story: int | None = None
    origin: bool = True  # first of its story
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class BeforeInput(Frozen):
    """One article of the week before, as far as it is counted."""

    id: int
    outlet: str
    kind: str
    scope: str
    at: datetime
    story: int | None = None
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class FindingInput(Frozen):
    """A signal that a person decided on, with both sides and the newest decision."""

    id: int
    article: int
    revision: int
    signal: str
    spans: tuple[dict[str, Any], ...]
    said: tuple[str, ...]  # the whole sentences around the spans, of the decided revision
    other: str
    other_source: str
    other_as_of: str
    innocent: tuple[str, ...]
    decision: int
    verdict: str
    reason: str
    by: str
    at: datetime


class RegisterInput(Frozen):
    """An approved entry valid at the cut-off, at its version."""

    id: int
    version: int
    indicator: str
    unit: str
    value: str
    as_of: str
    document: str
    scope: str
    names: tuple[str, ...]  # the indicator and its aliases


class CaseInput(Frozen):
    """A case of the ledger: what it is, whose it is, until when. ``open`` at the time of building."""

    key: str
    kind: str
    title: str
    state: str
    open: bool
    agency: str = ""
    deadline: datetime | None = None
    article: int | None = None
    outlet: str = ""
    at: datetime | None = None
    closed_at: datetime | None = None
    page: str = ""


class SentInput(Frozen):
    """A reply or correction request that was sent. ``watched``: articles watched for a correction since."""

    case: str
    form: str
    number: str
    at: datetime
    title: str
    outlet: str
    watched: int
    corrected: int


class WatchInput(Frozen):
    """How an outlet was read in the span.

    down      hours in which a source of its could not be read
    unread    hours in which we read nothing: the program did not run, or our network was down
    missed    items that its usual rhythm would have brought in those hours; None: rhythm unknown
    quiet     longest stretch without a new item, in hours, where its rhythm promised at least six; else 0
    late      its articles first seen six hours or more after printing
    share     of its articles that are about the province
    """

    outlet: str
    name: str
    down: int
    unread: int
    missed: float | None
    quiet: int
    late: int
    share: float


class Carried(Frozen):
    """An open point of the week before that nobody has closed. ``title`` is its sentence there."""

    week: str
    version: int
    sentence: str
    open: str
    title: str


class Holiday(Frozen):
    """A public holiday of the coming week."""

    day: date
    name: str
    provider: str


class Inputs(Frozen):
    """Everything that ``compose`` reads besides the texts of the revisions."""

    header: Header
    base: str  # public address of our pages, "" unknown
    codes: tuple[str, ...]
    articles: tuple[ArticleInput, ...]
    before: tuple[BeforeInput, ...]
    compared: bool  # whether the week before was watched at all
    groups: tuple[tuple[int, ...], ...]  # story numbers that are one event, most covered first
    reprints: dict[int, int]  # article → the article it took its text from
    findings: tuple[FindingInput, ...]
    register_entries: tuple[RegisterInput, ...]
    cases: tuple[CaseInput, ...]
    sent: tuple[SentInput, ...]
    watch: tuple[WatchInput, ...]
    sources: int  # active
    unwatched: int  # hours in which the program did not run
    outage: int  # hours in which our own network was down
    began: datetime | None  # the first reading ever, if the span begins before it
    late_before: tuple[int, ...]  # printed in the week before, found after its cut-off
    carried: tuple[Carried, ...]
    holidays: tuple[Holiday, ...]
    topic_names: dict[str, str]
    place_names: dict[str, str]
    agencies: dict[str, tuple[str, ...]]  # name → every way it is written


def dumped(inputs: Inputs) -> dict[str, Any]:
    """As JSON for the database."""
    loaded: dict[str, Any] = inputs.model_dump(mode="json")
    return loaded


def digest(value: Any) -> str:
    """SHA-256 (hex) of JSON in its one canonical form."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
