"""When everything fails at once it is our own network, and nobody else's record suffers."""

from __future__ import annotations

import asyncio

from crawlers.collector.outage import OutageWatch, Verdict


def watch(hold_s: float = 0.2) -> tuple[OutageWatch, list[bool]]:
    changes: list[bool] = []
    return OutageWatch(hold_s=hold_s, on_change=changes.append), changes


def test_three_hosts_failing_together_is_our_outage() -> None:
    async def run() -> None:
        outage, changes = watch(hold_s=5.0)
        verdicts = await asyncio.gather(*(outage.judge(host) for host in ("a", "b", "c")))
        assert verdicts == [Verdict.OURS] * 3
        assert outage.active
        assert changes == [True]
        assert await outage.judge("d") is Verdict.OURS
        outage.answered()
        assert changes == [True, False]

    asyncio.run(run())


def test_one_answer_makes_the_failures_the_hosts_own() -> None:
    async def run() -> None:
        outage, changes = watch(hold_s=5.0)
        first, second = asyncio.ensure_future(outage.judge("a")), asyncio.ensure_future(outage.judge("b"))
        await asyncio.sleep(0)
        outage.answered()
        assert [await first, await second] == [Verdict.THEIRS] * 2
        # Only what happened since counts: one more host is no outage.
        assert await asyncio.wait_for(OutageWatchShort(outage).judge("c"), 6) is Verdict.THEIRS
        assert changes == []

    class OutageWatchShort:
        """Asks for a verdict and lets an answer come in a moment later."""

        def __init__(self, outage: OutageWatch) -> None:
            self.outage = outage

        async def judge(self, host: str) -> Verdict:
            asyncio.get_running_loop().call_later(0.05, self.outage.answered)
            return await self.outage.judge(host)

    asyncio.run(run())


def test_two_hosts_are_too_few_to_tell() -> None:
    async def run() -> None:
        outage, changes = watch()
        verdicts = await asyncio.gather(*(outage.judge(host) for host in ("a", "b", "a", "b", "a")))
        assert verdicts == [Verdict.THEIRS] * 5
        assert changes == []

    asyncio.run(run())


def test_hosts_refused_without_asking_the_network_weigh_against_an_outage() -> None:
    async def run() -> None:
        outage, changes = watch()
        for host in ("x", "y"):
            outage.refused(host)
        verdicts = await asyncio.gather(*(outage.judge(host) for host in ("a", "b", "c")))
        assert verdicts == [Verdict.THEIRS] * 3
        assert changes == []

    asyncio.run(run())


def test_old_failures_are_forgotten() -> None:
    async def run() -> None:
        now = [0.0]
        outage = OutageWatch(hold_s=0.05, clock=lambda: now[0])
        for host in ("a", "b", "c"):
            assert await outage.judge(host) is Verdict.THEIRS
            now[0] += 1.0
        assert not outage.active

    asyncio.run(run())


def test_the_end_of_a_run_settles_what_waits() -> None:
    async def run() -> None:
        outage, _ = watch(hold_s=60.0)
        waiting = asyncio.ensure_future(outage.judge("a"))
        await asyncio.sleep(0)
        outage.give_up()
        assert await waiting is Verdict.THEIRS

    asyncio.run(run())
