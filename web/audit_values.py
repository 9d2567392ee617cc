"""The details of an entry of the audit log as people read them, from the codes that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.models import AuditEntry
from web import wording

Text = str | Promise
Act = AuditEntry.Action

_ACTS: Mapping[str, Text] = {
    "created": _("Lập"),
    "changed": _("Sửa"),
    "withdrawn": _("Rút"),
    "revoked": _("Thu hồi"),
    "used": _("Dùng để ghi"),
    "opened": _("Mở lại"),
    "closed": _("Khóa"),
    "approved": _("Duyệt"),
    "sent": _("Gửi"),
    "done": _("Xong"),
    "skipped": _("Bỏ qua"),
    "briefing": _("Bản tin tuần"),
    "step": _("Thêm người trực tiếp theo"),
    "maintenance": _("Thêm lịch bảo trì"),
    "slack": _("Ghép tài khoản Slack"),
    "remove": _("Bỏ"),
    "deleted": _("Xóa"),
    "feed-opened": _("Mở nguồn cấp RSS, Atom"),
    "feed-closed": _("Đóng nguồn cấp RSS, Atom"),
}
_ACTS_OF: Mapping[str, Mapping[str, Text]] = {
    Act.CASE: wording.CASE_EVENTS,
    Act.ALERT: wording.ALERT_EVENTS,
    Act.REGISTER: wording.REGISTER_ACTIONS,
    Act.STORY: wording.STORY_ACTIONS,
    Act.BRIEFING: wording.BRIEFING_ACTS,
}
_STEPS_OF: Mapping[str, Mapping[str, Text]] = {Act.CASE: wording.CASE_STATES, Act.ROLE: wording.ROLES}
_VALUES: Mapping[str, Mapping[str, Text]] = {
    "verdict": wording.FINDING_STATUS,
    "role": wording.ROLES,
    "enabled": {"True": _("có"), "False": _("không")},
}

_PLACES = {name: place for place, name in enumerate(wording.AUDIT_DETAILS)}


def told(entry: AuditEntry) -> list[tuple[Text, Text]]:
    """Name and value of every detail that says something, in the order of ``AUDIT_DETAILS``."""
    names = sorted(entry.details, key=lambda name: (_PLACES.get(name, len(_PLACES)), name))
    found = [(name, _told(str(entry.action), name, entry.details[name])) for name in names]
    return [(wording.AUDIT_DETAILS.get(name, name), text) for name, text in found if text != ""]


def _told(action: str, name: str, value: Any) -> Text:
    code = "" if value is None else str(value)
    if name == "act":
        return _ACTS_OF.get(action, {}).get(code) or _ACTS.get(code, code)
    if name in ("from", "to"):
        return _STEPS_OF.get(action, {}).get(code, code)
    if name in ("params", "asked"):
        return ", ".join(f"{key}: {one}" for key, one in parse_qsl(code))
    if name == "signal":
        return wording.signal_name(code)
    return _VALUES.get(name, {}).get(code, code)
