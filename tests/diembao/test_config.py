"""A bad setting stops the start and is named; good ones are read from every place they may stand."""

from pathlib import Path

import pytest

from diembao.config import ConfigError, load, read_env_file
from diembao.settings_table import SETTINGS


def test_every_default_is_valid():
    config = load({})
    assert set(config) == {setting.name for setting in SETTINGS}
    assert config.number("DIEMBAO_DELAY") == 2
    assert config.steps("DIEMBAO_REVISIT")[0] == 600


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DIEMBAO_PORT", "eighty", "whole number"),
        ("DIEMBAO_PORT", "70000", "outside 1 to 65535"),
        ("DIEMBAO_DELAY", "nan", "outside"),
        ("DIEMBAO_DELAY", "-1", "outside"),
        ("DIEMBAO_REVISIT", "600,60", "must grow"),
        ("DIEMBAO_LANGUAGE", "fr", "none of vi, en"),
        ("ELASTICSEARCH_URL", "localhost:9200", "not a URL"),
        ("DATABASE_URL", "mysql://x/y", "not a URL"),
        ("DIEMBAO_COLOUR", "blue", "no setting of this program"),
    ],
)
def test_a_bad_value_is_named(name: str, value: str, says: str):
    with pytest.raises(ConfigError) as error:
        load({name: value})
    assert name in str(error.value)
    assert says in str(error.value)


def test_all_bad_values_are_named_at_once():
    with pytest.raises(ConfigError) as error:
        load({"DIEMBAO_PORT": "x", "DIEMBAO_DELAY": "y"})
    assert len(error.value.problems) == 2


def test_a_bad_secret_is_named_but_not_printed():
    with pytest.raises(ConfigError) as error:
        load({"DATABASE_URL": "mysql://user:hunter2@host/db"})
    assert "DATABASE_URL" in str(error.value)
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    "env",
    [
        {"DIEMBAO_FEED_FLOOR": "7200", "DIEMBAO_FEED_CEILING": "3600"},
        {"ELASTICSEARCH_USER": "me"},
        {"SLACK_APP_TOKEN": "xapp-1"},
        {"ELASTICSEARCH_CA": "nowhere/ca.pem"},
    ],
)
def test_settings_that_do_not_fit_together_are_refused(env: dict[str, str]):
    with pytest.raises(ConfigError) as error:
        load(env)
    assert next(iter(env)) in str(error.value)


def test_a_secret_may_stand_in_a_file(tmp_path: Path):
    (tmp_path / "key").write_text("abc\n")
    assert load({"ELASTICSEARCH_API_KEY_FILE": str(tmp_path / "key")}).text("ELASTICSEARCH_API_KEY") == "abc"


def test_a_missing_secret_file_is_named(tmp_path: Path):
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN_FILE"):
        load({"SLACK_BOT_TOKEN_FILE": str(tmp_path / "nothing")})


def test_a_secret_given_twice_is_refused(tmp_path: Path):
    (tmp_path / "key").write_text("abc")
    with pytest.raises(ConfigError, match="both set"):
        load({"SLACK_BOT_TOKEN": "x", "SLACK_BOT_TOKEN_FILE": str(tmp_path / "key")})


def test_an_env_file_is_read(tmp_path: Path):
    path = tmp_path / ".env"
    path.write_text("# comment\n\nDIEMBAO_PORT=9000\nexport DIEMBAO_CONTACT='press@example.vn'\n")
    assert read_env_file(path) == {"DIEMBAO_PORT": "9000", "DIEMBAO_CONTACT": "press@example.vn"}


def test_a_bad_line_of_an_env_file_is_named(tmp_path: Path):
    path = tmp_path / ".env"
    path.write_text("DIEMBAO_PORT=9000\nnot a setting\n")
    with pytest.raises(ConfigError, match=r"\.env:2"):
        read_env_file(path)


def test_a_ca_file_is_a_certificate_and_needs_tls(tmp_path: Path):
    file = tmp_path / "ca.crt"
    file.write_text("no certificate\n")
    with pytest.raises(ConfigError) as error:
        load({"ELASTICSEARCH_CA": str(file), "ELASTICSEARCH_URL": "http://127.0.0.1:9200"})
    assert "write https://" in str(error.value)
    assert "name a PEM file" in str(error.value)
