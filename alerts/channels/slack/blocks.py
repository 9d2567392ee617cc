"""Cards as Slack's Block Kit. Text limits are Slack's: 3,000 characters a section, 150 a header."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from alerts import wording
from alerts.casework import KINDS
from archive.models import Article

ACKNOWLEDGE = "alert_acknowledge"
FALSE_ALARM = "alert_false_alarm"
VALID_CRITICISM = "alert_valid_criticism"
OPEN_CASE = "alert_open_case"
REASON_VIEW = "alert_reason"
REASON = "reason"
CASE_VIEW = "alert_case"
CASE_KIND = "kind"
SEE_CASE = "alert_see_case"
SEE_ALERT = "alert_see"

_SECTION = 2900
_HEADER = 150
_MOST_DIGEST = 40  # Slack takes 50 blocks


def escape(text: str) -> str:
    """Slack's three control characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def card_blocks(payload: Mapping[str, Any], page: str, case_page: str = "") -> list[dict[str, Any]]:
    """The whole card with its buttons. Pages: "" when nobody said where they are reached."""
    card = payload["card"]
    blocks: list[dict[str, Any]] = [_header(card["headline"])]
    about = [f"*{escape(wording.severity(payload['severity']))}*"]
    if card.get("url"):
        about += [escape(wording.byline(card)), f"<{escape(card['url'])}|Đọc bài gốc>"]
    blocks.append(_section(" · ".join(about)))
    if card.get("lead"):
        blocks.append(_section(escape(card["lead"])))
    blocks += [_section("\n".join(_signal(signal))) for signal in card.get("signals", ())]
    if spread := wording.spread_line(card):
        blocks.append(_section(f"*Đưa cùng tin:* {escape(spread)}"))
    why = "\n".join(escape(line) for line in wording.why_lines(card))
    blocks.append(_context(f"*Vì sao tôi nhận tin này*\n{why}"))
    foot = [f"*{escape(wording.state_line(payload))}*"]
    if card.get("first_seen_at"):
        foot.append(f"Thấy lúc {wording.moment(card['first_seen_at'])}")
    if card.get("snapshot"):
        foot.append(f"Bản lưu {card['snapshot'][:16]}…")
    blocks.append(_context(" · ".join(foot)))
    if buttons := _buttons(payload, page, case_page):
        blocks.append({"type": "actions", "elements": buttons})
    return blocks


def news_blocks(kind: str, payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is said in the thread: what is new, and who else prints it."""
    card = payload["card"]
    if kind == "state":
        return [_section(escape(str(payload.get("told") or wording.state_line(payload))))]
    lines = [f"*{wording.HEADS[kind]}*", *(escape(line) for line in card.get("news", ()))]
    if kind != "escalation" and (spread := wording.spread_line(card)):
        lines.append(escape(spread))
    if kind == "escalation":
        lines.append(escape(card["headline"]))
    return [_section("\n".join(lines))]


def notice_blocks(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A notice's lines, and the page that has its files."""
    blocks = [
        _header(payload["title"]),
        _section("\n".join(f"• {escape(line)}" for line in payload["lines"])),
    ]
    if payload.get("page"):
        blocks.append(_section(f"<{escape(payload['page'])}|Mở bản tin và tải tệp>"))
    return blocks


def digest_blocks(payload: Mapping[str, Any], page: str) -> list[dict[str, Any]]:
    """Every alert of a digest as one line; those that no longer fit are counted, with the page."""
    items = payload["items"]
    blocks = [_header(wording.headline("digest", payload))]
    for item in items[:_MOST_DIGEST]:
        card = item["card"]
        title = escape(card["headline"])
        link = f"<{escape(card['url'])}|{title}>" if card.get("url") else title
        told = [escape(wording.byline(card))] if card.get("url") else []
        told += [f"{signal['code']} {signal['note']}" for signal in card.get("signals", ())]
        blocks.append(_section(f"{link}\n{' · '.join(told)}"))
    rest = len(items) - _MOST_DIGEST
    if rest > 0:
        blocks.append(_section(f"Và {rest} cảnh báo khác." + (f" <{page}|Xem tất cả>" if page else "")))
    return blocks


def _buttons(payload: Mapping[str, Any], page: str, case_page: str) -> list[dict[str, Any]]:
    value, case = str(payload["alert"]), payload.get("case")
    buttons = []
    if payload["state"] == "open":
        buttons.append(_button("Nhận xử lý", ACKNOWLEDGE, value) | {"style": "primary"})
    about_article = bool(payload["card"].get("article"))
    if payload["state"] != "closed" and about_article:
        buttons.append(_button("Báo động nhầm", FALSE_ALARM, value))
        buttons.append(_button("Phê bình hợp lệ", VALID_CRITICISM, value))
        if not case:
            buttons.append(_button("Mở hồ sơ", OPEN_CASE, value))
    if case and case_page:
        buttons.append(_button(f"Xem hồ sơ {case['number']}", SEE_CASE, value) | {"url": case_page})
    elif page and payload["state"] != "closed":
        buttons.append(_button("Xem trong Điểm Báo", SEE_ALERT, value) | {"url": page})
    return buttons


def _button(label: str, action: str, value: str) -> dict[str, Any]:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": action, "value": value}


def _signal(signal: Mapping[str, Any]) -> list[str]:
    first, *rest = (escape(line) for line in wording.signal_lines(signal))
    return [f"*{first}*", *(f"> {line}" for line in rest)]


def _header(text: str) -> dict[str, Any]:
    shown = text if len(text) <= _HEADER else text[: _HEADER - 1] + "…"
    return {"type": "header", "text": {"type": "plain_text", "text": shown or "Cảnh báo"}}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:_SECTION]}}


def _context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:_SECTION]}]}


def reason_view(alert_id: int, verdict: str, label: str) -> dict[str, Any]:
    """The modal that asks why."""
    return {
        "type": "modal",
        "callback_id": REASON_VIEW,
        "private_metadata": json.dumps({"alert": alert_id, "verdict": verdict}),
        "title": {"type": "plain_text", "text": label},
        "submit": {"type": "plain_text", "text": "Ghi kết luận"},
        "close": {"type": "plain_text", "text": "Thôi"},
        "blocks": [_reason_block()],
    }


def case_view(alert_id: int) -> dict[str, Any]:
    """The modal that asks what kind of case, and why."""
    options = [{"text": {"type": "plain_text", "text": name}, "value": kind} for kind, name in KINDS.items()]
    return {
        "type": "modal",
        "callback_id": CASE_VIEW,
        "private_metadata": json.dumps({"alert": alert_id}),
        "title": {"type": "plain_text", "text": "Mở hồ sơ"},
        "submit": {"type": "plain_text", "text": "Mở hồ sơ"},
        "close": {"type": "plain_text", "text": "Thôi"},
        "blocks": [
            {
                "type": "input",
                "block_id": CASE_KIND,
                "label": {"type": "plain_text", "text": "Loại hồ sơ"},
                "element": {
                    "type": "static_select",
                    "action_id": CASE_KIND,
                    "options": options,
                    "initial_option": options[0],
                },
            },
            _reason_block(),
        ],
    }


def _reason_block() -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": REASON,
        "label": {"type": "plain_text", "text": "Lý do"},
        "element": {
            "type": "plain_text_input",
            "action_id": REASON,
            "multiline": True,
            "max_length": 2000,
        },
    }


def found_text(words: str, total: int, found: Iterable[Article]) -> str:
    """The answer to a search: how many, and the first of them."""
    lines = [f"*{total}* bài cho “{escape(words)}”"]
    for article in found:
        printed = article.published_at.isoformat() if article.published_at else None
        told = f"{escape(article.outlet.name)}, {wording.moment(printed, article.published_precision)}"
        lines.append(f"• <{escape(article.url)}|{escape(article.title)}> — {told}")
    return "\n".join(lines)[:_SECTION]
