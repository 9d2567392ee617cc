"""The doctor says when alerts do not reach people."""

import pytest
from django.utils import timezone

from alerts.models import Delivery, Target
from diembao.checks import _alerts
from diembao.config import load

pytestmark = pytest.mark.django_db


def test_without_recipients_nothing_is_wrong():
    check = _alerts(load({}))
    assert check.good and "none set up" in check.message


def test_a_recipient_of_a_channel_that_is_off_is_named():
    Target.objects.create(name="Phòng", channel="slack", address="C0001")
    check = _alerts(load({}))
    assert not check.good and "slack" in check.message
    assert _alerts(load({"SLACK_BOT_TOKEN": "xoxb-1"})).good


def test_dead_letters_are_counted():
    now = timezone.now()
    target = Target.objects.create(name="Phòng", channel="slack", address="C0001")
    Delivery.objects.create(
        target=target,
        channel="slack",
        kind="digest",
        key="k",
        payload={},
        state="dead",
        created_at=now,
        next_at=now,
    )
    check = _alerts(load({"SLACK_BOT_TOKEN": "xoxb-1"}))
    assert not check.good and "1 messages" in check.message
