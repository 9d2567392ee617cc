"""Invitations: a link that makes one account, once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Invitation(models.Model):
    """Whoever brings the secret of ``digest`` before ``expires_at`` becomes a user with ``role``.

    The secret itself is shown once and kept nowhere. ``joined``: the account that was made of it.
    """

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    role = models.CharField(max_length=20)  # cases.roles.ROLES
    note = models.CharField(max_length=120, blank=True)  # whom it is meant for
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    joined = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        default_permissions = ()
        permissions = [("administer", "Quản trị người dùng, nhật ký và thiết lập ban đầu")]

    def __str__(self) -> str:
        return f"{self.role} {self.note}"
