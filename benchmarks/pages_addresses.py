"""The address of every page and every operation of the API that is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.pages_world import OUTLETS

Address = Callable[[int], str]
WORDS = ("sạt lở", "giá", "tỉnh", "“học sinh”", "công an -tai nạn", "đất đai OR mỏ cát")
PLAIN = (
    *("dashboard", "dashboard-live", "dashboard-week", "saved", "decisions", "precision", "signals"),
    *("register", "register-new", "register-import", "alerts", "rules", "rule-new", "rule-replays"),
    *("targets", "target-new", "duty", "duty-roster", "deliveries", "cases", "case-new", "case-question"),
    *("case-calendar", "case-ics", "sources", "administration", "people", "audit", "setup", "help"),
    *("password", "briefings", "briefing-settings", "tokens", "api-docs", "sign-in", "language"),
)
VERSION = "/briefings/{briefing}/versions/{number}"


def pages(count: int) -> dict[str, Address]:
    """By URL name, with what is chosen after a comma; those of a row ask another one each time."""
    from django.urls import reverse

    from alerts.models import Alert, Rule, Target
    from briefings.models import Briefing, Build
    from cases.models import Attachment, Case, CaseDraft

    def at(name: str, *args: Any, words: str = "") -> str:
        return reverse(f"web:{name.partition(',')[0]}", args=args) + words

    def of(name: str, keys: Any, words: str = "") -> Address:
        known = list(keys)
        return lambda n: at(name, known[n * 7919 % len(known)], words=words)

    articles, stories = range(1, count + 1), range(1, count - 100, 100)
    cases, alerts = Case.objects.values_list("pk", flat=True), Alert.objects.values_list("pk", flat=True)
    draft = CaseDraft.objects.get()
    weeks = list(Briefing.objects.all())
    numbers = [row.pk for row in weeks]
    found: dict[str, Address] = {name: _same(at(name)) for name in PLAIN}
    found |= {
        "article": of("article", articles),
        "article, of a story": of("article", stories),
        "comparison": of("comparison", range(1, count + 1, 10)),
        "story": of("story", stories),
        "story, of one article": of("story", range(50, count, 100)),
        "story-comparison": of("story-comparison", stories),
        "outlet": of("outlet", [f"bao-{n}" for n in range(OUTLETS)]),
        "register-entry": of("register-entry", range(1, 301)),
        "register-edit": of("register-edit", range(301, 321)),
        "saved-open": of("saved-open", range(1, 21)),
        "saved-edit": of("saved-edit", range(1, 21)),
        "feed": lambda n: at("feed", "benchmark", ("rss", "atom")[n % 2]),
        "search, words": lambda n: at("search", words=f"?q={WORDS[n % len(WORDS)]}"),
        "search, all": _same(at("search")),
        "search, newest first": lambda n: at("search", words=f"?q={WORDS[n % len(WORDS)]}&sort=newest"),
        "search, filters": lambda n: at("search", words="?about=LG&kind=portal&sort=newest"),
        "audit, page 500": lambda n: at("audit", words="?page=500"),
        "audit, one act": lambda n: at("audit", words="?action=downloaded&person=admin"),
        "decisions, decided": lambda n: at("decisions", words="?status=decided"),
        "alert": of("alert", alerts),
        "alerts, all, page 100": lambda n: at("alerts", words="?state=all&page=100"),
        "deliveries, sent": lambda n: at("deliveries", words="?state=sent&page=50"),
        "rule": of("rule", Rule.objects.values_list("pk", flat=True)),
        "target": of("target", Target.objects.values_list("pk", flat=True)),
        "case": of("case", cases),
        "case, long": lambda n: at("case", draft.case_id),
        "case-draft": lambda n: at("case-draft", draft.case_id),
        "briefing": of("briefing", numbers),
        "briefing-editor": of("briefing-editor", numbers),
        "briefing-versions": of("briefing-versions", numbers),
        "briefing-counts": of("briefing-counts", numbers),
        "briefing-counts, one": of("briefing-counts", numbers, "?measure=articles"),
        "briefing-week": of("briefing-week", [f"{row.year}-W{row.week:02d}" for row in weeks]),
        "briefing-build": of("briefing-build", Build.objects.values_list("pk", flat=True)),
        "setup-step": of("setup-step", ("province", "sources", "slack", "people")),
        "join": lambda n: at("join", "unknown"),
    }
    files = {
        "export": lambda n: at("export", ("csv", "jsonl")[n % 2], words=f"?q={WORDS[n % len(WORDS)]}"),
        "audit-export": lambda n: at("audit-export"),
        "register-export": lambda n: at("register-export", "csv"),
        "case-docx": lambda n: at("case-docx", draft.case_id, draft.number),
        "attachment": of("attachment", Attachment.objects.values_list("pk", flat=True)),
        "evidence": of("evidence", range(1, 51)),
        **{f"briefing-file, {form}": _file(numbers, form, at) for form in ("docx", "pdf", "xlsx")},
    }
    return found | files


def _file(numbers: list[int], form: str, at: Callable[..., str]) -> Address:
    return lambda n: at("briefing-file", numbers[n % len(numbers)], form)


def operations(count: int) -> dict[str, Address]:
    """By path of the API's document, with what is asked after a comma."""
    from alerts.models import Alert
    from archive.models import Finding
    from briefings.models import Briefing
    from cases.models import Case

    def of(path: str, keys: Any) -> Address:
        known = list(keys)
        return lambda n: path.format(pk=known[n * 7919 % len(known)])

    articles = range(1, count + 1)
    signals = Finding.objects.filter(kind="signal").values_list("pk", flat=True)
    week = Briefing.objects.all()[0].pk
    version = f"/briefings/{week}/versions/1"
    found: dict[str, Address] = {
        "/search": lambda n: f"/search?q={WORDS[n % len(WORDS)]}",
        "/articles/{pk}": of("/articles/{pk}", articles),
        "/articles/{pk}/revisions/{number}": of("/articles/{pk}/revisions/1", articles),
        "/articles, one outlet": lambda n: f"/articles?outlet=bao-{n % OUTLETS}&size=200",
        "/articles, gone": lambda n: "/articles?gone=true",
        "/articles, not gone": lambda n: "/articles?gone=false",
        "/articles, changed": lambda n: "/articles?changed_within_days=7",
        "/findings/{pk}": of("/findings/{pk}", signals),
        "/stories/{pk}": of("/stories/{pk}", range(1, count - 100, 100)),
        "/alerts/{pk}": of("/alerts/{pk}", Alert.objects.values_list("pk", flat=True)),
        "/cases/{pk}": of("/cases/{pk}", Case.objects.values_list("pk", flat=True)),
        "/register/{pk}": of("/register/{pk}", range(1, 301)),
        "/briefings/{pk}": lambda n: f"/briefings/{week}",
        "/briefings/{pk}/versions/{number}": lambda n: version,
        **{
            f"/briefings/{{pk}}/versions/{{number}}/files/{{form}}, {form}": _same(f"{version}/files/{form}")
            for form in ("docx", "pdf", "xlsx")
        },
    }
    for path in ("/articles", "/findings", "/stories", "/alerts", "/cases"):
        found[f"{path}, 200"] = _same(f"{path}?size=200")
    for path in (
        *("/me", "/articles", "/findings", "/stories", "/alerts", "/cases", "/register"),
        *("/outlets", "/sources", "/sources/completeness", "/briefings"),
    ):
        found[path] = _same(path)
    for what in ("articles", "register", "cases", "alerts", "audit"):
        found[f"/exports/{what}/{{form}}"] = _same(f"/exports/{what}/jsonl")
    return {f"API {name}": _below("/api/v1", address) for name, address in found.items()}


def _same(address: str) -> Address:
    return lambda n: address


def _below(root: str, address: Address) -> Address:
    return lambda n: root + address(n)


def missing(measured: Iterator[str], get: Callable[[str], Any]) -> list[str]:
    """URL names and paths that can be read and are not among ``measured``."""
    from django.urls import URLPattern, get_resolver, reverse

    from web.api.service import ROOT, document
    from web.converters import RowId

    names = {name.partition(",")[0] for name in measured}
    left = [
        path
        for path, methods in document()["paths"].items()
        if "get" in methods and f"API {path.removeprefix(ROOT)}" not in names
    ]
    _namespace, resolver = get_resolver().namespace_dict["web"]
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name not in names:
            values = {
                name: "1" if isinstance(converter, RowId) else "x"
                for name, converter in pattern.pattern.converters.items()
            }
            if get(reverse(f"web:{pattern.name}", kwargs=values)).status_code != 405:
                left.append(str(pattern.name))
    return left
