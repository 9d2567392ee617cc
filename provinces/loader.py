"""Loads province profiles and sources files, and refuses what is wrong with file, line and field.

A profile is a folder with ``profile.toml`` (names, codes, agencies, landmarks) and ``outlets.toml``.
The central outlets of ``national/outlets.toml`` are added unless the profile says ``national = false``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from provinces.errors import ProfileError
from provinces.gazetteer import Gazetteer, load_gazetteer
from provinces.gazetteer.loader import GazetteerError, read_extra
from provinces.gazetteer.positions import Position, load_positions
from provinces.outlet_table import check_together, read_outlet
from provinces.records import Agency, Landmark, LandmarkKind, Outlet, Predecessor, Province
from provinces.toml_table import Table, read_table

__all__ = ["ProfileError", "gazetteer_of", "load_outlets", "load_province", "positions_of", "province_names"]

_FOLDER = Path(__file__).resolve().parent
_PROFILE = "profile.toml"
_OUTLETS = "outlets.toml"
_UNITS = "units.toml"
_POSITIONS = "positions.tsv"
_NATIONAL = _FOLDER / "national" / _OUTLETS


def province_names() -> list[str]:
    """The folder names of the bundled profiles, sorted."""
    return sorted(folder.parent.name for folder in _FOLDER.glob(f"*/{_PROFILE}"))


def load_province(name_or_path: str | Path) -> Province:
    """Loads a bundled profile by its folder name, or any profile folder by its path.

    Raises ``ProfileError``.
    """
    folder = _folder_of(name_or_path)
    root = read_table(folder / _PROFILE)
    root.allow("name", "full_name", "code", "national", "predecessor", "agency", "landmark")
    outlets = _read_outlets(folder / _OUTLETS)
    if root.flag("national", True):
        outlets += _read_outlets(_NATIONAL)
    check_together(outlets)
    _check_units(folder / _UNITS)
    return Province(
        id=folder.name,
        name=root.text("name"),
        full_name=root.text("full_name"),
        code=root.text("code"),
        folder=folder,
        predecessors=tuple(_predecessor(table) for table in root.tables("predecessor")),
        outlets=tuple(outlet for _, outlet in outlets),
        agencies=_agencies(root),
        landmarks=_landmarks(root),
    )


def gazetteer_of(name_or_path: str | Path) -> Gazetteer:
    """The national gazetteer, with the made-up or newer units of a profile's ``units.toml`` if it has one.

    Raises ``ProfileError``, and ``GazetteerError`` when the units cannot be used.
    """
    units = _folder_of(name_or_path) / _UNITS
    return load_gazetteer([units] if units.is_file() else [])


def positions_of(name_or_path: str | Path) -> dict[str, Position]:
    """Where the communes lie, with those of a profile's ``positions.tsv`` if it has one.

    Raises ``ProfileError``, and ``GazetteerError`` when a file holds what is no position.
    """
    own = _folder_of(name_or_path) / _POSITIONS
    return load_positions([own] if own.is_file() else [])


def _check_units(path: Path) -> None:
    if path.is_file():
        try:
            read_extra(path)
        except GazetteerError as error:
            raise ProfileError(path, 1, str(error).removeprefix(f"{path}: ")) from error


def load_outlets(path: str | Path) -> tuple[Outlet, ...]:
    """Loads the ``[[outlet]]`` tables of a sources file. Raises ``ProfileError``."""
    outlets = _read_outlets(Path(path))
    check_together(outlets)
    return tuple(outlet for _, outlet in outlets)


def _folder_of(name_or_path: str | Path) -> Path:
    bundled = province_names()
    if str(name_or_path) in bundled:
        return _FOLDER / str(name_or_path)
    try:
        folder = Path(name_or_path).resolve()
        found = (folder / _PROFILE).is_file()
    except (OSError, ValueError):
        found = False
        folder = Path()
    if not found:
        raise ProfileError(
            Path(name_or_path),
            0,
            f"no such province; give one of {', '.join(bundled)}, or a folder that holds {_PROFILE}",
        )
    return folder


def _read_outlets(file: Path) -> list[tuple[Table, Outlet]]:
    root = read_table(file)
    root.allow("outlet")
    tables = list(root.tables("outlet"))
    if not tables:
        raise ProfileError(file, 1, "no outlets; add at least one [[outlet]] table")
    return [(table, read_outlet(table)) for table in tables]


def _predecessor(table: Table) -> Predecessor:
    table.allow("name", "code", "until")
    until = table.day("until", required=True)
    assert until is not None
    return Predecessor(name=table.text("name"), code=table.text("code"), until=until)


def _agencies(root: Table) -> tuple[Agency, ...]:
    tables = list(root.tables("agency"))
    agencies: dict[str, Agency] = {}
    for table in tables:
        agency = _agency(table)
        if agency.id in agencies:
            table.fail("id", f'"{agency.id}" stands twice; choose another')
        agencies[agency.id] = agency
    for table in tables:
        successor = table.text("successor", "")
        if successor and (successor not in agencies or successor == table.text("id")):
            table.fail("successor", f'"{successor}" is not the id of another agency; correct it')
    return tuple(agencies.values())


def _agency(table: Table) -> Agency:
    table.allow("id", "name", "aliases", "valid_from", "valid_to", "successor")
    valid_from, valid_to = table.day("valid_from"), table.day("valid_to")
    if (valid_from or date.min) > (valid_to or date.max):
        table.fail("valid_to", "lies before valid_from; correct one of them")
    return Agency(
        id=table.text("id"),
        name=table.text("name"),
        aliases=table.texts("aliases"),
        valid_from=valid_from,
        valid_to=valid_to,
        successor=table.text("successor", ""),
    )


def _landmarks(root: Table) -> tuple[Landmark, ...]:
    names: set[str] = set()
    landmarks: list[Landmark] = []
    for table in root.tables("landmark"):
        table.allow("name", "kind", "aliases")
        landmark = Landmark(
            name=table.text("name"), kind=table.choice("kind", LandmarkKind), aliases=table.texts("aliases")
        )
        for name in (landmark.name, *landmark.aliases):
            if name in names:
                table.fail("name", f'"{name}" names two landmarks; keep one')
            names.add(name)
        landmarks.append(landmark)
    return tuple(landmarks)
