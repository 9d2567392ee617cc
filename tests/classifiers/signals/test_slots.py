"""A headline with one stretch changed is found, and the same headline unchanged is not. Texts are our own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from classifiers.records import ArticleText
from classifiers.signals.headline.slots.model import FINDERS, WEIGHTS_FILE, filled_otherwise, margin
from classifiers.signals.headline.slots.slot import Slot
from classifiers.signals.reading import Reading

DAY = date(2026, 5, 20)
BRIDGE = (
    "Cầu Nậm Xoan ở xã Hòa Vạng, tỉnh Lam Giang được khởi công sáng 18/5. Cầu dài 240 mét, vốn 96 tỷ "
    "đồng, do Sở Xây dựng làm chủ đầu tư. Phó Giám đốc Sở Xây dựng Lò Văn Pâng cho biết cầu nối hai bờ "
    "sông Rạng, giúp 1.300 hộ dân đi lại trong mùa lũ. Trước đây người dân phải qua sông bằng bè tre, "
    "nhiều hôm nước lớn phải nghỉ chợ."
)
CRASH = (
    "Khoảng 5 giờ sáng 19/5, xe tải chở gỗ lao xuống vực ở đèo Mây Sủng, xã Tân Rạng, tỉnh Lam Giang. "
    "Tài xế và hai phụ xe bị thương, được đưa đi cấp cứu ở bệnh viện tỉnh. Một số hộ dân ven đường bị "
    "gỗ làm hỏng hàng rào. Công an cho biết nguyên nhân là xe mất phanh khi đổ đèo, tài xế không say "
    "rượu. Đường đèo thông trở lại lúc 9 giờ."
)

PAIRS = [
    ("opposite", BRIDGE, "Khởi công cầu Nậm Xoan ở xã Hòa Vạng", "Khánh thành cầu Nậm Xoan ở xã Hòa Vạng"),
    ("number", BRIDGE, "Cầu Nậm Xoan vốn 96 tỷ đồng khởi công", "Cầu Nậm Xoan vốn 960 tỷ đồng khởi công"),
    (
        "opposite",
        CRASH,
        "Xe tải chở gỗ lao xuống vực, tài xế bị thương",
        "Xe tải chở gỗ lao xuống vực, tài xế tử vong",
    ),
    ("scope", CRASH, "Gỗ làm hỏng hàng rào của một số hộ dân", "Gỗ làm hỏng hàng rào của toàn bộ hộ dân"),
    ("name", CRASH, "Xe tải lao xuống vực ở đèo Mây Sủng", "Xe tải lao xuống vực ở đèo Khau Lạnh"),
]


def slot_of(title: str, text: str) -> str | None:
    candidate = filled_otherwise(Reading(ArticleText(title, "", text, DAY)))
    return candidate.rule if candidate else None


@pytest.mark.parametrize(("kind", "text", "said", "changed"), PAIRS)
def test_only_the_changed_headline_is_found(kind: str, text: str, said: str, changed: str) -> None:
    assert slot_of(said, text) is None
    assert slot_of(changed, text) == f"slot-{kind}"


def test_another_name_for_the_same_is_no_slot() -> None:
    text = CRASH.replace("Tài xế", "Người lái xe").replace("tài xế", "lái xe")
    assert slot_of("Tài xế xe tải chở gỗ bị thương khi lao xuống vực", text) is None


def test_a_headline_that_names_the_province_of_a_district_is_borne_out() -> None:
    text = "Công an huyện Cẩm Xuyên cho biết xe khách từ Nghệ An lật trên quốc lộ 1, không ai bị thương. " * 3
    assert slot_of("Hà Tĩnh: Xe khách lật trên quốc lộ 1", text) is None


def test_the_weights_fit_the_features_that_are_found() -> None:
    kinds = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["kinds"]
    assert {name: tuple(model["features"]) for name, model in kinds.items()} == {
        name: features for name, (_, features) in FINDERS.items()
    }
    assert all(len(model["weights"]) == len(model["features"]) for model in kinds.values())


def test_weights_of_other_features_are_refused() -> None:
    target = Reading(ArticleText("Khánh thành cầu Nậm Xoan ở xã Hòa Vạng", "", BRIDGE, DAY))
    slot: Slot = next(FINDERS["opposite"][0](target))
    with pytest.raises(ValueError, match="fit it anew"):
        margin(replace(slot, features=slot.features[:-1]))
