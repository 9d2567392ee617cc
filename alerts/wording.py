"""An alert in plain Vietnamese: the text of e-mails and notifications, and lines that cards share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alerts.models import Alert, Severity
from archive.vietnam import VIETNAM

HEADS = {
    "first": "Cảnh báo",
    "refire": "Diễn biến mới",
    "update": "Tin lan thêm",
    "state": "Tình trạng",
    "escalation": "Chưa ai nhận xử lý",
    "digest": "Bản tổng hợp",
    "notice": "Bản tin",
}


def moment(stored: str | None, precision: str = "minute") -> str:
    """A stored time as people read it, with its honest precision."""
    if not stored:
        return _("không rõ giờ đăng")
    at = datetime.fromisoformat(stored).astimezone(VIETNAM)
    return f"{at:%d/%m/%Y}" if precision == "day" else f"{at:%H:%M %d/%m/%Y}"


def severity(value: int) -> str:
    """The severity in words."""
    return str(Severity(value).label)


def state_line(payload: Mapping[str, Any]) -> str:
    """Where the alert stands: "Đã nhận xử lý: can-bo"."""
    label = str(Alert.State(payload["state"]).label)
    told = f"{label}: {payload['holder']}" if payload.get("holder") else label
    case = payload.get("case")
    return f"{told} · Hồ sơ {case['number']}: {case['state']}" if case else told


def why_lines(card: Mapping[str, Any]) -> list[str]:
    """Vì sao tôi nhận tin này: rule, words, evidence."""
    rule = card.get("rule")
    if not rule:
        return [str(card.get("why") or "")]
    spike = card.get("spike")
    lines = [
        (_("Quy tắc “%(name)s”") % {"name": rule["name"]})
        + (_(", tìm: %(query)s") % {"query": rule["query"]} if rule.get("query") else "")
    ]
    if spike:
        lines += [_("Nhiều bài hơn thường lệ: %(words)s") % {"words": spike["words"]}, str(spike["usual"])]
    if card.get("spread"):
        lines.append(str(card["spread"]))
    if card.get("matched"):
        lines.append(_("Từ khớp: ") + ", ".join(card["matched"]))
    if card.get("topics"):
        lines.append(_("Chủ đề: ") + ", ".join(card["topics"]))
    if card.get("places"):
        lines.append(_("Địa bàn: ") + ", ".join(card["places"]))
    for signal in card.get("signals", ()):
        lines.append(
            _("Dấu hiệu %(code)s %(name)s (%(note)s)")
            % {"code": signal["code"], "name": signal["name"], "note": signal["note"]}
        )
    return lines


def signal_lines(signal: Mapping[str, Any]) -> list[str]:
    """Both sides of a signal and what may explain it innocently."""
    lines = [f"{signal['code']} {signal['name']}: {signal['note']}"]
    lines += [_("Bài viết: “%(said)s”") % {"said": said} for said in signal.get("said", ())]
    if signal.get("other"):
        told = ", ".join(part for part in (signal.get("source"), signal.get("as_of")) if part)
        lines.append(
            (_("Đối chiếu: “%(other)s”") % {"other": signal["other"]}) + (f" ({told})" if told else "")
        )
    if signal.get("innocent"):
        lines.append(_("Có thể vì: ") + "; ".join(signal["innocent"]))
    return lines


def byline(card: Mapping[str, Any]) -> str:
    """Outlet and time."""
    return f"{card['outlet']}, {moment(card.get('published_at'), card.get('precision', 'minute'))}"


def spread_line(card: Mapping[str, Any]) -> str:
    """Who else prints it; "" when nobody does."""
    others = card.get("size", 1) - 1
    if others < 1:
        return ""
    named = ", ".join(dict.fromkeys(str(row["outlet"]) for row in card.get("similar", ())))
    if card.get("spike"):
        return _("%(others)s bài khác cùng chủ đề và địa bàn, mới nhất của: %(named)s") % {
            "others": others,
            "named": named,
        }
    return _("%(others)s bài khác cùng tin: %(named)s") % {"others": others, "named": named}


def headline(kind: str, payload: Mapping[str, Any]) -> str:
    """One line that says what it is: for subjects and notifications."""
    if kind == "digest":
        return f"{HEADS[kind]}: {len(payload['items'])} cảnh báo"
    if kind == "notice":
        return str(payload["title"])
    return f"{HEADS.get(kind, 'Cảnh báo')} [{severity(payload['severity'])}]: {payload['card']['headline']}"


def plain_notice(payload: Mapping[str, Any]) -> str:
    """A notice as text."""
    page = f"\nXem trong Điểm Báo: {payload['page']}\n" if payload.get("page") else ""
    return "\n".join([str(payload["title"]), "", *(f"- {line}" for line in payload["lines"]), page])


def plain_digest(payload: Mapping[str, Any], page: str) -> str:
    """A digest as text. ``page``: the inbox, "" when nobody knows where it is."""
    lines = [headline("digest", payload), ""]
    for item in payload["items"]:
        card = item["card"]
        lines.append(f"- {card['headline']}")
        if card.get("url"):
            lines += [f"  {byline(card)}", f"  {card['url']}"]
    return "\n".join([*lines, "", f"Xem trong Điểm Báo: {page}" if page else ""]) + "\n"


def plain(kind: str, payload: Mapping[str, Any], page: str) -> str:
    """A whole message as text. ``page``: where it can be seen, "" when nobody knows."""
    card = payload["card"]
    lines = [headline(kind, payload), "", *(f"* {line}" for line in card.get("news", ()))]
    if card.get("url"):
        lines += [byline(card), str(card["url"])]
    if card.get("lead"):
        lines += ["", card["lead"]]
    for signal in card.get("signals", ()):
        lines += ["", *signal_lines(signal)]
    if spread_line(card):
        lines += ["", spread_line(card)]
    lines += ["", "Vì sao tôi nhận tin này", *why_lines(card)]
    if card.get("snapshot"):
        lines += ["", f"Bản lưu SHA-256: {card['snapshot']}"]
    lines += ["", state_line(payload)]
    if page:
        lines.append(f"Mở trong Điểm Báo: {page}")
    return "\n".join(lines) + "\n"
