"""Searches that people keep, what each has seen of them, and the addresses of their feeds."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedSearch(models.Model):
    """A search page's address under a name.

    params  the address's parameters as ``web.choices.Choices.pairs`` writes them, without paging
    token   the secret in its feeds' address, null when it has none; kept readable, for its owner
            copies it again; whoever holds it reads the feeds without signing in
    """

    name = models.CharField(max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches")
    shared = models.BooleanField(default=False)  # seen by everybody who signs in
    params = models.CharField(max_length=4000)
    token = models.CharField(max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name


class SearchLook(models.Model):
    """When somebody last looked at a saved search, and the newest article archived by then."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    newest = models.PositiveBigIntegerField(default=0)  # id of the article

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["search", "user"], name="search_look_once")]

    def __str__(self) -> str:
        return f"{self.search_id} {self.user_id} {self.at:%Y-%m-%d %H:%M}"
