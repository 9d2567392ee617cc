"""The details of an entry of the audit log as people read them, from the codes that are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.models import AuditEntry
from briefings.content import SECTION_TITLES, SectionId
from briefings.weeks import Week
from web import names, wording
from web.api_wording import SCOPES

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

_NAMED: Mapping[str, Callable[[str], Text]] = {
    "topic": names.topic_name,
    "about": names.place_name,
    "place": names.place_name,
    "kind": lambda code: wording.KINDS.get(code, code),
    "scope": lambda code: wording.SCOPES.get(code, code),
    "signal": wording.signal_name,
    "status": lambda code: wording.REGISTER_STATUS.get(code, code),
    "validity": lambda code: wording.VALIDITY.get(code, code),
    "action": lambda code: wording.AUDIT_ACTIONS.get(code, code),
    "gone": lambda code: _VALUES["enabled"]["True"] if code == "1" else code,
}
_WEEK = re.compile(r".+ ([0-9]{4})-W([0-9]{2})")

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
        return ", ".join(_asked(key, one) for key, one in parse_qsl(code))
    if name == "file":
        return _file(code)
    if name == "what":
        return _what(action, code)
    if name == "signal":
        return wording.signal_name(code)
    return _VALUES.get(name, {}).get(code, code)


def _asked(name: str, value: str) -> str:
    return f"{wording.AUDIT_ASKED.get(name, name)}: {_NAMED[name](value) if name in _NAMED else value}"


def _file(disposition: str) -> str:
    """The name in a kept Content-Disposition header; a bare name as it is."""
    _kind, given = parse_header_parameters(disposition)
    return str(given.get("filename", disposition))


def _what(action: str, code: str) -> Text:
    if action == Act.SETTING:
        return wording.AUDIT_DUTY.get(code, code)
    if action == Act.TOKEN:
        return ", ".join(str(SCOPES.get(scope, scope)) for scope in code.split(", "))
    if action != Act.BRIEFING:
        return code
    if code in SECTION_TITLES:
        return SECTION_TITLES[SectionId(code)]
    return wording.AUDIT_BLOCKS.get(code.rstrip("0123456789").rstrip("-"), code)


def subject(entry: AuditEntry) -> Text:
    """What the entry is about; addresses and codes in words."""
    kept = str(entry.subject)
    if entry.action in (Act.DOWNLOADED, Act.EVIDENCE):
        try:
            return wording.AUDIT_TAKEN.get(resolve(kept).url_name or "", kept)
        except Resolver404:
            return kept
    if entry.action == Act.BRIEFING and (week := _WEEK.fullmatch(kept)):
        return gettext("Điểm báo tuần %(week)s") % {"week": Week(int(week[1]), int(week[2])).written}
    if entry.action == Act.SETTING:
        if kept == "duty":
            return gettext("Trực và bảo trì")
        if entry.details.get("act") == "briefing":
            return gettext("Giờ chốt và phần đầu văn bản")
        return wording.signal_name(kept) if kept in wording.SIGNALS else kept
    return kept
