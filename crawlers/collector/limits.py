"""How the collector behaves, as plain values handed in by whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits and manners of one collector. Sizes in bytes, times in seconds."""

    user_agent: str
    allow_loopback: bool = False  # 127.0.0.0/8 only; every other private address stays refused
    verify_tls: bool = True
    max_bytes: int = 10 * 1024 * 1024  # as sent, and again when decompressed
    timeout_s: float = 30.0  # whole request, body included
    max_redirects: int = 5
    concurrency: int = 16  # hosts asked at the same time
    workers: int = 2  # processes that read feeds and pages
    work_timeout_s: float = 30.0  # one feed or page in a worker
    longest_wait_s: float = 20.0  # a host that asks for more is left to its row's due time
    robots_ttl_s: float = 86_400.0
    robots_retry_s: float = 60.0  # after robots.txt could not be read
    hold_s: float = 30.0  # how long a network failure waits for the verdict "theirs or ours"
    probe_s: float = 10.0  # between two attempts while our own network is down
    grace_s: float = 60.0  # after the end of a timed run, for pages already found
    stop_s: float = 10.0  # after a request to stop, for jobs in progress
