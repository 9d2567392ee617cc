"""Scores are what the judged findings give, lie strictly between 0 and 1, and follow their evidence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.evaluation.figures import read_cases as read_claims
from classifiers.evaluation.signals import read_cases
from classifiers.figures.checker import FigureFinding
from classifiers.figures.predict import checker_of
from classifiers.figures.register import Register, load_register
from classifiers.figures.verdicts import Verdict
from classifiers.records import ArticleText, Field, Span
from classifiers.signals.calibration import CUTS, WEIGHTS_FILE, floor, logistic, score
from classifiers.signals.fit import __main__ as command
from classifiers.signals.fit.judged import Judged, judged_figures, judged_findings, judged_pairs, sets
from classifiers.signals.fit.models import beta_share
from classifiers.signals.fit.models import logistic as fit_logistic
from classifiers.signals.fit.reliability import bins, group, judged_scores, table
from classifiers.signals.predict import read_articles, read_context
from classifiers.signals.reading import Reading
from classifiers.signals.s1_features import features
from classifiers.signals.s1_register import figure_score
from classifiers.signals.s9_outlets import pairs

HERE = Path(__file__).parent
FIGURES = HERE.parent / "figures"
WEIGHTS = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
RULES = [*WEIGHTS["rules"], *WEIGHTS["fixed"]]
Share = st.floats(0, 1)


def test_the_shipped_weights_are_what_the_judged_findings_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0, "run python -m classifiers.signals.fit --save and say why in the card"
    assert "Brier" in capsys.readouterr().out


def test_other_weights_are_told_and_written_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "weights.json"
    path.write_text('{"version": "0"}', encoding="utf-8")
    monkeypatch.setattr(command, "WEIGHTS_FILE", path)
    assert command.main([]) == 1
    assert json.loads(path.read_text(encoding="utf-8")) == {"version": "0"}
    assert command.main(["--save"]) == 0
    assert json.loads(path.read_text(encoding="utf-8")) == WEIGHTS
    assert [file.name for file in tmp_path.iterdir()] == ["weights.json"]
    assert command.main([]) == 0
    assert "--save writes it" in capsys.readouterr().out


def test_every_judged_finding_has_a_known_origin() -> None:
    for row in (*judged_findings(), *judged_pairs(), *judged_figures()):
        assert row.source in sets()


def test_judged_findings_hold_no_texts() -> None:
    folder = Path(command.__file__).parent
    known = {"rule", "set", "case", "other", "event", "right", "features", "field", "start"}
    for path in folder.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert set(row) <= known
            assert not any(" " in value for value in row.values() if isinstance(value, str)), line


@pytest.mark.parametrize("rule", RULES)
def test_a_rules_score_is_a_probability_and_no_certainty(rule: str) -> None:
    assert 0.0 < score(rule) < 1.0


@pytest.mark.parametrize("rule", [*RULES, *WEIGHTS["models"]])
def test_no_rule_of_a_signal_scores_below_its_floor(rule: str) -> None:
    lowest = floor(rule.partition(".")[0])
    if rule in RULES:
        assert lowest <= score(rule)
    else:
        assert lowest <= max(
            CUTS.get(rule, 0.0), logistic(rule, [0.0] * len(WEIGHTS["models"][rule]["weights"]))
        )
    with pytest.raises(KeyError):
        floor("S11")


def test_a_rule_without_judgements_has_no_score() -> None:
    with pytest.raises(KeyError):
        score("S2.unheard-of")


@pytest.mark.parametrize("rule", WEIGHTS["models"])
@given(data=st.data())
def test_more_of_any_evidence_never_lowers_a_models_score(rule: str, data: st.DataObject) -> None:
    count = len(WEIGHTS["models"][rule]["weights"])
    low = data.draw(st.lists(Share, min_size=count, max_size=count))
    more = [value + data.draw(Share) * (1 - value) for value in low]
    below, above = logistic(rule, low), logistic(rule, more)
    assert 0.0 < below <= above < 1.0


def test_one_more_right_finding_raises_a_rules_score_and_a_wrong_one_lowers_it() -> None:
    rows = judged_findings()
    for rule in WEIGHTS["rules"]:
        own = [row for row in rows if row.rule == rule]
        more = [Judged(rule, "real-alone", "x", "x", right) for right in (True, False)]
        assert beta_share([*own, more[1]]) < beta_share(own) < beta_share([*own, more[0]])


def test_what_the_rules_had_seen_counts_less() -> None:
    new, seen = (Judged("S3.retold", source, "x", "x", True) for source in ("fresh-1", "own"))
    assert not new.seen and seen.seen
    assert 0.5 < beta_share([seen]) < beta_share([new])


@pytest.mark.parametrize("signal", ["S1", "S9"])
def test_a_model_foretells_what_it_was_not_fitted_on_better_than_one_score_for_all(signal: str) -> None:
    whole = group(signal, judged_scores()[signal])
    assert whole.brier < whole.constant


def test_a_model_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no judged rows"):
        fit_logistic([], [], 1.0)


def test_bins_hold_every_finding_once_and_the_ends_too() -> None:
    scored = [(0.0, False), (0.5, True), (0.55, False), (0.9, True), (1.0, True)]
    assert [(g.name, g.findings, g.right) for g in bins(scored)] == [
        ("0.0-0.3", 1, 0.0),
        ("0.5-0.6", 2, 0.5),
        ("0.9-1.0", 2, 1.0),
    ]
    assert group("x", [(0.8, True), (0.6, False)]).brier == pytest.approx((0.04 + 0.36) / 2)
    with pytest.raises(ValueError, match="no findings"):
        group("x", [])
    assert [line.split()[:2] for line in table({"S1": scored})][-2:] == [["S1", "5"], ["all", "5"]]


def claim(title: str, text: str, figure: str, stated: float, entry: str = "độ che phủ rừng") -> float:
    """The score of a figure of a text against a register that says 57,3 %."""
    register = load_register(FIGURES / "own_register.csv")
    found = replace(next(iter(register)), indicator=entry, aliases=(), value="57.3", number=57.3, total=None)
    start = text.index(figure)
    span = Span(Field.TEXT, start, start + len(figure), figure)
    article = ArticleText(title, "", text, date(2026, 3, 1))
    finding = FigureFinding(span, entry, Verdict.DIFFERS, "57.3", stated, found)
    return figure_score(Reading(article), finding)


TEXT = "Độ che phủ rừng của tỉnh là {} vào cuối năm 2025."


def test_a_figure_near_the_official_one_scores_higher_than_one_far_off() -> None:
    near, far = (claim("", TEXT.format(f), f, v) for f, v in (("53,7%", 53.7), ("5,1%", 5.1)))
    assert near > far


def test_an_exact_figure_never_scores_lower_than_a_hedged_one() -> None:
    exact, hedged = (claim("", TEXT.format(f), f, 45) for f in ("45%", "khoảng 45%"))
    assert exact >= hedged


def test_words_beside_the_figure_never_score_lower_than_words_elsewhere() -> None:
    beside = claim("", TEXT.format("45%"), "45%", 45)
    elsewhere = claim("Độ che phủ rừng", "Chỉ số này là 45% vào cuối năm 2025.", "45%", 45)
    assert beside >= elsewhere


def test_a_followed_figure_has_the_score_of_its_own_rule() -> None:
    register = load_register(FIGURES / "own_register.csv")
    span = Span(Field.TEXT, 0, 3, "45%")
    figure = FigureFinding(span, "x", Verdict.SUPERSEDED, "1", 45, next(iter(register)))
    article = Reading(ArticleText("", "", "45%", date(2026, 3, 1)))
    assert figure_score(article, figure) == score("S1.superseded")


def test_a_figure_of_another_article_is_refused() -> None:
    register = load_register(FIGURES / "own_register.csv")
    figure = FigureFinding(
        Span(Field.TEXT, 90, 93, "45%"), "x", Verdict.DIFFERS, "1", 45, next(iter(register))
    )
    with pytest.raises(ValueError, match="another article"):
        figure_score(Reading(ArticleText("", "", "ngắn", date(2026, 3, 1))), figure)


def recomputed(cases: list[dict[str, object]], register: Register) -> dict[tuple[object, ...], list[float]]:
    found: dict[tuple[object, ...], list[float]] = {}
    for case in cases:
        checker = checker_of(str(case["province"]), register)
        day = date.fromisoformat(str(case["published"])[:10])
        article = ArticleText(str(case["title"]), "", str(case["text"]), day)
        places = (*checker.area.names, *checker.area.wholes)
        for figure in checker.check(article):
            if figure.verdict is Verdict.DIFFERS:
                values = features(Reading(article), figure, places)
                found[case["id"], str(figure.span.field), figure.span.start] = [round(v, 4) for v in values]
    return found


def stored(source: str) -> dict[tuple[object, ...], list[float]]:
    path = Path(command.__file__).with_name("judged_figures.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {(r["case"], r["field"], r["start"]): r["features"] for r in rows if r["set"] == source}


def test_the_features_of_own_claims_are_those_that_were_fitted_on() -> None:
    now = recomputed(read_claims(FIGURES / "own_cases.jsonl"), load_register(FIGURES / "own_register.csv"))
    then = stored("own-claims")
    assert len(now.keys() & then.keys()) >= 20
    assert {key: now[key] for key in now.keys() & then.keys()} == {
        key: then[key] for key in now.keys() & then.keys()
    }


@pytest.mark.corpus
def test_the_features_of_fresh_claims_are_those_that_were_fitted_on(shared_data: Path) -> None:
    register = load_register(shared_data / "register_all.csv")
    now, then = recomputed(read_claims(FIGURES / "fresh_cases.jsonl"), register), stored("fresh-claims")
    assert len(now.keys() & then.keys()) >= 45
    assert {key: now[key] for key in now.keys() & then.keys()} == {
        key: then[key] for key in now.keys() & then.keys()
    }


def test_the_features_of_own_pairs_are_those_that_were_fitted_on() -> None:
    now: dict[str, list[list[float]]] = {}
    for case in (*read_cases(HERE / "own_cases.jsonl"), *read_cases(HERE / "fresh_cases.jsonl")):
        articles = read_articles(case["articles"])
        target = articles[case["target"]]
        related = [each for number, each in enumerate(articles) if number != case["target"]]
        context = read_context(case.get("context"), target, related)
        for pair in pairs(Reading(target.article), context):
            now.setdefault(case["id"], []).append([round(value, 6) for value in pair.features])
    then = [row for row in judged_pairs() if row.source == "pairs-cases" and row.case in now]
    assert len(then) >= 12
    for row in then:
        assert list(row.features) in now[row.case], row
