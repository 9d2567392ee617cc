"""Signing in, and changing one's password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from archive.audit import record
from archive.models import AuditEntry
from web.permissions import person


class SignIn(LoginView):
    """The sign-in page; leads on to the page that was asked for."""

    template_name = "web/sign_in.html"
    redirect_authenticated_user = True


class ChangePassword(PasswordChangeView):
    """A new password for the person signed in."""

    template_name = "web/password.html"
    success_url = reverse_lazy("web:dashboard")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Say that it was done."""
        messages.success(self.request, _("Đã đổi mật khẩu."))
        with transaction.atomic():
            record(AuditEntry.Action.PASSWORD, by=person(self.request))
            return super().form_valid(form)
