"""A process that delivers until it is killed: ``python -m tests.alerts.courier_child URL LEASE_S``."""

from __future__ import annotations

import logging
import random
import sys
import time
from datetime import timedelta


def main(url: str, lease_s: str) -> None:
    from diembao.bootstrap import set_up

    set_up()
    from alerts import waiting
    from alerts.channels.slack.transport import SlackChannel
    from alerts.config import AlertConfig
    from alerts.deliver import Deliverer

    logging.disable(logging.CRITICAL)
    waiting.FIRST_S, waiting.LONGEST_S = 0.05, 0.2  # a minute of weather in a second
    config = AlertConfig(slack_bot_token="xoxb-1", slack_api_url=url, timeout_s=3.0)
    courier = Deliverer(
        {"slack": SlackChannel(config)},
        attempts=1000,
        lease=timedelta(seconds=float(lease_s)),
        rng=random.Random(1),
        pace=False,
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        if not courier.run(20):
            time.sleep(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
