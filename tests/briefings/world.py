"""A week of made-up press with hostile words in it, and everything a briefing reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.contrib.auth.models import User

from archive.models import Article, Indicator, RegisterEntry, Source, SourceHour, Story, StoryLink
from briefings.building import Office, briefing_of, build
from briefings.models import BriefingVersion
from briefings.weeks import CutOff, Week
from cases.decisions import decide
from provinces.loader import gazetteer_of, load_province
from tests.web.factory import find, make_article, make_outlet

WEEK = Week(2026, 47)
ENDS = WEEK.ends(CutOff())
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOSTILE = "Sở <Xây dựng> & 'cầu' \"Bến\" {{ 7*7 }} {% raw %} #import $x$ *đậm* \\u{202e} =1+1 `mã`"
EVIL_URL = "javascript:alert(1)"
BASE = "https://diembao.example.gov.vn"


@cache
def office(base: str = BASE) -> Office:
    return Office(load_province("demo"), gazetteer_of("demo"), base)


def at(day: int, hour: int = 9) -> datetime:
    """A moment of the week: day 1 is the Friday after the cut-off before."""
    return ENDS - timedelta(days=7 - day) + timedelta(hours=hour - 17)


def about(article: Article, *topics: str) -> Article:
    find(article, "province", "about", code="LG", evidence={"name": "Lam Giang"})
    for topic in topics:
        find(article, "topic", topic)
    return article


def make_week(articles: int = 12) -> User:
    """Two events, a hostile article, decisions of every kind, last week's articles, sources that failed."""
    officer = User.objects.create_user("can-bo")
    local = make_outlet()
    others = [
        make_outlet("dai-lam-giang", "Đài PT-TH Lam Giang", kind="broadcaster"),
        make_outlet("nhat-bao", "Nhật báo Ba Miền", scope="national"),
        make_outlet("diem-tin", "Điểm Tin 365", kind="aggregator", scope="national"),
    ]
    told = (
        "Nước sông Rộc lên nhanh trong đêm, chính quyền xã Tân Rộc đưa 214 hộ dân ra khỏi vùng trũng.\n"
        "Người dân xã Hạ Sậy đề nghị tỉnh sớm gia cố đoạn đê từng sạt mái năm ngoái.\n"
        "Ban Chỉ huy Phòng thủ dân sự yêu cầu không để người dân quay lại nhà khi chưa có thông báo.\n"
        "Hội nghị đánh giá thiệt hại sẽ họp ngày 24/11/2026 tại Vĩnh Lam, mở cho báo chí.\n"
        "Tỷ lệ hộ nghèo đa chiều của xã là 5,1% số hộ, theo báo cáo của xã."
    )
    flood = [
        about(
            make_article(
                outlet, f"Lũ sông Rộc, bài {place}", text=f"Bản tin số {place}.\n{told}", at=at(2, 8 + place)
            ),
            "disaster-weather",
        )
        for place, outlet in enumerate([local, *others])
    ]
    story = Story.objects.create(
        title="Lũ", created_at=NOW, first_seen=at(2), last_seen=at(2), size=4, origin=flood[0]
    )
    Article.objects.filter(pk__in=[row.pk for row in flood]).update(story=story)
    StoryLink.objects.create(
        article=flood[3], other=flood[0], kind="reprint", method="test", score=0.9, created_at=NOW
    )
    hostile = about(
        make_article(
            others[1],
            HOSTILE,
            lead=f"Đoạn dẫn: {HOSTILE} và một câu đủ dài để trích.",
            text=f"Câu một rất dài có {HOSTILE} ở giữa, đủ dài để được chọn.\nCâu hai: {HOSTILE}?",
            at=at(4),
            url=EVIL_URL,
        ),
        "corruption",
    )
    lone = Story.objects.create(
        title=HOSTILE, created_at=NOW, first_seen=at(4), last_seen=at(4), size=1, origin=hostile
    )
    Article.objects.filter(pk=hostile.pk).update(story=lone)
    for place in range(articles):
        about(
            make_article([local, *others][place % 4], f"Tin ngắn {place}", at=at(1 + place % 6)), "education"
        )
    for place in range(3):
        about(make_article(local, f"Tuần trước {place}", at=at(1 + place) - timedelta(days=7)), "education")
    make_article(local, "Tin nơi khác", at=at(3))
    _decisions(hostile, flood, officer)
    _register()
    _hours(local)
    return officer


def _decisions(hostile: Article, flood: list[Article], officer: User) -> None:
    other = {
        "kind": "register",
        "text": f"sổ ghi 4.87 {HOSTILE}",
        "ids": [],
        "source": "Quyết định 12",
        "as_of": "12/2025",
    }
    for article, phrase, verdict in (
        (hostile, "Câu hai", "needs-reply"),
        (flood[0], "đề nghị tỉnh sớm gia cố", "valid-criticism"),
        (flood[1], "214 hộ dân", "false-alarm"),
        (flood[2], "5,1% số hộ", "register-corrected"),
    ):
        finding = find(article, "signal", "S1", phrase, evidence={"other": other, "innocent": ["Khác kỳ."]})
        decide(finding.pk, verdict, f"Lý do: {HOSTILE}", by=officer, now=NOW - timedelta(hours=9), seen=None)
    find(flood[1], "signal", "S2", "Bản tin", evidence={"other": {"text": "KHÔNG ĐƯỢC HIỆN"}})


def _register() -> None:
    indicator = Indicator.objects.create(name="tỷ lệ hộ nghèo", unit="% số hộ", aliases=["hộ nghèo đa chiều"])
    RegisterEntry.objects.create(
        indicator=indicator,
        value="4.87",
        province="LG",
        as_of="12/2025",
        document="Quyết định <12> & 13",
        valid_from=date(2025, 12, 20),
        status="approved",
        created_at=NOW,
    )


def _hours(outlet: object) -> None:
    source = Source.objects.create(outlet=outlet, kind="feed", url="https://x.example/rss", next_due_at=NOW)
    first = ENDS - timedelta(days=21)
    rows = []
    for hour in range(24 * 21):
        moment = (first + timedelta(hours=hour)).astimezone(UTC).replace(minute=0)
        down = 24 * 16 <= hour < 24 * 16 + 10
        rows.append(
            SourceHour(
                source=source,
                hour=moment,
                day=(moment + timedelta(hours=7)).date(),
                good=0 if down else 6,
                failed=4 if down else 0,
                new_items=0 if down else 1,
            )
        )
    SourceHour.objects.bulk_create(rows)


def built(by: User | None = None, base: str = BASE) -> BriefingVersion:
    """The week's briefing, built."""
    one = office(base)
    return build(one, briefing_of(one.profile, WEEK, now=NOW), by=by, now=NOW)
