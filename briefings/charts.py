"""Small bar charts as SVG: this week's bars above last week's, each with its number. Text is escaped.

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


def svg(chart: Chart) -> str:
    """Horizontal bars, one group a label. The same chart always gives the same text."""
    two = bool(chart.before)
    group = (2 * BAR + GAP if two else BAR) + PAD
    top = 26 if two else 6
    height = top + group * len(chart.labels) + 4
    most = max((*chart.now, *chart.before, 1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label={quoteattr(alternative(chart))} font-family={quoteattr(FONT)} font-size="13">'
    ]
    if two:
        parts += [
            f'<rect x="{LABEL}" y="4" width="12" height="12" fill="{NOW}"/>',
            f'<text x="{LABEL + 18}" y="15" fill="currentColor">Tuần này</text>',
            f'<rect x="{LABEL + 110}" y="4" width="12" height="12" fill="{BEFORE}"/>',
            f'<text x="{LABEL + 128}" y="15" fill="currentColor">Tuần trước</text>',
        ]
    for place, label in enumerate(chart.labels):
        y = top + place * group
        middle = y + (group - PAD) / 2 + 5
        parts.append(
            f'<text x="{LABEL - 8}" y="{middle:g}" text-anchor="end" fill="currentColor">'
            f"{escape(_short(label))}</text>"
        )
        parts += _bar(y, chart.now[place], most, NOW)
        if two:
            parts += _bar(y + BAR + GAP, chart.before[place], most, BEFORE)
    parts.append("</svg>")
    return "".join(parts)


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
