"""What stands above and below the text of the document, as lines."""

from __future__ import annotations

from dataclasses import dataclass

from archive.vietnam import VIETNAM
from briefings.content import Header
from briefings.render.form import KIND, MOTTO, RECIPIENTS, STATE


@dataclass(frozen=True, slots=True)
class Head:
    """The two columns of the head, and the foot."""

    superior: str
    office: str
    number: str
    state: str
    motto: str
    place_date: str
    kind: str
    recipients_title: str
    recipients: tuple[str, ...]
    signatory: str


def head_of(header: Header) -> Head:
    """The date is that of the cut-off: it does not move when a version is rendered again."""
    day = header.ends.astimezone(VIETNAM)
    return Head(
        superior=header.superior,
        office=header.office,
        number=header.number,
        state=STATE,
        motto=MOTTO,
        place_date=f"{header.place}, ngày {day:%d} tháng {day:%m} năm {day.year}",
        kind=KIND,
        recipients_title=RECIPIENTS,
        recipients=tuple(f"- {line};" for line in header.recipients[:-1])
        + tuple(f"- {line}." for line in header.recipients[-1:]),
        signatory=header.signatory,
    )
