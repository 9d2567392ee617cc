"""A first start tells of signals in articles about the province, and never again changes the rules."""

from __future__ import annotations

import pytest

from alerts.defaults import ensure_first_rule
from alerts.models import Alert, Rule
from tests.alerts.conftest import NOW, article, signal

pytestmark = pytest.mark.django_db


def test_the_first_rule_tells_of_signals_about_the_province(take_in):
    made = ensure_first_rule("25", now=NOW)
    assert made is not None
    about, elsewhere = (article(first_seen_at=NOW) for _ in range(2))
    for each in (about, elsewhere):
        signal(each)
    for each, code in ((about, "25"), (elsewhere, "24")):
        each.findings.create(
            revision=each.revisions.get(),
            kind="province",
            label="about",
            code=code,
            score=1.0,
            detector="places",
            version="1",
            created_at=NOW,
        )
    take_in()
    assert [alert.article for alert in Alert.objects.all()] == [about]


def test_an_office_with_rules_keeps_its_own():
    ensure_first_rule("25", now=NOW)
    Rule.objects.update(enabled=False)
    assert ensure_first_rule("25", now=NOW) is None
    assert Rule.objects.get().enabled is False
