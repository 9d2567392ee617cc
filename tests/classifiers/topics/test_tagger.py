"""Topics of articles, the words that carried them, and bad input."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.records import ArticleText
from classifiers.topics.predict import predict_line
from classifiers.topics.tagger import TopicTagger
from classifiers.topics.weights import WeightsError, load

FLOOD = ArticleText(
    "Lam Giang: Lũ quét cuốn trôi ba ngôi nhà ở xã Đồng Thượng",
    "Mưa lớn kéo dài từ đêm 12/9 gây lũ quét, sạt lở nhiều tuyến đường, chính quyền sơ tán 40 hộ dân.",
    "Theo Ban Chỉ huy phòng chống thiên tai tỉnh Lam Giang, mưa lũ làm ngập úng 60 ha lúa. "
    "Đài Khí tượng thủy văn dự báo mưa to còn kéo dài hai ngày tới, nguy cơ sạt lở đất ở vùng núi rất cao.",
    date(2026, 9, 13),
)


@pytest.fixture(scope="module")
def tagger() -> TopicTagger:
    return TopicTagger.load()


def article(title: str = "", lead: str = "", text: str = "") -> ArticleText:
    return ArticleText(title, lead, text, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("title", "lead", "topic"),
    [
        (
            "Bắt quả tang tàu hút cát trái phép trên sông Lam Giang",
            "Ba tàu hút cát không giấy phép khai thác khoáng sản bị lập biên bản.",
            "minerals",
        ),
        (
            "Bệnh viện đa khoa tỉnh cứu sống sản phụ nguy kịch",
            "Các bác sĩ phẫu thuật cấp cứu, bệnh nhân đã qua cơn nguy kịch.",
            "health",
        ),
        (
            "Xe khách mất phanh lao xuống vực, 5 người bị thương",
            "Vụ tai nạn giao thông xảy ra trên đèo Khau Sơn, tài xế kẹt trong xe.",
            "accidents-fire",
        ),
        (
            "Công bố điểm chuẩn vào lớp 10 trường THPT chuyên",
            "Sở Giáo dục và Đào tạo công bố điểm chuẩn, thí sinh xem trên cổng tuyển sinh.",
            "education",
        ),
        (
            "Hai đối tượng trộm cắp xe máy bị khởi tố",
            "Cơ quan Cảnh sát điều tra Công an huyện đã bắt tạm giam hai bị can.",
            "security-crime",
        ),
        (
            "Xã Đồng Thượng về đích nông thôn mới",
            "Nông dân thu nhập khá từ chăn nuôi và trồng cây ăn quả theo VietGAP.",
            "agriculture-rural",
        ),
    ],
)
def test_plain_cases(tagger: TopicTagger, title: str, lead: str, topic: str) -> None:
    assert tagger.classify(article(title, lead, lead))[0].id == topic


@pytest.mark.parametrize(
    "title",
    [
        "HLV đội tuyển hài lòng sau trận đấu, tiền đạo ghi hai bàn thắng vào lưới đội khách",
        "Ca sĩ ra mắt MV mới, fan khen gợi cảm tại thảm đỏ",
        "Tổng thống Mỹ điện đàm với lãnh đạo NATO về Syria",
    ],
)
def test_what_no_topic_covers_gets_none(tagger: TopicTagger, title: str) -> None:
    assert tagger.classify(article(title, title, title)) == []


def test_a_topic_shows_the_words_that_carried_it(tagger: TopicTagger) -> None:
    verdict = tagger.classify(FLOOD)[0]
    assert verdict.id == "disaster-weather"
    assert "Lũ quét" in verdict.because
    assert verdict.spans[0].text == "Lũ quét"


def test_findings_carry_detector_and_version(tagger: TopicTagger) -> None:
    finding = tagger.findings(FLOOD)[0]
    assert (finding.kind, finding.label, finding.detector) == ("topic", "disaster-weather", "topics.linear")
    assert finding.version == tagger.version != ""
    assert 0 < finding.score <= 1


def test_nfd_text_gets_the_same_topics(tagger: TopicTagger) -> None:
    decomposed = article(*(unicodedata.normalize("NFD", t) for t in (FLOOD.title, FLOOD.lead, FLOOD.text)))
    assert [v.id for v in tagger.classify(decomposed)] == [v.id for v in tagger.classify(FLOOD)]
    for verdict in tagger.classify(decomposed):
        for span in verdict.spans:
            assert decomposed.part(span.field)[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "0123456789 " * 50,
        "😀🔥🚒" * 200,
        "\x00\x01\x02\x7f\ufeff" * 30,
        "该省发布了新的统计数据。" * 40,
        "The quick brown fox jumps over the lazy dog. " * 40,
        "|" * 500,
    ],
    ids=["empty", "blank", "numbers", "emoji", "control", "chinese", "english", "bars"],
)
def test_input_without_vietnamese_gives_nothing(tagger: TopicTagger, text: str) -> None:
    assert tagger.classify(article(text, text, text)) == []


def test_a_megabyte_is_read_up_to_its_limit(tagger: TopicTagger) -> None:
    verdicts = tagger.classify(article(FLOOD.title, FLOOD.lead, FLOOD.text * 3000))
    assert verdicts[0].id == "disaster-weather"
    assert len(verdicts[0].spans) <= 12


VIETNAMESE = st.lists(
    st.sampled_from(
        [
            "bão số",
            "khoáng sản",
            "Hòa Bình",
            "hoà",
            "bị cáo",
            "bệnh viện",
            "12.500",
            ",",
            ".",
            "\n",
            "học sinh",
            "cháy",
            "́",
            "ﬁ",
            "İ",
            "—",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(title=VIETNAMESE | st.text(max_size=60), text=VIETNAMESE | st.text(max_size=300))
def test_spans_are_the_text(title: str, text: str) -> None:
    given_article = article(title, "", text)
    for verdict in TAGGER.classify(given_article):
        assert 0 <= verdict.score <= 1
        for span in verdict.spans:
            assert given_article.part(span.field)[span.start : span.end] == span.text != ""


TAGGER = TopicTagger.load()


def test_predict_line_has_the_public_shape() -> None:
    out = predict_line({"id": "a1", "title": FLOOD.title, "lead": FLOOD.lead, "body": FLOOD.text})
    assert out["id"] == "a1"
    topics = out["topics"]
    assert isinstance(topics, list)
    assert set(topics[0]) == {"id", "score", "because"}
    assert predict_line({"id": "a2"}) == {"id": "a2", "topics": []}


def test_predict_line_refuses_a_title_that_is_no_text() -> None:
    with pytest.raises(ValueError, match="title must be a string"):
        predict_line({"id": "a1", "title": 7})


def test_damaged_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="missing"):
        load(tmp_path / "weights.npz")
    (tmp_path / "weights.npz").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(WeightsError, match="not a usable weights file"):
        TopicTagger.load(tmp_path)


def test_an_office_phrase_changes_the_verdict(tmp_path: Path, tagger: TopicTagger) -> None:
    story = article("Bến sỏi Đông Khê hoạt động lại", "", "Bến sỏi Đông Khê đón nhiều xe tải mỗi ngày.")
    assert "minerals" not in [v.id for v in tagger.classify(story)]
    own = tmp_path / "own.toml"
    own.write_text(
        '[[topic]]\nid = "minerals"\n[topic.phrases]\n5 = ["bến sỏi", "sỏi đông khê"]\n', encoding="utf-8"
    )
    verdicts = TopicTagger.load(override=own).classify(story)
    assert [v.id for v in verdicts] == ["minerals"]
    assert verdicts[0].because[0] == "Bến sỏi"


def test_classifying_needs_no_training_library() -> None:
    code = (
        "import sys; from classifiers.topics.predict import predict_line; "
        "predict_line({'id': 1, 'title': 'bão số'}); "
        "sys.exit(any(name.split('.')[0] in ('sklearn', 'scipy', 'underthesea') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
