"""Shorthands for the register: people, checked fields, entries."""

from __future__ import annotations

from django.contrib.auth.models import User

from archive.models import RegisterEntry
from archive.register.edits import approve, create
from archive.register.fields import EntryFields, read_fields
from tests.archive.conftest import NOW

CELLS = {
    "indicator": "dân số",
    "value": "2486300",
    "unit": "người",
    "province": "LG",
    "as_of": "07/2025",
    "valid_from": "2025-07-01",
    "scope": "toàn tỉnh sau sáp nhập",
    "document": "Báo cáo 412/BC-UBND",
    "aliases": "số dân|nhân khẩu",
}


def person(name: str) -> User:
    return User.objects.get_or_create(username=name)[0]


def content(**cells: str) -> EntryFields:
    read, problems = read_fields(CELLS | cells)
    assert read is not None, problems
    return read


def draft(by: str | None = "lan", **cells: str) -> RegisterEntry:
    return create(content(**cells), by=person(by) if by else None, now=NOW)


def approved(**cells: str) -> RegisterEntry:
    entry = draft(**cells)
    return approve(entry, version=entry.version, by=person("minh"), now=NOW)
