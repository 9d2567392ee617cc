"""How a province's briefing is made: what administrators set, over what its profile says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from briefings.errors import BriefingRefused
from briefings.models import BriefingSetting
from briefings.weeks import CutOff
from provinces.records import Province

PRESS_OFFICE = "so-vhttdl"  # the agency that manages the press, in every bundled profile that names it
RECIPIENTS = (
    "Người phát ngôn UBND tỉnh",
    "Phó Chủ tịch UBND tỉnh phụ trách",
    "Chánh Văn phòng UBND tỉnh",
    "Ban Tuyên giáo và Dân vận",
    "Lưu: VT",
)
LONGEST = {"superior": 200, "office": 200, "number": 100, "place": 100, "signatory": 200}
MOST_RECIPIENTS = 20


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds now."""

    cut: CutOff
    scheduled: bool
    superior: str
    office: str
    number: str
    place: str
    signatory: str
    recipients: tuple[str, ...]


def setting_of(profile: Province) -> Setting:
    """The newest row of the province, its gaps filled from the profile."""
    row = BriefingSetting.objects.filter(province=profile.id).order_by("-at", "-pk").first()
    row = row or BriefingSetting(province=profile.id)
    office = next((one.name for one in profile.agencies if one.id == PRESS_OFFICE), "")
    office = office.removesuffix(f" {profile.full_name[:1].lower()}{profile.full_name[1:]}")
    return Setting(
        cut=CutOff(row.weekday, row.at_time),
        scheduled=row.scheduled,
        superior=row.superior or f"UBND {profile.full_name}".upper(),
        office=row.office or office.upper() or f"VĂN PHÒNG UBND {profile.full_name}".upper(),
        number=row.number or "Số:        /BC",
        place=row.place or profile.name,
        signatory=row.signatory or "GIÁM ĐỐC",
        recipients=tuple(map(str, row.recipients)) or RECIPIENTS,
    )


def change_setting(
    profile: Province,
    *,
    weekday: int,
    at: time,
    scheduled: bool,
    texts: dict[str, str],
    recipients: list[str],
    by: User,
    now: datetime,
) -> BriefingSetting:
    """Write a new setting. Raises ``BriefingRefused``."""
    if not 0 <= weekday <= 6:
        raise BriefingRefused(_("Hãy chọn một ngày trong tuần."))
    for name, longest in LONGEST.items():
        if len(texts.get(name, "")) > longest:
            raise BriefingRefused(_("Dòng dài nhất %(longest)s ký tự; hãy rút gọn.") % {"longest": longest})
    if len(recipients) > MOST_RECIPIENTS or any(len(line) > 200 for line in recipients):
        raise BriefingRefused(
            _("Nơi nhận nhiều nhất %(most_recipients)s dòng, mỗi dòng 200 ký tự.")
            % {"most_recipients": MOST_RECIPIENTS}
        )
    return BriefingSetting.objects.create(
        province=profile.id,
        weekday=weekday,
        at_time=at,
        scheduled=scheduled,
        recipients=recipients,
        by=by,
        at=now,
        **{name: texts.get(name, "").strip() for name in LONGEST},
    )
