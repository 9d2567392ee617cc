"""Reads ``form.toml``, the measures of the document."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("form.toml")
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
KIND = "BÁO CÁO"
RECIPIENTS = "Nơi nhận:"


@cache
def form() -> dict[str, dict[str, float | str]]:
    """Tables of measures by name."""
    return tomllib.loads(FILE.read_text("utf-8"))


def measure(table: str, name: str) -> float:
    """One measure, in the unit that its name ends with."""
    return float(form()[table][name])
