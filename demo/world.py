"""The made-up press of tỉnh Lam Giang, served on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from demo.newsroom import HABITS, Newsroom
from demo.server import NewsroomServer
from demo.timetable import Scheduled, schedule
from demo.writing import Draft, read_articles
from provinces.loader import load_province
from provinces.records import Outlet

BASE_PORT = 8941  # of the addresses in provinces/demo/outlets.toml


class WorldError(RuntimeError):
    """The demo cannot be served. Says why and what to do."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What really stands (or stood) at an address at the moment asked for."""

    url: str
    outlet: str
    draft: Draft  # as it stands now; as it last stood if taken down
    published_at: datetime
    edited_at: tuple[datetime, ...]
    removed_at: datetime | None
    reprint_of: str  # address of the origin, or ""


class World:
    """A running press world. Stop it, or use it as a context manager."""

    def __init__(self, servers: list[NewsroomServer], clock: Callable[[], datetime]) -> None:
        self._servers = servers
        self._clock = clock
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.1,), name="demo", daemon=True)
            for server in servers
        ]
        for thread in self._threads:
            thread.start()

    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets of the demo profile, with the addresses they are served at."""
        return tuple(server.newsroom.outlet for server in self._servers)

    def truth(self) -> tuple[Truth, ...]:
        """Everything published so far, oldest first."""
        moment = self._clock()
        addresses = {
            article.written.id: server.newsroom.base + article.path
            for server in self._servers
            for article in server.newsroom.articles
        }
        found = [
            _truth(article, moment, addresses)
            for server in self._servers
            for article in server.newsroom.articles
            if article.published_at <= moment
        ]
        return tuple(sorted(found, key=lambda one: one.published_at))

    def finished(self) -> bool:
        """Whether everything that these outlets will ever publish is out."""
        moment = self._clock()
        return all(
            article.published_at <= moment for server in self._servers for article in server.newsroom.articles
        )

    def stop(self) -> None:
        """Stops serving and frees the ports."""
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start_world(
    *,
    base_port: int = BASE_PORT,
    now: datetime | None = None,
    pace: float = 1.0,
    clock: Callable[[], datetime] | None = None,
) -> World:
    """Serves the demo's outlets on 127.0.0.1, each on a port of its own.

    base_port  outlet n is served at base_port + n, by default where the demo profile says;
               0: free ports of the system's choice, told by ``World.outlets``
    now        the moment the world starts (aware; default: the present). Two weeks of articles lie
               before it and the rest follow it; give the same moment again after a restart (see
               ``demo.start``), and the world goes on where it was
    pace       2.0: what follows the start comes twice as fast
    clock      gives the present (for tests)

    Raises ``WorldError`` when a port is taken and ``ValueError`` when ``now`` has no zone or ``pace`` is
    not positive.
    """
    clock = clock or (lambda: datetime.now(UTC))
    start = now if now is not None else clock()
    if start.tzinfo is None:
        raise ValueError("now has no time zone; give an aware datetime")
    if not 0 < pace <= 10_000:
        raise ValueError(f"pace {pace} is not a speed; give a number above 0, as 1.0")
    scheduled = schedule(read_articles(), start, pace)
    profile = load_province("demo").outlets
    names = {outlet.id: outlet.name for outlet in profile}
    credits_to = {article.written.id: names[article.written.outlet] for article in scheduled}
    origins = {
        one.written.id: credits_to[one.written.reprint_of] for one in scheduled if one.written.reprint_of
    }
    servers: list[NewsroomServer] = []
    for number, outlet in enumerate(profile):
        server = _bind(base_port + number if base_port else 0, clock, servers)
        servers.append(server)
        server.newsroom = Newsroom(
            outlet=moved(outlet, server.base),
            base=server.base,
            habits=HABITS[outlet.id],
            articles=tuple(one for one in scheduled if one.written.outlet == outlet.id),
            origins=origins,
        )
    return World(servers, clock)


def moved(outlet: Outlet, base: str) -> Outlet:
    """The outlet with its addresses at another host and port."""
    former = outlet.home.rstrip("/")

    def move(urls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(base + url.removeprefix(former) for url in urls)

    return replace(
        outlet,
        home=f"{base}/",
        feeds=move(outlet.feeds),
        sitemaps=move(outlet.sitemaps),
        listings=move(outlet.listings),
    )


def _bind(port: int, clock: Callable[[], datetime], started: list[NewsroomServer]) -> NewsroomServer:
    try:
        return NewsroomServer(port, clock)
    except (OSError, OverflowError) as error:
        for server in started:
            server.server_close()
        raise WorldError(
            f"the demo cannot be served at port {port} ({error}); "
            "stop what uses that port, or give another base port"
        ) from error


def _truth(article: Scheduled, moment: datetime, addresses: dict[str, str]) -> Truth:
    since = [(at, draft) for at, draft in article.versions if at <= moment]
    removed = article.removed_at
    return Truth(
        url=addresses[article.written.id],
        outlet=article.written.outlet,
        draft=since[-1][1],
        published_at=article.published_at,
        edited_at=tuple(at for at, _ in since[1:]),
        removed_at=removed if removed is not None and removed <= moment else None,
        reprint_of=addresses.get(article.written.reprint_of, ""),
    )
