"""What every finding carries, how signals are switched off, and what abstains. Texts are our own."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.evaluation.signals import read_cases
from classifiers.figures.checker import FigureFinding
from classifiers.figures.register import Entry
from classifiers.figures.verdicts import Verdict
from classifiers.records import ArticleText, Field, Span
from classifiers.signals import (
    ALL_SIGNALS,
    Correction,
    RelatedArticle,
    RosterEntry,
    SignalContext,
    SignalDetector,
    findings,
)
from classifiers.signals.predict import predict_line, read_articles, read_context
from provinces.gazetteer import Gazetteer, load_gazetteer

SHARED = SignalDetector(load_gazetteer())
CASES = read_cases(Path(__file__).with_name("own_cases.jsonl"))
POSITIVE = [case for case in CASES if case["expected"]]


def detect(detector: SignalDetector, case: dict) -> tuple[ArticleText, list]:
    articles = read_articles(case["articles"])
    target = articles[case["target"]]
    related = [a for i, a in enumerate(articles) if i != case["target"]]
    context = read_context(case.get("context"), target, related)
    return target.article, detector.detect(target.article, context)


@pytest.mark.parametrize("case", POSITIVE, ids=lambda case: case["id"])
def test_a_finding_shows_both_sides_and_why_it_may_be_innocent(detector: SignalDetector, case: dict) -> None:
    article, found = detect(detector, case)
    for finding in found:
        span = finding.span
        assert article.part(span.field)[span.start : span.end] == span.text
        assert finding.evidence.text and finding.innocent
        assert 0.0 < finding.score < 1.0
        assert finding.detector == f"signals.{finding.signal.lower()}"


@pytest.mark.parametrize("case", POSITIVE, ids=lambda case: case["id"])
def test_a_signal_that_is_switched_off_says_nothing(gazetteer: Gazetteer, case: dict) -> None:
    signal = case["expected"][0]["signal"]
    without = SignalDetector(gazetteer, ALL_SIGNALS - {signal})
    assert all(finding.signal != signal for finding in detect(without, case)[1])


def test_an_unknown_signal_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(ValueError, match="S11"):
        SignalDetector(gazetteer, {"S1", "S11"})


def test_outlets_change_nothing(detector: SignalDetector) -> None:
    """The same articles under the office's own name and under any other give the same findings."""
    for case in POSITIVE:
        renamed = json.loads(json.dumps(case))
        for article in renamed["articles"]:
            article["outlet"] = "Cổng TTĐT tỉnh Lam Giang"
        ours = [(f.signal, f.span, f.score) for f in detect(detector, renamed)[1]]
        assert ours == [(f.signal, f.span, f.score) for f in detect(detector, case)[1]]


SHARP = ArticleText(
    "Kinh hoàng: cán bộ xã biển thủ, ăn chặn tiền cứu trợ!!!",
    "Một sự trơ trẽn không thể tin nổi.",
    "Họ biển thủ, họ ăn chặn từng gói mì. " * 20,
    date(2026, 5, 1),
)


def test_accusation_and_strong_words_never_stand_alone(detector: SignalDetector) -> None:
    assert detector.detect(SHARP) == []


def test_accusation_and_strong_words_ride_on_another_finding(detector: SignalDetector) -> None:
    wrong = replace(SHARP, text=SHARP.text + "Ở xã Thượng Trạch, huyện Lệ Thủy, tỉnh Quảng Bình cũng vậy.")
    found = detector.detect(wrong)
    assert [finding.signal for finding in found] == ["S4"]
    assert {note.signal for note in found[0].attached} == {"S5", "S6"}
    stored = findings(found)
    assert [finding.label for finding in stored] == ["S4"]
    assert stored[0].evidence["note"] == "cần đối chiếu"
    assert json.loads(json.dumps(stored[0].evidence)) == stored[0].evidence


def test_sourced_accusation_is_not_attached(detector: SignalDetector) -> None:
    sourced = replace(
        SHARP,
        title="Tuyên án cựu cán bộ xã",
        text="Theo bản án, bị cáo biển thủ tiền. Ở xã Thượng Trạch, huyện Lệ Thủy, tỉnh Quảng Bình cũng vậy.",
    )
    assert detector.detect(sourced)[0].attached == ()


ENTRY = Entry(
    line=2,
    province="Lam Giang",
    indicator="Số hộ nghèo",
    value="4.120",
    unit="hộ",
    as_of="2025-12-31",
    quote="Báo cáo 12/BC-UBND",
    valid_from=date(2026, 1, 1),
    valid_to=None,
    scope="tỉnh",
    aliases=(),
    number=4120.0,
    total=None,
    mark="",
)


def figure(verdict: Verdict) -> FigureFinding:
    text = "5.210 hộ nghèo"
    return FigureFinding(Span(Field.TEXT, 0, len(text), text), "Số hộ nghèo", verdict, "4.120", 5210.0, ENTRY)


def test_only_figures_that_differ_are_signals(detector: SignalDetector) -> None:
    article = ArticleText("Tin tỉnh", "", "5.210 hộ nghèo được nhận quà Tết của tỉnh.", date(2026, 2, 1))
    context = SignalContext(figures=tuple(figure(verdict) for verdict in Verdict))
    found = detector.detect(article, context)
    assert [(f.signal, f.evidence.source, f.evidence.as_of) for f in found] == [
        ("S1", "Báo cáo 12/BC-UBND", "2025-12-31")
    ]


TEXT = st.text(alphabet='aăâbcđeêghoôơtuưvy ÀĂĐÊÔƠƯẠ0123456789.,:;"“”()?!%-/\nb\u0301', max_size=400)


@settings(max_examples=60, deadline=None)
@given(title=TEXT, lead=TEXT, text=TEXT, other=TEXT)
def test_any_text_ends_with_spans_that_match(title: str, lead: str, text: str, other: str) -> None:
    article = ArticleText(title, lead, text, date(2026, 3, 1))
    now = datetime(2026, 3, 1, tzinfo=UTC)
    context = SignalContext(
        now,
        (
            RelatedArticle(
                "a", "Báo", now - timedelta(days=400), ArticleText(title, other, text, date(2025, 1, 1))
            ),
        ),
        (Correction("Báo", now - timedelta(days=2), other),),
        (RosterEntry("Sở Y tế tỉnh Lam Giang", "Giám đốc", "Lê Văn A", None, date(2025, 2, 28)),),
    )
    for finding in SHARED.detect(article, context):
        part = article.part(finding.span.field)
        assert part[finding.span.start : finding.span.end] == finding.span.text


def test_decomposed_text_gives_spans_of_the_text_as_given(detector: SignalDetector) -> None:
    text = unicodedata.normalize("NFD", "Chúng tôi đến xã Thượng Trạch, huyện Lệ Thủy, tỉnh Quảng Bình.")
    article = ArticleText("Tin", "", text, date(2019, 3, 1))
    found = detector.detect(article)
    assert [f.signal for f in found] == ["S4"]
    span = found[0].span
    assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "“" * 50_000, "1.000 người " * 20_000, "xã A, " * 30_000, "không chưa đã " * 20_000],
)
def test_endless_text_ends(detector: SignalDetector, text: str) -> None:
    article = ArticleText(text[:2000], "", text, date(2026, 3, 1))
    now = datetime(2026, 3, 1, tzinfo=UTC)
    related = RelatedArticle("a", "Báo", now, ArticleText("", "", text[::-1], date(2026, 3, 1)))
    assert isinstance(detector.detect(article, SignalContext(now, (related,))), list)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ({}, "id"),
        ({"id": "a"}, "articles"),
        ({"id": "a", "articles": []}, "articles"),
        ({"id": "a", "articles": [1], "target": 0}, r"articles\[0\]"),
        ({"id": "a", "articles": [{"title": "x"}], "target": 0}, r"articles\[0\].published"),
        (
            {"id": "a", "articles": [{"published": "2026-01-01", "title": 3}], "target": 0},
            r"articles\[0\].title",
        ),
        ({"id": "a", "articles": [{"published": "2026-01-01"}], "target": 1}, "target"),
        ({"id": "a", "articles": [{"published": "2026-01-01"}], "target": True}, "target"),
        ({"id": "a", "articles": [{"published": "2026-01-01"}], "target": 0, "context": []}, "context"),
        (
            {
                "id": "a",
                "articles": [{"published": "2026-01-01"}],
                "target": 0,
                "context": {"corrections": [{}]},
            },
            r"context.corrections\[0\].published",
        ),
        (
            {
                "id": "a",
                "articles": [{"published": "2026-01-01"}],
                "target": 0,
                "context": {"roster": [{"valid_to": "mai"}]},
            },
            r"context.roster\[0\].valid_to",
        ),
    ],
)
def test_a_bad_line_is_named(line: dict, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        predict_line(line)


def test_predict_gives_the_contract(detector: SignalDetector) -> None:
    for case in POSITIVE:
        out = predict_line(case, detector)
        assert out["id"] == case["id"]
        for finding in out["findings"]:
            assert {"signal", "span", "evidence", "score"} <= finding.keys()
            assert finding["note"] == "cần đối chiếu"


@pytest.mark.parametrize(
    "filler", ["đã hướng dẫn các xã lập tổ công nghệ số cộng đồng ở từng thôn, bản", "mở lớp"]
)
def test_an_ended_agency_is_shown_with_whole_words(detector: SignalDetector, filler: str) -> None:
    text = (
        f"Sáng 12/5, Sở Thông tin và Truyền thông tỉnh Lam Giang {filler} trong khuôn khổ đợt tập huấn mùa hè"
    )
    article = ArticleText("Tập huấn công nghệ số ở xã Hòa Vạng", "", text, date(2026, 5, 13))
    roster = (
        RosterEntry(
            "Sở Thông tin và Truyền thông tỉnh Lam Giang", "Giám đốc", "", date(2010, 1, 1), date(2025, 2, 28)
        ),
    )
    found = detector.detect(
        article, SignalContext(published=datetime(2026, 5, 13, tzinfo=UTC), roster=roster)
    )
    assert [finding.signal for finding in found] == ["S10"]
    assert not text[found[0].span.end :][:1].isalnum()
