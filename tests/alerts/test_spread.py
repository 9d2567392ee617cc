"""Rules on how far and how fast a story spreads, and on more articles than usual; live and replayed alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from alerts.conditions import Conditions
from alerts.errors import RuleRefused
from alerts.matching import as_active
from alerts.models import Alert, AlertEvent, Delivery
from alerts.replay import replay
from alerts.rules import Draft, check
from alerts.wording import why_lines
from archive.models import Article, Finding
from archive.vietnam import VIETNAM
from search.documents import documents_from_archive
from tests.alerts.conftest import NOW, article, outlet, rule, subscribe, target

pytestmark = pytest.mark.django_db


def replayed(engine, of):
    engine.rebuild(documents_from_archive())
    return replay(engine, as_active(of, NOW.astimezone(VIETNAM).date()), now=NOW)


def reprints(of: Article, count: int, take_in=None, minutes: int = 0, **fields) -> None:
    """Articles of other outlets in the story of ``of``, so many minutes before now."""
    seen = NOW - timedelta(minutes=minutes)
    for number in range(count):
        name = f"{fields.get('kind', 'bao')}-{fields.get('scope', 'local')}-{minutes}-{number}"
        article(outlet(name, name, **fields), story=of.story, first_seen_at=seen)
        if take_in is not None:
            take_in()


def test_a_rule_may_wait_for_so_many_outlets(take_in, engine):
    made = rule(conditions={"min_outlets": 3})
    first = article()
    article(story=first.story)  # the same outlet again
    take_in()
    reprints(first, 1, take_in)
    assert not Alert.objects.exists()
    reprints(first, 2, take_in, minutes=1)
    alert = Alert.objects.get()
    assert alert.article == first
    assert "4 bài của 3 nơi đăng (báo địa phương)" in " ".join(why_lines(alert.cause))
    assert replayed(engine, made).alerts == 1
    assert replayed(engine, rule("Rộng hơn", conditions={"min_outlets": 9})).alerts == 0


def test_a_rule_may_wait_for_tiers_of_outlets(take_in, engine):
    made = rule(conditions={"tiers": ["local", "national"]})
    first = article()
    reprints(first, 3, take_in)
    assert not Alert.objects.exists()
    reprints(first, 1, take_in, scope="national")
    assert Alert.objects.get().article == first
    assert "báo trung ương" in Alert.objects.get().cause["spread"]
    assert replayed(engine, made).alerts == 1
    reprints(first, 1, take_in, scope="national", kind="aggregator")
    assert Alert.objects.get().firings == 2  # a new tier after it fired
    assert replayed(engine, made).firings == 2


def test_growth_is_counted_within_its_hours(take_in, engine):
    made = rule(conditions={"growth_count": 3, "growth_hours": 2})
    slow = article(first_seen_at=NOW - timedelta(hours=9))
    reprints(slow, 1, take_in, minutes=300)
    reprints(slow, 1, take_in, minutes=10)
    assert not Alert.objects.exists()
    reprints(slow, 2, take_in, minutes=5)
    assert "3 bài trong 2 giờ" in Alert.objects.get().cause["spread"]
    assert replayed(engine, made).alerts == 1
    assert replayed(engine, rule("Nhanh", conditions={"growth_count": 6, "growth_hours": 2})).alerts == 0


def tagged(seen, topic: str = "environment", province: str = "25", **fields) -> Article:
    """An article on a topic about a province."""
    made = article(first_seen_at=seen, **fields)
    revision = made.revisions.get()
    common = {"revision": revision, "score": 0.9, "detector": "t", "version": "1", "created_at": seen}
    Finding.objects.create(article=made, kind="topic", label=topic, **common)
    Finding.objects.create(article=made, kind="province", label="about", code=province, **common)
    return made


def past(weekly: Iterable[int]) -> None:
    """So many articles in this hour of each week before."""
    for back, count in enumerate(weekly, 1):
        for number in range(count):
            tagged(NOW - timedelta(weeks=back, minutes=10 + number))
    article(first_seen_at=NOW - timedelta(weeks=12), title="Đầu kho", text="Bài đầu tiên.")


@pytest.fixture
def spiking():
    made = rule(query="", conditions={"topics": ["environment"], "spike_hours": 6, "spike_count": 5})
    subscribe(made, target())
    return made


def test_more_than_usual_is_told_once_with_the_usual(take_in, spiking, engine):
    past([2, 1, 2, 2, 1, 2, 2, 2])
    take_in()
    assert not Alert.objects.exists()
    for minute in range(12, 0, -1):
        tagged(NOW - timedelta(minutes=minute))
        take_in()
    alert = Alert.objects.get()
    assert alert.story is None and alert.article is not None
    assert "bài về" in alert.cause["headline"] and "trong 6 giờ, thường 1,8" in alert.cause["headline"]
    why = " ".join(why_lines(alert.cause))
    assert "cùng giờ cùng thứ của 8 tuần" in why
    assert alert.size == 12
    assert AlertEvent.objects.filter(kind="fired").count() == 1
    assert Delivery.objects.filter(kind="first").count() == 1
    again = replayed(engine, spiking)
    assert again.alerts == 1


def test_as_many_as_usual_is_none(take_in, spiking):
    past([9, 12, 10, 11, 9, 10, 12, 10])
    for minute in range(12, 0, -1):
        tagged(NOW - timedelta(minutes=minute))
    take_in()
    assert not Alert.objects.exists()


def test_each_province_has_its_own_rhythm(take_in, spiking):
    past([0] * 8)
    for minute in range(8, 0, -1):
        tagged(NOW - timedelta(minutes=minute), province="25")
        tagged(NOW - timedelta(minutes=minute), province="24")
    take_in()
    assert sorted(key.split("/")[2] for key in Alert.objects.values_list("key", flat=True)) == ["24", "25"]


def test_a_new_tier_and_twice_as_many_are_told_again(take_in, spiking):
    past([0] * 8)
    for minute in range(30, 24, -1):
        tagged(NOW - timedelta(minutes=minute))
    take_in()
    firings = Alert.objects.get().firings
    tagged(NOW - timedelta(minutes=20), of=outlet("tw", "Thời báo", scope="national"))
    take_in()
    alert = Alert.objects.get()
    assert alert.firings == firings + 1
    assert "báo trung ương" in alert.cause["news"][0]
    for minute in range(19, 4, -1):
        tagged(NOW - timedelta(minutes=minute))
    take_in()
    assert "tăng gấp đôi" in AlertEvent.objects.filter(kind="refired").latest("pk").reason


def test_another_spell_is_another_alert(take_in, spiking, clock):
    past([0] * 8)
    for minute in range(6, 0, -1):
        tagged(NOW - timedelta(hours=20, minutes=minute))
        tagged(NOW - timedelta(minutes=minute))
    take_in()
    assert Alert.objects.count() == 2


def test_a_spike_on_a_story_is_refused_and_growth_needs_both_numbers():
    both = Draft("Cả hai", "", Conditions(spike_hours=6, min_size=3))
    with pytest.raises(RuleRefused) as refused:
        check(both, None, now=NOW)
    assert list(refused.value.problems) == ["spike_hours"]
    with pytest.raises(RuleRefused) as refused:
        check(Draft("Một nửa", "lũ", Conditions(growth_count=3)), None, now=NOW)
    assert list(refused.value.problems) == ["growth_count"]
    assert check(Draft("Tăng", "", Conditions(spike_hours=6)), None, now=NOW).conditions.spike_hours == 6


def test_conditions_survive_being_stored():
    given = Conditions(topics=("a",), tiers=("local",), min_outlets=2, growth_count=3, growth_hours=4)
    assert Conditions.from_json(given.as_json()) == given
    assert Conditions().as_json() == {}
    with pytest.raises(ValueError, match="unknown"):
        Conditions.from_json({"author": "x"})


def test_no_user_is_needed_for_replays(engine):
    assert not User.objects.exists()
    assert replayed(engine, rule(query="", conditions={"spike_hours": 6})).alerts == 0
