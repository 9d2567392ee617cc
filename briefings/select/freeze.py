"""Everything a briefing is made of, read at one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_noop

from archive.models import Revision
from archive.vietnam import VIETNAM
from briefings.content import Header
from briefings.errors import InputsLost
from briefings.inputs import Inputs
from briefings.ledger import ledger_cases, ledger_sent
from briefings.select.articles import found_late, read_articles, read_before, reprints
from briefings.select.coming import carried_from, decisions_told, holidays_from, told_before
from briefings.select.events import events
from briefings.select.records import decided, in_force
from briefings.select.watch import watched
from briefings.settings import Setting
from briefings.weeks import Week
from classifiers.topics.lexicon import load_lexicon
from provinces.gazetteer import Gazetteer
from provinces.records import Province

Progress = Callable[[str, int], None]
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Text:
    """What a revision says."""

    title: str
    lead: str
    text: str

    def part(self, field: str) -> str:
        """One of the three."""
        return {"title": self.title, "lead": self.lead, "text": self.text}[field]


def freeze(
    profile: Province,
    gazetteer: Gazetteer,
    week: Week,
    setting: Setting,
    *,
    base: str,
    now: datetime,
    progress: Progress = lambda step, done: None,
) -> Inputs:
    """Read what belongs to the week. Raises nothing of its own: an empty archive makes an empty week.

    ``base``: the public address of the pages, "" when nobody said. ``progress``: told what is done, and
    how many per cent.
    """
    codes = (profile.code, *(row.code for row in profile.predecessors))
    starts, ends = week.starts(setting.cut), week.ends(setting.cut)
    day = ends.astimezone(VIETNAM).date()
    progress(gettext_noop("Chọn bài trong tuần"), 5)
    articles = read_articles(codes, gazetteer, starts, ends)
    progress(gettext_noop("Đếm tuần trước"), 20)
    before = read_before(codes, gazetteer, starts - timedelta(days=7), starts)
    progress(gettext_noop("Gom các bài cùng sự việc"), 30)
    groups = events(articles)
    progress(gettext_noop("Đọc kết luận, sổ số liệu và sổ phản hồi"), 40)
    last = told_before(week, profile.id)
    told = decisions_told(last)
    findings = [
        row for row in decided({row.id for row in articles}, starts, ends) if row.decision not in told
    ]
    cases = ledger_cases(profile, starts, ends, base)
    watch = watched(codes, starts, ends, now)
    lexicon = load_lexicon()
    return Inputs(
        header=Header(
            superior=setting.superior,
            office=setting.office,
            number=setting.number,
            place=setting.place,
            province=profile.full_name,
            week=str(week),
            starts=starts,
            ends=ends,
            made_at=now,
            signatory=setting.signatory,
            recipients=setting.recipients,
        ),
        base=base.rstrip("/"),
        codes=codes,
        articles=tuple(articles),
        before=tuple(before),
        compared=watch.compared,
        groups=groups,
        reprints=reprints(articles),
        findings=tuple(findings),
        register_entries=tuple(in_force(codes, day)),
        cases=tuple(cases),
        sent=tuple(ledger_sent(profile, starts, ends)),
        watch=watch.outlets,
        sources=watch.sources,
        unwatched=watch.unwatched,
        outage=watch.outage,
        began=watch.began,
        late_before=tuple(found_late(codes, starts, ends, starts - timedelta(days=7))),
        carried=tuple(carried_from(last, week)),
        holidays=tuple(holidays_from(day)),
        topic_names={topic.id: topic.name for topic in lexicon.topics},
        place_names=_place_names(
            gazetteer,
            {code for row in articles for code in row.places}
            | {code for row in before for code in row.places},
        ),
        agencies={
            row.name: (row.name, *row.aliases)
            for row in profile.agencies
            if (row.valid_to is None or row.valid_to >= day)
            and (row.valid_from is None or row.valid_from <= day)
        },
    )


def texts_of(inputs: Inputs) -> dict[int, Text]:
    """Revision → its words. Raises ``InputsLost`` when one is gone or is not what it was."""
    wanted = {row.revision: row.digest for row in inputs.articles}
    wanted |= {row.revision: "" for row in inputs.findings if row.revision not in wanted}
    found: dict[int, Text] = {}
    ids = sorted(wanted)
    for start in range(0, len(ids), CHUNK):
        rows = Revision.objects.filter(pk__in=ids[start : start + CHUNK])
        for pk, digest, title, lead, text in rows.values_list("pk", "digest", "title", "lead", "text"):
            if wanted[pk] and wanted[pk] != digest:
                raise InputsLost(f"Phiên bản {pk} của bài không còn như khi lập bản tin; kiểm tra kho lưu.")
            found[pk] = Text(title, lead, text)
    if lost := set(ids) - set(found):
        raise InputsLost(f"Không còn {len(lost)} phiên bản bài mà bản tin dùng; khôi phục từ bản sao lưu.")
    return found


def _place_names(gazetteer: Gazetteer, codes: set[str]) -> dict[str, str]:
    return {code: rows[-1].full_name for code in sorted(codes) if (rows := gazetteer.rows(code))}
