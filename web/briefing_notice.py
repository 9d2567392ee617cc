"""A briefing as a message: its five lines, its page and its files. Here briefings and alerts meet."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from alerts.notices import Attachment, Notice
from briefings.content import SectionId
from briefings.render import CONTENT_TYPES, file_name, render
from briefings.render.layout import lay_out
from briefings.versions import Opened

ATTACHED = ("pdf", "docx", "xlsx")


def notice_of(kept: Opened) -> Notice:
    """The message that every channel sends as far as it can."""
    document = lay_out(kept.content, kept.annex)
    summary = next(one for one in kept.content.sections if one.id is SectionId.SUMMARY)
    said = [
        f"{each.note}: {each.text}" if each.note else each.text
        for block in summary.blocks
        if not block.dropped
        for part in block.parts
        for each in part.sentences
        if not each.dropped
    ]
    base = settings.DIEMBAO_ALERTS.public_url
    page = f"{base}{reverse('web:briefing', args=[kept.version.briefing_id])}" if base else ""
    return Notice(
        title=f"{document.title}, {kept.content.header.province}",
        lines=tuple(said),
        page=page,
        files=tuple(
            Attachment(
                name=file_name(kept.content, form),
                kind=CONTENT_TYPES[form],
                data=render(kept.content, kept.annex, form),
            )
            for form in ATTACHED
        ),
    )
