"""The generated pages are true to the code, and every setting and command is explained."""

from diembao.cli import build_parser
from diembao.docs import DOCS, commands_page, settings_page
from diembao.settings_table import SETTINGS


def test_settings_page_is_current():
    assert (DOCS / "settings.md").read_text("utf-8") == settings_page()


def test_commands_page_is_current():
    assert (DOCS / "commands.md").read_text("utf-8") == commands_page()


def test_every_setting_is_explained():
    assert all(setting.help.endswith(".") for setting in SETTINGS)


def test_every_argument_is_explained():
    undocumented = [
        f"{parser.prog} {action.dest}"
        for parser in _parsers(build_parser())
        for action in parser._actions
        if not action.help and not action.choices
    ]
    assert undocumented == []


def _parsers(parser):
    yield parser
    for action in parser._actions:
        for sub in (action.choices or {}).values() if hasattr(action.choices, "values") else ():
            yield from _parsers(sub)
