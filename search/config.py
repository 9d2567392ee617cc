"""Which engine is searched, and where it is. Knows no app, so that settings can hold one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """Which engine and where. ``engine``: "embedded" or "elastic"; None: elastic if a URL is given."""

    folder: Path
    engine: str | None = None
    elasticsearch_url: str = ""
    elasticsearch_api_key: str = ""
    elasticsearch_user: str = ""
    elasticsearch_password: str = ""
    elasticsearch_ca: str = ""
    elasticsearch_timeout: float = 10.0

    @property
    def chosen(self) -> str:
        """The engine in use."""
        return self.engine or ("elastic" if self.elasticsearch_url else "embedded")
