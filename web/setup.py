"""The first-run wizard: its steps, how far it has come, and what each step does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.channels import RECIPES, Message, open_channels
from alerts.errors import TransportError
from alerts.models import Severity, Target
from archive.audit import record
from archive.models import AuditEntry, Source
from cases.office import office
from provinces.loader import ProfileError, load_province, province_names
from provinces.records import Province
from web.models import SetupStep

STEPS: dict[str, Promise] = {
    "province": gettext_lazy("Chọn tỉnh"),
    "sources": gettext_lazy("Kiểm tra nguồn tin"),
    "slack": gettext_lazy("Nối Slack"),
    "people": gettext_lazy("Mời cán bộ"),
}
LONGEST_CONTACT = 200


class SetupRefused(Exception):
    """Why a step was not done, and what to do (for the person)."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step with its state: "done", "skipped" or "open"."""

    key: str
    name: str | Promise
    state: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a reading of every source has come. ``failed``: sources that answered with an error."""

    total: int
    tried: int
    failed: tuple[Source, ...]
    running: bool

    @property
    def good(self) -> int:
        """Sources that were read."""
        return self.tried - len(self.failed)


def stages() -> list[Stage]:
    """The steps in their order."""
    kept = {row.key: row for row in SetupStep.objects.all()}
    return [
        Stage(key, name, "open" if key not in kept else "skipped" if kept[key].skipped else "done")
        for key, name in STEPS.items()
    ]


def next_step(rows: list[Stage]) -> str:
    """The first step that is open; "" when there is none."""
    return next((row.key for row in rows if row.state == "open"), "")


def finish(key: str, by: User, now: datetime, *, skipped: bool = False, **result: str | int) -> None:
    """Remember that a step was done or skipped."""
    with transaction.atomic():
        SetupStep.objects.update_or_create(
            key=key, defaults={"skipped": skipped, "result": result, "by": by, "at": now}
        )
        details = {"act": "skipped" if skipped else "done"} | result
        record(AuditEntry.Action.SETTING, by=by, subject=str(STEPS[key]), details=details)


def profiles() -> list[Province]:
    """The bundled profiles, the made-up one last."""
    found = [load_province(name) for name in province_names()]
    return sorted(found, key=lambda profile: (profile.id == "demo", profile.name))


def choose_province(name: str, contact: str) -> bool:
    """Keep the choice for the next start, in the data folder; whether that changes anything.

    A change makes ``diembao run`` start again. Raises ``SetupRefused``.
    """
    if settings.DIEMBAO_PROVINCE_FIXED:
        raise SetupRefused(
            _("Tỉnh do thiết lập DIEMBAO_PROVINCE hoặc lệnh khởi động quyết định; hãy đổi ở đó.")
        )
    try:
        profile = load_province(name)
    except ProfileError:
        profile = None
    if profile is None or name not in province_names():
        raise SetupRefused(_("Hãy chọn một tỉnh trong danh sách."))
    contact = " ".join(contact.replace("\x00", " ").split())[:LONGEST_CONTACT]
    if profile.id != "demo" and "@" not in contact and not contact.startswith(("https://", "http://")):
        raise SetupRefused(
            _("Hãy ghi thư điện tử hoặc địa chỉ trang để các báo biết ai đang đọc và liên hệ được.")
        )
    lines = [f"DIEMBAO_PROVINCE={profile.id}"]
    if contact:
        lines.append(f"DIEMBAO_CONTACT={contact}")
    path, text = Path(settings.DIEMBAO_CHOSEN), "".join(f"{line}\n" for line in lines)
    if text == (path.read_text(encoding="utf-8") if path.is_file() else f"DIEMBAO_PROVINCE={office().id}\n"):
        return False
    _write(path, text)
    return True


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise SetupRefused(
            _("Không ghi được %(path)s (%(reason)s); hãy kiểm tra quyền của thư mục dữ liệu.")
            % {"path": path, "reason": error.strerror}
        ) from error


def read_all_sources(now: datetime) -> int:
    """Have the collector read every source as soon as it can; returns how many there are."""
    return _watched().update(next_due_at=now)


def reading_since(start: datetime) -> Reading:
    """How far the collector has come since then."""
    rows = list(_watched().select_related("outlet").order_by("outlet__name", "pk"))
    tried = [row for row in rows if row.last_tried_at is not None and row.last_tried_at >= start]
    failed = tuple(row for row in tried if row.failures)
    return Reading(len(rows), len(tried), failed, running=len(tried) < len(rows))


def _watched() -> models.QuerySet[Source]:
    return Source.objects.filter(active=True, outlet__active=True)


def slack_is_on() -> bool:
    """Whether the settings hold a token."""
    return bool(settings.DIEMBAO_ALERTS.slack_bot_token)


def connect_slack(address: str, name: str, now: datetime) -> Target:
    """Send a test message to a channel and keep it as a target. Raises ``SetupRefused``."""
    channel = open_channels(settings.DIEMBAO_ALERTS).get("slack")
    if channel is None:
        raise SetupRefused(_("Chưa có SLACK_BOT_TOKEN nên chưa nối được."))
    if wrong := RECIPES["slack"].check(address):
        raise SetupRefused(wrong)
    card = {"headline": _("Tin thử: Điểm Báo đã nối được tới kênh này.")}
    message = Message("digest", address, f"test:{now.timestamp():.0f}", {"items": [{"card": card}]})
    try:
        channel.send(message)
    except TransportError as error:
        raise SetupRefused(_("Slack chưa nhận tin thử: %(reason)s") % {"reason": error}) from error
    target, _made = Target.objects.get_or_create(
        channel="slack",
        address=address,
        defaults={"name": _free_name(name or "Slack"), "passes_from": Severity.URGENT},
    )
    return target


def _free_name(name: str) -> str:
    taken = set(Target.objects.filter(name__startswith=name).values_list("name", flat=True))
    number, free = 2, name[:190]
    while free in taken:
        free, number = f"{name[:190]} {number}", number + 1
    return free
