"""Made-up newspaper texts: as long as wanted, the same for the same seed, different for another."""

from __future__ import annotations

import random

WHO = [
    "Sở Nông nghiệp",
    "Công an xã Đông Thượng",
    "Trạm thủy văn Mỏ Chàm",
    "Hợp tác xã Bình An",
    "Đội cứu hộ",
]
DID = ["kiểm tra", "phong tỏa", "sửa chữa", "di dời", "thống kê", "khánh thành", "bàn giao", "khảo sát"]
WHAT = [
    "đoạn đê bị sạt lở",
    "hai mươi hộ dân ven sông",
    "cây cầu treo cũ",
    "bến đò ngang",
    "kho lúa giống",
    "đường lên bản",
]
WHEN = ["sáng sớm hôm qua", "vào cuối tuần", "trong đêm mưa lớn", "sau nhiều tháng chờ đợi", "giữa mùa khô"]
WHY = [
    "để kịp mùa vụ",
    "vì nước lên nhanh",
    "theo đề nghị của người dân",
    "nhằm bảo đảm an toàn",
    "cho năm học mới",
]


def text(seed: int, sentences: int = 30) -> str:
    """About a dozen syllables a sentence; two texts of different seeds share few runs of five."""
    rng = random.Random(seed)
    written = []
    for _ in range(sentences):
        parts = [rng.choice(WHO), rng.choice(DID), rng.choice(WHAT), rng.choice(WHEN), rng.choice(WHY)]
        parts.insert(rng.randrange(5), f"{rng.randrange(10_000)} lượt")
        written.append(" ".join(parts) + ".")
    return "\n".join(" ".join(written[k : k + 3]) for k in range(0, sentences, 3))
