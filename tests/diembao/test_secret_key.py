"""The signing key is made once and kept private."""

from pathlib import Path

from diembao.secret_key import secret_key


def test_the_configured_key_wins(tmp_path: Path):
    assert secret_key("given", tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_and_kept(tmp_path: Path):
    first = secret_key("", tmp_path)
    assert len(first) >= 50
    assert secret_key("", tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
