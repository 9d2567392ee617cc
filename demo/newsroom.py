"""One outlet at one moment: its articles, and how its site behaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from demo.timetable import Scheduled
from demo.writing import Draft
from provinces.records import Outlet

SECTION_NAMES = {
    "thoi-su": "Thời sự",
    "kinh-te": "Kinh tế",
    "xa-hoi": "Xã hội",
    "van-hoa": "Văn hóa",
    "moi-truong": "Môi trường",
    "tin-tuc": "Tin tức",
    "thong-cao": "Thông cáo",
    "dia-phuong": "Địa phương",
}


@dataclass(frozen=True, slots=True)
class Habits:
    """How a site is built and what is odd about it."""

    design: str
    rss: str = ""  # paths; empty: has none
    atom: str = ""
    sitemap: str = ""
    decomposed: bool = False  # sends Unicode in NFD
    charset: str = "utf-8"  # that its headers claim; the bytes are always UTF-8


HABITS = {
    "bao-lam-giang": Habits("newspaper", rss="/rss/home.rss"),
    "ptth-lam-giang": Habits("broadcaster", atom="/atom.xml"),
    "cong-lam-giang": Habits("portal", sitemap="/sitemap-news.xml"),
    "nhat-bao-ba-mien": Habits("national", rss="/rss/tin-moi.rss", decomposed=True),
    "thoi-bao-song-va-dat": Habits(
        "weekly", rss="/rss/home.rss", sitemap="/sitemap-news.xml", charset="iso-8859-1"
    ),
    "diem-tin-365": Habits("aggregator", rss="/feed.rss"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as a reader sees it now."""

    scheduled: Scheduled
    draft: Draft
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Newsroom:
    """An outlet with all its articles, past and to come, oldest first."""

    outlet: Outlet
    base: str  # http://127.0.0.1:PORT
    habits: Habits
    articles: tuple[Scheduled, ...]
    origins: Mapping[str, str]  # id of a reprint to the name of the outlet that it credits

    def shown(self, moment: datetime, section: str = "") -> list[Shown]:
        """What stands on the site at a moment, newest first."""
        found = []
        for article in reversed(self.articles):
            draft = article.at(moment)
            if draft is not None and section in ("", article.written.section):
                found.append(Shown(article, draft, article.changed_at(moment)))
        return found

    @property
    def sections(self) -> list[str]:
        """The sections that this outlet writes in, in the order of ``SECTION_NAMES``."""
        used = {article.written.section for article in self.articles}
        return [section for section in SECTION_NAMES if section in used]
