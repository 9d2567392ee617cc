"""About or only mentioned, with reasons and spans that lie in the article."""

from __future__ import annotations

from datetime import date

from classifiers.places import PlaceTagger
from classifiers.places.findings import findings
from classifiers.records import ArticleText

ARTICLE = ArticleText(
    title="Hà Tĩnh: Cháy chợ, hàng chục ki ốt bị thiêu rụi",
    lead="Đám cháy bùng lên tại chợ ở thị xã Kỳ Anh lúc rạng sáng.",
    text="Công an tỉnh Hà Tĩnh cho biết lửa lan nhanh do gió lớn. Anh Ba (quê Nghệ An) mất ba ki ốt. "
    "UBND thị xã Kỳ Anh hỗ trợ mỗi hộ 5 triệu đồng.",
    published=date(2017, 5, 1),
)


def test_the_scene_is_about_and_an_origin_is_only_mentioned(tagger: PlaceTagger) -> None:
    result = tagger.classify(ARTICLE)
    assert [(v.name, v.code, v.now) for v in result.about] == [("Hà Tĩnh", "42", "Hà Tĩnh")]
    assert [v.name for v in result.mentioned] == ["Nghệ An"]
    assert result.about[0].score > 0.9 > 0.5 > result.mentioned[0].score


def test_reasons_name_headline_and_agencies(tagger: PlaceTagger) -> None:
    reasons = tagger.classify(ARTICLE).about[0].reasons
    assert "nêu trong tiêu đề" in reasons
    assert any("cơ quan" in reason for reason in reasons)


def test_every_span_lies_in_its_field(tagger: PlaceTagger) -> None:
    result = tagger.classify(ARTICLE)
    found = findings(result)
    assert {finding.kind for finding in found} == {"place", "province"}
    for finding in found:
        assert finding.spans
        for span in finding.spans:
            assert ARTICLE.part(span.field)[span.start : span.end] == span.text


def test_a_place_finding_carries_codes_ancestors_and_todays_province(tagger: PlaceTagger) -> None:
    article = ArticleText("", "", "Huyện Lục Ngạn (Bắc Giang) vào mùa vải.", date(2018, 6, 1))
    place = next(f for f in findings(tagger.classify(article)) if f.code == "219")
    assert place.evidence["ancestors"] == ["24"]
    assert place.evidence["province_now"] == ["Bắc Ninh"]


def test_a_passing_list_in_a_national_story_makes_no_province_the_subject(tagger: PlaceTagger) -> None:
    article = ArticleText(
        "Bộ Tài chính công bố tiến độ giải ngân của cả nước",
        "Chính phủ yêu cầu các bộ, ngành báo cáo trước cuối tháng.",
        "Bộ Tài chính cho biết cả nước mới giải ngân 40 phần trăm kế hoạch. Nhóm thấp nhất có Hà Giang, "
        "Lai Châu, Kon Tum, Trà Vinh, Bạc Liêu và Cà Mau. Thủ tướng yêu cầu các bộ trưởng đôn đốc.",
        date(2017, 5, 1),
    )
    result = tagger.classify(article)
    assert result.about == ()
    assert len(result.mentioned) == 6


def test_a_landmark_implies_its_province(gazetteer: object) -> None:
    tagger = PlaceTagger(gazetteer, [("Ngã ba Đồng Lộc", "42")])  # type: ignore[arg-type]
    article = ArticleText("", "", "Hàng nghìn người dâng hương tại Ngã ba Đồng Lộc.", date(2025, 9, 1))
    result = tagger.classify(article)
    assert [v.name for v in (*result.about, *result.mentioned)] == ["Hà Tĩnh"]
    assert result.mentions == ()


def test_a_unit_inside_a_landmark_stays_a_unit(gazetteer: object) -> None:
    landmarks = [("Bệnh viện Đa khoa tỉnh Hòa Bình", "25"), ("sông Đà", "25")]
    tagger = PlaceTagger(gazetteer, landmarks)  # type: ignore[arg-type]
    found = tagger.tag("Bệnh viện Đa khoa tỉnh Hòa Bình nằm bên sông Đà.", date(2017, 5, 1))
    assert [mention.text for mention in found] == ["tỉnh Hòa Bình"]
