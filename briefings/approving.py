"""A second person's yes, the way back from it, and the record of what was sent."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from briefings.errors import BriefingRefused
from briefings.models import Approval, Briefing, BriefingVersion, Sending
from briefings.versions import is_approved, keep_edit, newest, opened


def approve(version: BriefingVersion, *, by: User, now: datetime) -> Approval:
    """Approve the newest version. Raises ``BriefingRefused``: not by whoever edited it last, not twice.

    Whoever asked for the build changed nothing of it; where nobody edited, that person may not approve
    either, so that two people have always seen it.
    """
    try:
        with transaction.atomic():
            Briefing.objects.select_for_update().get(pk=version.briefing_id)
            latest = newest(version.briefing)
            if latest is None or latest.pk != version.pk:
                raise BriefingRefused(_("Vừa có phiên bản mới hơn. Hãy xem bản mới rồi duyệt bản đó."))
            if latest.by_id == by.pk:
                raise BriefingRefused(_("Người sửa hoặc lập sau cùng không tự duyệt; hãy nhờ người thứ hai."))
            return Approval.objects.create(version=version, by=by, at=now)
    except IntegrityError:
        raise BriefingRefused(_("Phiên bản này đã được duyệt.")) from None


def reopen(version: BriefingVersion, reason: str, *, by: User, now: datetime) -> BriefingVersion:
    """A new version to edit; the approved one stays as it is. Raises ``BriefingRefused``."""
    if not reason.strip():
        raise BriefingRefused(_("Hãy ghi lý do mở lại."))
    if not is_approved(version):
        raise BriefingRefused(_("Phiên bản này chưa được duyệt nên sửa được ngay."))
    return keep_edit(
        version,
        opened(version).content,
        act=BriefingVersion.Act.REOPENED,
        what=reason.strip(),
        by=by,
        now=now,
    )


def record_sending(
    version: BriefingVersion, target: int, name: str, channel: str, *, key: str, by: User, now: datetime
) -> bool:
    """Note that an approved version was handed to a target; False when it was before.

    Raises ``BriefingRefused`` for a version that nobody approved.
    """
    if not is_approved(version):
        raise BriefingRefused(_("Chỉ gửi phiên bản đã được duyệt."))
    if Sending.objects.filter(key=key).exists():
        return False
    Sending.objects.create(
        version=version, target=target, target_name=name, channel=channel, key=key, by=by, at=now
    )
    return True
