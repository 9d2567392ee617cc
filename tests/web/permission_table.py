"""Who may ask what of every URL: the one table. A URL that is missing here fails the test.

Each line: URL name, then who may GET and who may POST at least: "all" (no sign-in), "viewer", "officer",
"approver", "admin"; "-" where the method is not answered. Then what its address holds, if anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES = ("viewer", "officer", "approver", "admin")


@dataclass(frozen=True)
class Row:
    get: str
    post: str
    address: dict[str, object] = field(default_factory=dict)


READ = Row("viewer", "-")
ONE = {"pk": 1}
ONE_READ = Row("viewer", "-", ONE)
OFFICER_ACT = Row("-", "officer", ONE)
OFFICER_FORM = Row("officer", "officer", ONE)

TABLE: dict[str, Row] = {
    # watching
    "dashboard": READ,
    "dashboard-live": READ,
    "dashboard-week": READ,
    "search": READ,
    "export": Row("viewer", "-", {"form": "csv"}),
    "saved": READ,
    "saved-new": Row("-", "viewer"),
    "saved-open": ONE_READ,
    "saved-edit": Row("viewer", "viewer", ONE),  # one's own; others' are not found (test_saved)
    "saved-delete": Row("-", "viewer", ONE),
    "saved-feed": Row("-", "viewer", ONE),
    "feed": Row("all", "-", {"token": "x", "form": "rss"}),  # the token is the right (test_saved)
    "article": ONE_READ,
    "comparison": ONE_READ,
    "story": ONE_READ,
    "story-comparison": ONE_READ,
    "evidence": Row("viewer", "-", {"sequence": 1}),
    "sources": READ,
    "outlet": Row("viewer", "-", {"key": "bao-lam-giang"}),
    # deciding
    "topics": OFFICER_ACT,
    "decisions": READ,
    "conclude": OFFICER_ACT,
    "precision": READ,
    "signals": READ,
    "set-signal": Row("-", "admin", {"signal": "S1"}),
    "story-merge": OFFICER_ACT,
    "story-split": OFFICER_ACT,
    "story-apart": OFFICER_ACT,
    # register
    "register": READ,
    "register-new": Row("officer", "officer"),
    "register-import": Row("officer", "officer"),
    "register-export": Row("viewer", "-", {"form": "csv"}),
    "register-entry": ONE_READ,
    "register-edit": OFFICER_FORM,
    "register-approve": Row("-", "approver", ONE),
    "register-withdraw": OFFICER_ACT,
    # briefings
    "briefings": READ,
    "briefing-request": Row("-", "officer"),
    "briefing-build": ONE_READ,
    "briefing-settings": Row("admin", "admin"),
    "briefing-week": Row("viewer", "-", {"week": "2026-W47"}),
    "briefing": ONE_READ,
    "briefing-editor": OFFICER_FORM,
    "briefing-versions": ONE_READ,
    "briefing-counts": ONE_READ,
    "briefing-file": Row("viewer", "-", {"pk": 1, "form": "pdf"}),
    "briefing-approve": Row("-", "approver", ONE),
    "briefing-reopen": Row("-", "approver", ONE),
    "briefing-send": OFFICER_ACT,
    # alerts
    "alerts": READ,
    "alert": ONE_READ,
    "alert-take": OFFICER_ACT,
    "alert-close": OFFICER_ACT,
    "alert-case": OFFICER_ACT,
    "rules": READ,
    "rule-new": Row("officer", "officer"),
    "rule-replay": Row("-", "officer"),
    "rule-replays": Row("officer", "-"),
    "rule": OFFICER_FORM,
    "rule-follow": Row("-", "viewer", ONE),
    "targets": READ,
    "target-new": Row("admin", "admin"),
    "target": Row("admin", "admin", ONE),
    "duty": Row("admin", "admin"),
    "duty-roster": READ,
    "duty-roster-save": Row("-", "admin"),
    "deliveries": READ,
    "resend": OFFICER_ACT,
    # cases
    "cases": READ,
    "case-new": Row("officer", "officer"),
    "case-question": Row("officer", "officer"),
    "case-calendar": READ,
    "case-ics": READ,
    "case": ONE_READ,
    "case-move": OFFICER_ACT,
    "case-assign": OFFICER_ACT,
    "case-pause": OFFICER_ACT,
    "case-due": OFFICER_ACT,
    "case-note": OFFICER_ACT,
    "case-judge": Row("-", "officer", {"pk": 1, "watch": 1}),
    "case-draft": OFFICER_FORM,
    "case-docx": Row("viewer", "-", {"pk": 1, "number": 1}),
    "case-approve": Row("-", "approver", ONE),
    "case-attach": OFFICER_ACT,
    "attachment": ONE_READ,
    # administration
    "administration": Row("admin", "-"),
    "people": Row("admin", "-"),
    "people-invite": Row("-", "admin"),
    "people-change": Row("-", "admin", {"pk": 999_999}),
    "people-withdraw": Row("-", "admin", ONE),
    "audit": Row("admin", "-"),
    "audit-export": Row("admin", "-"),
    "setup": Row("admin", "-"),
    "setup-step": Row("admin", "admin", {"key": "slack"}),
    "tokens": READ,  # one's own; others' are not shown (api/test_tokens)
    "token-new": Row("-", "viewer"),
    "token-revoke": Row("-", "viewer", ONE),  # others' are not found (api/test_tokens)
    # oneself
    "join": Row("all", "all", {"secret": "x"}),  # the secret is the right (test_people)
    "help": READ,
    "api-docs": READ,
    "sign-in": Row("all", "all"),
    "sign-out": Row("-", "viewer"),
    "password": Row("viewer", "viewer"),
    "theme": Row("-", "all"),
    "language": Row("all", "all"),
}
