"""Generates ``settings.md``, ``commands.md`` and ``openapi.json`` of ``docs/`` from the code.

``--check`` compares them.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import django

from diembao.cli import build_parser
from diembao.settings_table import SETTINGS

DOCS = Path(__file__).resolve().parent.parent / "docs"


def settings_page() -> str:
    """The settings table as Markdown."""
    rows = [
        f"| `{s.name}` | {s.help}{' May also be given as `' + s.name + '_FILE`.' if s.secret else ''} "
        f"| {f'`{s.default}`' if s.default else 'unset'} |"
        for s in SETTINGS
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Read from the environment, or from a `.env` file in the working folder (the environment wins).",
            "All are checked together at start: a bad value stops the start and is named.",
            "Generated from `diembao/settings_table.py` by `make docs`.",
            "",
            "| name | meaning | default |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _argument(action: argparse.Action) -> str:
    """One row of a command's table; argparse's own help text differs between Python versions."""
    value = action.metavar or (action.dest.upper() if action.option_strings and action.nargs != 0 else "")
    if action.choices and not action.option_strings:
        name = f"`{action.dest}`: {', '.join(f'`{choice}`' for choice in action.choices)}"
    elif action.option_strings:
        name = ", ".join(f"`{option} {value}`".replace(" `", "`") for option in action.option_strings)
    else:
        name = f"`{value or action.dest}`"
    return f"| {name} | {action.help or ''} |"


def _sections(name: str, parser: argparse.ArgumentParser, depth: int) -> list[str]:
    lines = [f"{'#' * depth} `{name}`", "", parser.description or "", ""]
    shown = [
        action
        for action in parser._actions
        if not isinstance(action, (argparse._HelpAction, argparse._SubParsersAction))
    ]
    if shown:
        lines += ["| argument | meaning |", "|---|---|", *map(_argument, shown), ""]
    for child, sub in _subparsers(parser).items():
        lines += _sections(f"{name} {child}", sub, depth + 1)
    return lines


def commands_page() -> str:
    """The help of every command as Markdown."""
    lines = [
        "# Commands",
        "",
        "Exit codes: 0 good, 1 failed, 2 wrong usage or bad input. Errors are one clear line on stderr.",
        "Generated from the commands' own help by `make docs`.",
        "",
    ]
    for name, sub in _subparsers(build_parser()).items():
        lines += _sections(f"diembao {name}", sub, 2)
    return "\n".join(lines)


def openapi_document() -> str:
    """The API's document."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diembao.django_settings")
    django.setup()
    from web.api.service import document_text

    return document_text()


def main(argv: list[str]) -> int:
    """Write the pages, or with ``--check`` say which of them are stale."""
    stale = []
    pages = {
        "settings.md": settings_page(),
        "commands.md": commands_page(),
        "openapi.json": openapi_document(),
    }
    for name, text in pages.items():
        path = DOCS / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        if "--check" in argv:
            stale.append(path.name)
        else:
            path.write_text(text, "utf-8")
    if stale:
        sys.stderr.write(f"stale: {', '.join(stale)}; run make docs\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
