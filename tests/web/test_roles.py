"""Who may do what on the pages: every address that changes something, for every role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from archive.models import Finding, RegisterEntry
from cases.models import SignalSetting
from cases.roles import ROLES
from tests.archive.register_maker import CELLS, draft
from tests.web.factory import find, make_article, make_outlet
from tests.web.roles import signed_in

pytestmark = pytest.mark.django_db

WRITES = {
    "conclude": ("decide", {"verdict": "needs-reply", "reason": "x"}),
    "topics": ("correct_topics", {"topic": "minerals", "reason": "x"}),
    "register-new": ("edit_register", CELLS),
    "register-edit": ("edit_register", CELLS | {"value": "7", "reason": "x", "version": "1"}),
    "register-import": ("edit_register", {"rows": "no,table", "name": "x"}),
    "register-approve": ("approve_register", {"version": "1"}),
    "register-withdraw": ("edit_register", {"version": "1", "reason": "x"}),
    "set-signal": ("manage_signals", {"threshold": "0,5", "enabled": "1", "reason": "x"}),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", WRITES)
def test_an_address_that_changes_something_is_open_to_its_roles_only(role: str, name: str) -> None:
    article = make_article(make_outlet())
    finding, entry = find(article, "signal", "S1", "12 hộ"), draft("ai-do")
    address = {
        "conclude": f"/doi-chieu/{finding.pk}/ket-luan/",
        "topics": f"/bai/{article.pk}/chu-de/",
        "register-new": "/so-lieu/moi/",
        "register-edit": f"/so-lieu/muc/{entry.pk}/sua/",
        "register-import": "/so-lieu/nhap/",
        "register-approve": f"/so-lieu/muc/{entry.pk}/duyet/",
        "register-withdraw": f"/so-lieu/muc/{entry.pk}/rut/",
        "set-signal": "/dau-hieu/S1/",
    }[name]
    permission, data = WRITES[name]
    before = state()
    response = signed_in(role).post(address, data)
    if permission in ROLES[role]:
        if name == "register-import":
            assert response.status_code == 409  # the rows are no table; the person is allowed to ask
        elif name == "register-withdraw" and role == "officer":
            assert response.status_code == 403 and "quyền duyệt" in response.content.decode()
        else:
            assert response.status_code == 302
            assert state() != before
    else:
        assert response.status_code == 403
        assert "Không được phép" in response.content.decode()
        assert state() == before


def state() -> tuple[object, ...]:
    return (
        sorted(Finding.objects.values_list("kind", "label", "status")),
        sorted(RegisterEntry.objects.values_list("pk", "value", "status")),
        SignalSetting.objects.count(),
    )


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_and_sees_only_the_forms_that_work(role: str) -> None:
    article = make_article(make_outlet())
    finding, entry = find(article, "signal", "S1", "12 hộ"), draft("ai-do")
    client = signed_in(role)
    shown = ""
    for address in (
        f"/bai/{article.pk}/",
        "/doi-chieu/",
        "/do-chinh-xac/",
        "/dau-hieu/",
        "/so-lieu/",
        f"/so-lieu/muc/{entry.pk}/",
    ):
        response = client.get(address)
        assert response.status_code == 200
        shown += response.content.decode()
    forms = {
        "decide": f'action="/doi-chieu/{finding.pk}/ket-luan/"',
        "correct_topics": f'action="/bai/{article.pk}/chu-de/"',
        "edit_register": 'href="/so-lieu/moi/"',
        "approve_register": f'action="/so-lieu/muc/{entry.pk}/duyet/"',
        "manage_signals": 'action="/dau-hieu/S1/"',
    }
    cases = {"work_cases", "approve_cases"}  # their pages have tests of their own
    assert {name for name, form in forms.items() if form in shown} == set(ROLES[role]) & set(forms) - cases


@pytest.mark.parametrize("address", ["/so-lieu/moi/", "/so-lieu/nhap/"])
def test_forms_are_not_shown_to_who_may_not_use_them(address: str) -> None:
    assert signed_in("viewer").get(address).status_code == 403
    assert signed_in("officer").get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/doi-chieu/1/ket-luan/",
        "/so-lieu/muc/1/duyet/",
        "/so-lieu/muc/1/rut/",
        "/dau-hieu/S1/",
        "/bai/1/chu-de/",
    ],
)
def test_what_changes_something_is_never_a_link(address: str) -> None:
    assert signed_in("admin").get(address).status_code == 405


def test_a_person_without_a_role_only_reads() -> None:
    client = Client()
    client.force_login(User.objects.create_user("moi", last_login=timezone.now()))
    assert client.get("/so-lieu/").status_code == 200
    assert client.post("/so-lieu/moi/", CELLS).status_code == 403
