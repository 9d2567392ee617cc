"""Reads the JSON files and compares them with what a cluster has."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "templates"

COMPONENTS = ("diembao-analysis", "diembao-index")
MAPPINGS = "diembao-mappings"
TEMPLATE = "diembao-articles"
ROLLOVER = "diembao-rollover"
INDEX_PREFIX = "diembao-articles-v"
READ_ALIAS = "diembao-articles"
WRITE_ALIAS = "diembao-articles-write"
BUILD_ALIAS = "diembao-articles-building"


def load(name: str) -> dict[str, Any]:
    """One template as Elasticsearch takes it.

    The index template comes with the mappings: alone, as a component, Elasticsearch refuses mappings
    that name an analyzer of another component.
    """
    loaded: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    if name == TEMPLATE:
        loaded["template"] = load(MAPPINGS)["template"]
    return loaded


def _version() -> str:
    files = {name: load(name) for name in (*COMPONENTS, TEMPLATE)}
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]


VERSION = _version()
"""Changes with the files: an index that was made from others is rebuilt."""


def differences(wanted: Any, live: Any, path: str = "") -> list[str]:
    """Where ``live`` is not what ``wanted`` says, one line each; what only ``live`` has is left alone."""
    if isinstance(wanted, dict):
        have = live if isinstance(live, dict) else {}
        return [
            line
            for key, value in wanted.items()
            for line in differences(value, have.get(key), f"{path}.{key}" if path else key)
        ]
    if isinstance(wanted, list) and isinstance(live, list) and len(wanted) == len(live):
        return [
            line
            for at, (one, other) in enumerate(zip(wanted, live, strict=True))
            for line in differences(one, other, f"{path}[{at}]")
        ]
    if wanted == live or _plain(wanted) == _plain(live):
        return []
    return [f"{path}: wanted {json.dumps(wanted)}, the cluster has {json.dumps(live)}"]


def _plain(value: Any) -> str:
    """Elasticsearch gives numbers and booleans of settings back as text."""
    return str(value).lower() if isinstance(value, (bool, int, str)) else json.dumps(value)
