"""Posts to Slack: the card first, news in its thread, and the card brought up to date in place."""

from __future__ import annotations

from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError, SlackRequestError

from alerts import wording
from alerts.channels.recipe import Message
from alerts.channels.slack.blocks import card_blocks, digest_blocks, news_blocks, notice_blocks
from alerts.channels.slack.client import make_client
from alerts.config import AlertConfig
from alerts.errors import TransportError
from alerts.links import alert_page, case_page, inbox_page

# The address or the message is at fault: trying again brings the same answer.
PERMANENT = {
    *("channel_not_found", "not_in_channel", "is_archived", "user_not_found", "cannot_dm_bot"),
    *("restricted_action", "restricted_action_read_only_channel", "no_text", "invalid_arguments"),
    *("invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long"),
}
# Our token or app is at fault: nothing is wrong with the message, and a person has to mend the settings.
OURS = {
    *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"),
    *("missing_scope", "no_permission", "access_denied", "org_login_required", "team_access_not_granted"),
}
OURS_WAIT_S = 300.0
# The card was deleted by hand or is too old to edit: the news in the thread still goes out.
UNEDITABLE = {"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"}


class SlackChannel:
    """The Slack of one workspace."""

    def __init__(self, config: AlertConfig):
        self._client = make_client(config)
        self._public_url = config.public_url

    def send(self, message: Message) -> str:
        """Returns "channel/ts": of an alert's card, or of the message itself for digests and notices."""
        if message.kind == "digest":
            return self._post(message, digest_blocks(message.payload, inbox_page(self._public_url)))
        if message.kind == "notice":
            return self._post(message, notice_blocks(message.payload))
        page = alert_page(self._public_url, message.payload["alert"])
        case = message.payload.get("case")
        blocks = card_blocks(
            message.payload, page, case_page(self._public_url, case["number"]) if case else ""
        )
        if not message.thread:
            return self._post(message, blocks)
        channel, _, ts = message.thread.partition("/")
        # First what may be repeated without anybody seeing it, then what may not.
        self._edit(channel, ts, message, blocks)
        self._call(
            "chat.postMessage",
            channel=channel,
            thread_ts=ts,
            reply_broadcast=message.kind in ("refire", "escalation"),
            text=wording.headline(message.kind, message.payload),
            blocks=news_blocks(message.kind, message.payload),
            metadata=_metadata(message),
        )
        return message.thread

    def _post(self, message: Message, blocks: list[dict[str, Any]]) -> str:
        answer = self._call(
            "chat.postMessage",
            channel=message.address,
            text=wording.headline(message.kind, message.payload),
            blocks=blocks,
            unfurl_links=False,
            metadata=_metadata(message),
        )
        return f"{answer.get('channel', message.address)}/{answer['ts']}"

    def _edit(self, channel: str, ts: str, message: Message, blocks: list[dict[str, Any]]) -> None:
        text = wording.headline("first", message.payload)
        try:
            self._call("chat.update", channel=channel, ts=ts, text=text, blocks=blocks)
        except _Uneditable:
            return

    def _call(self, method: str, **arguments: Any) -> dict[str, Any]:
        try:
            answer = self._client.api_call(method, json=arguments)
        except SlackApiError as error:
            raise _understood(error) from error
        except (SlackRequestError, SlackClientError, OSError, HTTPException, ValueError) as error:
            raise TransportError(f"không nối được tới Slack: {error}", permanent=False) from error
        data = answer.data
        if not isinstance(data, dict):
            raise TransportError("Slack trả lời không phải JSON", permanent=False)
        return data


class _Uneditable(TransportError):
    """The card can no longer be edited."""


def _metadata(message: Message) -> dict[str, Any]:
    """The key travels along, so that a repeated message can be told from a new one."""
    return {"event_type": "diembao_alert", "event_payload": {"key": message.key}}


def _understood(error: SlackApiError) -> TransportError:
    response = error.response
    status = getattr(response, "status_code", 0)
    headers = getattr(response, "headers", {}) or {}
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return TransportError(
            "Slack yêu cầu gửi chậm lại",
            permanent=False,
            throttled=True,
            retry_after=_seconds(headers.get("Retry-After") or headers.get("retry-after")),
        )
    if code in UNEDITABLE:
        return _Uneditable(f"Slack: {code}", permanent=True)
    if code in PERMANENT:
        return TransportError(f"Slack từ chối: {code}", permanent=True)
    if code in OURS:
        return TransportError(
            f"Slack từ chối mã truy cập của ta ({code}): kiểm tra SLACK_BOT_TOKEN và quyền của ứng dụng",
            permanent=False,
            retry_after=OURS_WAIT_S,
        )
    return TransportError(f"Slack trả lời lỗi {code or status}", permanent=False)


def _seconds(value: object) -> float | None:
    try:
        return max(0.0, min(3600.0, float(str(value))))
    except ValueError:
        return None
