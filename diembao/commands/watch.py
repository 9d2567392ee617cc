"""Collect, classify, index and alert, without pages."""

from __future__ import annotations

import argparse
import logging
from datetime import UTC, datetime

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.commands.register import load_profile_register
from diembao.config import Config
from diembao.data_lock import data_lock
from diembao.errors import CommandError
from diembao.settings_table import seconds
from diembao.supervise import follow_parent
from provinces.records import Outlet

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to watch and for how long."""
    parser.add_argument("--province", metavar="P", help="province profile (default: DIEMBAO_PROVINCE)")
    parser.add_argument(
        "--sources", metavar="FILE", help="outlets from this TOML file instead of the profile's"
    )
    parser.add_argument(
        "--for",
        dest="duration",
        type=seconds(1, 10_000_000),
        metavar="SECONDS",
        help="end by itself after this time, with everything that was fetched classified and indexed",
    )
    parser.add_argument(
        "--allow-loopback",
        action="store_true",
        help="permit sources on 127.0.0.0/8, which are otherwise refused like every private address",
    )
    parser.add_argument("--child", action="store_true", help="end when the parent process is gone")


def run(args: argparse.Namespace) -> int:
    """Collect here; classify, index and match in a second process, deliver in a third: none waits."""
    config = set_up(args.province)
    outlets = wiring.outlets(config, args.province, args.sources)
    if args.child:
        follow_parent()
    # SQLite has one writer: a second collector would take the first one's leases for a dead one's.
    with data_lock(config.data, shared=bool(config.text("DATABASE_URL"))):
        return _watch(args, config, outlets)


def _watch(args: argparse.Namespace, config: Config, outlets: tuple[Outlet, ...]) -> int:
    migrate()
    if not config.text("DIEMBAO_CONTACT") and not args.allow_loopback:
        log.warning(
            "DIEMBAO_CONTACT is unset: outlets cannot tell who reads them; set an e-mail or web address"
        )
    from alerts.defaults import ensure_first_rule
    from pipeline.collect.run import collect
    from pipeline.worker import Worker

    profile = wiring.province(config, args.province)
    load_profile_register(profile)
    if ensure_first_rule(profile.code, now=datetime.now(UTC)):
        log.info("a first rule was made: signals in articles about %s; see the rules page", profile.name)
    folder, models = profile.folder, config.data / "models"
    search, base = wiring.search_config(config), config.text("DIEMBAO_PUBLIC_URL").rstrip("/")
    own_press = wiring.is_demo(profile) and not args.sources
    steps = "diembao.demo_steps.build_demo_steps" if own_press else "pipeline.build.build_steps"
    with (
        Worker(steps, folder, search, models, base) as worker,
        Worker("pipeline.build.build_delivery", wiring.alert_config(config), search) as courier,
    ):
        ran_out = collect(
            outlets,
            wiring.collect_settings(config, allow_loopback=args.allow_loopback),
            duration_s=args.duration,
            on_archived=worker.wake,
        )
        if not ran_out:
            log.info("stopped; what was fetched and not yet classified or indexed waits for the next start")
        elif not worker.finish():
            raise CommandError("not everything was classified and indexed; the rows wait for the next start")
        elif not courier.finish():
            raise CommandError("not every alert could be sent; the rows wait for the next start")
    return 0
