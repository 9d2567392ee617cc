"""Where the names of dots stand, so that none lies on another name, on a dot, or outside the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SIGN = 6.8  # mean width of a letter at the font size of the picture (12)
ABOVE, BELOW = 9.0, 4.0  # of a line, from its base line
GAP = 4.0
ASKED = 12
LEANS = (0.0, 0.2, -0.2, 0.4, -0.4)  # of its width that a name may stand aside


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in units of the view box."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a part in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, width: float, height: float) -> bool:
        """Whether it lies in the picture as a whole."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True, slots=True)
class Circle:
    """A dot that may get a name."""

    name: str
    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """The square around it."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Label:
    """A name's base line: ``x`` is its start, middle or end, as ``anchor`` says."""

    x: float
    y: float
    anchor: str
    box: Box


def placed(
    circles: Sequence[Circle], solid: int, wanted: int, size: tuple[float, float]
) -> list[Label | None]:
    """A label, or None, for each circle; at most ``wanted`` labels.

    The first ``ASKED`` of the ``solid`` circles, which lead, are asked in their order. A name is tried
    above its dot, below, to the right and to the left, and left out where each place meets another name or
    a solid dot; other dots are covered only where nothing else is left.
    """
    boxes = [circle.box for circle in circles]
    found: list[Label | None] = [None] * len(circles)
    taken: list[Box] = []
    for place, circle in enumerate(circles[: min(solid, ASKED)]):
        if len(taken) == wanted:
            break
        near = [*taken, *boxes[:place], *boxes[place + 1 : solid]]
        free = [
            label
            for label in _places(circle)
            if label.box.within(*size) and not any(label.box.meets(box) for box in near)
        ]
        clear = [label for label in free if not any(label.box.meets(box) for box in boxes[solid:])]
        if label := next(iter(clear or free), None):
            found[place] = label
            taken.append(label.box)
    return found


def _places(circle: Circle) -> Iterator[Label]:
    width, reach = len(circle.name) * SIGN, circle.radius + GAP
    x, y = circle.x, circle.y
    for base in (y - reach, y + reach + ABOVE):
        for lean in LEANS:
            middle = x + lean * width
            box = Box(middle - width / 2, base - ABOVE, middle + width / 2, base + BELOW)
            yield Label(middle, base, "middle", box)
    base = y + (ABOVE - BELOW) / 2
    yield Label(x + reach, base, "start", Box(x + reach, base - ABOVE, x + reach + width, base + BELOW))
    yield Label(x - reach, base, "end", Box(x - reach - width, base - ABOVE, x - reach, base + BELOW))
