"""Who may call what: the one table. An operation that is missing here fails the test.

Each line: method and path of the OpenAPI document, the scope it asks ("" for any token), the least role
whose tokens may have that scope, and what is called in the test.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    scope: str
    role: str
    address: str


VERSION = "/briefings/1/versions/1"

TABLE: dict[tuple[str, str], Row] = {
    ("get", "/me"): Row("", "viewer", "/me"),
    ("get", "/search"): Row("search:read", "viewer", "/search"),
    ("get", "/articles"): Row("articles:read", "viewer", "/articles"),
    ("get", "/articles/{pk}"): Row("articles:read", "viewer", "/articles/1"),
    ("get", "/articles/{pk}/revisions/{number}"): Row("articles:read", "viewer", "/articles/1/revisions/1"),
    ("post", "/articles/{pk}/topics"): Row("topics:write", "officer", "/articles/1/topics"),
    ("get", "/findings"): Row("articles:read", "viewer", "/findings"),
    ("get", "/findings/{pk}"): Row("articles:read", "viewer", "/findings/1"),
    ("post", "/findings/{pk}/decision"): Row("decisions:write", "officer", "/findings/1/decision"),
    ("get", "/stories"): Row("articles:read", "viewer", "/stories"),
    ("get", "/stories/{pk}"): Row("articles:read", "viewer", "/stories/1"),
    ("get", "/alerts"): Row("alerts:read", "viewer", "/alerts"),
    ("get", "/alerts/{pk}"): Row("alerts:read", "viewer", "/alerts/1"),
    ("post", "/alerts/{pk}/take"): Row("alerts:write", "officer", "/alerts/1/take"),
    ("post", "/alerts/{pk}/close"): Row("alerts:write", "officer", "/alerts/1/close"),
    ("get", "/cases"): Row("cases:read", "viewer", "/cases"),
    ("post", "/cases"): Row("cases:write", "officer", "/cases"),
    ("get", "/cases/{pk}"): Row("cases:read", "viewer", "/cases/1"),
    ("post", "/cases/questions"): Row("cases:write", "officer", "/cases/questions"),
    ("post", "/cases/{pk}/move"): Row("cases:write", "officer", "/cases/1/move"),
    ("post", "/cases/{pk}/assign"): Row("cases:write", "officer", "/cases/1/assign"),
    ("post", "/cases/{pk}/notes"): Row("cases:write", "officer", "/cases/1/notes"),
    ("get", "/register"): Row("register:read", "viewer", "/register"),
    ("post", "/register"): Row("register:write", "officer", "/register"),
    ("get", "/register/{pk}"): Row("register:read", "viewer", "/register/1"),
    ("get", "/outlets"): Row("sources:read", "viewer", "/outlets"),
    ("get", "/sources"): Row("sources:read", "viewer", "/sources"),
    ("get", "/sources/completeness"): Row("sources:read", "viewer", "/sources/completeness"),
    ("get", "/briefings"): Row("briefings:read", "viewer", "/briefings"),
    ("get", "/briefings/{pk}"): Row("briefings:read", "viewer", "/briefings/1"),
    ("get", "/briefings/{pk}/versions/{number}"): Row("briefings:read", "viewer", VERSION),
    ("get", "/briefings/{pk}/versions/{number}/files/{form}"): Row(
        "briefings:read", "viewer", f"{VERSION}/files/pdf"
    ),
    ("get", "/exports/articles/{form}"): Row("exports:read", "viewer", "/exports/articles/jsonl"),
    ("get", "/exports/register/{form}"): Row("exports:read", "viewer", "/exports/register/jsonl"),
    ("get", "/exports/cases/{form}"): Row("exports:read", "viewer", "/exports/cases/jsonl"),
    ("get", "/exports/alerts/{form}"): Row("exports:read", "viewer", "/exports/alerts/jsonl"),
    ("get", "/exports/audit/{form}"): Row("audit:read", "admin", "/exports/audit/jsonl"),
    ("post", "/webhooks"): Row("webhooks:in", "officer", "/webhooks"),
}
