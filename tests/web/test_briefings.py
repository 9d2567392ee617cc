"""The pages of briefings: build, edit, approve by a second person, send; and who may do what."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.test import Client

from alerts.models import Delivery, Target
from briefings.building import run_waiting
from briefings.content import all_sentences
from briefings.models import Approval, BriefingSetting, BriefingVersion, Build, Sending
from briefings.versions import newest, opened
from tests.briefings import world
from tests.web.roles import signed_in
from web.views import briefings

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> BriefingVersion:
    world.make_week()
    return world.built()


def page(version: BriefingVersion, rest: str = "") -> str:
    return f"/ban-tin/{version.briefing_id}/{rest}"


def act(
    client: Client, version: BriefingVersion, what: str, text: str = "", number: int | None = None
) -> int:
    target = what.partition(":")[2]
    data = {"act": what, "version": str(number or version.number), f"text-{target}": text}
    return client.post(page(version, "soan/"), data).status_code


def latest(version: BriefingVersion) -> BriefingVersion:
    found = newest(version.briefing)
    assert found is not None
    return found


def first_quote(version: BriefingVersion) -> str:
    return next(said.id for said in all_sentences(opened(version).content) if said.verbatim)


def test_a_build_is_asked_for_once_done_by_the_step_and_led_on() -> None:
    world.make_week()
    officer = signed_in("officer")
    answer = officer.post("/ban-tin/lap/", {"week": "2026-W47"})
    build = Build.objects.get()
    assert answer["Location"] == f"/ban-tin/lap/{build.pk}/"
    officer.post("/ban-tin/lap/", {"week": "2026-W47"})
    assert Build.objects.count() == 1
    waiting = officer.get(f"/ban-tin/lap/{build.pk}/").content.decode()
    assert "Đang chờ dịch vụ nền" in waiting
    assert run_waiting(world.office()) == 1
    done = officer.get(f"/ban-tin/lap/{build.pk}/", headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == f"/ban-tin/{build.briefing_id}/"
    assert officer.get(f"/ban-tin/lap/{build.pk}/")["Location"] == f"/ban-tin/{build.briefing_id}/"


def test_weeks_are_chosen_by_their_number_and_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(briefings, "timezone", SimpleNamespace(now=lambda: world.NOW))
    officer = signed_in("officer")
    page = officer.get("/ban-tin/").content.decode()
    assert '<option value="2026-W47" selected>Tuần 47/2026: 12/11 – 19/11/2026</option>' in page
    officer.cookies["django_language"] = "en"
    assert ">Week 47/2026: 12/11 – 19/11/2026</option>" in officer.get("/ban-tin/").content.decode()
    refused = officer.post("/ban-tin/lap/", {"week": "2999-W01"}).content.decode()
    assert "Week 1/2999 has not begun" in refused


@pytest.mark.parametrize("week", ["", "2026-47", "2026-W60", "2999-W01"])
def test_a_week_that_cannot_be_built_is_refused_with_words(week: str) -> None:
    answer = signed_in("officer").post("/ban-tin/lap/", {"week": week})
    assert answer.status_code == 400 and "notice bad" in answer.content.decode()


def test_a_failed_build_tells_its_reason(version: BriefingVersion) -> None:
    Approval.objects.create(version=version, by=User.objects.create(username="x"), at=world.NOW)
    Build.objects.create(briefing=version.briefing, created_at=world.NOW)
    run_waiting(world.office())
    assert "đã được duyệt" in signed_in("viewer").get("/ban-tin/").content.decode()


def test_the_preview_shows_everything_inert(version: BriefingVersion) -> None:
    shown = signed_in("viewer").get(page(version)).content.decode()
    assert "Tóm tắt năm dòng" in shown and "<svg" in shown
    assert "<Xây dựng>" not in shown and "&lt;Xây dựng&gt;" in shown
    assert "javascript:" not in shown


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_files_come_as_attachments(version: BriefingVersion, form: str) -> None:
    answer = signed_in("viewer").get(page(version, f"tai-ve/{form}/"))
    assert answer["Content-Disposition"] == f'attachment; filename="diem-bao-2026-W47.{form}"'
    assert len(answer.content) > 5000
    assert signed_in("viewer").get(page(version, "tai-ve/odt/")).status_code == 404


def test_a_rephrased_sentence_is_the_officers_and_keeps_its_sources(version: BriefingVersion) -> None:
    officer, quote = signed_in("officer"), first_quote(version)
    before = next(said for said in all_sentences(opened(version).content) if said.id == quote)
    assert act(officer, version, f"rephrase:{quote}", "Nước lên nhanh <b>đêm</b> qua.") == 302
    after = next(said for said in all_sentences(opened(latest(version)).content) if said.id == quote)
    assert after.sources == before.sources and after.original == before.text and after.by == "officer"
    shown = officer.get(page(version)).content.decode()
    assert "Nước lên nhanh &lt;b&gt;đêm&lt;/b&gt; qua." in shown and "viết lại của cán bộ officer" in shown
    assert act(officer, version, f"restore:{quote}", number=2) == 302
    assert opened(latest(version)).content == opened(version).content


def test_blocks_move_drop_and_come_back(version: BriefingVersion) -> None:
    officer = signed_in("officer")
    first, second = (block.id for block in opened(version).content.sections[2].blocks[:2])
    assert act(officer, version, f"down:{first}") == 302
    assert [b.id for b in opened(latest(version)).content.sections[2].blocks[:2]] == [second, first]
    assert act(officer, version, f"drop:{first}", number=2) == 302
    assert (
        "Lũ sông Rộc, bài 0”"
        not in officer.get(page(version))
        .content.decode()
        .split("Nguồn trích dẫn")[0]
        .split("4. Phê bình")[0]
        .split("3. Vấn đề")[1]
    )
    assert act(officer, version, f"keep:{first}", number=3) == 302
    assert not opened(latest(version)).content.sections[2].blocks[1].dropped
    assert act(officer, version, f"up:{second}", number=4) == 409  # it is the first


def test_a_talking_point_is_marked_as_its_authors(version: BriefingVersion) -> None:
    officer = signed_in("officer")
    assert act(officer, version, "add:questions", "Nói rõ tiến độ gia cố đê.") == 302
    shown = officer.get(page(version)).content.decode()
    assert "Nói rõ tiến độ gia cố đê." in shown and "ý của cán bộ officer" in shown
    assert act(officer, version, "add:questions", "   ", number=2) == 409
    assert act(officer, version, "add:nowhere", "x", number=2) == 409


def test_an_edit_on_an_older_version_is_refused(version: BriefingVersion) -> None:
    officer = signed_in("officer")
    assert act(officer, version, "add:questions", "Một.") == 302
    assert act(officer, version, "add:questions", "Hai.", number=1) == 409
    assert latest(version).number == 2


def test_the_last_editor_never_approves_and_an_approved_version_is_frozen(version: BriefingVersion) -> None:
    approver, admin = signed_in("approver"), signed_in("admin")
    assert act(approver, version, "add:questions", "Một.") == 302
    assert approver.post(page(version, "duyet/"), {"version": "2"}).status_code == 409
    assert admin.post(page(version, "duyet/"), {"version": "1"}).status_code == 409  # not the newest
    assert admin.post(page(version, "duyet/"), {"version": "2"}).status_code == 302
    assert admin.post(page(version, "duyet/"), {"version": "2"}).status_code == 409
    assert act(approver, version, "add:questions", "Hai.", number=2) == 409
    refused = approver.get(page(version, "soan/"), follow=True)
    assert (
        refused.redirect_chain
        and '<p class="notice warn" role="status">Phiên bản' in refused.content.decode()
    )
    assert approver.post(page(version, "mo-lai/"), {"version": "2", "reason": ""}).status_code == 409
    assert approver.post(page(version, "mo-lai/"), {"version": "2", "reason": "Sai ngày"}).status_code == 302
    assert latest(version).number == 3 and Approval.objects.count() == 1
    assert "Sai ngày" in approver.get(page(version, "phien-ban/")).content.decode()


def test_versions_are_compared_line_by_line(version: BriefingVersion) -> None:
    officer = signed_in("officer")
    act(officer, version, "add:summary", "Ý mới toanh.")
    shown = officer.get(page(version, "phien-ban/?from=1&to=2")).content.decode()
    assert "<ins>" in shown and "Ý mới toanh." in shown and "<del>" not in shown


def test_versions_name_what_was_changed_and_rows_of_tables_change_as_one(version: BriefingVersion) -> None:
    officer = signed_in("officer")
    figures = next(section for section in version.content["sections"] if section["id"] == "figures")
    block = figures["blocks"][0]
    table = block["parts"][0]
    act(officer, version, f"drop:{block['id']}")
    shown = officer.get(page(version, "phien-ban/")).content.decode()
    assert block["id"] not in shown
    assert f'lang="vi">{table["label"]}</span>' in shown
    assert f"<del>{' · '.join(table['table']['columns'])}</del>" in shown


def test_an_approved_version_is_sent_once_to_each_target_with_its_files(version: BriefingVersion) -> None:
    mail = Target.objects.create(name="Văn phòng", channel="email", address="vp@example.vn")
    slack = Target.objects.create(name="Kênh", channel="slack", address="C012345")
    officer = signed_in("officer")
    data = {"version": "1", "target": [str(mail.pk), str(slack.pk)]}
    assert officer.post(page(version, "gui/"), data).status_code == 409  # not approved
    signed_in("approver").post(page(version, "duyet/"), {"version": "1"})
    assert officer.post(page(version, "gui/"), {"version": "1"}).status_code == 409  # nobody chosen
    assert officer.post(page(version, "gui/"), data).status_code == 302
    assert officer.post(page(version, "gui/"), data).status_code == 302
    assert Sending.objects.count() == Delivery.objects.filter(kind="notice").count() == 2
    payload = Delivery.objects.get(target=mail).payload
    assert payload["title"].startswith("Điểm báo tuần 47 năm 2026") and len(payload["lines"]) == 5
    assert [file["name"].rpartition(".")[2] for file in payload["files"]] == ["pdf", "docx", "xlsx"]
    assert "Văn phòng" in officer.get(page(version)).content.decode()


def test_what_was_counted_can_be_opened(version: BriefingVersion) -> None:
    viewer = signed_in("viewer")
    for measure in ("all", "before", "outlets", "topic:education", "verdict:needs-reply", "none"):
        answer = viewer.get(page(version, f"dem/?measure={measure}"))
        assert answer.status_code == 200
    assert "Tin ngắn 3" in viewer.get(page(version, "dem/?measure=all")).content.decode()


def test_every_link_of_the_preview_and_the_editor_leads_somewhere(version: BriefingVersion) -> None:
    admin = signed_in("admin")
    found: set[str] = set()
    for rest in ("", "soan/", "dem/", "phien-ban/"):
        shown = admin.get(page(version, rest)).content.decode()
        found |= set(re.findall(r'href="(/(?!static)[^"#]*)', shown))
    assert len(found) > 20
    broken = {
        link: code for link in found if (code := admin.get(html.unescape(link)).status_code) not in (200, 302)
    }
    assert broken == {}


@pytest.mark.parametrize(
    "rest", ["?version=9", "?version=x", f"?version={'9' * 40}", "soan/?x=%00", "dem/?measure=%00"]
)
def test_strange_addresses_are_no_errors(version: BriefingVersion, rest: str) -> None:
    assert signed_in("officer").get(page(version, rest)).status_code in (200, 404)


def test_pages_ask_few_questions_of_the_database(
    version: BriefingVersion, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    viewer = signed_in("officer")
    for number in range(1, 12):
        act(viewer, version, "add:summary", f"Ý {number}.", number=number)
    for rest in ("", "soan/", "phien-ban/", "dem/?measure=all"):
        with django_assert_max_num_queries(16):
            viewer.get(page(version, rest))
    with django_assert_max_num_queries(16):
        viewer.get("/ban-tin/")


def test_links_of_documents_lead_to_the_weeks_briefing(version: BriefingVersion) -> None:
    viewer = signed_in("viewer")
    assert viewer.get("/ban-tin/tuan/2026-W47/")["Location"] == page(version)
    assert viewer.get("/ban-tin/tuan/2026-W40/").status_code == 404
    assert viewer.get("/ban-tin/tuan/xx/").status_code == 404


def test_only_administrators_set_the_cut_off() -> None:
    data = {"weekday": "2", "at": "16:30", "scheduled": "1", "office": "SỞ VHTTDL", "recipients": "Một\nHai"}
    assert signed_in("approver").post("/ban-tin/thiet-lap/", data).status_code == 403
    admin = signed_in("admin")
    assert admin.post("/ban-tin/thiet-lap/", data).status_code == 302
    row = BriefingSetting.objects.get()
    assert (row.weekday, f"{row.at_time:%H:%M}", row.recipients) == (2, "16:30", ["Một", "Hai"])
    assert admin.post("/ban-tin/thiet-lap/", data | {"at": "25:00"}).status_code == 400
    assert admin.post("/ban-tin/thiet-lap/", data | {"weekday": "9"}).status_code == 400


@pytest.mark.parametrize(
    ("rest", "role"),
    [("soan/", "viewer"), ("duyet/", "officer"), ("mo-lai/", "officer"), ("gui/", "viewer")],
)
def test_roles_below_are_refused(version: BriefingVersion, rest: str, role: str) -> None:
    assert signed_in(role).post(page(version, rest), {"version": "1"}).status_code == 403
    assert signed_in("viewer").post("/ban-tin/lap/", {"week": "2026-W47"}).status_code == 403
