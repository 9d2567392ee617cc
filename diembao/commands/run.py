"""Run the whole service, pages and collection together, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.config import CHOSEN_FILE
from diembao.data_lock import data_lock
from diembao.errors import CommandError
from diembao.settings_table import whole
from diembao.supervise import AGAIN, Child, keep_running

# The demo's press is on this machine and publishes every few seconds: nobody is to wait for it.
DEMO_PACE = {"DIEMBAO_FEED_FLOOR": "10", "DIEMBAO_DELAY": "0.1", "DIEMBAO_REVISIT": "60,300,900,3600,86400"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The province and the port."""
    parser.add_argument("--province", metavar="P", help="province profile (default: DIEMBAO_PROVINCE)")
    parser.add_argument("--port", type=whole(1, 65535), help="port (default: DIEMBAO_PORT)")


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"cannot serve on {host}:{port} ({error.strerror}); choose another with --port"
            ) from error


def run(args: argparse.Namespace) -> int:
    """Check everything that can be checked, migrate, print the address, then keep web and watch running."""
    config = set_up(args.province)
    host, port = config.text("DIEMBAO_HOST"), args.port or config.whole("DIEMBAO_PORT")
    profile = wiring.province(config, args.province)
    _refuse_taken(host, port)
    with data_lock(config.data, shared=bool(config.text("DATABASE_URL"))):
        migrate()  # held only for a look: from here on the collector holds it
    from web.accounts import ensure_first_account

    account = ensure_first_account()
    pace = {}
    watch = ["watch", "--province", args.province or config.text("DIEMBAO_PROVINCE")]
    world = None
    if wiring.is_demo(profile):
        from demo.start import remembered_start
        from demo.world import WorldError, start_world

        try:
            world = start_world(now=remembered_start(config.data / "demo-start"))
        except WorldError as error:
            raise CommandError(str(error)) from error
        watch.append("--allow-loopback")
        pace = {name: value for name, value in DEMO_PACE.items() if config.is_default(name)}
    out = [f"\n  Điểm Báo — {profile.full_name}", f"  http://{host}:{port}/"]
    if account is not None:
        out += [f"  account:  {account[0]}", f"  password: {account[1]}   (shown this once)"]
    if world is not None and world.finished():
        out += ["  The demo's press has published all it has; with a new DIEMBAO_DATA it begins anew."]
    sys.stdout.write("\n".join([*out, "  Ctrl-C ends the service.", "", ""]))
    sys.stdout.flush()
    chosen = config.data / CHOSEN_FILE
    began = _stamp(chosen)
    try:
        code = keep_running(
            [Child("web", ["web", "--port", str(port)]), Child("watch", watch, pace)],
            outdated=lambda: _stamp(chosen) != began,
        )
    finally:
        if world is not None:
            world.stop()
    if code == AGAIN:
        sys.stdout.write("  Another province was chosen on the pages: starting again.\n")
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "diembao", *sys.argv[1:]])  # noqa: S606 (ourselves)
    return code


def _stamp(chosen: Path) -> int:
    return chosen.stat().st_mtime_ns if chosen.exists() else 0
