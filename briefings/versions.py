"""Keeping versions: only whole and checked ones, only after the newest that the person saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.checking import check, read
from briefings.compose import compose
from briefings.content import AnnexRow, Content
from briefings.errors import BriefingRefused, InputsLost
from briefings.inputs import Inputs, digest, dumped
from briefings.models import Approval, Briefing, BriefingInputs, BriefingVersion
from briefings.select import texts_of

_OTHERS = gettext_lazy("Vừa có người khác sửa bản tin này. Hãy xem bản mới rồi sửa lại nếu vẫn cần.")
_FROZEN = gettext_lazy("Phiên bản này đã được duyệt nên không sửa được; hãy mở lại để sửa.")


@dataclass(frozen=True)
class Opened:
    """A kept version with its contents as models; the annex is read when it is asked for."""

    version: BriefingVersion
    content: Content

    @cached_property
    def annex(self) -> tuple[AnnexRow, ...]:
        """A row for every article."""
        return tuple(AnnexRow.model_validate(row) for row in self.version.inputs.annex)


def newest(briefing: Briefing) -> BriefingVersion | None:
    """The version with the highest number."""
    rows = BriefingVersion.objects.filter(briefing=briefing).select_related("by", "inputs", "briefing")
    return rows.order_by("-number").first()


def opened(version: BriefingVersion) -> Opened:
    """Reads a version back. Raises ``BadSource``."""
    return Opened(version, read(version.content))


def keep_built(briefing: Briefing, inputs: Inputs, *, by: User | None, now: datetime) -> BriefingVersion:
    """Compose, check and keep a newly built briefing as the next version. Raises ``BadSource``.

    Refused (``BriefingRefused``) when the newest version is approved.
    """
    texts = texts_of(inputs)
    content, annex = compose(inputs, texts)
    check(content, annex, texts)
    data = dumped(inputs)
    with transaction.atomic():
        latest = _lock(briefing)
        if latest is not None and is_approved(latest):
            raise BriefingRefused(_FROZEN)
        frozen = BriefingInputs.objects.create(
            briefing=briefing,
            data=data,
            digest=digest(data),
            annex=[row.model_dump(mode="json") for row in annex],
            created_at=now,
        )
        return _keep(
            briefing, frozen, content, latest, act=BriefingVersion.Act.BUILT, what="", by=by, now=now
        )


def keep_edit(
    version: BriefingVersion,
    content: Content,
    *,
    act: BriefingVersion.Act,
    what: str,
    by: User,
    now: datetime,
) -> BriefingVersion:
    """Keep an edited content as the version after ``version``. Raises ``BriefingRefused``, ``BadSource``."""
    check(content, (), texts_of(Inputs.model_validate(version.inputs.data)))
    with transaction.atomic():
        latest = _lock(version.briefing)
        if latest is None or latest.pk != version.pk:
            raise BriefingRefused(_OTHERS)
        if is_approved(latest) and act != BriefingVersion.Act.REOPENED:
            raise BriefingRefused(_FROZEN)
        return _keep(version.briefing, version.inputs, content, latest, act=act, what=what, by=by, now=now)


def rebuilt(version: BriefingVersion) -> tuple[Content, list[AnnexRow]]:
    """A built version composed anew from its frozen inputs. Raises ``InputsLost`` when they changed."""
    if digest(version.inputs.data) != version.inputs.digest:
        raise InputsLost(_("Dữ liệu đóng băng của phiên bản %(version)s đã bị sửa.") % {"version": version})
    inputs = Inputs.model_validate(version.inputs.data)
    return compose(inputs, texts_of(inputs))


def is_approved(version: BriefingVersion) -> bool:
    """Whether a second person approved exactly this version."""
    return Approval.objects.filter(version=version).exists()


def history(briefing: Briefing) -> Sequence[BriefingVersion]:
    """Every version without its contents, newest first."""
    rows = BriefingVersion.objects.filter(briefing=briefing).select_related("by", "approval__by")
    return list(rows.defer("content").order_by("-number"))


def _lock(briefing: Briefing) -> BriefingVersion | None:
    """The briefing's row is taken first: one change of a briefing at a time."""
    Briefing.objects.select_for_update().get(pk=briefing.pk)
    return BriefingVersion.objects.filter(briefing=briefing).order_by("-number").first()


def _keep(
    briefing: Briefing,
    inputs: BriefingInputs,
    content: Content,
    latest: BriefingVersion | None,
    *,
    act: BriefingVersion.Act,
    what: str,
    by: User | None,
    now: datetime,
) -> BriefingVersion:
    data = content.model_dump(mode="json")
    try:
        with transaction.atomic():
            return BriefingVersion.objects.create(
                briefing=briefing,
                number=latest.number + 1 if latest else 1,
                inputs=inputs,
                content=data,
                digest=digest(data),
                act=act,
                what=what[:200],
                by=by,
                at=now,
            )
    except IntegrityError:
        raise BriefingRefused(_OTHERS) from None
