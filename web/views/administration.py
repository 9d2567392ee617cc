"""Administration: one page that leads to everything an administrator sets."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alerts.channels import RECIPES, open_channels
from alerts.config import AlertConfig
from alerts.models import EscalationStep, Maintenance, Rule, Target
from archive.models import AuditEntry, Outlet, Source
from cases.office import office
from web.models import Invitation
from web.permissions import needs


@needs("web.administer")
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """What there is of each, with the page where it is set."""
    now = timezone.now()
    context = {
        "province": office(),
        "people": User.objects.filter(is_active=True).count(),
        "invitations": Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now).count(),
        "entries": AuditEntry.objects.count(),
        "targets": Target.objects.filter(enabled=True).count(),
        "quiet": Target.objects.filter(enabled=True, quiet_from__isnull=False).count(),
        "rules": Rule.objects.filter(enabled=True).count(),
        "steps": EscalationStep.objects.count(),
        "maintenance": Maintenance.objects.filter(starts__lte=now, ends__gt=now).first(),
        "outlets": Outlet.objects.filter(active=True).count(),
        "sources": Source.objects.filter(active=True, outlet__active=True).count(),
        "channels": [(name, name in _open()) for name in RECIPES],
    }
    return render(request, "web/administration.html", context)


def _open() -> set[str]:
    from django.conf import settings

    config: AlertConfig = settings.DIEMBAO_ALERTS
    return set(open_channels(config))
