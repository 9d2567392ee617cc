"""Small bar charts as SVG: this week beside last week, each bar with its number. Text is escaped.

Short labels, as days, stand under columns; longer ones beside bars.

Colours of text are ``currentColor``, so that a chart fits a page of any theme; in documents that is black.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from briefings.content import Chart

WIDTH, LABEL, RIGHT = 640, 210, 60
BAR, GAP, PAD = 8, 1, 5
NOW, BEFORE = "#35607f", "#b9b0a2"
FONT = "Libertinus Serif, Times New Roman, serif"
_LONGEST = 34  # characters of a label beside the bars
_UNDER = 6  # characters of a label that fits under a column
TALL, COLUMN = 70, 26  # of columns: their height, their width


def svg(chart: Chart) -> str:
    """One group of bars a label. The same chart always gives the same text."""
    upright = len(chart.labels) > 3 and all(len(label) <= _UNDER for label in chart.labels)
    top = 26 if chart.before else 12
    drawn, height = _columns(chart, top) if upright else _bars(chart, top)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label={quoteattr(alternative(chart))} font-family={quoteattr(FONT)} font-size="13">'
    )
    return "".join([head, *(_key() if chart.before else ()), *drawn, "</svg>"])


def _key() -> list[str]:
    return [
        f'<rect x="{LABEL}" y="4" width="12" height="12" fill="{NOW}"/>',
        f'<text x="{LABEL + 18}" y="15" fill="currentColor">Tuần này</text>',
        f'<rect x="{LABEL + 110}" y="4" width="12" height="12" fill="{BEFORE}"/>',
        f'<text x="{LABEL + 128}" y="15" fill="currentColor">Tuần trước</text>',
    ]


def _bars(chart: Chart, top: int) -> tuple[list[str], int]:
    group = (2 * BAR + GAP if chart.before else BAR) + PAD
    most = max((*chart.now, *chart.before, 1))
    parts = []
    for place, label in enumerate(chart.labels):
        y = top + place * group
        middle = y + (group - PAD) / 2 + 5
        parts.append(
            f'<text x="{LABEL - 8}" y="{middle:g}" text-anchor="end" fill="currentColor">'
            f"{escape(_short(label))}</text>"
        )
        parts += _bar(y, chart.now[place], most, NOW)
        if chart.before:
            parts += _bar(y + BAR + GAP, chart.before[place], most, BEFORE)
    return parts, top + group * len(chart.labels) + 4


def _columns(chart: Chart, top: int) -> tuple[list[str], int]:
    group = WIDTH / len(chart.labels)
    most = max((*chart.now, *chart.before, 1))
    foot = top + 12 + TALL
    parts = []
    for place, label in enumerate(chart.labels):
        middle = group * (place + 0.5)
        parts.append(
            f'<text x="{middle:.1f}" y="{foot + 15}" text-anchor="middle" fill="currentColor">'
            f"{escape(label)}</text>"
        )
        left = middle - COLUMN - GAP / 2 if chart.before else middle - COLUMN / 2
        parts += _column(left, foot, chart.now[place], most, NOW)
        if chart.before:
            parts += _column(middle + GAP / 2, foot, chart.before[place], most, BEFORE)
    return parts, foot + 20


def _column(x: float, foot: int, value: int, most: int, colour: str) -> list[str]:
    height = TALL * value / most
    return [
        f'<rect x="{x:.1f}" y="{foot - height:.1f}" width="{COLUMN}" height="{height:.1f}" fill="{colour}"/>',
        f'<text x="{x + COLUMN / 2:.1f}" y="{foot - height - 3:.1f}" text-anchor="middle" font-size="10"'
        f' fill="currentColor">{value}</text>',
    ]


def alternative(chart: Chart) -> str:
    """The chart in words, for whoever does not see it."""
    told = []
    for place, label in enumerate(chart.labels):
        before = f" (tuần trước {chart.before[place]})" if chart.before else ""
        told.append(f"{label}: {chart.now[place]}{before}")
    return f"{chart.title}. {'; '.join(told)}."


def _bar(y: int, value: int, most: int, colour: str) -> list[str]:
    width = (WIDTH - LABEL - RIGHT) * value / most
    return [
        f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>',
        f'<text x="{LABEL + width + 6:.1f}" y="{y + BAR - 1}" font-size="10" fill="currentColor">'
        f"{value}</text>",
    ]


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"
