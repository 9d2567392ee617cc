"""Serves the made-up press alone: ``python -m demo``."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from demo.world import BASE_PORT, WorldError, start_world


def main() -> int:
    """Serves until interrupted; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument(
        "--base-port", type=int, default=BASE_PORT, help="port of the first outlet (0: free ports)"
    )
    parser.add_argument("--pace", type=float, default=1.0, help="2.0: new articles come twice as fast")
    options = parser.parse_args()
    try:
        world = start_world(base_port=options.base_port, pace=options.pace)
    except (WorldError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finished = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: finished.set())
    with world:
        for outlet in world.outlets():
            sys.stdout.write(f"{outlet.home}  {outlet.name}\n")
        sys.stdout.flush()
        finished.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
