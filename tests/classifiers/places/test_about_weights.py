"""The committed weights fit the features and never push against the sense laid down for them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from classifiers.places.about import load_model
from classifiers.places.article import PlaceTagger
from classifiers.places.directions import LOWERS, RAISES
from classifiers.places.features import FEATURES
from classifiers.places.landmarks import landmark_names
from classifiers.places.train import further_labels
from classifiers.records import ArticleText


def test_every_weight_pushes_the_way_its_feature_may() -> None:
    weights = dict(zip(FEATURES, load_model().weights, strict=True))
    assert not [name for name in RAISES if weights[name] < 0]
    assert not [name for name in LOWERS if weights[name] > 0]
    assert not RAISES & LOWERS


def test_weights_of_other_features_are_refused_with_the_way_out(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps({"version": "1", "bias": 0.0, "threshold": 0.5, "weights": {"in_title": 1.0}}))
    with pytest.raises(ValueError, match=r"weights and features differ.*classifiers\.places\.train"):
        load_model(file)


def about(tagger: PlaceTagger, title: str, lead: str, text: str) -> set[str]:
    found = tagger.classify(ArticleText(title, lead, text, date(2017, 6, 20)))
    return {verdict.name for verdict in found.about}


def test_a_hospital_elsewhere_does_not_make_a_charity_story_about_its_city(tagger: PlaceTagger) -> None:
    said = about(
        tagger,
        "Bé trai năm tuổi cần giúp đỡ để chữa bệnh ung thư",
        "Hoàn cảnh gia đình bé rất khó khăn, viện phí đều phải vay mượn, mong các nhà hảo tâm giúp đỡ.",
        "Gia đình bé ở xã Lũng Hòa, huyện Vĩnh Tường, tỉnh Vĩnh Phúc. Bé đang nằm ở Bệnh viện Nhi Đồng 1 "
        "TP.HCM. UBND xã Lũng Hòa cho biết gia đình thuộc diện hộ nghèo của huyện Vĩnh Tường.",
    )
    assert said == {"Vĩnh Phúc"}


def test_a_forecast_for_a_region_is_about_no_province(tagger: PlaceTagger) -> None:
    said = about(
        tagger,
        "Miền Bắc và miền Trung sắp có mưa rào",
        "Trung tâm Dự báo khí tượng thủy văn Trung ương cho biết áp thấp gây mưa rào ở Bắc Bộ.",
        "Khu vực từ Thanh Hóa đến Phú Yên có mưa rào rải rác, nhiệt độ cao nhất 34 độ. Tây Nguyên và Nam Bộ "
        "có mưa vài nơi, nhiệt độ cao nhất 33 độ.",
    )
    assert said == set()


def test_a_second_province_whose_police_act_counts_too(tagger: PlaceTagger) -> None:
    said = about(
        tagger,
        "Công an Phú Thọ và Công an Hòa Bình triệt phá đường dây trộm xe",
        "Công an tỉnh Phú Thọ phối hợp với Công an tỉnh Hòa Bình bắt giữ bốn người trộm xe máy.",
        "Công an tỉnh Phú Thọ cho biết các vụ trộm xảy ra tại huyện Thanh Sơn. Công an tỉnh Hòa Bình đã bắt "
        "hai người tại huyện Kỳ Sơn.",
    )
    assert said == {"Phú Thọ", "Hòa Bình"}


def test_a_number_plate_is_named_beside_the_matter(tagger: PlaceTagger) -> None:
    said = about(
        tagger,
        "Xe khách lật trên quốc lộ, nhiều người bị thương",
        "Xe khách biển số Hải Phòng lật tại huyện Gia Viễn, tỉnh Ninh Bình, sáng 20/6.",
        "Công an huyện Gia Viễn cho biết xe khách biển số Hải Phòng mất phanh. UBND huyện Gia Viễn đã đưa "
        "người bị thương đến bệnh viện.",
    )
    assert said == {"Ninh Bình"}


@pytest.mark.parametrize(("day", "now"), [(date(2017, 6, 1), "Hải Phòng"), (date(2026, 1, 5), "Hải Phòng")])
def test_a_landmark_of_the_country_lies_in_the_province_of_its_day(day: date, now: str) -> None:
    from provinces.gazetteer import load_gazetteer

    found = PlaceTagger(load_gazetteer(), landmark_names([])).classify(
        ArticleText("Lễ hội ở chùa Côn Sơn - Kiếp Bạc", "", "Lễ hội Côn Sơn - Kiếp Bạc khai mạc.", day)
    )
    (verdict,) = (*found.about, *found.mentioned)
    assert verdict.now == now and verdict.name == ("Hải Dương" if day.year == 2017 else "Hải Phòng")


def test_further_labels_refuse_another_corpus() -> None:
    with pytest.raises(ValueError, match=r"another text in this corpus"):
        further_labels({})
