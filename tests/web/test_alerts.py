"""Alerts on the pages: the inbox, taking on and closing, addresses, the roster, dead letters."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.links import alert_page, inbox_page
from alerts.models import (
    Alert,
    AlertEvent,
    Delivery,
    DutyDay,
    EscalationStep,
    Maintenance,
    Rule,
    SlackAccount,
    Target,
)
from archive.models import Finding
from cases.models import Case
from cases.roles import give_role
from tests.web.factory import find, make_article, make_outlet


@pytest.fixture(autouse=True)
def _officer(officer: User) -> None:
    give_role(officer, "officer")


@pytest.fixture
def admin(officer: User) -> User:
    give_role(officer, "admin")
    return officer


@pytest.fixture
def alert(rule: Rule) -> Alert:
    article = make_article(make_outlet())
    find(article, "signal", "S1", "12 hộ")
    now = timezone.now()
    card = {
        "headline": "Đèo <b>Sơn Vàng</b>",
        "outlet": "Báo Lam Giang",
        "url": "javascript:alert(1)",
        "published_at": now.isoformat(),
        "precision": "minute",
        "rule": {"id": rule.pk, "name": "Sạt lở", "query": "sạt lở"},
        "matched": ["sạt lở"],
        "news": ["Lần đầu có báo trung ương đưa tin."],
        "signals": [
            {
                "code": "S1",
                "name": "Số liệu khác sổ đăng ký",
                "note": "cần đối chiếu",
                "said": ["12 hộ"],
                "other": "9 hộ",
                "source": "Báo cáo số 5",
                "as_of": "2026-11-23",
                "innocent": ["Khác thời điểm"],
            }
        ],
        "similar": [{"outlet": "Đài", "title": "Đèo lở", "at": now.isoformat(), "url": "https://x.example/"}],
        "size": 2,
    }
    made = Alert.objects.create(
        key="rule:1/article:1",
        rule=rule,
        article=article,
        severity=3,
        cause=card,
        fired_at=now,
        last_fired_at=now,
    )
    AlertEvent.objects.create(alert=made, kind="fired", at=now)
    return made


@pytest.fixture
def dead(alert: Alert) -> Delivery:
    target = Target.objects.create(name="Phòng", channel="slack", address="C0001")
    return Delivery.objects.create(
        alert=alert,
        target=target,
        channel="slack",
        kind="first",
        key="k",
        payload={},
        state="dead",
        attempts=30,
        error="Slack từ chối: channel_not_found",
        created_at=timezone.now(),
        next_at=timezone.now(),
    )


def test_a_signal_found_twice_is_one_mark(browser_client: Client, alert: Alert) -> None:
    alert.cause["signals"] = [{"code": "S9", "note": "cần đối chiếu"}] * 2
    alert.save()
    page = browser_client.get("/canh-bao/").content.decode()
    assert page.count("S9 cần đối chiếu") == 1 and "S9 cần đối chiếu × 2" in page
    del alert.cause["signals"]  # as of a deadline
    alert.save()
    assert "Sơn Vàng" in browser_client.get("/canh-bao/").content.decode()


def test_the_inbox_shows_what_waits_and_why(page, alert):
    html = page("/canh-bao/")
    for words in ("Đèo &lt;b&gt;Sơn Vàng", "Báo Lam Giang", "S1 cần đối chiếu", "Quy tắc: Sạt lở", "từ khớp"):
        assert words in html
    assert "Đèo" not in page("/canh-bao/?state=closed")
    assert "Đèo" not in page("/canh-bao/?severity=4")
    assert "Đèo" in page(f"/canh-bao/?state=all&severity=3&rule={alert.rule_id}&page=x")


def test_one_alert_shows_both_sides_and_who_was_told(page, alert, dead):
    html = page(f"/canh-bao/{alert.pk}/")
    for words in (
        "12 hộ",
        "9 hộ",
        "Báo cáo số 5",
        "Khác thời điểm",
        "Vì sao tôi nhận tin này",
        "Không gửi được",
    ):
        assert words in html
    assert "javascript:" not in html


def test_links_of_messages_lead_to_the_pages(alert):
    assert alert_page("https://x.example", alert.pk) == "https://x.example" + reverse(
        "web:alert", args=[alert.pk]
    )
    assert inbox_page("https://x.example") == "https://x.example" + reverse("web:alerts")


def test_an_officer_takes_an_alert_on_and_closes_it_with_a_verdict(browser_client, officer, alert):
    assert browser_client.post(f"/canh-bao/{alert.pk}/nhan/").status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.holder) == ("acknowledged", officer)
    form = {"outcome": "valid-criticism", "reason": "Phản ánh đúng"}
    assert browser_client.post(f"/canh-bao/{alert.pk}/dong/", form).status_code == 302
    alert.refresh_from_db()
    assert alert.state == "closed"
    assert Finding.objects.get().status == "valid-criticism"
    again = browser_client.post(f"/canh-bao/{alert.pk}/dong/", form)
    assert again.status_code == 409 and "đã có người đóng" in again.content.decode()


@pytest.mark.parametrize("form", [{"outcome": "closed", "reason": " "}, {"outcome": "sai", "reason": "vì"}])
def test_closing_needs_an_outcome_and_a_reason(browser_client, alert, form):
    assert browser_client.post(f"/canh-bao/{alert.pk}/dong/", form).status_code == 409
    assert Alert.objects.get().state == "open"


def test_readers_may_look_and_nothing_else(browser_client, officer, alert, dead, index):
    give_role(officer, "viewer")
    for address in (
        f"/canh-bao/{alert.pk}/nhan/",
        f"/canh-bao/{alert.pk}/dong/",
        f"/thu-gui/{dead.pk}/gui-lai/",
    ):
        assert browser_client.post(address).status_code == 403
    for address in ("/quy-tac/moi/", "/noi-nhan/moi/", "/truc/"):
        assert browser_client.get(address).status_code == 403
    for address in ("/canh-bao/", f"/canh-bao/{alert.pk}/", "/quy-tac/", "/noi-nhan/", "/thu-gui/"):
        html = browser_client.get(address).content.decode()
        assert "<form method" not in html.split("<main")[1].split("</main")[0]


def test_dead_letters_are_sent_again(page, browser_client, dead):
    assert "không gửi được" in page("/canh-bao/")
    assert "channel_not_found" in page("/thu-gui/")
    browser_client.post(f"/thu-gui/{dead.pk}/gui-lai/")
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("waiting", 0)
    assert "Đèo" in page("/thu-gui/?state=waiting")
    assert (
        "không còn nằm" in browser_client.post(f"/thu-gui/{dead.pk}/gui-lai/", follow=True).content.decode()
    )


def test_a_target_is_made_and_changed(browser_client, admin):
    form = {"name": "Phòng", "channel": "email", "address": "khong-phai", "enabled": "1", "passes_from": "4"}
    wrong = browser_client.post("/noi-nhan/moi/", form)
    assert wrong.status_code == 409 and "không phải địa chỉ thư" in wrong.content.decode()
    form |= {"address": "a@lamgiang.example", "quiet_from": "21:30"}
    assert browser_client.post("/noi-nhan/moi/", form).status_code == 409
    form |= {"quiet_until": "06:00"}
    assert browser_client.post("/noi-nhan/moi/", form).status_code == 302
    made = Target.objects.get()
    assert f"{made.quiet_from:%H:%M}" == "21:30"
    assert browser_client.post("/noi-nhan/moi/", form).status_code == 409  # the name is taken
    assert browser_client.post(f"/noi-nhan/{made.pk}/", form | {"health": "1"}).status_code == 302
    assert Target.objects.get().health


def test_roster_maintenance_and_slack_accounts(page, browser_client, admin):
    target = Target.objects.create(name="Lãnh đạo", channel="slack", address="C0001")
    post = browser_client.post
    step = {"act": "step", "minutes": "15", "target": target.pk, "severity": "3"}
    assert post("/truc/", step).status_code == 302
    assert post("/truc/", step | {"minutes": "0"}).status_code == 409
    window = {
        "act": "maintenance",
        "starts": "2026-11-24T22:00",
        "ends": "2026-11-24T23:00",
        "reason": "nâng",
    }
    assert post("/truc/", window).status_code == 302
    assert post("/truc/", window | {"ends": "2026-11-24T21:00"}).status_code == 409
    assert f"{Maintenance.objects.get().starts:%H:%M}" == "15:00"  # UTC
    assert post("/truc/", {"act": "slack", "user": admin.pk, "slack_id": "U1"}).status_code == 302
    assert SlackAccount.objects.get().user == admin
    assert "Lãnh đạo" in page("/truc/")
    row = EscalationStep.objects.get()
    assert post("/truc/", {"act": "remove", "what": "step", "pk": row.pk}).status_code == 302
    assert not EscalationStep.objects.exists()
    assert post("/truc/", {"act": "remove", "what": "user", "pk": admin.pk}).status_code == 409


def test_a_case_is_opened_from_an_alert_and_shown_on_it(browser_client, page, officer, alert) -> None:
    posted = {"kind": "needs-reply", "reason": "Cần trả lời báo"}
    response = browser_client.post(f"/canh-bao/{alert.pk}/ho-so/", posted)
    case = Case.objects.get()
    assert response.headers["Location"] == f"/ho-so/{case.pk}/"
    shown = page(f"/canh-bao/{alert.pk}/")
    assert f'href="/ho-so/{case.pk}/"' in shown and "Tiếp nhận" in shown
    assert f'action="/canh-bao/{alert.pk}/ho-so/"' not in shown  # there is one


def test_a_case_needs_a_reason_and_a_role(browser_client, officer, alert) -> None:
    address = f"/canh-bao/{alert.pk}/ho-so/"
    assert browser_client.post(address, {"kind": "needs-reply", "reason": " "}).status_code == 409
    give_role(officer, "viewer")
    assert browser_client.post(address, {"kind": "needs-reply", "reason": "Thử"}).status_code == 403
    assert not Case.objects.exists()


@pytest.mark.parametrize(("ticked", "cases"), [("1", 1), ("", 0)])
def test_valid_criticism_becomes_a_case_if_that_is_wanted(browser_client, alert, ticked, cases) -> None:
    form = {"outcome": "valid-criticism", "reason": "Báo nêu đúng", "with_case": ticked}
    assert browser_client.post(f"/canh-bao/{alert.pk}/dong/", form).status_code == 302
    assert Case.objects.filter(kind="criticism").count() == cases


def test_the_roster_is_seen_by_all_and_written_by_administrators(browser_client, page, officer) -> None:
    posted = {"from": "2026-11-24", "d20261124-1": str(officer.pk), "d20261125-2": str(officer.pk)}
    posted |= {"d20261126-1": "999999", "d20261127-1": "x"}
    assert browser_client.post("/truc/lich/luu/", posted).status_code == 403
    give_role(officer, "admin")
    assert browser_client.post("/truc/lich/luu/", posted).status_code == 302
    rows = DutyDay.objects.values_list("day", "place", "officer__username")
    assert [(f"{day}", place, name) for day, place, name in rows] == [
        ("2026-11-24", 1, "can-bo"),
        ("2026-11-25", 2, "can-bo"),
    ]
    give_role(officer, "viewer")
    shown = page("/truc/lich/?from=2026-11-24")
    assert "can-bo" in shown and "<select" not in shown.split("<footer")[0]
    assert page("/truc/lich/?from=rubbish")


def test_a_rung_may_tell_whoever_is_on_duty(browser_client, page, admin) -> None:
    rung = {"act": "step", "minutes": "15", "target": "place-1", "severity": "3", "team": ""}
    assert browser_client.post("/truc/", rung).status_code == 302
    assert browser_client.post("/truc/", rung).status_code == 302  # the same again is the same
    step = EscalationStep.objects.get()
    assert (step.place, step.target) == (1, None)
    assert "người trực chính hôm đó" in page("/truc/")
