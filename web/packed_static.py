"""Static files straight from the packages, each compressed once and kept in the data folder."""

from __future__ import annotations

import gzip
import hashlib
import logging
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

log = logging.getLogger(__name__)
PACKED = (".css", ".js", ".svg")


class PackedStatic(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types
    """WhiteNoise looks for the compressed form beside the file, where a service may not write."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """As WhiteNoise's own, with the form that is kept in ``STATIC_ROOT``."""
        if not path.endswith(PACKED):
            return super().get_static_file(path, url, stat_cache)
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        return StaticFile(
            path, headers.items(), encodings={"gzip": packed(path, Path(path).stat().st_mtime_ns)}
        )


@cache
def packed(path: str, mtime_ns: int) -> str:
    """Where the compressed form lies; named by the content, so that an older one is never sent.

    A folder that cannot be written costs only the compression.
    """
    content = Path(path).read_bytes()
    folder = Path(settings.STATIC_ROOT)
    kept = folder / f"{hashlib.sha256(content).hexdigest()[:32]}.gz"
    if not kept.exists():
        try:
            _write(kept, gzip.compress(content, 9, mtime=0))
        except OSError as error:
            log.warning("%s: cannot be kept compressed (%s); %s is sent as it is", kept, error, path)
    return str(kept)


def _write(kept: Path, content: bytes) -> None:
    # Another process may start at the same moment: the whole file appears, or none.
    number, name = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(number, "wb") as out:
        out.write(content)
    Path(name).replace(kept)
