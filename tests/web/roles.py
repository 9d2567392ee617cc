"""Clients signed in with a role."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from cases.roles import give_role


def signed_in(role: str) -> Client:
    """A client of somebody named like the role."""
    user, _ = User.objects.get_or_create(username=role)
    give_role(user, role)
    client = Client()
    client.force_login(user)
    return client
