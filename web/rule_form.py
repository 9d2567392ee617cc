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
from web import wording
from web.names import topic_names
from web.permissions import person

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
        places=_codes(posted.get("places", "")),
        about=_codes(posted.get("about", "")),
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
        "places": ", ".join(conditions.places),
        "about": ", ".join(conditions.about),
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


def new_draft() -> Draft:
    """What an empty form shows."""
    return Draft("", severity=Severity.NORMAL)


def _between(posted: QueryDict, name: str, low: int, high: int, otherwise: int | None = None) -> int:
    """A whole number brought between two bounds; what is none, or left empty, is ``otherwise`` or the low."""
    number = _whole(posted.get(name, ""), low if otherwise is None else otherwise)
    return max(low, min(high, number))


def _clean(text: str | None) -> str:
    return (text or "").replace("\x00", " ")


def _codes(text: str | None) -> tuple[str, ...]:
    parts = (part.strip() for part in (text or "").replace(";", ",").split(","))
    return tuple(
        dict.fromkeys(part for part in parts if part.isascii() and part.isalnum() and len(part) <= 12)
    )


def _whole(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else otherwise
