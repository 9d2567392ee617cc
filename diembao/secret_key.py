"""The key that signs sessions: from the settings, or made once and kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(configured: str, data: Path) -> str:
    """``configured``, or the key in ``data/secret_key``, made readable by its owner only."""
    if configured:
        return configured
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret_key"
    if not path.exists():
        # Two processes may start at once: the one that links first wins, and both read that key.
        draft = data / f".secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text("ascii").strip()
