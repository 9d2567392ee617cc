"""Nothing is shown to someone who has not signed in; every URL asks for the right that its table says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.permission_table import ROLES, TABLE, Row
from tests.web.roles import signed_in


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "api":
            continue  # asks tokens; its own table is in api/test_permissions
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


def refused(client: Client, name: str, row: Row, method: str) -> bool | None:
    """Whether the person may not; None when the method is not answered."""
    response = getattr(client, method)(reverse(f"web:{name}", kwargs=row.address))
    if response.status_code == 405:
        return None
    assert response.status_code < 500
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/dang-nhap/?next=")
    return to_sign_in or response.status_code in (401, 403)


def expected(needed: str, role: str) -> set[bool | None]:
    if needed == "-":  # some refuse the person before they refuse the method
        return {True} if role == "anonymous" else {True, None}
    if needed == "all":
        return {False}
    return {role == "anonymous" or ROLES.index(role) < ROLES.index(needed)}


def test_every_url_is_in_the_table() -> None:
    assert {pattern.name for pattern in patterns(get_resolver()) if pattern.name} == set(TABLE)
    assert [str(pattern.pattern) for pattern in patterns(get_resolver()) if not pattern.name] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", *ROLES])
def test_every_url_asks_for_its_right(role: str) -> None:
    wrong = []
    client = Client() if role == "anonymous" else signed_in(role)
    for name, row in sorted(TABLE.items(), key=lambda line: line[0] == "sign-out"):  # at the end
        for method, needed in (("get", row.get), ("post", row.post)):
            got = refused(client, name, row, method)
            allowed = expected(needed, role)
            if needed == "-" and "all" in (row.get, row.post):
                allowed = {None}
            if got not in allowed:
                wrong.append((method, name, got))
    assert wrong == []


@pytest.mark.django_db
def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client, officer: object) -> None:
    response = client.post(
        "/dang-nhap/", {"username": "can-bo", "password": "mat-khau-thu-1", "next": "/nguon/"}
    )
    assert response["Location"] == "/nguon/"


@pytest.mark.django_db
def test_signing_in_never_leads_to_another_site(client: Client, officer: object) -> None:
    response = client.post(
        "/dang-nhap/", {"username": "can-bo", "password": "mat-khau-thu-1", "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"


@pytest.mark.django_db
def test_a_wrong_password_says_what_to_check(client: Client, officer: object) -> None:
    response = client.post("/dang-nhap/", {"username": "can-bo", "password": "sai"})
    assert "bộ gõ tiếng Việt" in response.content.decode()


def test_signing_out_ends_the_session(browser_client: Client) -> None:
    browser_client.post("/dang-xuat/")
    assert browser_client.get("/").status_code == 302


def test_signing_out_needs_a_form(browser_client: Client) -> None:
    assert browser_client.get("/dang-xuat/").status_code == 405


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_vietnamese(officer: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    response = strict.post("/giao-dien/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()


def test_the_theme_is_remembered_and_leads_back(browser_client: Client) -> None:
    response = browser_client.post("/giao-dien/", {"theme": "dark", "next": "/nguon/"})
    assert response["Location"] == "/nguon/"
    assert 'data-theme="dark"' in browser_client.get("/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_theme_never_leads_to_another_site(browser_client: Client, back: str) -> None:
    assert browser_client.post("/giao-dien/", {"theme": "dark", "next": back})["Location"] == "/"


def test_an_unknown_theme_changes_nothing(browser_client: Client) -> None:
    assert "theme" not in browser_client.post("/giao-dien/", {"theme": '"><script>'}).cookies
