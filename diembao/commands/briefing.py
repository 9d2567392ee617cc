"""Build the weekly briefing and write it as DOCX, PDF and XLSX; show or approve one."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError
from diembao.settings_table import whole

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from briefings.models import Briefing, BriefingVersion
    from briefings.weeks import Week
    from provinces.records import Province

ACTIONS = ("build", "render", "show", "approve")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which week, and where the files go."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=ACTIONS,
        default="build",
        help="build: freeze, compose and write the files (default); render: write those of a kept version; "
        "show: print the text; approve: in the name of --user",
    )
    parser.add_argument(
        "--week", metavar="2026-W47", help="ISO week (default: the last whose cut-off passed)"
    )
    parser.add_argument("--province", metavar="P", help="province profile (default: DIEMBAO_PROVINCE)")
    parser.add_argument("--out", default=".", metavar="DIR", help="folder of the files (default: here)")
    parser.add_argument(
        "--format", default="docx,pdf,xlsx", metavar="F", help="formats, by commas (default: docx,pdf,xlsx)"
    )
    parser.add_argument(
        "--version", type=whole(1, 1_000_000), metavar="N", help="which version (default: the newest)"
    )
    parser.add_argument("--user", metavar="NAME", help="account that builds or approves")


def run(args: argparse.Namespace) -> int:
    """Do it; the written files are told on stdout."""
    config = set_up(args.province)
    forms = _formats(args.format)
    migrate()
    from briefings.building import briefing_of
    from briefings.errors import BadWeek, BriefingError

    profile, now = wiring.province(config, args.province), datetime.now(UTC)
    try:
        week = _week(args.week, profile, now)
        if args.action == "build":
            base = config.text("DIEMBAO_PUBLIC_URL").rstrip("/")
            version = _build(profile, briefing_of(profile, week, now=now), base, _user(args.user), now)
            _write(version, forms, Path(args.out))
            return 0
        version = _kept(profile, str(week), args.version)
        if args.action == "approve":
            _approve(version, _user(args.user), now)
        elif args.action == "show":
            _show(version)
        else:
            _write(version, forms, Path(args.out))
    except BadWeek as error:
        raise CommandError(f"--week: {error}", bad_input=True) from error
    except BriefingError as error:
        raise CommandError(str(error)) from error
    return 0


def _formats(text: str) -> tuple[str, ...]:
    from briefings.render import FORMATS

    forms = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [form for form in forms if form not in FORMATS]
    if unknown or not forms:
        raise CommandError(f"--format: choose of {','.join(FORMATS)}, not {text!r}", bad_input=True)
    return forms


def _week(text: str | None, profile: Province, now: datetime) -> Week:
    from briefings.settings import setting_of
    from briefings.weeks import last_week, parse_week

    return parse_week(text) if text else last_week(now, setting_of(profile).cut)


def _user(name: str | None) -> User | None:
    from django.contrib.auth.models import User

    if not name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f'no account "{name}"; check --user', bad_input=True)
    return user


def _build(
    profile: Province, briefing: Briefing, base: str, by: User | None, now: datetime
) -> BriefingVersion:
    from briefings.building import Office, build
    from provinces.loader import gazetteer_of

    office = Office(profile, gazetteer_of(profile.folder), base)
    return build(office, briefing, by=by, now=now, progress=_tell)


def _tell(step: str, done: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{done:3d} %  {step}\n")


def _kept(profile: Province, week: str, number: int | None) -> BriefingVersion:
    from briefings.models import BriefingVersion
    from briefings.weeks import parse_week

    wanted = parse_week(week)
    rows = BriefingVersion.objects.filter(
        briefing__province=profile.id, briefing__year=wanted.year, briefing__week=wanted.number
    )
    rows = rows.select_related("briefing", "inputs", "by")
    version: BriefingVersion | None = (
        rows.filter(number=number) if number else rows.order_by("-number")
    ).first()
    if version is None:
        which = f"version {number} of " if number else ""
        raise CommandError(f"there is no {which}briefing of {wanted}; build it first: diembao briefing build")
    return version


def _write(version: BriefingVersion, forms: tuple[str, ...], folder: Path) -> None:
    from briefings.render import file_name, render
    from briefings.versions import opened

    kept = opened(version)
    for form in forms:
        data = render(kept.content, kept.annex, form)
        target = folder / file_name(kept.content, form)
        draft = target.with_name(f".{target.name}.{os.getpid()}.partial")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            draft.replace(target)
        except OSError as error:
            raise CommandError(f"cannot write {target} ({error.strerror}); choose another --out") from error
        finally:
            draft.unlink(missing_ok=True)
        sys.stdout.write(f"{target}\n")


def _show(version: BriefingVersion) -> None:
    from briefings.render.layout import lay_out, lines
    from briefings.versions import opened

    kept = opened(version)
    document = lay_out(kept.content, kept.annex)
    said = [document.title, document.subtitle, *lines(document.body), *lines(document.sources)]
    sys.stdout.write("\n".join(said) + "\n")


def _approve(version: BriefingVersion, by: User | None, now: datetime) -> None:
    from briefings.approving import approve

    if by is None:
        raise CommandError("name who approves with --user", bad_input=True)
    if not by.has_perm("briefings.approve_briefing"):
        raise CommandError(f"{by} may not approve briefings; an administrator gives the role approver")
    approve(version, by=by, now=now)
    sys.stdout.write(f"{version.briefing}: version {version.number} approved by {by}\n")
