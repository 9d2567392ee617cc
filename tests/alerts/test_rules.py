"""Before a rule is saved, its replay shows what it would have done; empty and too broad rules are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from alerts.conditions import Conditions
from alerts.errors import RuleRefused
from alerts.matching import as_active
from alerts.models import Alert, Rule
from alerts.replay import replay, replay_all
from alerts.rules import Draft, save
from archive.vietnam import VIETNAM
from cases.roles import give_role
from search.documents import documents_from_archive
from tests.alerts.conftest import NOW, article, outlet, rule, signal, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    user = User.objects.create_user("can-bo")
    give_role(user, "officer")
    return user


@pytest.fixture
def keep(engine, officer):
    def run(draft, of=None, by=officer, limit=20, **values):
        engine.rebuild(documents_from_archive())
        return save(draft, of, engine=engine, by=by, now=NOW, limit=limit, **values)

    return run


def replayed(engine, of):
    engine.rebuild(documents_from_archive())
    return replay(engine, as_active(of, NOW.astimezone(VIETNAM).date()), now=NOW)


def test_a_replay_counts_stories_and_new_tiers(engine):
    first = article(first_seen_at=NOW - timedelta(days=9))
    article(outlet("dai", "Đài"), story=first.story, first_seen_at=NOW - timedelta(days=8))
    article(outlet("tw", "Thời báo", scope="national"), story=first.story)
    article(title="Hội chợ", text="Hội chợ cam.")
    result = replayed(engine, rule())
    assert (result.articles, result.alerts, result.firings, result.days) == (3, 1, 2, 10)
    assert [example.pk for example in result.examples] == [first.pk]
    assert sum(count for _, count in result.by_day) == 2


def test_a_replay_fires_as_often_as_the_rule_does(engine, take_in):
    made = rule(conditions={"signals": ["S1", "S5"]})
    for number in range(6):
        new = article()
        signal(new, ("S1", "S5", "S2")[number % 3])
    article(published_at=NOW - timedelta(days=20))
    take_in()
    assert replayed(engine, made).alerts == Alert.objects.count() == 2


def test_a_rule_for_grown_stories_is_replayed_on_their_size(engine):
    made = article()
    article()
    for number in range(2):
        article(outlet(f"bao-{number}", f"Báo {number}"), story=made.story)
    assert replayed(engine, rule(conditions={"min_size": 3})).alerts == 1


def test_articles_older_than_the_span_do_not_count(engine):
    article(first_seen_at=NOW - timedelta(days=100))
    assert replayed(engine, rule()).articles == 0


def test_many_rules_are_replayed_with_progress(engine):
    article()
    engine.rebuild(documents_from_archive())
    active = [as_active(rule(f"Quy tắc {n}"), NOW.date()) for n in range(3)]
    told = []
    results = list(
        replay_all(engine, active, now=NOW, progress=lambda done, total: told.append((done, total)))
    )
    assert [result.alerts for _, result in results] == [1, 1, 1]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_too_broad_rule_is_refused_with_its_count(keep):
    for _ in range(5):
        article()
    with pytest.raises(RuleRefused) as refused:
        keep(Draft("Tất cả sạt lở", "sạt lở"), limit=4)
    assert "5 lần" in refused.value.problems["query"]
    assert not Rule.objects.exists()
    assert keep(Draft("Tất cả sạt lở", "sạt lở", enabled=False), limit=4).enabled is False


@pytest.mark.parametrize(
    ("draft", "where"),
    [
        (Draft("  ", "sạt lở"), "name"),
        (Draft("Có rồi", "sạt lở"), "name"),
        (Draft("Trống"), "query"),
        (Draft("Hỏng", "(sạt"), "query"),
        (Draft("Chỉ S6", "sạt", Conditions(signals=("S6", "S5"))), "signals"),
        (Draft("Mức lạ", "sạt", severity=9), "severity"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(keep, draft, where):
    rule("Có rồi")
    with pytest.raises(RuleRefused) as refused:
        keep(draft)
    assert list(refused.value.problems) == [where]


def test_a_saved_rule_counts_from_now_and_tells_its_targets(keep, officer):
    where, others = target(), target("Riêng", owner=User.objects.create_user("khac"))
    made = keep(Draft("Sạt lở", "sạt lở", targets={where.pk: "digest", others.pk: "instant"}))
    assert (made.active_since, made.created_by, made.owner) == (NOW, officer, None)
    assert [(row.target, row.mode) for row in made.subscriptions.all()] == [(where, "digest")]


def test_a_change_of_words_counts_from_now_and_a_change_of_name_does_not(keep):
    made = rule("Cũ", "sạt lở")
    before = made.active_since
    changed = keep(Draft("Mới", "sạt lở"), made, version=1)
    assert (changed.active_since, changed.version) == (before, 2)
    assert keep(Draft("Mới", "lũ quét"), changed, version=2).active_since == NOW


def test_of_two_changes_at_once_one_is_refused(keep):
    made = rule()
    keep(Draft("Một", "sạt lở"), made, version=1)
    with pytest.raises(RuleRefused, match="người khác sửa"):
        keep(Draft("Hai", "sạt lở"), made, version=1)


def test_somebody_elses_own_rule_is_theirs(keep):
    made = rule(owner=User.objects.create_user("khac"))
    with pytest.raises(RuleRefused, match="riêng của người khác"):
        keep(Draft("Của tôi", "sạt lở"), made, version=1)
    admin = User.objects.create_user("quan-tri")
    give_role(admin, "admin")
    assert keep(Draft("Của họ", "sạt lở"), made, by=admin, version=1).name == "Của họ"
