"""Nothing is shown to someone who has not signed in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.web.factory import make_article, make_outlet
from web.urls import urlpatterns

ARGUMENTS = {
    "article": {"pk": 1},
    "comparison": {"pk": 1},
    "evidence": {"sequence": 1},
    "outlet": {"key": "bao-lam-giang"},
    "export": {"form": "csv"},
    "topics": {"pk": 1},
    "conclude": {"pk": 1},
    "alert": {"pk": 1},
    "alert-take": {"pk": 1},
    "alert-close": {"pk": 1},
    "alert-case": {"pk": 1},
    "rule-follow": {"pk": 1},
    "rule": {"pk": 1},
    "target": {"pk": 1},
    "resend": {"pk": 1},
    "set-signal": {"signal": "S1"},
    "register-export": {"form": "csv"},
    "register-entry": {"pk": 1},
    "register-edit": {"pk": 1},
    "register-approve": {"pk": 1},
    "register-withdraw": {"pk": 1},
    "case": {"pk": 1},
    "case-move": {"pk": 1},
    "case-assign": {"pk": 1},
    "case-pause": {"pk": 1},
    "case-due": {"pk": 1},
    "case-note": {"pk": 1},
    "case-draft": {"pk": 1},
    "case-approve": {"pk": 1},
    "case-attach": {"pk": 1},
    "attachment": {"pk": 1},
    "case-judge": {"pk": 1, "watch": 1},
    "case-docx": {"pk": 1, "number": 1},
    "story": {"pk": 1},
    "story-comparison": {"pk": 1},
    "story-merge": {"pk": 1},
    "story-split": {"pk": 1},
    "story-apart": {"pk": 1},
}
OPEN = {"sign-in", "theme", "language"}


def address(pattern: URLPattern) -> str:
    return reverse(f"web:{pattern.name}", kwargs=ARGUMENTS.get(pattern.name or "", {}))


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_but_the_open_ones_leads_to_the_sign_in(
    client: Client, pattern: URLPattern, method: str
) -> None:
    make_article(make_outlet())
    response = getattr(client, method)(address(pattern))
    if pattern.name in OPEN:
        assert response.status_code in (200, 302, 405)
        assert "dang-nhap/?next" not in response.get("Location", "")
    else:
        assert response.status_code == 302
        assert response["Location"].startswith("/dang-nhap/?next=")


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
