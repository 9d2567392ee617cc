"""Types of fields: texts without control characters, numbers that a database holds, times with offset."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from archive.textform import stored
from web.clock import VIETNAM

LARGEST_ID = 10**18 - 1
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAK = re.compile("[\r\n\t]")


def _clean(text: str) -> str:
    if _CONTROL.search(text):
        raise PydanticCustomError("control_characters", "holds control characters")
    return stored(text)


def _one_line(text: str) -> str:
    if _BREAK.search(text):
        raise PydanticCustomError("one_line", "must be one line")
    return _clean(text).strip()


def _filled(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "is blank")
    return text.strip()


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise PydanticCustomError("no_zone", "has no offset")
    return at


def _no_number(value: object) -> object:
    """Pydantic takes numbers for seconds since 1970; people who send one meant something else."""
    if isinstance(value, (int, float)):
        raise PydanticCustomError("datetime_type", "is a number")
    return value


def _shown(at: datetime) -> str:
    return at.astimezone(VIETNAM).isoformat(timespec="seconds")


Line = Annotated[str, AfterValidator(_one_line)]
"""One line, NFC, trimmed."""
Word = Annotated[str, AfterValidator(_one_line), Field(max_length=80)]
"""A code or a name."""
Reason = Annotated[str, AfterValidator(_clean), AfterValidator(_filled), Field(min_length=1, max_length=2000)]
"""Why, in words; kept with the act."""
LongText = Annotated[
    str, AfterValidator(_clean), AfterValidator(_filled), Field(min_length=1, max_length=5000)
]
"""Words of several lines."""
RowNumber = Annotated[int, Field(ge=1, le=LARGEST_ID, strict=True)]
"""A row's number in a body."""
Version = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)]
"""The version of a row that the caller has seen."""
Moment = Annotated[datetime, BeforeValidator(_no_number), AfterValidator(_aware)]
"""A time that is sent: ISO 8601 with offset."""
Time = Annotated[datetime, PlainSerializer(_shown, return_type=str)]
"""A time that is told: ISO 8601 in Việt Nam's time with offset, to the second."""


class Body(Schema):
    """What is sent: unknown members are refused instead of being passed over."""

    model_config = ConfigDict(extra="forbid")


class Params(Schema):
    """What stands in the address after "?"; unknown names are refused by ``web.api.strict``."""


class Told(Schema):
    """What is told."""


class Person(Told):
    """An account: a name, nothing else."""

    name: str
