"""Notices: queued once, with their files by e-mail, as words elsewhere."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from alerts.channels.email.transport import EmailChannel
from alerts.channels.recipe import Message
from alerts.channels.slack.transport import SlackChannel
from alerts.channels.webhook.transport import WebhookChannel
from alerts.config import AlertConfig
from alerts.models import Delivery, Target
from alerts.notices import Attachment, Notice, queue_notice
from tests.alerts.test_email import Mailbox, mail_server
from tests.alerts.test_webhook import Receiver, receiver  # noqa: F401  (fixture)

pytestmark = pytest.mark.django_db
NOTICE = Notice(
    "Điểm báo tuần 47 & <tuần 48>",
    ("Có 12 bài.", "Chờ xử lý: 1 <việc> & 2 câu."),
    "https://diembao.example/ban-tin/1/",
    (Attachment("diem-bao.pdf", "application/pdf", b"%PDF-1.7 \x00\xff"),),
)


def queued(channel: str, address: str) -> Message:
    target = Target.objects.create(name=channel, channel=channel, address=address)
    assert queue_notice(target, NOTICE, key=f"briefing:1|to:{target.pk}", now=timezone.now())
    row = Delivery.objects.get(target=target)
    return Message(row.kind, address, row.key, row.payload)


def test_the_same_key_is_queued_once_and_unknown_channels_take_none() -> None:
    message = queued("email", "vp@lamgiang.example")
    target = Target.objects.get()
    assert not queue_notice(target, NOTICE, key=message.key, now=timezone.now())
    pigeon = Target.objects.create(name="x", channel="pigeon", address="x")
    assert not queue_notice(pigeon, NOTICE, key="other", now=timezone.now())
    assert Delivery.objects.count() == 1


def test_an_email_carries_the_lines_the_page_and_the_files() -> None:
    box = Mailbox()
    with mail_server(box):
        config = AlertConfig(
            smtp_host="127.0.0.1",
            smtp_port=box.port,
            smtp_security="none",
            mail_from="diembao@lamgiang.example",
        )
        EmailChannel(config).send(queued("email", "vp@lamgiang.example"))
    (mail,) = box.mails
    assert mail["Subject"] == NOTICE.title
    body = mail.get_body(("plain",)).get_content()
    assert "Chờ xử lý: 1 <việc> & 2 câu." in body and NOTICE.page in body
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("diem-bao.pdf", NOTICE.files[0].data)


def test_slack_gets_the_lines_escaped_and_the_page(slack) -> None:
    channel = SlackChannel(AlertConfig(slack_bot_token="xoxb-1", slack_api_url=slack.url, timeout_s=1))
    channel.send(queued("slack", "C0001"))
    (card,) = slack.roots()
    shown = json.dumps(card["blocks"], ensure_ascii=False)
    assert "1 &lt;việc&gt; &amp; 2 câu." in shown and NOTICE.page in shown


def test_a_webhook_gets_words_without_the_files(receiver: Receiver) -> None:  # noqa: F811
    config = AlertConfig(webhook_secret="s", webhook_allow_private=True, timeout_s=2)
    WebhookChannel(config).send(queued("webhook", receiver.url))
    told = json.loads(receiver.got[0][2])
    assert told["title"] == NOTICE.title and told["page"] == NOTICE.page and "files" not in told
