"""One briefing: its preview, its files, what it counted, and its versions beside each other."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from alerts.channels import RECIPES
from alerts.models import Delivery, Target
from archive.models import Article
from briefings.inputs import Inputs
from briefings.measures import members
from briefings.models import Briefing, BriefingVersion, Sending
from briefings.render import CONTENT_TYPES, file_name
from briefings.render import render as draw
from briefings.versions import Opened, history, is_approved, opened
from web import briefing_page
from web.briefing_page import profile

MOST_LISTED = 500


def briefing_row(pk: int) -> Briefing:
    """The briefing of our own province with that number, or 404."""
    return get_object_or_404(Briefing, pk=pk, province=profile().id)


def version_row(briefing: Briefing, number: str | None) -> BriefingVersion:
    """The version of that number, the newest for none; 404 when there is none."""
    rows = BriefingVersion.objects.filter(briefing=briefing)
    # The inputs are large: what a page does not ask for stays in the database.
    rows = rows.select_related("briefing", "by").order_by("-number")
    if number:
        whole = number.isascii() and number.isdigit() and len(number) < 10
        rows = rows.filter(number=int(number)) if whole else rows.none()
    version: BriefingVersion | None = rows.first()
    if version is None:
        raise Http404
    return version


def open_version(request: HttpRequest, pk: int) -> Opened:
    """What the address asks for."""
    return opened(version_row(briefing_row(pk), request.GET.get("version")))


@require_safe
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview, and what may be done with it."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, problem: str = "", status: int = 200) -> HttpResponse:
    """The preview, with a refusal above it if there was one."""
    row = briefing_row(pk)
    if not row.versions.exists():
        return render(request, "web/briefing_empty.html", {"briefing": row, "build": row.builds.first()})
    kept = open_version(request, pk)
    version = kept.version
    newest = version.number == row.versions.order_by("-number").values_list("number", flat=True).first()
    approved = is_approved(version)
    context = {
        "briefing": row,
        "version": version,
        "newest": newest,
        "approval": getattr(version, "approval", None) if approved else None,
        "document": briefing_page.shown(kept),
        "problem": problem,
        "can_compose": request.user.has_perm("briefings.compose_briefing"),
        "can_approve": newest and not approved and request.user.has_perm("briefings.approve_briefing"),
        "own": version.by_id is not None and version.by_id == request.user.pk,
        "can_reopen": newest and approved and request.user.has_perm("briefings.approve_briefing"),
        "sendings": _sent(version.sendings.select_related("by")),
        "targets": _targets() if approved else (),
    }
    return render(request, "web/briefing.html", context, status=status)


def _targets() -> list[tuple[Target, str | Promise]]:
    """Where a briefing can be sent, with the channel's name."""
    rows = Target.objects.filter(enabled=True, owner=None)
    return [
        (row, RECIPES[row.channel].label)
        for row in rows
        if row.channel in RECIPES and Delivery.Kind.NOTICE in RECIPES[row.channel].kinds
    ]


def _sent(rows: Iterable[Sending]) -> list[tuple[Sending, Delivery | None]]:
    """Every sending with the message that came of it."""
    sendings = list(rows)
    messages = {row.key: row for row in Delivery.objects.filter(key__in=[each.key for each in sendings])}
    return [(each, messages.get(each.key)) for each in sendings]


@require_safe
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The file of a version."""
    if form not in CONTENT_TYPES:
        raise Http404
    kept = open_version(request, pk)
    response = HttpResponse(draw(kept.content, kept.annex, form), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{file_name(kept.content, form)}"'
    return response


@require_safe
def counts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every count of a briefing, and one of them opened: what exactly was counted."""
    kept = open_version(request, pk)
    found = briefing_page.counts(kept)
    measure = request.GET.get("measure", "")
    chosen = next((one for one in found if one.measure == measure), None)
    listed: list[object] = []
    if chosen is not None:
        inputs = Inputs.model_validate(kept.version.inputs.data)
        listed = _listed(inputs, chosen.measure)
    context = {
        "briefing": kept.version.briefing,
        "version": kept.version,
        "counts": found,
        "chosen": chosen,
        "listed": listed[:MOST_LISTED],
        "more": max(0, len(listed) - MOST_LISTED),
    }
    return render(request, "web/briefing_counts.html", context)


def _listed(inputs: Inputs, measure: str) -> list[object]:
    """Articles where the set is one of articles, otherwise the keys as they are."""
    keys = members(inputs, measure)
    frozen = {str(row.id): row for row in inputs.articles}
    if keys and all(key in frozen for key in keys):
        return [frozen[key] for key in keys]
    if measure in ("before", "late"):
        rows = Article.objects.filter(pk__in=[int(key) for key in keys[:MOST_LISTED]]).select_related(
            "outlet"
        )
        return [
            {"id": row.pk, "title": row.title, "outlet_name": row.outlet.name} for row in rows.defer("text")
        ]
    return list(keys)


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version, and two of them compared."""
    row = briefing_row(pk)
    rows = list(history(row))
    if not rows:
        raise Http404
    numbers = [version.number for version in rows]
    after = _number(request.GET.get("to"), numbers, numbers[0])
    before = _number(request.GET.get("from"), numbers, numbers[1] if len(numbers) > 1 else numbers[0])
    chosen = opened(version_row(row, str(after)))
    names = briefing_page.names(chosen.content)
    context = {
        "briefing": row,
        "versions": [(version, names.get(version.what, version.what)) for version in rows],
        "before": before,
        "after": after,
        "lines": briefing_page.compared(opened(version_row(row, str(before))), chosen)
        if before != after
        else [],
    }
    return render(request, "web/briefing_versions.html", context)


def _number(text: str | None, known: list[int], otherwise: int) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
    return number if number in known else otherwise
