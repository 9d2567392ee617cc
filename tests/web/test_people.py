"""Inviting, joining, roles, closing accounts; there is always an administrator left."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from archive.models import AuditEntry
from cases.roles import give_role, role_of
from tests.web.roles import signed_in
from web.models import Invitation
from web.people import VALID_FOR

pytestmark = pytest.mark.django_db
NEW = {"name": "lan.anh", "password": "mot-mat-khau-dai-2", "again": "mot-mat-khau-dai-2"}


@pytest.fixture
def admin() -> Client:
    return signed_in("admin")


def invited(admin: Client, role: str = "officer") -> str:
    html = admin.post("/quan-tri/nguoi-dung/moi/", {"role": role, "note": "Lan Anh"}).content.decode()
    found = re.search(r'value="http://testserver(/moi/[^"]+)"', html)
    assert found
    return found.group(1)


def test_an_invitation_makes_one_account_once(admin: Client) -> None:
    link = invited(admin)
    assert link.removeprefix("/moi/").strip("/") not in str(list(Invitation.objects.values()))
    newcomer = Client()
    assert "Nhận lời mời" in newcomer.get(link).content.decode()
    response = newcomer.post(link, NEW)
    assert response["Location"] == "/"
    assert newcomer.get("/tim-kiem/").status_code == 200
    user = User.objects.get(username="lan.anh")
    assert role_of(user) == "officer" and Invitation.objects.get().joined == user
    assert Client().post(link, NEW | {"name": "nguoi-khac"}).status_code == 410
    acts = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["signed-in", "invited", "joined", "signed-in"]


def test_an_invitation_ends_after_72_hours_and_when_it_is_withdrawn(admin: Client) -> None:
    assert timedelta(hours=72) == VALID_FOR
    link = invited(admin)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 410
    link = invited(admin)
    row = Invitation.objects.first()
    admin.post(f"/quan-tri/loi-moi/{row.pk}/rut/")
    assert Client().post(link, NEW).status_code == 410
    assert not User.objects.filter(username="lan.anh").exists()


def test_an_invitation_ends_with_its_inviter(admin: Client) -> None:
    link = invited(admin)
    User.objects.filter(username="admin").update(is_active=False)
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"password": "ngan", "again": "ngan"}, "Mật khẩu cần ít nhất 10 ký tự."),
        ({"again": "khac"}, "không giống nhau"),
        ({"name": "lan anh"}, "không có dấu cách"),
        ({"name": "ADMIN"}, "Đã có người dùng"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told(admin: Client, fields: dict[str, str], words: str) -> None:
    link = invited(admin)
    response = Client().post(link, NEW | fields)
    assert response.status_code == 409 and words in response.content.decode()
    assert Client().post(link, NEW).status_code == 302  # it can still be used


def test_an_unknown_role_invites_nobody(admin: Client) -> None:
    assert admin.post("/quan-tri/nguoi-dung/moi/", {"role": "king"}).status_code == 409
    assert not Invitation.objects.exists()


def test_a_role_is_changed_and_kept_in_the_log(admin: Client) -> None:
    lan = User.objects.create_user("lan")
    give_role(lan, "viewer")
    admin.post(f"/quan-tri/nguoi-dung/{lan.pk}/", {"role": "approver"})
    assert role_of(User.objects.get(pk=lan.pk)) == "approver"
    assert AuditEntry.objects.get(action="role").details == {"from": "viewer", "to": "approver"}


def test_the_last_administrator_stays(admin: Client) -> None:
    own = User.objects.get(username="admin")
    response = admin.post(f"/quan-tri/nguoi-dung/{own.pk}/", {"role": "viewer"})
    assert response.status_code == 409 and "quản trị viên cuối cùng" in response.content.decode()
    assert role_of(User.objects.get(pk=own.pk)) == "admin"
    second = User.objects.create_superuser("goc")
    assert admin.post(f"/quan-tri/nguoi-dung/{second.pk}/", {"role": "viewer"}).status_code == 302
    assert not User.objects.get(pk=second.pk).is_superuser


def test_nobody_closes_the_own_account(admin: Client) -> None:
    own = User.objects.get(username="admin")
    assert admin.post(f"/quan-tri/nguoi-dung/{own.pk}/", {"act": "close"}).status_code == 409


def test_a_closed_account_is_out_at_once_and_may_come_back(admin: Client) -> None:
    officer = signed_in("officer")
    row = User.objects.get(username="officer")
    assert officer.get("/").status_code == 200
    admin.post(f"/quan-tri/nguoi-dung/{row.pk}/", {"act": "close"})
    assert officer.get("/")["Location"].startswith("/dang-nhap/")
    admin.post(f"/quan-tri/nguoi-dung/{row.pk}/", {"act": "open"})
    assert User.objects.get(pk=row.pk).is_active


def test_one_page_leads_to_everything(admin: Client) -> None:
    html = admin.get("/quan-tri/").content.decode()
    for address in ("nguoi-dung/", "nhat-ky/"):
        assert f'href="/quan-tri/{address}"' in html
    for address in ("/noi-nhan/", "/truc/", "/quy-tac/", "/dau-hieu/", "/nguon/", "/bat-dau/"):
        assert f'href="{address}"' in html
