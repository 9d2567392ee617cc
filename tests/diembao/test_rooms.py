"""Rooms on disk = rooms packaged = rooms in the import contract: what is missing there is invisible to it."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BESIDE = {"tests", "benchmarks"}  # packages that belong to no floor and are not shipped
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def on_disk() -> set[str]:
    return {path.parent.name for path in ROOT.glob("*/__init__.py")} - BESIDE


def test_every_room_is_packaged():
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == on_disk()


def test_every_room_is_in_the_import_contract():
    contract = PROJECT["tool"]["importlinter"]
    layers = contract["contracts"][0]["layers"]
    assert set(contract["root_packages"]) == on_disk()
    assert {room.strip() for layer in layers for room in layer.split("|")} == on_disk()


def test_every_room_is_type_checked():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    rooms = next(line for line in makefile.splitlines() if line.startswith("ROOMS :=")).split()[2:]
    assert set(rooms) == on_disk()


def test_every_room_has_tests_or_no_code():
    for room in on_disk():
        code = [path for path in (ROOT / room).rglob("*.py") if path.name != "__init__.py"]
        assert not code or (ROOT / "tests" / room).is_dir(), f"{room} has code but no tests/{room}"
