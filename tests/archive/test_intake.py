"""A visit makes a new article, a new revision, or nothing new; exactly once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import timedelta
from random import Random
from urllib.parse import quote

import pytest

from archive import evidence, intake
from archive.intake import record_gone, record_page, record_page_failure
from archive.models import Article, ArticleEvent, Outlet, Page, Revision, Snapshot
from archive.polling import RevisitSchedule
from archive.warc import WarcFolder
from tests.archive.conftest import HOST, NOW, SCHEDULE, answer, article, make_page

TakeIn = Callable[..., intake.IntakeReport]


def test_a_first_visit_makes_an_article_with_its_first_revision_and_evidence(
    page: Page, take_in: TakeIn, store: WarcFolder
) -> None:
    report = take_in(page)
    row = Article.objects.get()
    page.refresh_from_db()
    assert (report.outcome, report.article_id, report.revision) == ("new", row.pk, 1)
    assert (row.needs_classify, row.needs_index, row.version, row.revision_count) == (True, True, 1, 1)
    assert row.published_at == NOW - timedelta(minutes=5)
    assert (page.state, page.visits, page.article_id, page.lease_until) == ("fetched", 1, row.pk, None)
    assert page.due_at == NOW + timedelta(minutes=5)  # ten minutes after publication
    revision = row.revisions.get()
    headers, body = evidence.read_snapshot(store.folder, revision.snapshot)
    assert body == row.text.encode()
    assert ("Content-Encoding", "gzip") in headers
    assert revision.snapshot.article_id == row.pk


def test_the_same_text_again_touches_only_the_page(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    before = Article.objects.values().get()
    later = NOW + timedelta(minutes=6)
    report = take_in(page, later)
    page.refresh_from_db()
    assert report.outcome == "unchanged"
    assert Article.objects.values().get() == before
    assert (Revision.objects.count(), Snapshot.objects.count()) == (1, 1)
    assert (page.visits, page.due_at) == (2, NOW + timedelta(minutes=55))


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: text.replace(" ", "  ").replace("\n", "\n\n"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("Cầu", "\u200bCầu").replace(" ", "\u00a0"),
    ],
    ids=["white space", "decomposed", "invisible characters"],
)
def test_a_change_that_no_reader_sees_is_none(
    page: Page, take_in: TakeIn, rewrite: Callable[[str], str]
) -> None:
    take_in(page)
    content = article(page)
    report = take_in(page, NOW + timedelta(hours=1), text=rewrite(content.text), title=rewrite(content.title))
    assert report.outcome == "unchanged"


def test_an_edit_makes_a_revision_that_says_what_changed(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    Article.objects.update(needs_classify=False, needs_index=False)
    later = NOW + timedelta(hours=1)
    text = article(page).text.replace("310", "350")
    report = take_in(page, later, text=text)
    row = Article.objects.get()
    assert (report.outcome, report.revision) == ("revision", 2)
    assert (row.text, row.changed_at, row.first_seen_at) == (text, later, NOW)
    assert (row.needs_classify, row.needs_index, row.version) == (True, True, 2)
    newest = row.revisions.get(number=2)
    assert newest.material
    assert [(change["kind"], change["material"]) for change in newest.changes] == [("changed", ["numbers"])]
    assert Snapshot.objects.count() == 2


def test_an_edit_forgets_how_the_old_text_was_segmented(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    Article.objects.update(segments="01//")
    take_in(page)
    assert Article.objects.get().segments == "01//"
    take_in(page, text="Một đoạn khác hẳn. " * 20)
    assert Article.objects.get().segments == ""


def test_two_addresses_of_one_article_join(outlet: Outlet, page: Page, take_in: TakeIn) -> None:
    take_in(page)
    twin = make_page(outlet, "/amp/cau-moi-post1.html")
    report = take_in(twin, canonical_url=page.url)
    twin.refresh_from_db()
    assert report.outcome == "duplicate"
    assert twin.article == Article.objects.get()
    assert twin.due_at is None


def test_another_outlets_canonical_address_does_not_swallow_a_reprint(
    outlet: Outlet, page: Page, take_in: TakeIn
) -> None:
    take_in(page)
    other = Outlet.objects.create(
        key="diem-tin", name="Điểm Tin", kind="aggregator", scope="national", home="https://diemtin.example"
    )
    reprint = Page.objects.create(outlet=other, url="https://diemtin.example/tin-9", found_at=NOW, due_at=NOW)
    assert take_in(reprint, canonical_url=page.url).outcome == "new"
    assert set(Article.objects.values_list("canonical_url", flat=True)) == {page.url, reprint.url}


def test_a_site_that_names_its_front_page_as_canonical_keeps_its_articles_apart(
    outlet: Outlet, take_in: TakeIn
) -> None:
    texts = {
        "/a-post1.html": ("Khai mạc hội chợ", "Hội chợ có 40 gian hàng của các huyện miền núi tham gia."),
        "/b-post2.html": ("Bão số 9 suy yếu", "Gió giảm dần, học sinh toàn tỉnh trở lại trường sáng mai."),
    }
    for path, (title, text) in texts.items():
        report = take_in(make_page(outlet, path), canonical_url=f"{HOST}/", title=title, text=text)
        assert report.outcome == "new"
    assert set(Article.objects.values_list("title", flat=True)) == {"Khai mạc hội chợ", "Bão số 9 suy yếu"}


@pytest.mark.parametrize(
    ("shown", "found", "expected"),
    [
        (("minute", 5), ("minute", 9), ("minute", 5)),
        (("day", 300), ("minute", 9), ("minute", 9)),
        (("unknown", None), ("minute", 9), ("minute", 9)),
        (("unknown", None), ("day", 300), ("day", 300)),
        (("unknown", None), ("unknown", None), ("unknown", None)),
        (("minute", -60 * 24 * 365), ("day", 300), ("day", 300)),  # a clock a year ahead
    ],
)
def test_the_more_precise_time_is_kept_and_none_is_invented(
    outlet: Outlet, take_in: TakeIn, shown: tuple, found: tuple, expected: tuple
) -> None:
    def time(minutes: int | None) -> object:
        return None if minutes is None else NOW - timedelta(minutes=minutes)

    page = make_page(outlet, found_precision=found[0], found_published_at=time(found[1]))
    take_in(page, precision=shown[0], published_at=time(shown[1]))
    row = Article.objects.get()
    assert (row.published_precision, row.published_at) == (expected[0], time(expected[1]))


def test_a_later_page_cannot_move_a_known_time(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    take_in(page, NOW + timedelta(hours=1), published_at=NOW + timedelta(minutes=50))
    assert Article.objects.get().published_at == NOW - timedelta(minutes=5)


def test_a_later_page_may_make_a_time_more_precise(page: Page, take_in: TakeIn) -> None:
    take_in(page, published_at=NOW - timedelta(hours=10), precision="day")
    report = take_in(page, NOW + timedelta(hours=1))
    row = Article.objects.get()
    assert report.outcome == "unchanged"
    assert (row.published_precision, row.version, row.needs_index) == ("minute", 2, True)


def test_a_gone_article_keeps_its_text_and_evidence(page: Page, take_in: TakeIn, store: WarcFolder) -> None:
    take_in(page)
    later = NOW + timedelta(hours=2)
    raw = answer(page.url, b"da go", later, 410)
    for _ in range(2):  # seen gone twice, told once
        record_gone(page.pk, at=later, status=410, snapshot=raw, schedule=SCHEDULE, store=store)
    row = Article.objects.get()
    page.refresh_from_db()
    assert (row.gone_at, row.text, row.needs_index, row.version) == (later, article(page).text, True, 2)
    assert page.state == "gone"
    assert page.due_at is not None and page.due_at > later
    event = ArticleEvent.objects.get()
    assert (event.kind, event.status) == ("gone", 410)
    assert evidence.read_snapshot(store.folder, event.snapshot)[1] == b"da go"


def test_an_article_that_comes_back_is_no_longer_gone(page: Page, take_in: TakeIn, store: WarcFolder) -> None:
    take_in(page)
    later = NOW + timedelta(hours=2)
    record_gone(page.pk, at=later, status=404, snapshot=None, schedule=SCHEDULE, store=store)
    report = take_in(page, later + timedelta(hours=1))
    row = Article.objects.get()
    assert (report.outcome, report.came_back, row.gone_at) == ("unchanged", True, None)
    assert list(ArticleEvent.objects.values_list("kind", flat=True)) == ["gone", "back"]


def test_a_page_gone_before_its_first_visit_makes_no_article(page: Page, store: WarcFolder) -> None:
    report = record_gone(page.pk, at=NOW, status=404, snapshot=None, schedule=SCHEDULE, store=store)
    page.refresh_from_db()
    assert (report.outcome, report.article_id, Article.objects.count()) == ("gone", None, 0)
    assert page.due_at == NOW + timedelta(minutes=10)


def test_a_failed_page_is_tried_again_for_ever_with_growing_waits(page: Page) -> None:
    waits = []
    for _ in range(40):
        record_page_failure(page.pk, at=NOW, kind="timeout", message="quá 30 giây", rng=Random(1))
        page.refresh_from_db()
        waits.append((page.due_at - NOW).total_seconds())
    assert (page.state, page.failures, page.last_error_kind) == ("failed", 40, "timeout")
    assert waits == sorted(waits)
    assert waits[0] < 20 and waits[-1] <= 6 * 3600 * 1.1


def test_retry_after_is_honoured_up_to_a_day(page: Page) -> None:
    for asked, least, most in ((120.0, 120, 144), (1e9, 86400, 86401)):  # up to a fifth later
        record_page_failure(page.pk, at=NOW, kind="throttled", message="429", retry_after=asked)
        page.refresh_from_db()
        assert least <= (page.due_at - NOW).total_seconds() <= most


def test_a_refused_page_waits_for_days(page: Page) -> None:
    record_page_failure(page.pk, at=NOW, kind="robots", message="robots.txt")
    page.refresh_from_db()
    assert page.state == "refused"
    assert page.due_at - NOW >= timedelta(hours=21)


def test_a_page_without_an_article_is_refused_only_after_several_visits(page: Page) -> None:
    states = []
    for _ in range(4):
        record_page_failure(page.pk, at=NOW, kind="unreadable", message="không có bài")
        page.refresh_from_db()
        states.append(page.state)
    assert states == ["failed", "failed", "refused", "refused"]


def test_a_failing_revisit_keeps_the_page_fetched(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    record_page_failure(page.pk, at=NOW, kind="timeout", message="quá 30 giây")
    page.refresh_from_db()
    assert page.state == "fetched"
    take_in(page, NOW + timedelta(minutes=1))
    page.refresh_from_db()
    assert (page.failures, page.last_error) == (0, "")


def test_characters_that_a_database_cannot_keep_are_dropped(page: Page, take_in: TakeIn) -> None:
    take_in(page, title="Tin\x00 mới", text="Đoạn\x00 một")
    row = Article.objects.get()
    assert (row.title, row.text) == ("Tin mới", "Đoạn một")


def test_an_ended_schedule_ends_the_visits(page: Page, store: WarcFolder) -> None:
    schedule = RevisitSchedule((60,))
    for at, due in ((NOW, NOW + timedelta(seconds=60)), (NOW + timedelta(seconds=61), None)):
        content = article(page, published_at=None, precision="unknown")
        record_page(page.pk, at=at, snapshot=None, content=content, schedule=schedule, store=store)
        page.refresh_from_db()
        assert page.due_at == due


@pytest.mark.parametrize("step", ["archive.intake.Revision.objects.create", "archive.evidence.link"])
def test_a_crash_between_two_steps_leaves_nothing_half_written(
    page: Page, take_in: TakeIn, store: WarcFolder, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("killed here")

    with monkeypatch.context() as patch:
        patch.setattr(step, crash)
        with pytest.raises(RuntimeError):
            take_in(page)
    page.refresh_from_db()
    assert (Article.objects.count(), Revision.objects.count(), Snapshot.objects.count()) == (0, 0, 0)
    assert (page.state, page.visits, page.due_at) == ("waiting", 0, NOW)
    take_in(page)
    report = evidence.verify(store.folder)
    assert (report.good, report.checked) == (True, 1)
    assert report.orphan_bytes > 0  # the record of the crashed try, told and harmless


def test_a_full_disk_leaves_the_page_due(
    page: Page, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("archive.warc.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            take_in(page)
    assert Article.objects.count() == 0
    assert take_in(page).outcome == "new"


def test_a_percent_encoded_address_far_longer_than_usual_is_kept_whole(
    outlet: Outlet, take_in: TakeIn
) -> None:
    slug = quote("ủy-ban-nhân-dân-tỉnh-họp-bàn-về-phương-án-di-dời-các-hộ-dân-vùng-sạt-lở-" * 3)
    page = make_page(outlet, f"/{slug}.html")
    assert 500 < len(page.url) < 2000
    assert take_in(page).outcome == "new"
    row = Article.objects.get()
    assert row.url == row.canonical_url == row.snapshots.get().url == page.url
