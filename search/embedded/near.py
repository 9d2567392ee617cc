"""Two words or phrases near each other, in either order, with 0 to ``distance`` words between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tantivy
from tantivy import Occur, Query

from search.text import pairs

Words = tuple[str, ...]
Placed = Sequence[tuple[int, str]]


def near_query(schema: tantivy.Schema, field: str, left: Words, right: Words, distance: int) -> Query:
    """Matches where ``left`` and ``right``, which differ, are parted by at most ``distance`` words."""
    one, other = pairs.placed(left), pairs.placed(right)
    if field in pairs.FIELD_OF and one and other:  # single words have no pair
        field = pairs.FIELD_OF[field]
    else:
        one, other = [*enumerate(left)], [*enumerate(right)]
    if len(left) == len(right) and len(one) == len(other) == 1 and not set(left) & set(right):
        # Slop is how far two terms may be from where they should be, either way. Different terms that
        # should share a place never do, so one pass over the places finds both orders.
        together: list[str | tuple[int, str]] = [(0, one[0][1]), (0, other[0][1])]
        return Query.phrase_query(schema, field, together, slop=len(left) + distance)
    ways = [
        *_spelled_out(one, other, len(left), distance),
        *_spelled_out(other, one, len(right), distance),
    ]
    return Query.boolean_query([(Occur.Should, Query.phrase_query(schema, field, way)) for way in ways])


def _spelled_out(
    first: Placed, second: Placed, length: int, distance: int
) -> Iterator[list[str | tuple[int, str]]]:
    """``first``, ``length`` words long, then ``second``, once for every distance.

    With more than two terms slop is not exact.
    """
    for gap in range(distance + 1):
        yield [*first, *((length + gap + place, term) for place, term in second)]
