"""Whether an article is about a province or only mentions it: fitted weights and readable reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import exp
from pathlib import Path

from classifiers.places.features import FEATURES
from classifiers.places.items import ProvinceView

WEIGHTS_FILE = Path(__file__).parent / "about_weights.json"


@dataclass(frozen=True, slots=True)
class AboutModel:
    """Logistic weights over FEATURES; ``threshold`` is the probability from which it is "about"."""

    bias: float
    weights: tuple[float, ...]
    threshold: float
    version: str

    def score(self, values: dict[str, float]) -> float:
        """Probability that the article is about the province; 0 when nothing names it or its parts."""
        if not decides(values):
            return 0.0
        total = self.bias + sum(
            weight * values[name] for name, weight in zip(FEATURES, self.weights, strict=True)
        )
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def decides(values: dict[str, float]) -> bool:
    """Whether there is anything to judge: roads, universities, dishes, plates alone make no subject.

    In a text without headline neither does a venue of sport, a home province beside the scene, nor the
    seat of a delegate.
    """
    if not values or values["vehicle"] == 1 or (values["weak_only"] and not values["landmarks"]):
        return False
    aside = values["sport_venue"] or values["home_beside"] or values["delegates_only"]
    return not (values["no_headline"] and aside)


def load_model(path: Path = WEIGHTS_FILE) -> AboutModel:
    """Reads the fitted weights. Raises ValueError when the file does not fit the features."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if list(data["weights"]) != list(FEATURES):
        raise ValueError(
            f"{path}: weights and features differ; fit again with python -m classifiers.places.train."
        )
    return AboutModel(data["bias"], tuple(data["weights"].values()), data["threshold"], data["version"])


def reasons(view: ProvinceView) -> tuple[str, ...]:
    """Why, for a reader, the strongest first."""
    v = view.values or dict.fromkeys(FEATURES, 0.0)
    units = round(len({item.reading.unit.code for item in view.placed}))
    found = []
    if v["in_title"]:
        found.append("nêu trong tiêu đề")
    if v["dateline"]:
        found.append("địa danh đứng đầu bài")
    if v["in_lead"]:
        found.append("nêu trong phần mở đầu")
    agencies = sum(item.hit.agency for item in view.placed)
    if agencies:
        found.append(f"gắn với cơ quan của tỉnh {agencies} lần")
    if v["sole"]:
        found.append("tỉnh duy nhất được nhắc")
    if view.placed:
        found.append(f"nhắc {len(view.placed)} lần, {units} địa danh")
    if view.landmarks:
        names = ", ".join(dict.fromkeys(landmark.name for landmark in view.landmarks))
        found.append(f"suy từ: {names}")
    if v["spread"] >= 0.75:
        found.append("rải khắp bài")
    if v["in_lists"] >= 0.5:
        found.append("nằm trong danh sách nhiều tỉnh")
    if v["all_together"]:
        found.append("nêu cùng vài tỉnh khác, ngoài ra không tỉnh nào")
    if v["news_item"]:
        found.append("có tin riêng từ cơ quan của tỉnh")
    if v["game"]:
        found.append("tường thuật thể thao: tên đội bóng")
    if v["vehicle"] >= 0.5:
        found.append("chỉ là biển số xe")
    if v["delegates_only"]:
        found.append("chỉ là địa phương của đại biểu, người phát biểu")
    if v["opening_only"]:
        found.append("chỉ nêu ở câu đầu thân bài, thường là chú thích ảnh")
    if v["origin"] >= 0.5:
        found.append("chỉ là quê quán, nơi ở của nhân vật")
    return tuple(found)
