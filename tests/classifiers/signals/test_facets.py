"""A claim that the text contradicts is found, the same claim borne out is not. Texts are our own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from classifiers.records import ArticleText
from classifiers.signals.headline.facets.facet import FEATURES, Facet, facets
from classifiers.signals.headline.facets.families import FAMILIES
from classifiers.signals.headline.facets.model import WEIGHTS_FILE, contradicted, margin
from classifiers.signals.reading import Reading

DAY = date(2026, 5, 20)
BUS = (
    "Sáng 6/3, xe khách chở 21 người va chạm với tàu hàng tại đường ngang ở xã Hòa Vạng, tỉnh Lam Giang. "
    "Đầu xe bị hất văng hơn 10 mét. Rất may không có thiệt hại về người, tài xế kịp nhảy ra ngoài. Tàu "
    "tiếp tục hành trình sau 20 phút. Công an xã đang làm rõ nguyên nhân vụ việc."
)
PRICE = (
    "Những ngày đầu tháng 4, giá lợn hơi ở tỉnh Lam Giang giảm mạnh, chỉ còn 52.000 đồng mỗi cân. "
    "Ông Lò Văn Pâng, chủ trại ở Hòa Vạng, bán 40 con và nói chưa năm nào giá giảm nhanh như vậy. "
    "Chi cục Chăn nuôi khuyên bà con không bán chạy."
)
SCHOOL = (
    "Sở Giáo dục và Đào tạo tỉnh Lam Giang quyết định công bố đề thi và đáp án kỳ thi vào lớp 10, "
    "thay vì giữ bí mật như dự kiến trước đó. Đề và đáp án được đăng ngay sau buổi thi cuối. "
    "Các trường cho biết học sinh và phụ huynh chờ việc này đã lâu."
)


def reading(title: str, text: str) -> Reading:
    return Reading(ArticleText(title, "", text, DAY))


@pytest.mark.parametrize(
    ("text", "said", "changed"),
    [
        (
            PRICE,
            "Giá lợn hơi ở Lam Giang giảm mạnh những ngày đầu tháng 4",
            "Giá lợn hơi ở Lam Giang tăng mạnh những ngày đầu tháng 4",
        ),
        (
            SCHOOL,
            "Lam Giang công bố đề thi và đáp án vào lớp 10",
            "Đề thi và đáp án vào lớp 10 ở Lam Giang tiếp tục được giữ bí mật",
        ),
    ],
)
def test_only_the_contradicted_claim_is_found(text: str, said: str, changed: str) -> None:
    assert contradicted(reading(said, text)) is None
    found = contradicted(reading(changed, text))
    assert found is not None
    assert found.sentence.text in text.lower()


def test_a_headline_that_denies_or_wishes_claims_nothing() -> None:
    for title in ("Tài xế xe khách suýt tử vong ở Hòa Vạng", "Tài xế xe khách không tử vong ở Hòa Vạng"):
        assert list(facets(reading(title, BUS))) == []


def test_every_state_that_speaks_against_another_has_words() -> None:
    for family in FAMILIES:
        for states in (family.against, family.also, family.loosely):
            for state, others in states.items():
                assert {state, *others} <= set(family.words), (family.name, state)


def test_the_trees_fit_the_features_and_families() -> None:
    weights = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    assert tuple(weights["features"]) == FEATURES
    known = {f"{family.name}.{state}" for family in FAMILIES for state in family.against}
    assert set(weights["states"]) <= known
    columns = len(FEATURES) + len(weights["states"])
    for tree in weights["trees"]:
        for number, node in enumerate(tree):
            assert len(node) in {1, 4}
            if len(node) > 1:
                assert node[0] < columns
                assert number < node[2] < len(tree)
                assert number < node[3] < len(tree)


def test_trees_of_other_features_are_refused() -> None:
    facet: Facet = next(facets(reading("Xe khách va chạm tàu hàng, tài xế tử vong", BUS)))
    with pytest.raises(ValueError, match="fit them anew"):
        margin(replace(facet, features=facet.features[:-1]))
