"""Rules of alerts on the pages: their form, places by name, replay, who may read and follow them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from alerts.models import (
    Rule,
    Target,
)
from cases.roles import give_role
from tests.web.factory import make_article, make_outlet
from web.place_choice import label


@pytest.fixture(autouse=True)
def _officer(officer: User) -> None:
    give_role(officer, "officer")


def rule_form(**values: object) -> dict[str, object]:
    return {"name": "Sạt lở", "query": "sạt lở", "severity": "2", "enabled": "1", "min_size": "1"} | values


def test_a_replay_shows_how_often_and_on_what(browser_client, index):
    make_article(make_outlet())
    index()
    html = browser_client.post("/quy-tac/thu/", rule_form()).content.decode()
    assert re.search(r"<b>1</b>\s*lần", html) and "Đèo Sơn Vàng sạt lở" in html


def test_a_replay_works_without_scripts_and_keeps_what_was_typed(browser_client, index):
    make_article(make_outlet())
    index()
    html = browser_client.post("/quy-tac/moi/", rule_form(name="Thử thôi", **{"try": "1"})).content.decode()
    assert re.search(r"<b>1</b>\s*lần", html) and 'value="Thử thôi"' in html
    assert not Rule.objects.exists()


def test_a_replay_says_what_is_wrong(browser_client, index):
    index()
    html = browser_client.post("/quy-tac/thu/", rule_form(query="(")).content.decode()
    assert "notice bad" in html and "ký tự" in html


def test_a_rule_is_saved_with_its_conditions_and_targets(browser_client, officer, index):
    index()
    target = Target.objects.create(name="Phòng", channel="slack", address="C0001")
    form = rule_form(
        signals=["S1", "S99"], topics=["environment"], kinds=["newspaper"], about="25, <x>", personal="1"
    )
    response = browser_client.post("/quy-tac/moi/", form | {f"target-{target.pk}": "digest"})
    assert response.status_code == 302
    made = Rule.objects.get()
    assert made.conditions == {
        "signals": ["S1"],
        "topics": ["environment"],
        "kinds": ["newspaper"],
        "about": ["25"],
    }
    assert (made.owner, made.subscriptions.get().mode) == (officer, "digest")


def test_places_of_a_rule_are_chosen_by_name_and_kept_by_code(browser_client, page, index):
    index()
    html = page("/quy-tac/moi/")
    assert (
        '<option value="Xã Nậm Lung"></option>' in html and '<option value="Tỉnh Lam Giang"></option>' in html
    )
    assert re.search(r'name="about" value="LG"> <span lang="vi">Tỉnh Lam Giang<', html)
    named = {"places-named": ["xa nam lung; Xã Trại Cói", "LG003", ""], "about-named": ["hà tĩnh"]}
    form = rule_form(places=["LG001"], about="LG", **named)
    assert browser_client.post("/quy-tac/moi/", form).status_code == 302
    kept = Rule.objects.get().conditions
    codes = {label(code): code for code in kept["places"]}
    assert len(codes) == 4 and {"Xã Nậm Lung", "Xã Trại Cói"} < set(codes)
    assert kept["places"][0] == "LG001" and kept["about"] == ["LG", "42"]
    shown = page(f"/quy-tac/{Rule.objects.get().pk}/")
    for code in (*kept["places"], *kept["about"]):
        assert re.search(rf'value="{code}" checked> <span lang="vi">[XPT]', shown), code


def test_a_place_that_nobody_or_many_bear_is_told_and_what_was_typed_stays(browser_client, index):
    index()
    form = rule_form(
        **{"places-named": ["Xã Không Có Đâu", "Xã Tân Lập", "Xã Trại Cói"], "about-named": ["Xã Trại Cói"]}
    )
    for extra in ({}, {"try": "1"}):
        refused = browser_client.post("/quy-tac/moi/", form | extra)
        html = refused.content.decode()
        assert refused.status_code == 409 and not Rule.objects.exists()
        assert "Không có nơi nào tên “Xã Không Có Đâu”" in html and 'value="Xã Không Có Đâu"' in html
        assert "Có nhiều nơi tên “Xã Tân Lập”" in html and "Không có nơi nào tên “Xã Trại Cói”" in html
        assert re.search(r'checked> <span lang="vi">Xã Trại Cói<', html)
    assert "Không có nơi nào tên" in browser_client.post("/quy-tac/thu/", form).content.decode()
    one = rule_form(**{"places-named": "xã tân lập, Tây Ninh"})
    assert browser_client.post("/quy-tac/moi/", one).status_code == 302
    assert Rule.objects.get().conditions["places"] == ["25489"]


def test_places_that_even_the_province_does_not_tell_apart_are_offered_by_code(browser_client, index):
    index()
    typed = rule_form(**{"places-named": "Xã Quang Vinh, Cao Bằng"})
    html = browser_client.post("/quy-tac/moi/", typed).content.decode()
    assert "hãy ghi mã thay cho tên" in html
    assert "01468 (Xã Quang Vinh, Huyện Trùng Khánh, Tỉnh Cao Bằng)" in html
    assert "01459 (Xã Quang Vinh, Huyện Trà Lĩnh, Tỉnh Cao Bằng)" in html
    assert browser_client.post("/quy-tac/moi/", rule_form(**{"places-named": "01459"})).status_code == 302
    assert Rule.objects.get().conditions["places"] == ["01459"]


def test_the_code_of_a_commune_is_no_province(browser_client, index):
    index()
    for commune in ("LG003", "25489"):
        refused = browser_client.post("/quy-tac/moi/", rule_form(**{"about-named": commune}))
        assert refused.status_code == 409
        assert f"Không có nơi nào tên “{commune}”" in refused.content.decode()
    assert browser_client.post("/quy-tac/moi/", rule_form(**{"about-named": "42"})).status_code == 302
    assert Rule.objects.get().conditions["about"] == ["42"]


def test_a_too_broad_rule_is_refused_and_what_was_typed_stays(browser_client, index, settings):
    from dataclasses import replace

    settings.DIEMBAO_ALERTS = replace(settings.DIEMBAO_ALERTS, rule_limit=1)
    for minutes in range(1, 4):
        make_article(make_outlet(), at=timezone.now() - timedelta(minutes=minutes))
    index()
    assert "Quá rộng" in browser_client.post("/quy-tac/thu/", rule_form()).content.decode()
    response = browser_client.post("/quy-tac/moi/", rule_form(name="Mọi vụ sạt lở"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "3 lần" in html and 'value="Mọi vụ sạt lở"' in html
    assert not Rule.objects.exists()


def test_a_rule_is_edited_and_a_stale_form_refused(page, browser_client, rule, index):
    index()
    html = page(f"/quy-tac/{rule.pk}/")
    assert 'value="Sạt lở"' in html
    form = rule_form(name="Lũ quét", query="lũ quét", version="1")
    assert browser_client.post(f"/quy-tac/{rule.pk}/", form).status_code == 302
    assert browser_client.post(f"/quy-tac/{rule.pk}/", form).status_code == 409
    assert "Lũ quét" in page("/quy-tac/")


def test_somebody_elses_rule_is_not_shown_or_edited(page, browser_client, rule):
    Rule.objects.update(owner=User.objects.create_user("khac"))
    assert "Sạt lở" not in page("/quy-tac/")
    assert browser_client.get(f"/quy-tac/{rule.pk}/").status_code == 403


def test_all_rules_are_replayed_with_progress_in_the_page(browser_client, rule, index) -> None:
    make_article(make_outlet(), "Đèo Sơn Vàng sạt lở")
    Rule.objects.create(
        name="Khác",
        query="lũ",
        active_since=rule.active_since,
        created_at=rule.created_at,
        changed_at=rule.created_at,
    )
    index()
    response = browser_client.get("/quy-tac/thu-lai/")
    page = b"".join(response.streaming_content).decode()
    assert page.index("1/2") < page.index("2/2") < page.index("</html>")
    assert "Sạt lở" in page and "Khác" in page


def test_a_viewer_replays_nothing(browser_client, officer) -> None:
    give_role(officer, "viewer")
    assert browser_client.get("/quy-tac/thu-lai/").status_code == 403


def test_one_follows_a_rule_at_ones_own_address(browser_client, page, officer, rule) -> None:
    address = f"/quy-tac/{rule.pk}/theo-doi/"
    assert browser_client.post(address, {"mode": "digest"}).status_code == 403  # nowhere to be told
    own = Target.objects.create(name="Của tôi", channel="email", address="a@example.vn", owner=officer)
    for mode, followed in (("digest", ["digest"]), ("instant", ["instant"]), ("", [])):
        assert browser_client.post(address, {"mode": mode}).status_code == 302
        assert list(own.subscriptions.values_list("mode", flat=True)) == followed
    assert "Báo cho tôi" in page("/quy-tac/")
    other = User.objects.create_user("khac")
    Rule.objects.filter(pk=rule.pk).update(owner=other)
    assert browser_client.post(address, {"mode": "instant"}).status_code == 403


def test_the_form_of_a_rule_keeps_what_is_asked_of_story_and_rhythm(browser_client, index) -> None:
    form = {"name": "Lan rộng", "query": "lũ", "severity": "2", "enabled": "1"}
    form |= {"min_outlets": "3", "tiers": "national", "growth_count": "4", "growth_hours": "6"}
    assert browser_client.post("/quy-tac/moi/", form).status_code == 302
    stored = Rule.objects.get(name="Lan rộng").conditions
    assert stored == {"min_outlets": 3, "tiers": ["national"], "growth_count": 4, "growth_hours": 6}
    spike = {
        "name": "Tăng",
        "query": "",
        "severity": "2",
        "enabled": "1",
        "spike_hours": "6",
        "spike_count": "8",
    }
    assert browser_client.post("/quy-tac/moi/", spike).status_code == 302
    assert Rule.objects.get(name="Tăng").conditions == {"spike_hours": 6, "spike_count": 8}
    both = spike | {"name": "Cả hai", "min_size": "4"}
    assert browser_client.post("/quy-tac/moi/", both).status_code == 409
