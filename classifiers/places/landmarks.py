"""Names that imply their province: rivers, roads, enterprises, agencies, sights.

Those of the whole country stand in landmarks.toml, those of one office in its province profile.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from provinces.records import Province

EVERYWHERE = (("Sài Gòn", "79"),)
"""Old names in daily use that no profile lists."""
NATIONAL = Path(__file__).parent / "landmarks.toml"


def landmark_names(provinces: Iterable[Province]) -> list[tuple[str, str]]:
    """(name, code) pairs for PlaceTagger's ``landmarks``: the code of a province of today, or of a
    district of the map before the reform.

    Only names of two syllables or more; a name that two provinces claim is left out.
    """
    owners: dict[str, set[str]] = {}
    for province in provinces:
        for landmark in province.landmarks:
            for name in (landmark.name, *landmark.aliases):
                if " " in name.strip():
                    owners.setdefault(name.strip(), set()).add(province.code)
    pairs = [(name, next(iter(codes))) for name, codes in owners.items() if len(codes) == 1]
    known = tomllib.loads(NATIONAL.read_text(encoding="utf-8"))
    national = [(name, code) for code, names in known.items() for name in names]
    return [*EVERYWHERE, *national, *pairs]
