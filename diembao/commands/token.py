"""Access tokens of the API: make, list, revoke."""

from __future__ import annotations

import argparse
import sys

from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which token."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help=_CREATE, description=_CREATE)
    create.add_argument("name", metavar="NAME", help="where it is used, for what")
    create.add_argument("--owner", metavar="USER", required=True, help="account that it acts as")
    create.add_argument(
        "--scope", metavar="SCOPE", action="append", required=True, help="what it may do; may be repeated"
    )
    create.add_argument(
        "--days", metavar="N", type=int, default=90, help="days until it expires (default: 90)"
    )
    actions.add_parser("list", help=_LIST, description=_LIST)
    revoke = actions.add_parser("revoke", help=_REVOKE, description=_REVOKE)
    revoke.add_argument("number", metavar="NUMBER", type=int, help="number of the token, from the list")


_CREATE = "Make a token; it is shown once."
_LIST = "All tokens, without their secrets."
_REVOKE = "End a token at once."


def run(args: argparse.Namespace) -> int:
    """Do it."""
    set_up()
    migrate()
    if args.action == "create":
        return _create(args)
    return _list() if args.action == "list" else _revoke(args.number)


def _create(args: argparse.Namespace) -> int:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from web.api.scopes import Scope
    from web.api.tokens import TokenRefused, create, signing_key

    owner = User.objects.filter(username=args.owner, is_active=True).first()
    if owner is None:
        raise CommandError(f'no open account "{args.owner}"; see diembao user list', bad_input=True)
    unknown = sorted(set(args.scope) - set(Scope))
    if unknown:
        raise CommandError(
            f"no such scope: {', '.join(unknown)}; choose from {', '.join(Scope)}", bad_input=True
        )
    try:
        row, secret = create(args.name, owner, args.scope, days=args.days, by=None, now=timezone.now())
    except TokenRefused as refused:
        raise CommandError(str(refused), bad_input=True) from refused
    sys.stdout.write(f"Token {row.pk}: {secret}\n")
    if Scope.WEBHOOKS_IN in row.scopes:
        sys.stdout.write(f"Signing key: {signing_key(row)}\n")
    sys.stdout.write(f"Until {row.expires_at:%Y-%m-%d}, as {owner.username}. It is shown this once.\n")
    return 0


def _list() -> int:
    from django.utils import timezone

    from web.models import ApiToken

    now = timezone.now()
    for row in ApiToken.objects.select_related("owner").order_by("pk"):
        ended = "revoked" if row.revoked_at else "expired" if row.expires_at <= now else "usable"
        used = f"{row.last_used_at:%Y-%m-%d %H:%M}" if row.last_used_at else "never"
        cells = (str(row.pk), row.name, row.owner.username, ",".join(row.scopes), ended, used)
        sys.stdout.write("\t".join(cells) + "\n")
    return 0


def _revoke(number: int) -> int:
    from django.utils import timezone

    from web.api.tokens import revoke
    from web.models import ApiToken

    row = ApiToken.objects.select_related("owner").filter(pk=min(number, 10**17)).first()
    if row is None:
        raise CommandError(f"no token {number}; see diembao token list", bad_input=True)
    if not revoke(row, by=None, now=timezone.now()):
        raise CommandError(f"token {number} was revoked before")
    sys.stdout.write(f"Token {number} is revoked.\n")
    return 0
