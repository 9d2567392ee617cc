"""Precision from people's verdicts, and thresholds from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Article, Finding
from cases import precision
from cases.calibration import TradeOff, trade_offs
from cases.decisions import decide
from cases.models import SignalSetting
from cases.precision import Decided, wilson
from cases.signals import SIGNALS, Setting, SettingRefused, change, in_force, shown_between
from classifiers.signals.calibration import floor
from tests.web.factory import find, make_article, make_outlet

Signal = Callable[..., Finding]
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
NONE_SET = dict.fromkeys(SIGNALS, Setting())


def decided(
    score: float = 0.9, verdict: str = "needs-reply", signal: str = "S1", week: date = MONDAY
) -> Decided:
    return Decided(signal, score, verdict, week, "newspaper", ("minerals",))


def test_findings_count_by_their_newest_verdict_and_tell_of_overturned_ones(
    signal: Signal, article: Article, lan: User, minh: User
) -> None:
    find(article, "topic", "minerals")
    find(article, "topic", "roads", status="false-alarm")
    finding = signal()
    first = decide(finding.pk, "false-alarm", "x", by=lan, now=NOW - timedelta(days=9), seen=None)
    decide(finding.pk, "register-corrected", "y", by=minh, now=NOW, seen=first.pk)
    signal("S9")  # waits: counted nowhere
    assert precision.decided_findings() == [
        Decided("S1", 0.9, "register-corrected", MONDAY, "newspaper", ("minerals",), overturned=1)
    ]


def test_reading_the_verdicts_takes_two_queries(
    article: Article, lan: User, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(5):
        other = make_article(make_outlet(f"bao-{number}"))
        decide(find(other, "signal", "S1").pk, "needs-reply", "x", by=lan, now=NOW, seen=None)
    with django_assert_num_queries(2):
        assert len(precision.decided_findings()) == 5


def test_right_is_what_had_something_to_mend() -> None:
    rows = [
        decided(verdict=v) for v in ("needs-reply", "register-corrected", "false-alarm", "valid-criticism")
    ]
    total = precision.overall(rows)
    assert (total.right, total.decided, total.share) == (2, 4, 0.5)
    assert total.verdicts == dict.fromkeys(total.verdicts, 1)
    assert total.few


def test_groups_are_signals_topics_and_kinds_and_never_an_outlet() -> None:
    rows = [decided(signal=name) for name in ("S10", "S2", "S2")]
    assert [row.name for row in precision.by_signal(rows)] == ["S2", "S10"]
    assert [(row.name, row.decided) for row in precision.by_topic(rows)] == [("minerals", 3)]
    assert [row.name for row in precision.by_outlet_kind(rows)] == ["newspaper"]
    assert "outlet" not in {field for field in Decided.__slots__ if field != "outlet_kind"}


def test_weeks_without_verdicts_are_there_and_empty() -> None:
    weeks = precision.by_week([decided(), decided(week=MONDAY - timedelta(weeks=2))], MONDAY, 3)
    assert [(day, week.decided) for day, week in weeks] == [
        (MONDAY - timedelta(weeks=2), 1),
        (MONDAY - timedelta(weeks=1), 0),
        (MONDAY, 1),
    ]
    assert weeks[1][1].share is None


def test_a_week_begins_on_monday_in_viet_nam() -> None:
    assert precision.week_of(datetime(2026, 11, 22, 17, tzinfo=UTC)) == MONDAY
    assert precision.week_of(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)) == MONDAY - timedelta(weeks=1)


@pytest.mark.parametrize(
    "right, total, low, high", [(0, 0, 0, 1), (10, 10, 0.722, 1), (0, 10, 0, 0.278), (8, 10, 0.490, 0.943)]
)
def test_the_interval_is_wilsons(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=0.001)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(pair: tuple[int, int]) -> None:
    right, total = pair
    low, high = wilson(right, total)
    assert 0 <= low <= right / total + 1e-9 and right / total - 1e-9 <= high <= 1


def test_the_proposal_is_the_lowest_threshold_that_is_precise_enough() -> None:
    rows = [decided(0.95)] * 18 + [decided(0.8)] * 9 + [decided(0.8, "false-alarm")]
    rows += [decided(0.6), decided(0.6, "valid-criticism"), decided(0.6, "false-alarm")]
    (offer,) = trade_offs(rows, NONE_SET, target=0.95, least=20)
    assert [(p.threshold, p.kept, p.right, p.lost, p.spared) for p in offer.points] == [
        (0.6, 31, 28, 0, 0),
        (0.8, 28, 27, 1, 2),
        (0.95, 18, 18, 10, 3),
    ]
    assert offer.proposal == offer.points[1] and not offer.lowers


def test_a_threshold_that_is_precise_enough_stays() -> None:
    rows = [decided(0.95)] * 18 + [decided(0.8)] * 9 + [decided(0.8, "false-alarm")]
    (offer,) = trade_offs(rows, NONE_SET, target=0.9, least=20)
    assert offer.proposal is None
    assert "giữ nguyên" in offer.why


def lowered(rows: list[Decided], now: float, signal: str = "S1") -> TradeOff:
    (offer,) = trade_offs(rows, NONE_SET | {signal: Setting(True, now)}, target=0.9, least=20)
    return offer


def test_a_threshold_is_lowered_to_where_verdicts_bear_it() -> None:
    rows = [decided(0.95)] * 60 + [decided(0.8)] * 29 + [decided(0.8, "false-alarm")]
    rows += [decided(0.6)] + [decided(0.6, "false-alarm")] * 4
    offer = lowered(rows, 0.9)
    assert offer.lowers and offer.proposal == offer.points[1]
    assert offer.proposal.low >= 0.9
    assert (offer.proposal.threshold, offer.proposal.kept, offer.proposal.lost) == (0.8, 90, 1)


def test_many_right_above_do_not_pay_for_wrong_ones_below() -> None:
    rows = [decided(0.95)] * 300 + [decided(0.8)] * 5 + [decided(0.8, "false-alarm")] * 5
    assert wilson(305, 310)[0] > 0.9
    assert lowered(rows, 0.9).proposal is None


def test_where_nobody_has_judged_a_threshold_is_lowered_by_one_step() -> None:
    offer = lowered([decided(0.95)] * 40, 0.9)
    assert offer.lowers and offer.proposal is not None
    assert offer.proposal.threshold == pytest.approx(0.85)
    assert (offer.proposal.kept, offer.proposal.right, offer.proposal.lost) == (40, 40, 0)
    assert "chưa có kết luận nào" in offer.why


def test_all_right_is_not_enough_when_there_are_few() -> None:
    rows = [decided(0.95)] * 30
    assert wilson(30, 30)[0] < 0.9
    assert lowered(rows, 0.9).proposal is None


def test_no_step_is_taken_where_those_just_above_are_wrong() -> None:
    rows = [decided(0.99)] * 200 + [decided(0.91)] * 10 + [decided(0.91, "false-alarm")] * 10
    assert wilson(210, 220)[0] > 0.9
    assert not lowered(rows, 0.9).lowers


def test_a_threshold_is_never_lowered_below_the_rules_floor() -> None:
    rows = [decided(0.95, signal="S9")] * 60
    near = lowered(rows, floor("S9") + 0.01, "S9")
    assert near.proposal is not None and near.proposal.threshold == floor("S9") == 0.5
    assert lowered(rows, floor("S9"), "S9").proposal is None


@given(
    st.lists(st.tuples(st.sampled_from([0.3, 0.5, 0.6, 0.75, 0.9]), st.booleans()), min_size=20, max_size=80),
    st.sampled_from([0.0, 0.5, 0.55, 0.7, 0.9, 1.0]),
)
def test_what_lowers_is_borne_by_the_interval_and_stays_above_the_floor(
    found: list[tuple[float, bool]], now: float
) -> None:
    verdicts = {True: "needs-reply", False: "false-alarm"}
    offer = lowered([decided(score, verdicts[right], "S9") for score, right in found], now, "S9")
    if offer.proposal is not None:
        assert offer.proposal.threshold != now
    if offer.lowers:
        assert offer.proposal is not None
        assert offer.proposal.low >= 0.9 and offer.proposal.kept >= 20
        assert floor("S9") <= offer.proposal.threshold


def test_few_verdicts_give_no_proposal_and_say_so() -> None:
    (offer,) = trade_offs([decided()] * 19, NONE_SET, least=20)
    assert offer.proposal is None
    assert "19 kết luận" in offer.why


def test_a_signal_that_no_threshold_saves_gets_no_proposal() -> None:
    (offer,) = trade_offs([decided(verdict="false-alarm")] * 30, NONE_SET, least=20)
    assert offer.proposal is None
    assert "tắt dấu hiệu" in offer.why


def test_findings_between_two_scores_are_counted_since_a_day(signal: Signal) -> None:
    for score in (0.6, 0.75, 0.9):
        signal("S2", score)
    signal("S3", 0.75)
    since = Finding.objects.order_by("created_at")[0].created_at
    assert shown_between("S2", 0.6, 0.9, since) == 2
    assert shown_between("S2", 0.6, 0.9, since + timedelta(days=1)) == 0


def test_settings_are_rows_and_the_newest_holds(lan: User) -> None:
    assert in_force()["S6"] == Setting(True, 0.0)
    change("S6", enabled=False, threshold=0.0, by=lan, now=NOW, reason="báo nhầm")
    change("S6", enabled=True, threshold=0.8, by=lan, now=NOW + timedelta(days=1), reason="đã sửa")
    assert in_force()["S6"] == Setting(True, 0.8)
    assert SignalSetting.objects.count() == 2
    assert not in_force()["S6"].keeps(0.79) and in_force()["S6"].keeps(0.8)
    assert not Setting(enabled=False).keeps(1.0)


@pytest.mark.parametrize(
    "fields, says",
    [
        ({"signal": "S11"}, "Không có dấu hiệu"),
        ({"threshold": 1.5}, "từ 0 đến 1"),
        ({"threshold": float("nan")}, "từ 0 đến 1"),
        ({"reason": " "}, "lý do"),
        ({"enabled": True}, "Không có gì khác"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(lan: User, fields: dict[str, object], says: str) -> None:
    given: dict[str, object] = {"signal": "S1", "enabled": False, "threshold": 0.0, "reason": "x"} | fields
    with pytest.raises(SettingRefused, match=says):
        change(str(given.pop("signal")), by=lan, now=NOW, **given)
    assert not SignalSetting.objects.exists()
