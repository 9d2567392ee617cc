"""The pages that every page links to: one list, from which the menu, its marks and the keys are made.

A new section is one more ``Section`` in one of the groups.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """One link of the menu.

    url         name of the page in ``web.urls``
    covers      beginnings of the URL names of the pages that belong to it (its own is always one)
    key         after "g", opens it; unique
    permission  with its app, as "web.administer"; "" for everybody who is signed in
    """

    url: str
    name: Text
    key: str
    covers: tuple[str, ...] = ()
    permission: str = ""

    def holds(self, url_name: str) -> bool:
        """Whether the page belongs to this section."""
        return url_name == self.url or url_name.startswith(self.covers)


@dataclass(frozen=True, slots=True)
class Group:
    """Sections that belong together, under one heading."""

    name: Text
    sections: tuple[Section, ...]


MENU: tuple[Group, ...] = (
    Group(
        _("Theo dõi"),
        (
            Section("dashboard", _("Hôm nay"), "d", covers=("dashboard",)),
            Section("search", _("Tìm kiếm"), "s"),
            Section("saved", _("Câu tìm đã lưu"), "l", covers=("saved",)),
            Section(
                "alerts",
                _("Cảnh báo"),
                "b",
                covers=("alert", "rule", "target", "deliver", "duty"),
            ),
        ),
    ),
    Group(
        pgettext_lazy("nhóm trang", "Xử lý"),
        (
            Section("decisions", _("Đối chiếu"), "c", covers=("decision", "precision", "signals")),
            Section("cases", _("Hồ sơ"), "h", covers=("case",)),
            Section("briefings", _("Bản tin tuần"), "t", covers=("briefing",)),
        ),
    ),
    Group(
        _("Dữ liệu"),
        (
            Section("register", _("Sổ số liệu"), "r", covers=("register",)),
            Section("sources", _("Nguồn tin"), "n", covers=("source", "outlet")),
        ),
    ),
    Group(
        _("Quản trị"),
        (
            Section(
                "administration",
                _("Quản trị"),
                "q",
                covers=("people", "setup"),
                permission="web.administer",
            ),
            Section("audit", _("Nhật ký"), "a", permission="web.administer"),
            Section("tokens", _("API"), "m", covers=("token", "api-docs")),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A section as one person sees it on one page."""

    address: str
    name: Text
    key: str
    here: bool


def menu(request: HttpRequest) -> list[tuple[Text, list[Link]]]:
    """Groups with the links that the person may follow; groups without any are left out."""
    match = request.resolver_match
    url_name = (match.url_name or "") if match else ""
    groups = [
        (
            group.name,
            [
                Link(reverse(f"web:{section.url}"), section.name, section.key, section.holds(url_name))
                for section in group.sections
                if not section.permission or request.user.has_perm(section.permission)
            ],
        )
        for group in MENU
    ]
    return [(name, links) for name, links in groups if links]
