"""What the collect step asks of the settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawlers.collector.limits import Limits


@dataclass(frozen=True, slots=True)
class CollectSettings:
    """Sizes in bytes, times in seconds. ``snapshots`` is the folder of the evidence."""

    user_agent: str
    snapshots: Path
    allow_loopback: bool = False
    feed_floor_s: float = 120.0
    feed_ceiling_s: float = 3600.0
    full_check_s: float = 21600.0
    default_delay_s: float = 2.0
    revisit_steps: tuple[float, ...] = (600, 3600, 21600, 86400, 259200, 604800)
    timeout_s: float = 30.0
    max_bytes: int = 10_000_000
    max_redirects: int = 5
    concurrency: int = 16  # hosts asked at the same time
    extract_workers: int = 1

    @property
    def limits(self) -> Limits:
        """The part that the collector needs."""
        return Limits(
            user_agent=self.user_agent,
            allow_loopback=self.allow_loopback,
            max_bytes=self.max_bytes,
            timeout_s=self.timeout_s,
            max_redirects=self.max_redirects,
            concurrency=self.concurrency,
            workers=self.extract_workers,
        )
