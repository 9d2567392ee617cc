"""A rule's form: what was typed as a draft, and a draft or a rule as what the form shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, QueryDict

from alerts.conditions import Conditions
from alerts.fingerprint import TIERS
from alerts.models import Rule, Severity, Subscription, Target
from alerts.rules import Draft
from alerts.spikes import MOST_HOURS
from cases.office import office
from provinces.gazetteer import Level
from web import wording
from web.names import topic_names
from web.permissions import person
from web.place_choice import LINES, label, offered, read_places

LONGEST_QUERY = 1000


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick."""

    value: str
    label: object
    ticked: bool


def read_draft(posted: QueryDict) -> Draft:
    """Whatever was posted; unknown values are left out."""

    def chosen(name: str, known: Iterable[str]) -> tuple[str, ...]:
        allowed = set(known)
        return tuple(value for value in dict.fromkeys(posted.getlist(name)) if value in allowed)

    conditions = Conditions(
        signals=chosen("signals", ("*", *wording.SIGNALS)),
        topics=chosen("topics", topic_names()),
        places=read_places(posted, "places").codes,
        about=read_places(posted, "about", Level.PROVINCE).codes,
        kinds=chosen("kinds", wording.KINDS),
        scopes=chosen("scopes", wording.SCOPES),
        min_size=_between(posted, "min_size", 1, 1000),
        min_outlets=_between(posted, "min_outlets", 1, 1000),
        tiers=chosen("tiers", TIERS),
        growth_count=_between(posted, "growth_count", 0, 1000),
        growth_hours=_between(posted, "growth_hours", 0, MOST_HOURS),
        spike_hours=_between(posted, "spike_hours", 0, MOST_HOURS),
        spike_count=_between(posted, "spike_count", 2, 1000, 5),
    )
    targets = {}
    for key, mode in posted.items():
        if key.startswith("target-") and mode in Subscription.Mode.values:
            targets[_whole(key.removeprefix("target-"), 0)] = str(mode)
    return Draft(
        name=_clean(posted.get("name", ""))[:300],
        query=_clean(posted.get("query", ""))[:LONGEST_QUERY],
        conditions=conditions,
        severity=_whole(posted.get("severity", ""), 0),
        team=_clean(posted.get("team", ""))[:100],
        personal=posted.get("personal") == "1",
        enabled=posted.get("enabled") == "1",
        targets=targets,
    )


def draft_of(rule: Rule) -> Draft:
    """A kept rule as a draft. Conditions that cannot be read are shown as none."""
    try:
        conditions = Conditions.from_json(rule.conditions)
    except (ValueError, TypeError):
        conditions = Conditions()
    return Draft(
        rule.name,
        rule.query,
        conditions,
        rule.severity,
        rule.team,
        personal=rule.owner_id is not None,
        enabled=rule.enabled,
        targets=dict(rule.subscriptions.values_list("target_id", "mode")),
    )


def shown(request: HttpRequest, draft: Draft, rule: Rule | None) -> dict[str, object]:
    """The form's part of the page's context."""
    conditions = draft.conditions
    own = Q(owner=None) | Q(owner=person(request)) | Q(pk__in=list(draft.targets))
    return {
        "draft": draft,
        "rule": rule,
        "places": _places(request.POST, "places", conditions.places),
        "about": _places(request.POST, "about", conditions.about, Level.PROVINCE),
        "province_names": offered(Level.PROVINCE),
        "commune_names": offered(Level.COMMUNE),
        "signals": [Box("*", "", "*" in conditions.signals)]
        + [Box(code, f"{code} {name}", code in conditions.signals) for code, name in wording.SIGNALS.items()],
        "topics": [Box(code, name, code in conditions.topics) for code, name in topic_names().items()],
        "kinds": [Box(code, name, code in conditions.kinds) for code, name in wording.KINDS.items()],
        "scopes": [Box(code, name, code in conditions.scopes) for code, name in wording.SCOPES.items()],
        "tiers": [Box(code, name, code in conditions.tiers) for code, name in wording.TIERS.items()],
        "most_hours": MOST_HOURS,
        "severities": wording.SEVERITIES.items(),
        "targets": [
            (target, draft.targets.get(target.pk, "")) for target in Target.objects.filter(own, enabled=True)
        ],
    }


def place_problems(posted: QueryDict) -> dict[str, str]:
    """What is wrong with the names of places that were typed, by field."""
    read = {"places": read_places(posted, "places"), "about": read_places(posted, "about", Level.PROVINCE)}
    return {name: places.problem for name, places in read.items() if places.problem}


def _places(
    posted: QueryDict, name: str, chosen: tuple[str, ...], level: Level | None = None
) -> dict[str, object]:
    """Boxes of what is chosen (of provinces the office's own too), lines with what was not understood."""
    own = (office().code,) if level is Level.PROVINCE else ()
    wrong = read_places(posted, name, level).wrong
    lines = 1 if level is Level.PROVINCE else LINES
    return {
        "boxes": [Box(code, label(code), code in chosen) for code in dict.fromkeys((*own, *chosen))],
        "lines": [*wrong, *[""] * lines][: max(lines, len(wrong))],
    }


def new_draft() -> Draft:
    """What an empty form shows."""
    return Draft("", severity=Severity.NORMAL)


def _between(posted: QueryDict, name: str, low: int, high: int, otherwise: int | None = None) -> int:
    """A whole number brought between two bounds; what is none, or left empty, is ``otherwise`` or the low."""
    number = _whole(posted.get(name, ""), low if otherwise is None else otherwise)
    return max(low, min(high, number))


def _clean(text: str | None) -> str:
    return (text or "").replace("\x00", " ")


def _whole(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else otherwise
