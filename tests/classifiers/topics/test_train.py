"""The training command: learns from corrections, reports, refuses to get worse. On made-up articles."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from classifiers.records import ArticleText
from classifiers.topics import train as training
from classifiers.topics.corpus import CorpusError
from classifiers.topics.tagger import TopicTagger
from classifiers.topics.train import CorrectionError, train

KINDS = {
    "minerals": "tàu hút cát trái phép trên sông, mỏ đá hết giấy phép khai thác khoáng sản",
    "health": "bệnh viện huyện cứu bệnh nhân, bác sĩ phẫu thuật, trạm y tế tiêm chủng vắc xin",
    "education": "học sinh thi thpt quốc gia, trường tiểu học khai giảng năm học, giáo viên lạm thu",
    "": "cầu thủ ghi bàn thắng, huấn luyện viên đội tuyển hài lòng sau trận đấu chung kết",
}


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setattr("classifiers.topics.fit.MIN_ARTICLES", 3)
    monkeypatch.setattr("classifiers.topics.fit.LATENT", 8)
    monkeypatch.setattr(training, "REPETITIONS", 1)
    gold, corpus = tmp_path / "gold.jsonl", tmp_path / "corpus.jsonl.gz"
    labels, texts = [], []
    for topic, words in KINDS.items():
        pieces = words.split()
        for number in range(15):
            ident = f"{topic or 'none'}-{number}"
            turned = " ".join(pieces[number % len(pieces) :] + pieces[: number % len(pieces)])
            texts.append({"id": ident, "title": turned, "lead": words, "body": f"{words} bài số {ident}"})
            labels.append({"id": ident, "topics": [topic] if topic else []})
    gold.write_text("\n".join(json.dumps(line) for line in labels), encoding="utf-8")
    corpus.write_bytes(gzip.compress("\n".join(json.dumps(line) for line in texts).encode()))
    return gold, corpus


def correction(text: str, added: list[str], removed: list[str]) -> dict[str, object]:
    return {"title": text, "lead": text, "body": text, "added": added, "removed": removed}


def test_training_learns_and_is_repeatable(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    report = train(*corpora, [], tmp_path)
    assert report.saved
    assert report.before == report.after
    assert report.after.micro > 0.9
    first = (tmp_path / "weights.npz").read_bytes()
    text = KINDS["health"]
    story = ArticleText(text, text, text, training.article_of({}).published)
    assert [v.id for v in TopicTagger.load(tmp_path).classify(story)] == ["health"]
    train(*corpora, [], tmp_path)
    again = TopicTagger.load(tmp_path)
    (tmp_path / "weights.npz").write_bytes(first)
    assert (TopicTagger.load(tmp_path).weights.gram == again.weights.gram).all()


def test_corrections_change_the_verdict(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    text = "câu lạc bộ bơi lội của thôn mở lớp buổi tối"
    given = [correction(f"{text} {number}", ["education"], []) for number in range(6)]
    report = train(*corpora, given, tmp_path, allow_worse=True)
    assert (report.corrections, report.saved) == (6, True)
    story = ArticleText(text, text, text, training.article_of({}).published)
    after = TopicTagger.load(tmp_path).scores(story)
    train(*corpora, [], tmp_path)
    before = TopicTagger.load(tmp_path).scores(story)
    column = TopicTagger.load(tmp_path).weights.topics.index("education")
    assert after[column] > before[column]


def test_it_refuses_to_get_worse(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    poison = [correction(f"{KINDS['health']} {n}", ["minerals"], ["health"]) for n in range(40)]
    report = train(*corpora, poison, tmp_path)
    assert not report.saved
    assert report.after.micro < report.before.micro
    assert "kém đi" in report.message
    assert not (tmp_path / "weights.npz").exists()
    assert train(*corpora, poison, tmp_path, allow_worse=True).saved


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (correction("", ["health"], []), "no text"),
        (correction("bài", ["suc-khoe"], []), "unknown topic 'suc-khoe'"),
        (correction("bài", ["health"], ["health"]), "both added and removed"),
        ({"title": "bài", "added": "health"}, "must be a list"),
    ],
)
def test_bad_corrections_are_told(
    corpora: tuple[Path, Path], tmp_path: Path, given: dict[str, object], message: str
) -> None:
    with pytest.raises(CorrectionError, match=f"correction 1: .*{message}"):
        train(*corpora, [given], tmp_path)


def test_bad_corpora_are_told(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    gold, corpus = corpora
    gold.write_text(
        '{"id": "none-0", "topics": ["health"]}\n{"id": "none-1", "topics": ["x"]}\n', encoding="utf-8"
    )
    with pytest.raises(CorpusError, match="none-1: topics must be a list of known ids"):
        train(gold, corpus, [], tmp_path)
    gold.write_text('{"id": "none-0", "topics": []}\n{oops\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"gold\.jsonl:2: not JSON"):
        train(gold, corpus, [], tmp_path)
    with pytest.raises(CorpusError, match="cannot be read"):
        train(gold, tmp_path / "missing.gz", [], tmp_path)
