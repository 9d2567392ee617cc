"""Access to the API: tokens, how much each has asked this minute, and the answers that are given again."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """Whoever brings the secret of ``digest`` acts as ``owner`` within ``scopes``.

    The secret itself is shown once and kept nowhere; ``hint`` is its beginning, to tell tokens apart.
    """

    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    hint = models.CharField(max_length=12)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    scopes = models.JSONField(default=list)  # [web.api.scopes.Scope], sorted, each once
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)  # to the minute
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class ApiMinute(models.Model):
    """How many requests of one kind a token has made in the minute that it asked last."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="minutes")
    kind = models.CharField(max_length=10)  # web.api.limits.Kind
    minute = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["token", "kind"], name="api_minute_once")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.kind} {self.minute:%Y-%m-%d %H:%M} {self.used}"


class ApiAnswer(models.Model):
    """The answer to a write, given again to whoever sends the same key with the same request.

    key      "key:" and the Idempotency-Key, or "delivery:" and a webhook's X-DiemBao-Delivery
    request  SHA-256 of method, path and body
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=220)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_answer_once")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key} {self.status}"
