"""The ``diembao`` command. Exit 0: good; 1: failed; 2: wrong usage or bad input; one clear line on stderr."""

from __future__ import annotations

import argparse
import os
import sys

from django.db import DatabaseError

from diembao import __version__
from diembao.commands import COMMANDS
from diembao.config import ConfigError
from diembao.errors import CommandError


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; ``docs/commands.md`` is generated from it."""
    parser = argparse.ArgumentParser(
        prog="diembao",
        description="Media monitoring and press management for Vietnamese provincial press offices.",
    )
    parser.add_argument("--version", action="version", version=f"diembao {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        summary = (module.__doc__ or "").strip().splitlines()[0]
        command = commands.add_parser(name, help=summary, description=summary)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = build_parser().parse_args(argv)
    try:
        return int(args.run(args))
    except ConfigError as error:
        for problem in error.problems:
            sys.stderr.write(f"diembao: setting {problem}\n")
        return 2
    except CommandError as error:
        sys.stderr.write(f"diembao: {error}\n")
        return error.exit_code
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        sys.stderr.write(f"diembao: the database failed: {reason}; check DATABASE_URL, run diembao doctor\n")
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (``diembao export ... | head``); that is no failure of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
