"""The OpenAPI document as a page reads it: plain rows, no scripts from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from web.api.service import document

REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a member of a body. ``place``: query, path, header or body."""

    name: str
    place: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation. ``answers``: status and the name of what is told."""

    name: str
    method: str
    path: str
    summary: str
    about: str
    scope: str
    fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of object that is sent or told."""

    name: str
    about: str
    fields: tuple[Field, ...]


@cache
def entries() -> dict[str, list[Entry]]:
    """Operations by tag, in the order of the API."""
    found: dict[str, list[Entry]] = {}
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_entry(method, path, operation))
    return found


@cache
def shapes() -> list[Shape]:
    """Every object, by name."""
    rows = document()["components"]["schemas"]
    return [
        Shape(_short(name), _unquoted(rows[name].get("description", "")), tuple(_members(rows[name], "")))
        for name in sorted(rows)
    ]


def _entry(method: str, path: str, operation: Mapping[str, Any]) -> Entry:
    fields = [
        Field(
            one["name"],
            one["in"],
            _kind(one.get("schema", {})),
            bool(one.get("required")),
            _unquoted(one.get("description", "")),
        )
        for one in operation.get("parameters", ())
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    about = [operation.get("description", "")]
    for shape in _alternatives(body) if body else ():
        fields += _members(shape, "body")
        about.append(shape.get("description", ""))
    return Entry(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=_unquoted(" ".join(filter(None, about))),
        scope=operation.get("x-scope") or "",
        fields=tuple(fields),
        answers=tuple(_answers(operation["responses"])),
    )


def _answers(responses: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for status, told in responses.items():
        contents = [content.get("schema", {}) for content in told.get("content", {}).values()]
        if status != "default":
            yield str(status), _kind(contents[0]) if contents else ""


def _alternatives(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    options = schema.get("oneOf") or schema.get("anyOf")
    return [_resolved(one) for one in options] if options else [_resolved(schema)]


def _members(schema: Mapping[str, Any], place: str) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, told in schema.get("properties", {}).items():
        yield Field(name, place, _kind(told), name in required, _unquoted(told.get("description", "")))


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    ref = schema.get("$ref")
    found: Mapping[str, Any] = document()["components"]["schemas"][ref.removeprefix(REF)] if ref else schema
    return found


def _kind(schema: Mapping[str, Any]) -> str:
    """As people say it: "integer or null", "list of string", "one of a, b"."""
    if "$ref" in schema:
        return _short(schema["$ref"].removeprefix(REF))
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        return " or ".join(_kind(one) for one in options)
    if "const" in schema:
        return f"“{schema['const']}”"
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    form = schema.get("format")
    return f"{kind} ({form})" if form else kind


def _unquoted(text: str) -> str:
    return text.replace("`", "")


def _short(name: str) -> str:
    return name.removesuffix("_")
