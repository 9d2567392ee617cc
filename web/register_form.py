"""The form of a register entry: which fields it shows, filled and with their problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.register.fields import REQUIRED
from web.wording import REGISTER_FIELDS

LONG = frozenset({"document", "quote", "aliases"})
HELP: dict[str, Promise] = {
    "value": _("Số liền, dấu chấm cho phần thập phân: 1930; 11.7; 184/210; ~1000 là khoảng; >80 là hơn."),
    "unit": _("Như trong văn bản: người, %, tỷ đồng."),
    "province": _("Mã tỉnh như trong register.csv của tỉnh, ví dụ LG."),
    "as_of": _("2025; 12/2025; 12/09/2026; năm học 2025-2026."),
    "valid_from": _("Ngày đầu tiên số liệu này dùng được để đối chiếu."),
    "valid_to": _("Ngày cuối cùng; để trống nếu chưa có số mới."),
    "district": _("Để trống nếu là toàn tỉnh."),
    "scope": _("Tính những gì, không tính những gì; ví dụ: toàn tỉnh, không tính phường."),
    "period": _("Ví dụ: cả năm; 6 tháng đầu năm."),
    "document": _("Số, ngày và nơi ban hành."),
    "quote": _("Câu nguyên văn trong văn bản."),
    "tolerance": _("Sai số chấp nhận, phần trăm; để trống nếu không."),
    "aliases": _("Các tên gọi khác mà báo chí dùng, cách nhau bằng dấu |"),
}
ORDER = (
    "indicator",
    "value",
    "unit",
    "as_of",
    "province",
    "district",
    "scope",
    "period",
    "merger",
    "valid_from",
    "valid_to",
    "tolerance",
    "document",
    "quote",
    "aliases",
)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as shown."""

    name: str
    label: Promise
    value: str
    problem: str
    help: Promise | str
    required: bool
    long: bool

    @property
    def kind(self) -> str:
        """The type of the input."""
        return "date" if self.name in ("valid_from", "valid_to") else "text"


def form_fields(cells: Mapping[str, str], problems: Mapping[str, str]) -> list[FormField]:
    """All fields in the order of the form."""
    return [
        FormField(
            name=name,
            label=REGISTER_FIELDS[name],
            value=cells.get(name, ""),
            problem=problems.get(name, ""),
            help=HELP.get(name, ""),
            required=name in REQUIRED,
            long=name in LONG,
        )
        for name in ORDER
    ]
