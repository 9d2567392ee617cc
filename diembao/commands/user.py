"""Accounts of the office's people and their roles: add, change, list, switch off."""

from __future__ import annotations

import argparse
import secrets
import sys

from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError

ROLES = ("viewer", "officer", "approver", "admin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with whose account."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    about = {
        "add": "Make an account; its password is shown once.",
        "role": "Give an account another role.",
        "password": "Set a new password, shown once.",
        "off": "Switch an account off; what its person did stays on record.",
        "on": "Switch an account on again.",
        "list": "All accounts with their roles.",
    }
    for action, summary in about.items():
        command = actions.add_parser(action, help=summary, description=summary)
        if action != "list":
            command.add_argument("name", metavar="NAME", help="name to sign in with")
        if action == "role":
            command.add_argument("role", choices=ROLES)
        elif action == "add":
            command.add_argument("--role", choices=ROLES, default="viewer", help="role (default: viewer)")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    set_up()
    migrate()
    from cases.roles import role_of

    if args.action == "list":
        from django.contrib.auth.models import User

        for user in User.objects.order_by("username"):
            sys.stdout.write(f"{user.username}\t{role_of(user)}\t{'on' if user.is_active else 'off'}\n")
        return 0
    if args.action == "add":
        return _add(args.name, args.role)
    return _change(args.action, args.name, getattr(args, "role", ""))


def _add(name: str, role: str) -> int:
    from django.contrib.auth.models import User
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError, transaction

    from cases.roles import give_role

    user = User(username=name)
    password = _new_password()
    user.set_password(password)
    try:
        user.clean_fields()
        with transaction.atomic():
            user.save()
            give_role(user, role)
    except ValidationError as error:
        raise CommandError(
            f'"{name}" cannot be a name: {" ".join(error.messages)}', bad_input=True
        ) from error
    except IntegrityError as error:
        raise CommandError(f'there is an account "{name}" already; choose another name') from error
    sys.stdout.write(f"Account:  {name} ({role})\nPassword: {password}\nThe password is shown this once.\n")
    return 0


def _change(action: str, name: str, role: str) -> int:
    from django.contrib.auth.models import User

    from cases.roles import give_role, role_of

    try:
        user = User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f'no account "{name}"; see diembao user list', bad_input=True) from None
    if action == "role":
        if user.is_superuser:
            raise CommandError(f'"{name}" is the first account and may do everything; add another one')
        give_role(user, role)
    elif action == "password":
        password = _new_password()
        user.set_password(password)
        user.save(update_fields=["password"])
        sys.stdout.write(f"Password: {password}\nThe password is shown this once.\n")
    else:
        user.is_active = action == "on"
        user.save(update_fields=["is_active"])
    sys.stdout.write(f"{name}: {role_of(user)}, {'on' if user.is_active else 'off'}\n")
    return 0


def _new_password() -> str:
    return secrets.token_urlsafe(12)
