"""The first-run wizard: every step done, skipped, come back to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from alerts.channels.recipe import Message
from alerts.errors import TransportError
from alerts.models import Target
from archive.models import Source
from diembao.config import read_env_file
from tests.web.factory import make_outlet, make_source
from tests.web.roles import signed_in
from web.models import Invitation, SetupStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return signed_in("admin")


@pytest.fixture
def chosen(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.DIEMBAO_CHOSEN = tmp_path / "chosen.env"
    settings.DIEMBAO_PROVINCE_FIXED = False
    return tmp_path / "chosen.env"


def test_a_new_office_is_led_through_and_never_forced(admin: Client) -> None:
    assert "còn 4 bước" in admin.get("/").content.decode()
    assert "còn 4 bước" not in signed_in("officer").get("/").content.decode()
    for key in ("province", "sources", "slack"):
        response = admin.post(f"/bat-dau/{key}/", {"skip": "1"})
    assert response["Location"] == "/bat-dau/people/"
    assert admin.post("/bat-dau/people/", {"skip": "1"})["Location"] == "/bat-dau/"
    assert "Mọi bước đã xong" in admin.get("/bat-dau/").content.decode()
    assert "Thiết lập ban đầu còn" not in admin.get("/").content.decode()


def test_it_goes_on_where_it_stopped(admin: Client) -> None:
    admin.post("/bat-dau/province/", {"skip": "1"})
    assert 'href="/bat-dau/sources/">Làm tiếp' in admin.get("/bat-dau/").content.decode()


def test_the_province_is_kept_for_the_next_start(admin: Client, chosen: Path) -> None:
    fields = {"province": "ha-tinh", "contact": "vanphong@hatinh.example"}
    assert admin.post("/bat-dau/province/", fields)["Location"] == "/bat-dau/sources/"
    assert read_env_file(chosen) == {
        "DIEMBAO_PROVINCE": "ha-tinh",
        "DIEMBAO_CONTACT": "vanphong@hatinh.example",
    }
    assert "Đã chọn Tỉnh Hà Tĩnh" in admin.get("/bat-dau/province/").content.decode()


def test_choosing_what_is_followed_already_starts_nothing_again(admin: Client, chosen: Path) -> None:
    page = admin.post("/bat-dau/province/", {"province": "demo"}, follow=True).content.decode()
    assert not chosen.exists()
    assert "tự khởi động lại" not in page
    fields = {"province": "ha-tinh", "contact": "vanphong@hatinh.example"}
    assert "tự khởi động lại" in admin.post("/bat-dau/province/", fields, follow=True).content.decode()
    written = chosen.stat().st_mtime_ns
    assert "tự khởi động lại" not in admin.post("/bat-dau/province/", fields, follow=True).content.decode()
    assert chosen.stat().st_mtime_ns == written


def test_a_refused_choice_stays_ticked(admin: Client, chosen: Path) -> None:
    page = admin.post("/bat-dau/province/", {"province": "ha-tinh", "contact": ""}).content.decode()
    assert 'value="ha-tinh" checked' in page
    assert 'value="demo" checked' not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"province": "atlantis", "contact": "a@b.vn"},
        {"province": "../demo", "contact": "a@b.vn"},
        {"province": "ha-tinh", "contact": ""},
        {},
    ],
)
def test_a_wrong_choice_is_refused_and_nothing_is_kept(
    admin: Client, chosen: Path, fields: dict[str, str]
) -> None:
    assert admin.post("/bat-dau/province/", fields).status_code == 409
    assert not chosen.exists() and not SetupStep.objects.exists()


def test_a_contact_is_one_line(admin: Client, chosen: Path) -> None:
    admin.post("/bat-dau/province/", {"province": "ha-tinh", "contact": "a@b.vn\nDIEMBAO_SECRET_KEY=x"})
    assert set(read_env_file(chosen)) == {"DIEMBAO_PROVINCE", "DIEMBAO_CONTACT"}


def test_a_province_of_the_settings_is_not_overruled(
    admin: Client, chosen: Path, settings: pytest.FixtureRequest
) -> None:
    settings.DIEMBAO_PROVINCE_FIXED = True
    assert admin.post("/bat-dau/province/", {"province": "demo"}).status_code == 409
    assert not chosen.exists()


def test_sources_are_read_at_once_and_the_progress_is_shown(admin: Client) -> None:
    outlet = make_outlet()
    good, bad = make_source(outlet, days=0), make_source(outlet, days=0)
    address = admin.post("/bat-dau/sources/", {"go": "1"})["Location"]
    assert not Source.objects.filter(next_due_at__gt=timezone.now()).exists()
    html = admin.get(address).content.decode()
    assert "Đã đọc 0 trong 2 nguồn" in html and "hx-trigger" in html
    later = timezone.now() + timedelta(seconds=5)
    Source.objects.filter(pk=good.pk).update(last_tried_at=later)
    Source.objects.filter(pk=bad.pk).update(last_tried_at=later, failures=1, last_error="HTTP 503")
    html = admin.get(address).content.decode()
    assert "Đọc được 1 trong 2 nguồn" in html and "HTTP 503" in html and "hx-trigger" not in html
    assert admin.get("/bat-dau/sources/?since=zzz").status_code == 200


def test_without_a_token_slack_is_explained(admin: Client) -> None:
    html = admin.get("/bat-dau/slack/").content.decode()
    assert "SLACK_BOT_TOKEN" in html and 'name="address"' not in html
    assert admin.post("/bat-dau/slack/", {"address": "C0123456789"}).status_code == 409


class FakeSlack:
    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, message: Message) -> str:
        if message.address == "C0000000000":
            raise TransportError("not_in_channel", permanent=True)
        self.sent.append(message)
        return "C0123456789/1"


def test_a_test_message_makes_the_channel_a_target(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    slack = FakeSlack()
    monkeypatch.setattr("web.setup.open_channels", lambda config: {"slack": slack})
    monkeypatch.setattr("web.setup.slack_is_on", lambda: True)
    refused = admin.post("/bat-dau/slack/", {"address": "C0000000000"})
    assert refused.status_code == 409 and "not_in_channel" in refused.content.decode()
    assert admin.post("/bat-dau/slack/", {"address": "#chung"}).status_code == 409
    assert not Target.objects.exists()
    admin.post("/bat-dau/slack/", {"address": "C0123456789", "name": "Kênh báo chí"})
    assert [message.address for message in slack.sent] == ["C0123456789"]
    assert Target.objects.get().name == "Kênh báo chí"


def test_officers_are_invited_on_the_way(admin: Client) -> None:
    html = admin.post("/bat-dau/people/", {"role": "officer", "note": "Lan"}).content.decode()
    assert "http://testserver/moi/" in html and Invitation.objects.count() == 1
    assert admin.post("/bat-dau/people/", {"done": "1"})["Location"] == "/bat-dau/province/"


@pytest.mark.parametrize("role", ["viewer", "officer", "approver"])
def test_only_administrators_set_up(role: str) -> None:
    client = signed_in(role)
    assert client.get("/bat-dau/").status_code == 403
    assert client.post("/bat-dau/people/", {"role": "admin"}).status_code == 403
    assert User.objects.count() == 1
