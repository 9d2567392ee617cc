"""Names in province profiles that imply their province: rivers, roads, enterprises, agencies."""

from __future__ import annotations

from collections.abc import Iterable

from provinces.records import Province

EVERYWHERE = (("Sài Gòn", "79"),)
"""Old names in daily use that no profile lists."""


def landmark_names(provinces: Iterable[Province]) -> list[tuple[str, str]]:
    """(name, province code valid today) pairs for PlaceTagger's ``landmarks``.

    Only names of two syllables or more; a name that two provinces claim is left out.
    """
    owners: dict[str, set[str]] = {}
    for province in provinces:
        for landmark in province.landmarks:
            for name in (landmark.name, *landmark.aliases):
                if " " in name.strip():
                    owners.setdefault(name.strip(), set()).add(province.code)
    pairs = [(name, next(iter(codes))) for name, codes in owners.items() if len(codes) == 1]
    return [*EVERYWHERE, *pairs]
