"""The board of cases, and opening one."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from archive.models import Article, Finding, Outlet, Story
from archive.stories import current_story
from cases.changes import CaseRefused
from cases.models import Case
from cases.office import agencies_on
from cases.opening import LONGEST_QUESTION, Opened, open_case, open_cases_of, open_question
from cases.states import Kind, State
from web import wording
from web.case_board import MOST, columns, found_cases, read_filters
from web.case_forms import read_moment, read_number, read_numbers
from web.clock import today
from web.permissions import needs, person
from web.signal_cards import quoted

SIZE = 50
COVERAGE = tuple(kind for kind in Kind.values if kind != Kind.QUESTION)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Columns by state; ``?closed=1``: the closed ones as a list."""
    now = timezone.now()
    chosen = read_filters(request.GET)
    rows = found_cases(chosen, person(request), now)
    closed = request.GET.get("closed") == "1"
    params = request.GET.copy()
    params.pop("page", None)
    context = {
        "chosen": chosen,
        "agencies": _agencies(),
        "kinds": wording.CASE_KINDS.items(),
        "closed": closed,
        "closed_count": rows.filter(state=State.CLOSED).count(),
        "open_count": rows.exclude(state=State.CLOSED).count(),
        "most": MOST,
        "params": params.urlencode(),
    }
    if closed:
        ended = rows.filter(state=State.CLOSED).order_by("-closed_at", "-pk")
        context["page"] = Paginator(ended, SIZE).get_page(request.GET.get("page"))
    else:
        context["columns"] = columns(rows, now)
    return render(request, "web/cases.html", context)


@needs("work_cases")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Open a case about an article, its story or one of its findings; alerts have a form of their own."""
    if request.method != "POST":
        return _new_page(request, _subject(request.GET), {}, read_numbers(request.GET.getlist("finding")))
    data = request.POST
    findings = read_numbers(data.getlist("finding"))
    article = _subject(data)
    try:
        opened = open_case(
            data.get("kind", ""),
            article_id=article.pk if article else None,
            finding_ids=findings,
            title=data.get("title", ""),
            reason=data.get("reason", ""),
            received_at=read_moment(data.get("received_at", "")),
            by=person(request),
            now=timezone.now(),
        )
    except CaseRefused as refused:
        return _new_page(request, article, data, findings, str(refused), status=409)
    return _led_to(request, opened)


@needs("work_cases")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest) -> HttpResponseBase:
    """Record a question of the press and the agency that owes the answer."""
    data, problem = request.POST, ""
    if request.method == "POST":
        try:
            received = read_moment(data.get("received_at", ""))
            if received is None:
                raise CaseRefused(_("Hãy ghi ngày giờ nhận câu hỏi."))
            opened = open_question(
                outlet_key=data.get("outlet", ""),
                question=data.get("question", ""),
                received_at=received,
                agency=data.get("agency", ""),
                title=data.get("title", ""),
                reason=data.get("reason", ""),
                by=person(request),
                now=timezone.now(),
            )
            return _led_to(request, opened)
        except CaseRefused as refused:
            problem = str(refused)
    context = {
        "problem": problem,
        "typed": data,
        "outlets": Outlet.objects.order_by("name"),
        "agencies": agencies_on(today(timezone.now())),
        "longest": LONGEST_QUESTION,
    }
    return render(request, "web/case_question.html", context, status=409 if problem else 200)


def _led_to(request: HttpRequest, opened: Opened) -> HttpResponse:
    if opened.created:
        messages.success(request, _("Đã mở hồ sơ."))
    else:
        messages.info(request, _("Đã có hồ sơ đang mở cho việc này; không mở thêm hồ sơ thứ hai."))
    return redirect("web:case", opened.case.pk)


def _new_page(
    request: HttpRequest,
    article: Article | None,
    typed: Mapping[str, str],
    ticked: list[int],
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    findings = []
    existing: list[Case] = []
    if article is not None:
        rows = Finding.objects.filter(article=article, kind="signal").exclude(
            status=Finding.Status.FALSE_ALARM
        )
        findings = [(row, next(iter(quoted(article, row.spans)), "")) for row in rows]
        existing = open_cases_of(article.story, article)
    context = {
        "article": article,
        "findings": findings,
        "ticked": ticked,
        "existing": existing,
        "kinds": [(value, wording.CASE_KINDS[value]) for value in COVERAGE],
        "typed": typed,
        "problem": problem,
    }
    return render(request, "web/case_new.html", context, status=status)


def _subject(params: Mapping[str, str]) -> Article | None:
    """The article that the address names, itself or by story or finding."""
    rows = Article.objects.select_related("outlet", "story")
    number = read_number(params.get("article", ""))
    if not number and (finding := read_number(params.get("finding", ""))):
        number = Finding.objects.filter(pk=finding).values_list("article", flat=True).first() or 0
    if not number and (story := read_number(params.get("story", ""))):
        number = _origin(current_story(story)) or 0
    return rows.filter(pk=number).first()


def _origin(story: Story | None) -> int | None:
    if story is None:
        return None
    return story.origin_id or story.articles.order_by("first_seen_at").values_list("pk", flat=True).first()


def _agencies() -> list[tuple[str, str]]:
    """Agencies that have cases, by name."""
    rows = Case.objects.exclude(agency="").values_list("agency", "agency_name").distinct()
    return sorted(dict(rows).items(), key=lambda pair: pair[1])
