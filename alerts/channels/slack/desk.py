"""What people do on Slack: buttons, the modal that asks for a reason, the search command.

Knows no connection: it is given an envelope's type and payload and answers what to acknowledge with.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from alerts import actions
from alerts.channels.slack import blocks
from alerts.errors import ActionRefused
from alerts.models import SlackAccount
from archive.models import Article
from cases.models import Decision
from search.port import SearchEngine, SearchError
from search.query import QuerySyntaxError
from search.service import search

log = logging.getLogger(__name__)

VERDICTS = {
    blocks.FALSE_ALARM: Decision.Verdict.FALSE_ALARM,
    blocks.VALID_CRITICISM: Decision.Verdict.VALID_CRITICISM,
}
FOUND = 5
UNKNOWN = (
    "Tài khoản Slack này chưa gắn với tài khoản Điểm Báo nào. "
    "Hãy gửi quản trị viên mã thành viên Slack của bạn: {slack_id}"
)


class SlackDesk:
    """Acts for the officer behind a Slack account, within that officer's role."""

    def __init__(
        self,
        client: WebClient,
        engine: SearchEngine,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self._client = client
        self._engine = engine
        self._clock = clock

    def handle(self, kind: str, payload: Mapping[str, Any]) -> dict[str, Any] | None:
        """Do what an envelope asks; returns what to acknowledge it with. Never raises on bad payloads."""
        try:
            if kind == "slash_commands":
                return self._command(payload)
            if kind == "interactive" and payload.get("type") == "view_submission":
                return self._submitted(payload)
            if kind == "interactive" and payload.get("type") == "block_actions":
                self._pressed(payload)
        except (KeyError, TypeError, ValueError, IndexError):
            log.exception("an envelope of Slack was not understood: %s", kind)
        except SlackApiError as error:
            log.warning("Slack did not take an answer: %s", error.response.get("error"))
        return None

    def _pressed(self, payload: Mapping[str, Any]) -> None:
        action = payload["actions"][0]
        slack_id = str(payload["user"]["id"])
        channel = str(payload.get("channel", {}).get("id", ""))
        try:
            officer = _officer(slack_id)
            if action["action_id"] == blocks.ACKNOWLEDGE:
                actions.acknowledge(int(action["value"]), by=officer, now=self._clock())
            elif action["action_id"] in VERDICTS:
                actions.permitted(officer)
                verdict = VERDICTS[action["action_id"]]
                view = blocks.reason_view(int(action["value"]), verdict.value, str(verdict.label))
                self._client.views_open(trigger_id=payload["trigger_id"], view=view)
            elif action["action_id"] == blocks.OPEN_CASE:
                actions.permitted(officer)
                view = blocks.case_view(int(action["value"]))
                self._client.views_open(trigger_id=payload["trigger_id"], view=view)
        except ActionRefused as refused:
            self._client.chat_postEphemeral(channel=channel, user=slack_id, text=str(refused))

    def _submitted(self, payload: Mapping[str, Any]) -> dict[str, Any] | None:
        view = payload["view"]
        asked = view.get("callback_id")
        if asked not in (blocks.REASON_VIEW, blocks.CASE_VIEW):
            return None
        about, typed = json.loads(view["private_metadata"]), view["state"]["values"]
        alert, now = int(about["alert"]), self._clock()
        reason = typed[blocks.REASON][blocks.REASON].get("value") or ""
        try:
            officer = _officer(str(payload["user"]["id"]))
            if asked == blocks.CASE_VIEW:
                kind = str(typed[blocks.CASE_KIND][blocks.CASE_KIND]["selected_option"]["value"])
                actions.open_case(alert, kind, reason, by=officer, now=now)
            else:
                verdict = str(about["verdict"])
                actions.conclude(alert, verdict, reason, by=officer, now=now, with_case=True)
        except ActionRefused as refused:
            return {"response_action": "errors", "errors": {blocks.REASON: str(refused)}}
        return None

    def _command(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        slack_id, words = str(payload["user_id"]), str(payload.get("text", "")).strip()
        try:
            _officer(slack_id)
            if not words:
                return _private("Hãy ghi từ cần tìm, như: /diembao sạt lở")
            result = search(self._engine, words, size=FOUND)
        except ActionRefused as refused:
            return _private(str(refused))
        except QuerySyntaxError as error:
            return _private(f"Câu tìm chưa đúng: {error.message}")
        except SearchError:
            log.exception("a search from Slack failed")
            return _private("Bộ tìm kiếm đang tạm ngừng; hãy thử lại sau ít phút.")
        rows = Article.objects.select_related("outlet").defer("text").in_bulk([hit.id for hit in result.hits])
        found = [rows[hit.id] for hit in result.hits if hit.id in rows]
        return _private(blocks.found_text(words, result.total, found))


def _officer(slack_id: str) -> User:
    account = SlackAccount.objects.select_related("user").filter(slack_id=slack_id).first()
    if account is None or not account.user.is_active:
        raise ActionRefused(UNKNOWN.format(slack_id=slack_id))
    user: User = account.user
    return user


def _private(text: str) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": text}
