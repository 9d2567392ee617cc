"""Saving rules: checked, replayed, and refused when they say nothing or too much."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alerts.conditions import NEVER_ALONE, Conditions
from alerts.errors import RuleRefused
from alerts.matching import ActiveRule
from alerts.models import Rule, Severity, Subscription, Target
from alerts.replay import Replay, replay
from archive.audit import record
from archive.models import AuditEntry
from archive.vietnam import VIETNAM
from search.port import SearchEngine
from search.query import QuerySyntaxError, parse

ADMINISTERS = "cases.manage_signals"


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule as it was typed. ``targets``: target id to mode. ``personal``: the officer's own rule."""

    name: str
    query: str = ""
    conditions: Conditions = field(default_factory=Conditions)
    severity: int = Severity.NORMAL
    team: str = ""
    personal: bool = False
    enabled: bool = True
    targets: dict[int, str] = field(default_factory=dict)


def may_edit(rule: Rule, user: User) -> bool:
    """One's own rules and the team's; administrators everybody's."""
    if not user.has_perm("cases.decide"):
        return False
    return rule.owner_id in (None, user.pk) or user.has_perm(ADMINISTERS)


def check(draft: Draft, rule: Rule | None, *, now: datetime) -> ActiveRule:
    """The rule that the draft makes, not saved. Raises ``RuleRefused``."""
    problems: dict[str, str] = {}
    name = draft.name.strip()
    if not name:
        problems["name"] = _("Hãy đặt tên: tên này hiện trong mọi cảnh báo của quy tắc.")
    elif len(name) > 200:
        problems["name"] = _("Tên dài quá 200 ký tự.")
    elif Rule.objects.filter(name=name).exclude(pk=rule.pk if rule else 0).exists():
        problems["name"] = _("Đã có quy tắc tên này.")
    parsed = None
    try:
        parsed = parse(draft.query, today=now.astimezone(VIETNAM).date())
    except QuerySyntaxError as error:
        problems["query"] = str(error)
    conditions = draft.conditions
    if not draft.query.strip() and conditions.empty and not conditions.patient and not conditions.spike_hours:
        problems["query"] = _("Quy tắc chưa nói gì: hãy ghi câu tìm hoặc chọn ít nhất một điều kiện.")
    if conditions.signals and set(conditions.signals) <= NEVER_ALONE:
        problems["signals"] = _(
            "S5 và S6 không đứng một mình: cáo buộc chưa dẫn nguồn và cách viết chưa nói lên "
            "điều gì sai. Hãy chọn thêm dấu hiệu khác."
        )
    if conditions.spike_hours and conditions.patient:
        problems["spike_hours"] = _(
            "Tăng bất thường tính trên mọi bài của chủ đề và địa bàn, không trên một câu chuyện: "
            "hãy bỏ điều kiện về câu chuyện hoặc tách thành hai quy tắc."
        )
    if bool(conditions.growth_hours) != bool(conditions.growth_count):
        problems["growth_count"] = _("Hãy ghi cả số bài và số giờ, hoặc để trống cả hai.")
    if draft.severity not in Severity.values:
        problems["severity"] = _("Hãy chọn một mức.")
    if problems or parsed is None:
        raise RuleRefused(problems)
    made = Rule(
        name=name, query=draft.query.strip(), conditions=conditions.as_json(), severity=draft.severity
    )
    return ActiveRule(made, parsed, conditions)


def refuse_too_broad(result: Replay, limit: int) -> None:
    """Raises ``RuleRefused`` with the count when a rule would fire more than ``limit`` times a day."""
    if result.a_day > limit:
        raise RuleRefused(
            {
                "query": _(
                    "Quy tắc quá rộng: trong %(days)s ngày qua sẽ báo %(firings)s lần, khoảng %(a_day)s "
                    "lần mỗi ngày, nhiều hơn giới hạn %(limit)s. Hãy thu hẹp câu tìm hoặc thêm điều kiện."
                )
                % {
                    "days": result.days,
                    "firings": result.firings,
                    "a_day": f"{result.a_day:.0f}",
                    "limit": limit,
                }
            }
        )


def save(
    draft: Draft,
    rule: Rule | None,
    *,
    engine: SearchEngine,
    by: User,
    now: datetime,
    limit: int,
    version: int = 0,
) -> Rule:
    """Keep a new rule, or the change of one that was read at ``version``.

    A rule that is changed or switched on counts from now: what it would have told before is not sent.
    Raises ``RuleRefused``, ``EngineUnavailable``.
    """
    if rule is not None and not may_edit(rule, by):
        raise RuleRefused({"name": _("Đây là quy tắc riêng của người khác.")})
    active = check(draft, rule, now=now)
    if draft.enabled:
        refuse_too_broad(replay(engine, active, now=now), limit)
    values = {
        "name": active.rule.name,
        "query": active.rule.query,
        "conditions": active.rule.conditions,
        "severity": draft.severity,
        "team": draft.team.strip()[:100],
        "enabled": draft.enabled,
        "changed_at": now,
        "problem": "",
    }
    try:
        with transaction.atomic():
            kept = _write(rule, values, draft.personal, by, now, version)
            _subscribe(kept, draft.targets, by)
            details = {"act": "changed" if rule else "created", "enabled": str(kept.enabled)}
            page = f"/quy-tac/{kept.pk}/"
            record(AuditEntry.Action.RULE, by=by, subject=kept.name, page=page, details=details)
    except IntegrityError:
        raise RuleRefused({"name": _("Đã có quy tắc tên này.")}) from None
    return kept


def _write(
    rule: Rule | None, values: dict[str, object], personal: bool, by: User, now: datetime, version: int
) -> Rule:
    if rule is None:
        owner = by if personal else None
        return Rule.objects.create(**values, owner=owner, created_by=by, created_at=now, active_since=now)
    same = all(getattr(rule, name) == values[name] for name in ("query", "conditions")) and rule.enabled
    since = {} if same else {"active_since": now}
    rows = Rule.objects.filter(pk=rule.pk, version=version)
    if not rows.update(**values, **since, version=F("version") + 1):
        raise RuleRefused({"name": _("Vừa có người khác sửa quy tắc này. Hãy mở lại rồi sửa trên bản mới.")})
    rule.refresh_from_db()
    return rule


def _subscribe(rule: Rule, wanted: dict[int, str], by: User) -> None:
    """The rule's targets become ``wanted``; other people's own addresses are not ours to add."""
    targets = Target.objects.in_bulk(list(wanted))
    rule.subscriptions.exclude(target__in=targets).delete()
    for pk, target in targets.items():
        mode = wanted[pk] if wanted[pk] in Subscription.Mode.values else Subscription.Mode.INSTANT
        foreign = target.owner_id not in (None, by.pk)
        if foreign and not rule.subscriptions.filter(target=target).exists():
            continue
        Subscription.objects.update_or_create(rule=rule, target=target, defaults={"mode": mode})
