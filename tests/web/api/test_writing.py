"""What the API does goes through the doors that the pages use: roles, versions, reasons, history, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from alerts.models import Alert, AlertEvent
from archive.models import Article, AuditEntry, Finding, Indicator, RegisterEntry
from cases.models import Case, CaseEvent, Decision
from tests.web.api.caller import ROOT, Caller, fields, told
from tests.web.factory import find, make_article, make_outlet
from web.models import ApiAnswer

pytestmark = pytest.mark.django_db
ENTRY = {
    "indicator": "Số xã có đài",
    "unit": "xã",
    "value": "71/210",
    "province": "LG",
    "as_of": "2026",
    "valid_from": "2026-01-01",
    "reason": "theo báo cáo",
}


@pytest.fixture
def article() -> Article:
    return make_article(make_outlet())


@pytest.fixture
def finding(article: Article) -> Finding:
    return find(article, "signal", "S1", "12 hộ", evidence={"other": {"kind": "article", "text": "9 hộ"}})


@pytest.fixture
def alert(article: Article) -> Alert:
    now = timezone.now()
    return Alert.objects.create(
        key="k", article=article, severity=3, cause={"headline": "x"}, fired_at=now, last_fired_at=now
    )


@pytest.fixture
def officer() -> Caller:
    return Caller("officer")


def test_an_alert_is_taken_and_closed(alert: Alert, officer: Caller) -> None:
    taken = officer.post(f"/alerts/{alert.pk}/take", {"version": 1})
    assert taken["state"] == "acknowledged" and taken["holder"] == "officer" and taken["version"] == 2
    stale = officer.problem("post", f"/alerts/{alert.pk}/close", 409, {"version": 1, "reason": "xong"})
    assert stale["code"] == "stale" and fields(stale) == ["body.version"]
    closed = officer.post(f"/alerts/{alert.pk}/close", {"version": 2, "reason": "xong"})
    assert closed["state"] == "closed" and closed["events"][-1]["reason"] == "xong"
    again = officer.problem("post", f"/alerts/{alert.pk}/close", 409, {"version": 3, "reason": "xong"})
    assert again["code"] == "refused" and "đã có người đóng" in again["detail"]
    assert list(AlertEvent.objects.values_list("kind", flat=True)) == ["acknowledged", "closed"]


def test_a_finding_is_decided_with_a_reason_after_reading_the_last_decision(
    finding: Finding, officer: Caller
) -> None:
    path = f"/findings/{finding.pk}/decision"
    first = officer.post(path, {"verdict": "false-alarm", "reason": "số tăng", "seen": None})
    assert first["status"] == "false-alarm"
    stale = officer.problem("post", path, 409, {"verdict": "needs-reply", "reason": "y", "seen": None})
    assert stale["code"] == "refused" and "Vừa có người khác kết luận" in stale["detail"]
    second = officer.post(path, {"verdict": "needs-reply", "reason": "y", "seen": first["seen"]})
    assert [row["verdict"] for row in second["decisions"]] == ["false-alarm", "needs-reply"]
    assert Decision.objects.count() == 2


def test_a_case_is_opened_moved_given_away_and_commented(
    article: Article, finding: Finding, officer: Caller
) -> None:
    body = {"kind": "correction", "reason": "khác sổ", "article": article.pk, "findings": [finding.pk]}
    case = officer.post("/cases", body, 201)
    assert case["state"] == "received" and case["evidence"][0]["other"] == "9 hộ"
    assert officer.post("/cases", body, 200)["id"] == case["id"]
    path = f"/cases/{case['id']}"
    moved = officer.post(f"{path}/move", {"target": "verifying", "version": 1, "reason": "xem"})
    assert moved["state"] == "verifying" and "drafting" in moved["moves"]
    assert (
        officer.problem("post", f"{path}/move", 409, {"target": "drafting", "version": 1, "reason": "x"})[
            "code"
        ]
        == "stale"
    )
    assign = {
        "version": moved["version"],
        "agency": "so-xay-dung",
        "officer": "officer",
        "reason": "đúng việc",
    }
    given = officer.post(f"{path}/assign", assign)
    assert given["agency"] == "so-xay-dung" and given["officer"] == "officer"
    refused = officer.problem(
        "post", f"{path}/move", 409, {"target": "replied", "version": given["version"], "reason": "x"}
    )
    assert refused["code"] == "refused"
    noted = officer.post(f"{path}/notes", {"text": "đã gọi\nchờ trả lời"})
    assert noted["events"][-1]["kind"] == "noted" and noted["version"] == given["version"]
    assert CaseEvent.objects.filter(kind="noted").get().by == officer.user


def test_a_question_of_the_press_names_an_outlet_and_no_person(article: Article, officer: Caller) -> None:
    body = {
        "outlet": "bao-lam-giang",
        "question": "Bao giờ thông đường?",
        "received_at": "2026-11-20T08:00:00+07:00",
    }
    case = officer.post("/cases/questions", body, 201)
    assert case["kind"] == "question" and case["outlet"] == "bao-lam-giang"
    assert officer.post("/cases/questions", body, 200)["id"] == case["id"]
    assert fields(officer.problem("post", "/cases/questions", 422, body | {"journalist": "A"})) == [
        "body.journalist"
    ]


def test_a_register_entry_is_added_as_a_draft(officer: Caller) -> None:
    entry = officer.post("/register", ENTRY, 201)
    assert entry["status"] == "draft" and entry["created_by"] == "officer" and entry["value"] == "71/210"
    problem = officer.problem("post", "/register", 422, ENTRY | {"value": "1.930", "valid_from": "hôm qua"})
    assert set(fields(problem)) == {"body.value", "body.valid_from"}
    assert fields(officer.problem("post", "/register", 422, ENTRY | {"replaces": entry["id"]})) == [
        "body.replaces"
    ]
    assert RegisterEntry.objects.count() == 1
    assert officer.get(f"/register/{entry['id']}") == entry


def test_a_replacement_names_the_entry_in_force(officer: Caller) -> None:
    old = RegisterEntry.objects.create(
        indicator=Indicator.objects.create(name="Số xã có đài", unit="xã"), value="70/210", province="LG",
        as_of="2025", valid_from="2025-01-01", status="approved", created_at=timezone.now(),
    )  # fmt: skip
    assert officer.post("/register", ENTRY | {"replaces": old.pk}, 201)["replaces"] == old.pk


def test_topics_are_corrected(article: Article, officer: Caller) -> None:
    find(article, "topic", "environment", "hộ dân")
    path, body = f"/articles/{article.pk}/topics", {"add": ["disaster-weather"], "remove": ["environment"]}
    told_ = officer.post(path, body | {"reason": "nói về sạt lở"})
    assert told_["added"] == ["disaster-weather"] and told_["removed"] == ["environment"]
    assert [row["id"] for row in told_["topics"]] == ["disaster-weather"]
    assert officer.problem("post", path, 409, body | {"reason": "lại"})["code"] == "refused"
    assert fields(officer.problem("post", path, 422, {"add": ["hay"], "reason": "x"})) == ["body.add.0"]


def test_the_log_tells_the_act_and_the_token(alert: Alert, officer: Caller) -> None:
    officer.post(f"/alerts/{alert.pk}/take", {"version": 1})
    rows = AuditEntry.objects.order_by("pk").values_list("action", "person", "subject")
    headline = alert.cause["headline"]
    assert list(rows)[1:] == [("alert", "officer", headline), ("token", "officer", "máy thử")]
    assert AuditEntry.objects.order_by("pk").last().details["what"] == f"POST {ROOT}/alerts/{alert.pk}/take"


def test_the_same_key_gives_the_same_answer_and_acts_once(article: Article, officer: Caller) -> None:
    case = officer.post("/cases", {"kind": "criticism", "reason": "x", "article": article.pk}, 201)
    path, body = f"/cases/{case['id']}/notes", {"text": "một lần"}
    first = officer.call("post", path, body, Idempotency_Key="ghi-1")
    second = officer.call("post", path, body, Idempotency_Key="ghi-1")
    assert first.content == second.content and first.status_code == second.status_code == 200
    assert "Idempotent-Replayed" not in first and second["Idempotent-Replayed"] == "true"
    assert CaseEvent.objects.filter(kind="noted").count() == 1
    officer.call("post", path, body, Idempotency_Key="ghi-2")
    officer.call("post", path, body)
    assert CaseEvent.objects.filter(kind="noted").count() == 3


def test_a_created_answer_keeps_its_status(article: Article, officer: Caller) -> None:
    body = {"kind": "criticism", "reason": "x", "article": article.pk}
    first = officer.post("/cases", body, 201, Idempotency_Key="mo-1")
    assert officer.post("/cases", body, 201, Idempotency_Key="mo-1") == first
    assert Case.objects.count() == 1


def test_a_refusal_is_an_answer_too(alert: Alert, officer: Caller) -> None:
    path, body = f"/alerts/{alert.pk}/close", {"version": 9, "reason": "x"}
    first = officer.call("post", path, body, Idempotency_Key="dong-1")
    second = officer.call("post", path, body, Idempotency_Key="dong-1")
    assert told(first, 409) == told(second, 409) and second["Idempotent-Replayed"] == "true"
    assert not AlertEvent.objects.exists()


def test_a_key_belongs_to_one_request_and_one_token(alert: Alert, article: Article, officer: Caller) -> None:
    officer.post(f"/alerts/{alert.pk}/take", {"version": 1}, Idempotency_Key="k")
    reused = officer.problem("post", f"/alerts/{alert.pk}/take", 422, {"version": 2}, Idempotency_Key="k")
    assert reused["code"] == "key-reused" and fields(reused) == ["header.Idempotency-Key"]
    other = Caller("approver")
    body = {"kind": "criticism", "reason": "x", "article": article.pk}
    assert other.post("/cases", body, 201, Idempotency_Key="k")["id"]


@pytest.mark.parametrize("key", ["", "x" * 201, "a\x7f"])
def test_a_bad_key_is_refused_before_anything_is_done(key: str, alert: Alert, officer: Caller) -> None:
    problem = officer.problem("post", f"/alerts/{alert.pk}/take", 422, {"version": 1}, Idempotency_Key=key)
    assert fields(problem) == ["header.Idempotency-Key"]
    assert not AlertEvent.objects.exists() and not ApiAnswer.objects.exists()


def test_a_failure_of_ours_undoes_everything_and_may_be_sent_again(
    alert: Alert, officer: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("đĩa đầy")

    path, body = f"/alerts/{alert.pk}/take", {"version": 1}
    with monkeypatch.context() as patch:
        patch.setattr("web.api.alerts.alert_told", broken)
        assert officer.problem("post", path, 500, body, Idempotency_Key="k")["code"] == "internal"
    alert.refresh_from_db()
    assert alert.state == "open" and not ApiAnswer.objects.exists() and not AlertEvent.objects.exists()
    assert officer.post(path, body, Idempotency_Key="k")["state"] == "acknowledged"


def test_old_answers_are_forgotten(alert: Alert, officer: Caller) -> None:
    officer.post(f"/alerts/{alert.pk}/take", {"version": 1}, Idempotency_Key="k")
    ApiAnswer.objects.update(made_at=timezone.now() - timedelta(days=8))
    officer.post(f"/alerts/{alert.pk}/close", {"version": 2, "reason": "x"}, Idempotency_Key="l")
    assert list(ApiAnswer.objects.values_list("key", flat=True)) == ["key:l"]


GOOD = {"kind": "criticism", "reason": "x", "article": 1}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.kind"),
        (GOOD | {"kind": "question"}, "body.kind"),
        (GOOD | {"kind": None}, "body.kind"),
        (GOOD | {"reason": ""}, "body.reason"),
        (GOOD | {"reason": " \n "}, "body.reason"),
        (GOOD | {"reason": 5}, "body.reason"),
        (GOOD | {"reason": "x" * 2001}, "body.reason"),
        (GOOD | {"reason": "a\x00b"}, "body.reason"),
        (GOOD | {"reason": "a\x1b[2J"}, "body.reason"),
        (GOOD | {"reason": "a\ud800"}, "body.reason"),
        (GOOD | {"title": "hai\ndòng"}, "body.title"),
        (GOOD | {"title": "x" * 301}, "body.title"),
        (GOOD | {"article": "1"}, "body.article"),
        (GOOD | {"article": 1.5}, "body.article"),
        (GOOD | {"article": True}, "body.article"),
        (GOOD | {"article": 0}, "body.article"),
        (GOOD | {"article": 10**30}, "body.article"),
        (GOOD | {"findings": [1] * 51}, "body.findings"),
        (GOOD | {"findings": [[]]}, "body.findings.0"),
        (GOOD | {"findings": {}}, "body.findings"),
        (GOOD | {"received_at": "2026-11-25T08:00:00"}, "body.received_at"),
        (GOOD | {"received_at": "hôm qua"}, "body.received_at"),
        (GOOD | {"received_at": 1}, "body.received_at"),
        (GOOD | {"author": "ai đó"}, "body.author"),
        ({"kind": "criticism", "reason": "x"}, "body.article"),
    ],
)
def test_a_bad_body_is_refused_naming_the_field(body: object, field: str, officer: Caller) -> None:
    problem = officer.problem("post", "/cases", 422, body)
    assert field in fields(problem) and not Case.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"kind": NaN}',
        b"kind=criticism",
        b"9" * 9000,
    ],
)
def test_a_body_that_is_no_object_is_refused(raw: bytes, officer: Caller) -> None:
    response = officer.call("post", "/cases", raw=raw)
    assert told(response, response.status_code)["code"] in ("bad-request", "bad-field")
    assert response.status_code in (400, 422)


def test_a_body_that_is_too_large_is_refused(officer: Caller) -> None:
    response = officer.call("post", "/cases", raw=b'{"reason": "' + b"x" * 3_000_000 + b'"}')
    assert told(response, 413)["code"] == "too-large"


def test_what_is_missing_is_not_found(officer: Caller) -> None:
    verdict = {"verdict": "needs-reply", "reason": "x", "seen": None}
    for path, body in (
        ("/alerts/5/take", {"version": 1}),
        ("/findings/5/decision", verdict),
        ("/cases/5/move", {"target": "closed", "version": 1, "reason": "x"}),
        ("/cases/5/assign", {"version": 1, "agency": "", "officer": None, "reason": "x"}),
        ("/cases/5/notes", {"text": "x"}),
        ("/articles/5/topics", {"add": ["environment"], "reason": "x"}),
    ):
        assert officer.problem("post", path, 404, body)["code"] == "not-found", path
    assert officer.problem("post", "/cases", 409, GOOD)["code"] == "refused"


def test_common_refusals_of_the_rooms_below_have_their_english(alert: Alert, officer: Caller) -> None:
    Alert.objects.update(state="closed")
    body = {"version": 1, "reason": "x"}
    english = officer.problem("post", f"/alerts/{alert.pk}/close", 409, body, Accept_Language="en")
    assert english["detail"] == "Somebody has closed this alert."
