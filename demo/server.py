"""A small threaded HTTP server for one newsroom, on loopback."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from demo import feeds, pages
from demo.newsroom import Newsroom
from demo.timetable import VIETNAM

HOST = "127.0.0.1"
_HTML = "text/html"
_XML = "application/xml"
_FORBIDDEN = ("/noi-bo/", "/tim-kiem/")


class NewsroomServer(ThreadingHTTPServer):
    """Serves ``newsroom`` as it stands at ``clock()``. Port 0 takes a free one."""

    daemon_threads = True
    newsroom: Newsroom

    def __init__(self, port: int, clock: Callable[[], datetime]) -> None:
        super().__init__((HOST, port), _Handler)
        self.clock = clock

    @property
    def base(self) -> str:
        """The address without a final slash."""
        return f"http://{HOST}:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    timeout = 30
    server: NewsroomServer

    def log_message(self, format: str, *args: object) -> None:
        """Keeps quiet: the demo shares a terminal with the program."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        try:
            self._answer(urlsplit(self.path).path)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _answer(self, path: str) -> None:
        newsroom, moment = self.server.newsroom, self.server.clock()
        habits = newsroom.habits
        if path == "/robots.txt":
            rules = "".join(f"Disallow: {prefix}\n" for prefix in _FORBIDDEN)
            site_map = f"Sitemap: {newsroom.base}{habits.sitemap}\n" if habits.sitemap else ""
            return self._send(200, f"User-agent: *\n{rules}{site_map}", "text/plain")
        if path.startswith(_FORBIDDEN):
            return self._send(200, pages.message_page("Trang này không dành cho máy."), _HTML)
        for own, draw in (
            (habits.rss, feeds.rss),
            (habits.atom, feeds.atom),
            (habits.sitemap, feeds.sitemap),
        ):
            if own and path == own:
                changed = max((one.changed_at for one in newsroom.shown(moment)), default=moment)
                return self._send_if_changed(draw(newsroom, moment), _XML, changed)
        section = path.strip("/")
        if section in ("", *newsroom.sections):
            changed = max((one.changed_at for one in newsroom.shown(moment, section)), default=moment)
            return self._send_if_changed(pages.section_page(newsroom, moment, section), _HTML, changed)
        return self._answer_article(newsroom, moment, path)

    def _answer_article(self, newsroom: Newsroom, moment: datetime, path: str) -> None:
        for one in newsroom.shown(moment):
            if one.scheduled.path == path:
                same_until_changed = pages.article_page(newsroom, one.changed_at, one, "")
                clock = (
                    f"{moment.astimezone(VIETNAM):%H:%M, %d/%m/%Y}"
                    if newsroom.habits.design == "portal"
                    else ""
                )
                body = pages.article_page(newsroom, moment, one, clock)
                return self._send_if_changed(body, _HTML, one.changed_at, tagged=same_until_changed)
        gone = any(
            one.path == path and one.removed_at is not None and one.removed_at <= moment
            for one in newsroom.articles
        )
        text = "Bài viết không còn trên trang." if gone else "Không tìm thấy trang."
        return self._send(410 if gone else 404, pages.message_page(text), _HTML)

    def _send_if_changed(self, text: str, kind: str, changed: datetime, tagged: str = "") -> None:
        """Answers 304 to a reader who has this version. ``tagged`` is what the tag is made from."""
        tag = f'"{hashlib.sha256((tagged or text).encode()).hexdigest()[:20]}"'
        known = self.headers.get("If-None-Match")
        since = self.headers.get("If-Modified-Since")
        if known is not None:
            fresh = tag in (part.strip().removeprefix("W/") for part in known.split(","))
        else:
            fresh = since is not None and not _changed_after(changed, since)
        validators = {
            "ETag": tag,
            "Last-Modified": format_datetime(changed.astimezone(UTC).replace(microsecond=0), usegmt=True),
        }
        if fresh:
            return self._send(304, "", kind, validators)
        return self._send(200, text, kind, validators)

    def _send(self, status: int, text: str, kind: str, headers: dict[str, str] | None = None) -> None:
        habits = self.server.newsroom.habits
        body = (unicodedata.normalize("NFD", text) if habits.decomposed else text).encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset={habits.charset}")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(body)


def _changed_after(changed: datetime, since: str) -> bool:
    try:
        return changed.replace(microsecond=0) > parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return True
