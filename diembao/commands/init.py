"""Create or migrate the database and the first account; safe to repeat."""

from __future__ import annotations

import argparse
import sys

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.commands.register import load_profile_register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace) -> int:
    """Migrate; make the first account when there is none; load the profile's register of figures."""
    config = set_up()
    migrate()
    from web.accounts import ensure_first_account

    account = ensure_first_account()
    if account is not None:
        name, password = account
        sys.stdout.write(
            f"First account: {name}\nPassword:      {password}\n"
            "The password is shown this once; keep it, or change it after signing in.\n"
        )
    load_profile_register(wiring.province(config))
    sys.stdout.write(f"Ready: {config.data}\n")
    return 0
