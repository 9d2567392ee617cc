"""The week's briefing is built once, after its cut-off, when its articles are in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from archive.models import Article, Page
from briefings.models import BriefingSetting, BriefingVersion, Build
from pipeline.briefing.step import BriefingStep
from tests.briefings import world

pytestmark = pytest.mark.django_db


class Clock:
    def __init__(self, now: datetime):
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def settle() -> None:
    Article.objects.update(needs_classify=False, needs_story=False)


def test_a_week_is_built_once_after_its_cut_off() -> None:
    world.make_week()
    settle()
    clock = Clock(world.ENDS + timedelta(minutes=1))
    step = BriefingStep(world.office(), clock)
    assert step.run(64) == 1
    for _ in range(3):
        clock.now += timedelta(minutes=1)
        assert step.run(64) == 0
    assert BriefingStep(world.office(), clock).run(64) == 0  # after a restart, too
    version = BriefingVersion.objects.get()
    assert (str(version.briefing), version.by) == ("demo 2026-W47", None)


def test_it_waits_for_articles_that_are_still_coming_but_not_for_ever() -> None:
    world.make_week()
    settle()
    outlet = Article.objects.first().outlet
    Page.objects.create(outlet=outlet, url="https://x.example/1", found_at=world.NOW, due_at=world.ENDS)
    clock = Clock(world.ENDS + timedelta(minutes=1))
    step = BriefingStep(world.office(), clock)
    assert step.run(64) == 0
    clock.now += timedelta(minutes=11)
    assert step.run(64) == 1


def test_nothing_is_built_of_an_empty_archive_or_where_nobody_wants_it() -> None:
    step = BriefingStep(world.office(), Clock(world.NOW))
    assert step.run(64) == 0
    world.make_week()
    settle()
    BriefingSetting.objects.create(province="demo", scheduled=False, at=world.NOW)
    assert BriefingStep(world.office(), Clock(world.NOW)).run(64) == 0


def test_a_build_left_behind_by_a_killed_worker_is_taken_up_again() -> None:
    world.make_week()
    briefing = world.briefing_of(world.office().profile, world.WEEK, now=world.NOW)
    build = Build.objects.create(
        briefing=briefing,
        created_at=world.NOW,
        state="running",
        claim="dead",
        lease_until=world.NOW + timedelta(minutes=5),
    )
    clock = Clock(world.NOW)
    step = BriefingStep(world.office(), clock)
    assert step.run(64) == 0  # it may still be at work
    clock.now += timedelta(minutes=6)
    assert step.run(64) == 1
    build.refresh_from_db()
    assert build.state == "done" and build.version is not None
