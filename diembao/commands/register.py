"""Import official figures into the register, or export it, as CSV or XLSX."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.register.files import Plan
    from provinces.records import Province

FORMATS = (".csv", ".xlsx")
SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which way, and which file."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    summary = "Import a file, all rows or none; figures that ended go in as history, others as drafts."
    taking = actions.add_parser("import", help=summary, description=summary)
    taking.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help=".csv or .xlsx (default: register.csv of the province profile)",
    )
    taking.add_argument("--province", metavar="P", help="province profile (default: DIEMBAO_PROVINCE)")
    taking.add_argument("--user", metavar="NAME", help="account in whose name the entries are written")
    taking.add_argument("--check", action="store_true", help="only say what would be done")
    summary = "Export the whole register; the file can be imported again."
    giving = actions.add_parser("export", help=summary, description=summary)
    giving.add_argument("file", metavar="FILE", help=".csv or .xlsx, complete or not at all")


def run(args: argparse.Namespace) -> int:
    """Import or export."""
    config = set_up()
    migrate()
    if args.action == "export":
        return _export(Path(args.file))
    if args.file:
        return _import(Path(args.file), args.user, check=args.check)
    profile = wiring.province(config, args.province)
    if not (profile.folder / "register.csv").is_file():
        raise CommandError(f"the profile {profile.id} has no register.csv; name a file to import")
    plan = load_profile_register(profile)
    made, waiting = plan.count("new"), plan.count("waiting")
    sys.stdout.write(f"{made} new entries of {profile.full_name} approved, as its profile holds them\n")
    if waiting:
        sys.stdout.write(f"{waiting} new entries wait for a person's approval on the page /so-lieu/\n")
    return 0


def load_profile_register(profile: Province) -> Plan:
    """Load the profile's register where it is not known yet; see ``load_profile``."""
    from django.utils import timezone

    from archive.register.edits import RegisterRefused
    from archive.register.files import Plan, load_profile

    file = profile.folder / "register.csv"
    if not file.is_file():
        return Plan((), ())
    try:
        plan = load_profile(f"{profile.id}/{file.name}", file.read_bytes(), now=timezone.now())
    except (OSError, RegisterRefused) as error:
        raise CommandError(f"{file}: {error}", bad_input=True) from error
    _refuse_problems(plan)
    return plan


def _import(file: Path, user: str | None, *, check: bool) -> int:
    from django.utils import timezone

    from archive.models import RegisterEntry
    from archive.register.edits import RegisterRefused
    from archive.register.files import apply_import, plan_import

    try:
        data = file.read_bytes()
    except OSError as error:
        raise CommandError(
            f"cannot read {file} ({error.strerror}); check the path", bad_input=True
        ) from error
    by = _account(user)
    plan = plan_import(file.name, data)
    _refuse_problems(plan)
    counts = ", ".join(
        f"{plan.count(act)} {name}"
        for act, name in (
            ("new", "new"),
            ("replacement", "replacing approved entries"),
            ("changed", "changing drafts"),
            ("unchanged", "known already"),
        )
    )
    if check:
        sys.stdout.write(f"{file.name}: {counts}; nothing was written (--check)\n")
        return 0
    now = timezone.now()
    try:
        apply_import(plan, by=by, now=now, today=timezone.localdate(now), reason=file.name)
    except RegisterRefused as error:
        raise CommandError(f"{file.name}: nothing was imported: {error}", bad_input=True) from error
    sys.stdout.write(f"{file.name}: {counts}\n")
    drafts = RegisterEntry.objects.filter(status=RegisterEntry.Status.DRAFT).count()
    if drafts:
        sys.stdout.write(f"{drafts} drafts wait for a second person to approve them on the page /so-lieu/\n")
    return 0


def _refuse_problems(plan: Plan) -> None:
    if plan.problems:
        lines = [f"nothing was imported, {len(plan.problems)} problems"]
        lines += [f"  {problem}" for problem in plan.problems[:SHOWN]]
        if len(plan.problems) > SHOWN:
            lines.append(f"  and {len(plan.problems) - SHOWN} more")
        raise CommandError("\n".join(lines), bad_input=True)


def _account(name: str | None) -> User | None:
    from django.contrib.auth.models import User

    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f'no account "{name}"; check --user', bad_input=True) from None


def _export(file: Path) -> int:
    from archive.models import RegisterEntry
    from archive.register.files import csv_bytes, write_xlsx

    if file.suffix.lower() not in FORMATS:
        raise CommandError(f"{file}: only {' and '.join(FORMATS)} can be written", bad_input=True)
    rows = RegisterEntry.objects.select_related("indicator")
    draft = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        with draft.open("wb") as out:
            if file.suffix.lower() == ".xlsx":
                write_xlsx(rows, out)
            else:
                out.writelines(csv_bytes(rows))
        draft.replace(file)
    except OSError as error:
        raise CommandError(f"cannot write {file} ({error.strerror}); choose another file") from error
    finally:
        draft.unlink(missing_ok=True)
    sys.stdout.write(f"{file}: {rows.count()} entries\n")
    return 0
