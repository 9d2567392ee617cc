"""One module per command: its docstring's first line is the help, with ``add_arguments`` and ``run``."""

from __future__ import annotations

import argparse
from typing import Protocol, cast

from diembao.commands import (
    backup,
    briefing,
    doctor,
    export,
    init,
    predict,
    recalibrate,
    reclassify,
    register,
    reindex,
    restore,
    run,
    search,
    sources,
    token,
    train,
    user,
    verify_evidence,
    watch,
    web,
)


class Command(Protocol):
    """What a command module offers."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it; return the exit code."""


COMMANDS: dict[str, Command] = {
    name: cast(Command, module)
    for name, module in {
        "init": init,
        "run": run,
        "watch": watch,
        "web": web,
        "sources": sources,
        "search": search,
        "export": export,
        "briefing": briefing,
        "predict": predict,
        "train": train,
        "user": user,
        "token": token,
        "register": register,
        "recalibrate": recalibrate,
        "reclassify": reclassify,
        "reindex": reindex,
        "verify-evidence": verify_evidence,
        "backup": backup,
        "restore": restore,
        "doctor": doctor,
    }.items()
}
