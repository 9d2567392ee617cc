"""What alerts need of the settings. Knows no app, so that settings can hold one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time


@dataclass(frozen=True, slots=True)
class AlertConfig:
    """Channels are off as long as what they need is unset. ``public_url``: where officers reach the pages.

    attempts     passing failures before a message becomes a dead letter
    rule_limit   alerts a day above which a rule is too broad to be saved
    digests      when digests go out, Việt Nam's clock
    services     name and URL of other services (``alerts.services``)
    timeout_s    how long a service may take to answer
    """

    public_url: str = ""
    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_api_url: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_security: str = "starttls"
    mail_from: str = ""
    webhook_secret: str = field(default="", repr=False)
    webhook_allow_private: bool = False
    services: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    attempts: int = 30
    rule_limit: int = 20
    digests: tuple[time, ...] = (time(7), time(17))
    timeout_s: float = 10.0
