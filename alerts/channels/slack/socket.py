"""Socket Mode: the connection on which Slack tells of buttons and commands, without an open port here."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import connections
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from alerts.channels.slack.client import make_client
from alerts.channels.slack.desk import SlackDesk
from alerts.config import AlertConfig
from search.port import SearchEngine

log = logging.getLogger(__name__)

RETRY_S = 30.0


class SlackSocket:
    """A step that keeps the connection: made at the first run, made again when Slack cannot be reached.

    The SDK itself reconnects when an open connection breaks.
    """

    name = "slack-socket"

    def __init__(
        self, config: AlertConfig, engine: SearchEngine, monotonic: Callable[[], float] = time.monotonic
    ):
        client = make_client(config)
        self._desk = SlackDesk(client, engine)
        self._socket = SocketModeClient(app_token=config.slack_app_token, web_client=client)
        self._socket.proxy = client.proxy
        self._socket.socket_mode_request_listeners.append(self._heard)
        self._monotonic = monotonic
        self._retry_at = 0.0
        self._connected = False

    def run(self, limit: int) -> int:
        """Connect if that is due; returns 0, since nothing waits for it."""
        if not self._connected and self._monotonic() >= self._retry_at:
            try:
                self._socket.connect()
                self._connected = True
                log.info("Slack: listening for buttons and commands")
            except (SlackApiError, SlackClientError, OSError) as error:
                self._retry_at = self._monotonic() + RETRY_S
                log.warning(
                    "Slack: no connection for buttons (%s); trying again in %.0f s; check SLACK_APP_TOKEN",
                    error,
                    RETRY_S,
                )
        return 0

    def close(self) -> None:
        """Hang up.

        A session that has only just begun unsets the SDK's own mark to end and would be waited for
        for ever: the mark is set until it has ended.
        """
        closing = threading.Thread(target=self._socket.close, daemon=True)
        closing.start()
        while closing.is_alive():
            self._socket.current_session_state.terminated = True
            closing.join(0.1)

    def _heard(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """Buttons are acknowledged first: Slack waits three seconds and then asks again."""
        early = request.type == "interactive" and request.payload.get("type") == "block_actions"
        if early:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
        try:
            answer = self._desk.handle(request.type, request.payload)
        finally:
            connections.close_all()  # this runs in a thread of the SDK's, which keeps none for later
        if not early:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))
