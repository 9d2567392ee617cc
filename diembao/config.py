"""Reads the settings: environment first, then a ``.env`` file; all checked together.

The only reader of environment variables. A bad value stops the start; every bad value is named in
one error, with what to do.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from diembao.settings_table import SETTINGS, Setting, Value


class ConfigError(ValueError):
    """One or more settings are wrong; ``problems`` has a line for each."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))


CHOSEN_FILE = "chosen.env"
"""In the data folder: what was chosen on the pages. Environment and ``.env`` file come before it."""


class Config(dict[str, Value]):
    """Every setting by name, parsed; with typed access for the callers' convenience."""

    given: frozenset[str] = frozenset()  # names that the environment or the .env file sets

    def text(self, name: str) -> str:
        """A text setting; "" when unset."""
        value = self[name]
        return "" if value is None else str(value)

    def number(self, name: str) -> float:
        """A number or time span."""
        value = self[name]
        if not isinstance(value, (int, float)):
            raise TypeError(f"{name} is not a number")
        return float(value)

    def whole(self, name: str) -> int:
        """A whole number."""
        return int(self.number(name))

    def names(self, name: str) -> tuple[str, ...]:
        """A list of names."""
        value = self[name]
        return tuple(str(item) for item in value) if isinstance(value, tuple) else ()

    def steps(self, name: str) -> tuple[float, ...]:
        """A list of time spans in seconds."""
        value = self[name]
        return tuple(float(item) for item in value) if isinstance(value, tuple) else ()

    def is_default(self, name: str) -> bool:
        """Whether a setting has the value that it has when unset."""
        setting = next(setting for setting in SETTINGS if setting.name == name)
        return self[name] == setting.parse(setting.default)

    @property
    def data(self) -> Path:
        """The state folder, absolute."""
        return Path(self.text("DIEMBAO_DATA")).expanduser().resolve()


def read_env_file(path: Path) -> dict[str, str]:
    """``NAME=value`` lines of a ``.env`` file; raises ``ConfigError`` with the line of a bad one."""
    values: dict[str, str] = {}
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.removeprefix("export ").partition("=")
        if not equals or not name.strip().isidentifier():
            raise ConfigError([f"{path}:{number}: not a line of the form NAME=value; correct or remove it"])
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        values[name.strip()] = value
    return values


def _raw(setting: Setting, env: Mapping[str, str], problems: list[str]) -> str:
    direct = env.get(setting.name, "")
    file = env.get(f"{setting.name}_FILE", "") if setting.secret else ""
    if direct and file:
        problems.append(f"{setting.name} and {setting.name}_FILE are both set; keep one")
    if direct:
        return direct
    if file:
        try:
            return Path(file).read_text("utf-8").strip()
        except OSError as error:
            problems.append(f"{setting.name}_FILE: cannot read {file} ({error.strerror}); correct the path")
    return setting.default


def _check_together(config: Config, problems: list[str]) -> None:
    if config.number("DIEMBAO_FEED_FLOOR") > config.number("DIEMBAO_FEED_CEILING"):
        problems.append(
            "DIEMBAO_FEED_FLOOR is longer than DIEMBAO_FEED_CEILING; lower it or raise the ceiling"
        )
    if config.text("ELASTICSEARCH_API_KEY") and config.text("ELASTICSEARCH_USER"):
        problems.append("ELASTICSEARCH_API_KEY and ELASTICSEARCH_USER are both set; keep one")
    if bool(config.text("ELASTICSEARCH_USER")) != bool(config.text("ELASTICSEARCH_PASSWORD")):
        problems.append("ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD go together; set both or neither")
    _check_ca(config.text("ELASTICSEARCH_CA"), config.text("ELASTICSEARCH_URL"), problems)
    if config.text("SLACK_APP_TOKEN") and not config.text("SLACK_BOT_TOKEN"):
        problems.append("SLACK_APP_TOKEN is set without SLACK_BOT_TOKEN; buttons need both")
    if bool(config.text("DIEMBAO_SMTP_HOST")) != bool(config.text("DIEMBAO_MAIL_FROM")):
        problems.append("DIEMBAO_SMTP_HOST and DIEMBAO_MAIL_FROM go together; set both or neither")


def _check_ca(ca: str, url: str, problems: list[str]) -> None:
    if not ca:
        return
    if not Path(ca).is_file():
        problems.append(f"ELASTICSEARCH_CA: no file at {ca}; correct the path")
        return
    if url.startswith("http://"):
        problems.append(
            "ELASTICSEARCH_CA is set but ELASTICSEARCH_URL has no TLS; write https:// or unset it"
        )
    try:
        ssl.create_default_context(cafile=ca)
    except (ssl.SSLError, OSError) as error:
        problems.append(f"ELASTICSEARCH_CA: {ca} holds no certificate ({error}); name a PEM file")


def load(env: Mapping[str, str]) -> Config:
    """All settings from ``env``; raises ``ConfigError`` that names every bad one."""
    problems: list[str] = []
    config = Config()
    known = {s.name for s in SETTINGS} | {f"{s.name}_FILE" for s in SETTINGS if s.secret}
    for name in sorted(env):
        if name.startswith("DIEMBAO_") and name not in known:
            problems.append(f"{name} is no setting of this program; see docs/settings.md")
    for setting in SETTINGS:
        raw = _raw(setting, env, problems)
        try:
            config[setting.name] = setting.parse(raw)
        except ValueError as error:
            shown = "" if setting.secret else f" ({raw!r})"
            problems.append(f"{setting.name}{shown} {error}")
            config[setting.name] = setting.parse(setting.default)
    _check_together(config, problems)
    if problems:
        raise ConfigError(problems)
    return config


@cache
def current() -> Config:
    """The settings of this process: environment, ``.env`` file of the working folder, pages' choices."""
    env_file = Path(".env")
    values = {**(read_env_file(env_file) if env_file.is_file() else {}), **os.environ}
    chosen = load(values).data / CHOSEN_FILE
    config = load({**(read_env_file(chosen) if chosen.is_file() else {}), **values})
    config.given = frozenset(name for name, value in values.items() if value)
    return config
