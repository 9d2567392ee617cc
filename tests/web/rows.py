"""A row of every kind, so that every page of the table of URLs is a real page; every text is given."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from alerts.models import Alert, AlertEvent, Delivery, DutyDay, EscalationStep, Maintenance, Rule, Target
from archive.audit import record
from archive.models import Article, AuditEntry, Finding, Indicator, RegisterEntry, Story, StoryLink
from briefings.building import Office, briefing_of, build
from briefings.models import Build
from briefings.settings import setting_of
from briefings.weeks import last_week
from cases import moving
from cases.drafting import save_draft
from cases.files import attach
from cases.models import Case, CaseWatch
from cases.opening import open_case
from cases.states import Form, Kind, State
from provinces.loader import gazetteer_of, load_province
from tests.web.factory import find, make_article
from tests.web.permission_table import TABLE
from web.api.tokens import create
from web.models import SavedSearch
from web.people import invite

PDF = b"%PDF-1.7\nmade up\n%%EOF\n"
FILES = {
    *("export", "register-export", "evidence", "case-ics", "case-docx", "attachment", "audit-export", "feed"),
    *("briefing-file", "language", "saved-open", "briefing-week", "rule-replay"),
}
"""Downloads, feeds, and addresses that only lead on."""
Addresses = dict[str, dict[str, object]]


def make_rows(star: Article, text: str, *, by: User, folder: Path) -> Addresses:
    """Rows whose every text is ``text``, about ``star`` (which has a signal); the address of each page."""
    now = timezone.now()
    User.objects.create_user(text[:150])
    story = Story.objects.create(title=text, created_at=now, first_seen=now, last_seen=now, size=2)
    again = make_article(star.outlet, text, lead=text, text=text)
    Article.objects.filter(pk__in=(star.pk, again.pk)).update(story=story)
    StoryLink.objects.create(
        article=again, other=star, kind="reprint", method="test", score=0.9, created_at=now
    )
    entry = _register(text)
    case = _case(star, text, by, folder)
    alert, target = _alert(star, text, by)
    search = SavedSearch.objects.create(
        name=text,
        owner=by,
        shared=True,
        params="q=l%E1%BB%9F",
        token="t" * 43,
        created_at=now,
        changed_at=now,
    )
    create(text[:80], by, ["articles:read"], days=9, by=by, now=now)
    details = {"reason": text, "act": text}
    record(AuditEntry.Action.RULE, by=by, subject=text, page="/quy-tac/", details=details)
    _row, secret = invite("officer", text, by, now)
    one: dict[str, object] = {"pk": alert.rule_id}
    rows = {"rule": one, "target": {"pk": target.pk}, "alert": {"pk": alert.pk}, "join": {"secret": secret}}
    rows |= {name: {"pk": star.pk} for name in ("article", "comparison")}
    rows |= {name: {"pk": story.pk} for name in ("story", "story-comparison")}
    rows |= {name: {"pk": case.pk} for name in ("case", "case-draft")}
    rows |= {name: {"pk": entry.pk} for name in ("register-entry", "register-edit")}
    rows |= {"saved-edit": {"pk": search.pk}, "outlet": {"key": star.outlet_id}}
    return rows | _briefing(star, text, by)


def pages(rows: Addresses) -> list[str]:
    """Every page that is read, over ``rows``; the steps of the setup too."""
    found = [
        reverse(f"web:{name}", kwargs=rows.get(name, row.address))
        for name, row in TABLE.items()
        if row.get != "-" and name not in FILES
    ]
    return [*found, *(reverse("web:setup-step", args=(key,)) for key in ("province", "sources", "people"))]


def _register(text: str) -> RegisterEntry:
    now = timezone.now()
    indicator = Indicator.objects.create(name=text[:200], unit=text[:60])
    common = {"indicator": indicator, "province": "LG", "created_at": now, "quote": text, "document": text}
    RegisterEntry.objects.create(
        value="12", as_of=text[:40], valid_from=now.date(), status="approved", **common
    )
    return RegisterEntry.objects.create(
        value="13", as_of=text[:40], valid_from=now.date(), aliases=[text[:80]], **common
    )


def _case(star: Article, text: str, by: User, folder: Path) -> Case:
    """In the step of drafting, with a deadline, evidence, a draft, a file, a watch and a pause behind it."""
    now = timezone.now()
    finding = Finding.objects.filter(article=star, kind="signal").first()
    assert finding is not None
    opened = open_case(
        Kind.CORRECTION, article_id=star.pk, finding_ids=[finding.pk], by=by, now=now, reason=text
    )
    case = opened.case
    case = moving.pause(case.pk, "waiting-higher", version=case.version, by=by, now=now, reason=text)
    case = moving.resume(case.pk, version=case.version, by=by, now=now, reason=text)
    Case.objects.filter(pk=case.pk).update(title=text[:300], agency_name=text[:200], state=State.DRAFTING)
    cells = dict.fromkeys(("issuer", "place", "about", "to", "body", "signer_title", "parent"), text)
    save_draft(case.pk, Form.CORRECTION, cells, version=case.version, by=by, now=now, comment=text)
    attach(case.pk, f"{text}.pdf", PDF, folder=folder, by=by, now=now, comment=text)
    CaseWatch.objects.create(
        case=case,
        article=star,
        since=now,
        baseline=1,
        status="looks-corrected",
        found={"method": "revision", "reasons": [text]},
        found_at=now,
    )
    return case


def _alert(star: Article, text: str, by: User) -> tuple[Alert, Target]:
    """With its card, its history, a message that failed and one that waits; duty and a pause of messages."""
    now = timezone.now()
    rule = Rule.objects.create(
        name=text[:200], query="lở", active_since=now, created_at=now, changed_at=now, created_by=by
    )
    card = {"headline": text, "outlet": text, "url": "javascript:alert(1)", "published_at": now.isoformat()}
    signal = {"code": "S1", "name": text, "note": text, "said": [text], "other": text, "innocent": [text]}
    similar = [{"outlet": text, "title": text, "at": now.isoformat(), "article": star.pk}]
    card |= {"precision": "minute", "article": star.pk, "signals": [signal], "similar": similar, "size": 2}
    card |= {"rule": {"name": text, "query": text}, "matched": [text], "topics": [text], "places": [text]}
    alert = Alert.objects.create(
        key=text[:200], rule=rule, article=star, severity=3, cause=card, fired_at=now, last_fired_at=now
    )
    AlertEvent.objects.create(alert=alert, kind="acknowledged", at=now, by=by, reason=text)
    target = Target.objects.create(name=text[:200], channel="email", address=text[:500])
    for key, state in (("a", "dead"), ("b", "waiting")):
        Delivery.objects.create(
            alert=alert,
            target=target,
            channel="email",
            kind="first",
            key=key,
            payload={"card": card, "alert": alert.pk, "state": "open", "severity": 3},
            state=state,
            created_at=now,
            next_at=now,
            error=text,
        )
    EscalationStep.objects.create(team=text[:100], after_minutes=15, place=1)
    DutyDay.objects.create(day=now.date(), place=1, officer=by)
    Maintenance.objects.create(starts=now, ends=now + timedelta(hours=1), reason=text[:300], by=by)
    return alert, target


def _briefing(star: Article, text: str, by: User) -> Addresses:
    """This week's, built over ``star``; and a build that failed."""
    now = timezone.now()
    office = Office(load_province("demo"), gazetteer_of("demo"), "https://diembao.example.gov.vn")
    find(star, "province", "about", code="LG", evidence={"name": "Lam Giang"})
    week = last_week(now, setting_of(office.profile).cut).after()  # the one that runs
    briefing = briefing_of(office.profile, week, now=now)
    build(office, briefing, by=by, now=now)
    failed = Build.objects.create(
        briefing=briefing, state="failed", error=text, by=by, created_at=now, ended_at=now
    )
    names = ("briefing", "briefing-editor", "briefing-versions", "briefing-counts")
    return {name: {"pk": briefing.pk} for name in names} | {"briefing-build": {"pk": failed.pk}}
