"""Sends e-mail with HTML and text; later messages of an alert join the conversation of its first."""

from __future__ import annotations

import hashlib
import smtplib
from email.utils import formataddr, parseaddr
from pathlib import Path

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.template import Context, Engine

from alerts import wording
from alerts.channels.recipe import Message
from alerts.config import AlertConfig
from alerts.errors import TransportError
from alerts.links import alert_page, inbox_page
from alerts.notices import files_of

_TEMPLATES = Engine(dirs=[str(Path(__file__).parent)], autoescape=True)


class EmailChannel:
    """One mail server."""

    def __init__(self, config: AlertConfig):
        self._config = config
        address = parseaddr(config.mail_from)[1] or config.mail_from
        self._domain = address.rpartition("@")[2] or "localhost"
        self._sender = formataddr(("Điểm Báo", address))

    def send(self, message: Message) -> str:
        """Returns the Message-ID, which is the same whenever the same message is sent again."""
        identity = f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{self._domain}>"
        headers = {"Message-ID": identity, "Auto-Submitted": "auto-generated"}
        if message.thread:
            headers |= {"In-Reply-To": message.thread, "References": message.thread}
        mail = EmailMultiAlternatives(
            subject=_subject(message),
            body=self._text(message),
            from_email=self._sender,
            to=[message.address],
            headers=headers,
            connection=self._backend(),
        )
        if message.kind == "notice":
            for file in files_of(message.payload):
                mail.attach(file.name, file.data, file.kind)
        else:
            mail.attach_alternative(self._html(message), "text/html")
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            code = max((code for code, _ in error.recipients.values()), default=0)
            raise TransportError(
                f"máy chủ thư từ chối người nhận (mã {code})", permanent=code >= 500
            ) from error
        except smtplib.SMTPAuthenticationError as error:
            raise TransportError(
                "máy chủ thư từ chối tài khoản: kiểm tra DIEMBAO_SMTP_USER và mật khẩu",
                permanent=False,
                retry_after=300.0,
            ) from error
        except smtplib.SMTPResponseException as error:
            text = f"máy chủ thư trả lời mã {error.smtp_code}"
            raise TransportError(text, permanent=error.smtp_code >= 500) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TransportError(f"không gửi được qua máy chủ thư: {error}", permanent=False) from error
        return message.thread or identity

    def _backend(self) -> EmailBackend:
        config = self._config
        return EmailBackend(
            host=config.smtp_host,
            port=config.smtp_port,
            username=config.smtp_user,
            password=config.smtp_password,
            use_tls=config.smtp_security == "starttls",
            use_ssl=config.smtp_security == "tls",
            timeout=max(1, round(config.timeout_s)),
        )

    def _text(self, message: Message) -> str:
        if message.kind == "notice":
            return wording.plain_notice(message.payload)
        if message.kind != "digest":
            page = alert_page(self._config.public_url, message.payload["alert"])
            return wording.plain(message.kind, message.payload, page)
        return wording.plain_digest(message.payload, inbox_page(self._config.public_url))

    def _html(self, message: Message) -> str:
        payload = message.payload
        items = payload["items"] if message.kind == "digest" else [payload]
        page = (
            inbox_page(self._config.public_url)
            if message.kind == "digest"
            else alert_page(self._config.public_url, payload["alert"])
        )
        shown = [
            {
                "card": item["card"],
                "severity": wording.severity(item["severity"]),
                "byline": wording.byline(item["card"]) if item["card"].get("url") else "",
                "spread": wording.spread_line(item["card"]),
                "why": wording.why_lines(item["card"]),
                "state": wording.state_line(item),
            }
            for item in items
        ]
        context = {"head": wording.HEADS[message.kind], "items": shown, "page": page}
        return _TEMPLATES.get_template("mail.html").render(Context(context))


def _subject(message: Message) -> str:
    return " ".join(wording.headline(message.kind, message.payload).split())[:200]
