"""Serve the pages and the API only."""

from __future__ import annotations

import argparse
import gc

from diembao.bootstrap import set_up
from diembao.settings_table import whole
from diembao.supervise import follow_parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The port."""
    parser.add_argument("--port", type=whole(1, 65535), help="port (default: DIEMBAO_PORT)")
    parser.add_argument("--child", action="store_true", help="end when the parent process is gone")


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted, from the moment when the pages are warm."""
    config = set_up()
    if args.child:
        follow_parent()
    import uvicorn
    from django.db import connections

    from diembao.asgi import application
    from web.warm_up import warm_up

    warm_up()
    connections.close_all()  # requests open their own, in threads of their own
    gc.collect()
    gc.freeze()  # what is loaded by now stays: no later collection looks through it again
    uvicorn.run(
        application,
        host=config.text("DIEMBAO_HOST"),
        port=args.port or config.whole("DIEMBAO_PORT"),
        log_level="warning",
        lifespan="off",
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
    )
    return 0
