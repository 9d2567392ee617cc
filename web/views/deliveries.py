"""The outbox: what could not be sent, with a button to send it again; what waits; what went out."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alerts.deliver import resend
from alerts.models import Delivery
from web import wording
from web.permissions import needs

SIZE = 50
TABS = {"dead": ("dead",), "waiting": ("waiting", "failed", "sending"), "sent": ("sent",)}


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """The dead letters first; others by ``?state=``."""
    state = request.GET.get("state", "dead")
    if state not in TABS:
        state = "dead"
    rows = Delivery.objects.filter(state__in=TABS[state]).select_related("target", "alert").order_by("-pk")
    counts = {name: Delivery.objects.filter(state__in=states).count() for name, states in TABS.items()}
    context = {
        "page": Paginator(rows, SIZE).get_page(request.GET.get("page")),
        "params": f"state={state}",
        "state": state,
        "tabs": [(name, wording.DELIVERY_STATES[name], counts[name]) for name in TABS],
    }
    return render(request, "web/deliveries.html", context)


@needs("decide")
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a dead letter another round."""
    if resend(pk, now=timezone.now()):
        messages.success(request, _("Đã xếp thư vào hàng chờ gửi lại."))
    else:
        messages.info(request, _("Thư này không còn nằm trong số không gửi được."))
    return redirect(reverse("web:deliveries"))
