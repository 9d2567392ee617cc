"""Articles meet rules: one alert per story and rule, renewed for real news only, and killed safely."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.models import Alert, AlertEvent, Delivery
from archive.models import Article, Story
from pipeline.alert.step import AlertStep
from pipeline.index.check import IndexCheck
from pipeline.index.step import IndexStep
from search.port import EngineUnavailable
from tests.alerts.conftest import NOW, article, outlet, rule, signal, subscribe, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def watched():
    made = rule()
    subscribe(made, target())
    return made


def revise(of: Article, *, material: bool, **texts: str) -> None:
    """A new version, as intake and the steps after it leave it."""
    for name, value in texts.items():
        setattr(of, name, value)
    of.revision_count += 1
    of.version += 1
    of.needs_index = True
    of.save()
    of.revisions.create(
        number=of.revision_count,
        seen_at=NOW,
        title=of.title,
        text=of.text,
        digest=str(of.revision_count) * 64,
        material=material,
    )


def test_a_matching_article_makes_an_alert_and_a_message(take_in, watched):
    made = article()
    article(title="Khai mạc hội chợ cam", text="Hội chợ mở cửa sáng nay.")
    assert take_in() == 2
    alert = Alert.objects.get()
    assert (alert.article, alert.story, alert.rule) == (made, made.story, watched)
    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.state, delivery.alert) == ("first", "waiting", alert)
    assert take_in() == 0


def test_the_card_says_why(take_in, watched):
    made = article(lead="Mưa suốt đêm.")
    signal(made)
    take_in()
    card = Alert.objects.get().cause
    assert card["rule"] == {"id": watched.pk, "name": "Sạt lở", "query": "sạt lở"}
    assert card["matched"] == ["sạt lở"]
    assert "sạt lở" in card["snippet"]
    (shown,) = card["signals"]
    assert shown["note"] == "cần đối chiếu"
    assert (shown["said"], shown["other"], shown["source"]) == (["12 hộ"], "9 hộ", "Báo cáo số 5")
    assert shown["innocent"] == ["Khác thời điểm"]


def test_a_reprint_updates_the_alert_and_makes_no_second(take_in, watched):
    made = article()
    take_in()
    Delivery.objects.update(state="sent")
    article(outlet("dai", "Đài Lam Giang"), story=made.story)
    take_in()
    alert = Alert.objects.get()
    assert (alert.size, alert.firings) == (2, 1)
    assert [row["outlet"] for row in alert.cause["similar"]] == ["Đài Lam Giang"]
    assert Delivery.objects.get(state="waiting").kind == "update"


def test_many_reprints_are_one_waiting_update(take_in, watched):
    made = article()
    take_in()
    Delivery.objects.update(state="sent")
    for number in range(5):
        article(outlet(f"bao-{number}", f"Báo {number}"), story=made.story)
        take_in()
    waiting = Delivery.objects.get(state="waiting")
    assert waiting.payload["card"]["size"] == 6


def test_a_reprint_that_does_not_match_the_words_still_grows_the_story(take_in, watched):
    made = article()
    take_in()
    article(outlet("dai", "Đài"), "Mưa lớn", text="Đường bị chia cắt.", story=made.story)
    take_in()
    assert Alert.objects.get().size == 2


def test_a_new_tier_of_outlets_fires_again(take_in, watched):
    made = article()
    take_in()
    article(outlet("tw", "Thời báo Miền Trung", scope="national"), story=made.story)
    take_in()
    alert = Alert.objects.get()
    assert alert.firings == 2
    assert "báo trung ương" in alert.cause["news"][0]
    assert Delivery.objects.filter(kind="refire").count() == 1


@pytest.mark.parametrize(("material", "firings"), [(True, 2), (False, 1)])
def test_only_a_materially_different_version_fires_again(take_in, watched, material, firings):
    made = article()
    take_in()
    first = Alert.objects.get().digest
    revise(made, material=material, text="Mưa lớn làm sạt lở đèo Sơn Vàng, 15 hộ dân được di dời.")
    take_in()
    alert = Alert.objects.get()
    assert alert.firings == firings
    assert (alert.digest != first) is material


def test_what_was_told_once_is_no_news_again(take_in, watched):
    made = article()
    revise(made, material=True, text="Sạt lở đèo Sơn Vàng: 15 hộ dân.")
    take_in()
    Article.objects.update(needs_index=True)
    take_in()
    assert Alert.objects.get().firings == 1


def test_a_closed_alert_is_silent_about_reprints_and_opens_again_for_news(take_in, watched):
    made = article()
    take_in()
    Alert.objects.update(state="closed")
    Delivery.objects.all().delete()
    article(outlet("dai", "Đài Lam Giang"), story=made.story)
    take_in()
    assert Alert.objects.get().state == "closed"
    assert not Delivery.objects.exists()
    article(outlet("tw", "Thời báo", scope="national"), story=made.story)
    take_in()
    assert Alert.objects.get().state == "open"
    assert AlertEvent.objects.filter(kind="reopened").count() == 1


def test_merged_stories_keep_one_alert(take_in, watched):
    made = article()
    take_in()
    other = Story.objects.create(title="x", created_at=NOW, first_seen=NOW, last_seen=NOW)
    Story.objects.filter(pk=made.story_id).update(merged_into=other)
    Article.objects.update(story=other, needs_index=True)
    take_in()
    article(outlet("dai", "Đài"), story=other)
    take_in()
    assert Alert.objects.get().size == 2


def test_a_rule_may_wait_until_the_story_has_grown(take_in):
    rule(conditions={"min_size": 2})
    made = article()
    take_in()
    assert not Alert.objects.exists()
    article(outlet("dai", "Đài"), "Mưa lớn", text="Đường bị chia cắt.", story=made.story)
    take_in()
    assert Alert.objects.get().article == made


@pytest.mark.parametrize(
    ("conditions", "signals", "fires"),
    [
        ({"signals": ["S1"]}, ["S1"], True),
        ({"signals": ["S2"]}, ["S1"], False),
        ({"signals": ["*"]}, ["S1"], True),
        ({"signals": ["*"]}, ["S5", "S6"], False),
        ({"signals": ["S5"]}, ["S5"], False),
        ({"signals": ["S5"]}, ["S5", "S1"], False),
        ({"scopes": ["national"]}, [], False),
        ({"kinds": ["newspaper"], "scopes": ["local"]}, [], True),
    ],
)
def test_conditions_on_findings_and_outlets(take_in, conditions, signals, fires):
    rule(query="", conditions=conditions)
    made = article()
    for code in signals:
        signal(made, code)
    take_in()
    assert Alert.objects.exists() is fires


def test_a_signal_judged_a_false_alarm_fires_nothing(take_in):
    rule(query="", conditions={"signals": ["S1"]})
    signal(article(), status="false-alarm")
    take_in()
    assert not Alert.objects.exists()


def test_old_articles_make_no_alerts(take_in, watched):
    article(published_at=NOW - timedelta(days=9))  # found late: archive material
    article(first_seen_at=NOW - timedelta(days=2))  # before the rule was made
    assert take_in() == 2
    assert not Alert.objects.exists()


def test_a_quoted_phrase_and_whole_words_are_respected(take_in):
    rule(query='"sạt lở đèo"')
    article(title="Mưa lớn", text="Đèo bị sạt, lở nhiều đoạn.")
    take_in()
    assert not Alert.objects.exists()


def test_a_rule_that_cannot_be_understood_names_its_problem_and_spoils_no_other(take_in, watched, caplog):
    broken = rule("Hỏng", "(sạt")
    article()
    take_in()
    assert Alert.objects.get().rule == watched
    broken.refresh_from_db()
    assert broken.problem
    assert "correct it on the rules page" in caplog.text


def test_articles_wait_for_classifying_and_their_story(take_in, watched):
    made = article(needs_classify=True)
    assert take_in() == 0
    Article.objects.update(needs_classify=False)
    assert take_in() == 1
    made.refresh_from_db()
    assert made.needs_alert is False


def test_an_article_that_changed_meanwhile_is_asked_about_again(take_in, watched, engine, monkeypatch):
    made = article()
    match = engine.match

    def change_meanwhile(queries, ids):
        Article.objects.filter(pk=made.pk).update(version=made.version + 1)
        return match(queries, ids)

    monkeypatch.setattr(engine, "match", change_meanwhile)
    take_in()
    assert not Alert.objects.exists()
    monkeypatch.undo()
    take_in()
    assert Alert.objects.count() == 1


def _away(*args):
    raise EngineUnavailable("the engine is away; start it")


def test_an_engine_that_goes_away_after_indexing_does_not_hold_up_alerts(
    take_in, watched, engine, monkeypatch
):
    article()
    other = article(title="Giá lúa tăng", text="Nông dân phấn khởi.")
    monkeypatch.setattr(engine, "match", _away)
    assert take_in() == 2
    assert Alert.objects.get().article != other


def test_articles_that_the_index_lost_after_indexing_still_meet_their_rules(engine, clock, watched):
    lost, kept = article(), article(title="Sạt lở ở Hòn Đá", text="Đường tắc.")
    IndexStep(engine).run(10)
    engine.delete([lost.pk])
    assert AlertStep(engine, clock).run(10) == 2
    assert set(Alert.objects.values_list("article", flat=True)) == {lost.pk, kept.pk}


def test_while_the_index_is_filled_again_new_articles_do_not_wait_for_it(engine, clock, watched):
    """Nor are the rules asked twice about what is indexed again."""
    first = article()
    index, check = IndexStep(engine), IndexCheck(engine, clock)
    alert = AlertStep(engine, clock, lambda: check.short)
    assert [check.run(10), index.run(10), alert.run(10)] == [0, 1, 1]
    engine.delete([first.pk])
    clock.go(minutes=10)
    assert check.run(10) == 1
    new = article(title="Sạt lở ở Hòn Đá", text="Đường tắc.")
    assert alert.run(10) == 1
    assert set(Alert.objects.values_list("article", flat=True)) == {first.pk, new.pk}
    assert [index.run(10), alert.run(10), check.run(10), check.run(10)] == [2, 0, 0, 0]
    assert not check.short


def test_articles_that_cannot_be_indexed_now_are_alerted_about_now_and_once(
    engine, clock, watched, monkeypatch
):
    index = IndexStep(engine)
    alert = AlertStep(engine, clock, lambda: index.away is True)
    made = article()
    monkeypatch.setattr(engine, "index", _away)
    with pytest.raises(EngineUnavailable):
        index.run(10)
    assert [alert.run(10), alert.run(10)] == [1, 0]
    assert Alert.objects.get().article == made
    monkeypatch.undo()
    index.run(10)
    made.refresh_from_db()
    assert (made.needs_index, made.needs_alert) == (False, False)
    assert list(engine.ids()) == [made.pk]
    revise(made, material=True, text="Sạt lở đèo Sơn Vàng, 30 hộ dân được di dời.")
    index.run(10)
    assert alert.run(10) == 1, "a new version is asked about again"


def test_articles_wait_for_an_index_that_is_there(engine, clock, watched):
    index = IndexStep(engine)
    index.run(10)
    article()
    assert AlertStep(engine, clock, lambda: index.away is True).run(10) == 0


def test_an_article_that_the_engine_refused_still_meets_its_rules(engine, clock, watched):
    refused = article(needs_index=False, needs_alert=True, index_error="too odd")
    AlertStep(engine, clock).run(10)
    assert Alert.objects.get().article == refused


def test_a_failure_after_the_alert_leaves_neither_alert_nor_cleared_mark(take_in, watched, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("killed")

    made = article()
    monkeypatch.setattr("alerts.firing.queue", fail)
    with pytest.raises(RuntimeError):
        take_in()
    made.refresh_from_db()
    assert made.needs_alert and not Alert.objects.exists()
