"""Articles join stories, people merge and split them, and no machine undoes what a person decided."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from archive.models import Article, ArticleSignature, Outlet, Story, StoryApart, StoryChange, StoryLink
from archive.models.appendonly import AppendOnlyError
from archive.stories import (
    Resemblance,
    StoryError,
    assign,
    awaiting_story,
    current_story,
    keep_apart,
    mark_for_story,
    merge,
    printed_at,
    related_stories,
    split,
    story_lock,
    suggestions,
    tellings,
)
from archive.stories.lock import signatures_after
from tests.archive.conftest import HOST, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("can-bo")


@pytest.fixture
def aggregator() -> Outlet:
    return Outlet.objects.create(
        key="diem-tin", name="Điểm Tin 365", kind="aggregator", scope="national", home="https://dt.example"
    )


def make(outlet: Outlet, number: int, at: datetime = NOW, **fields: object) -> Article:
    url = f"{HOST}/{outlet.key}/{number}.html"
    values: dict[str, object] = {
        "title": f"Bài {number}",
        "digest": "0" * 64,
        "published_at": at,
        "published_precision": "minute",
        "first_seen_at": NOW + timedelta(hours=1),
        "changed_at": NOW,
    }
    return Article.objects.create(outlet=outlet, url=url, canonical_url=url, **(values | fields))


def put(article: Article, *likes: tuple[Article, str, float]) -> Story:
    article.refresh_from_db()
    rows = [
        Resemblance(other.pk, kind, score, "shingles", {"resemblance": score}) for other, kind, score in likes
    ]
    with story_lock() as lock:
        done = assign(lock, article.pk, article.version, b"x", rows, now=NOW)
    assert done is not None
    return Story.objects.get(pk=done.story_id)


def alike(*others: Article) -> list[tuple[Article, str, float]]:
    return [(other, "reprint", 0.99) for other in others]


def groups() -> set[frozenset[int]]:
    found: dict[int | None, set[int]] = {}
    for pk, story in Article.objects.values_list("pk", "story_id"):
        found.setdefault(story, set()).add(pk)
    return set(map(frozenset, found.values()))


def test_every_article_gets_a_story_and_reprints_share_one(outlet: Outlet, aggregator: Outlet) -> None:
    first, copy, other = make(outlet, 1), make(aggregator, 2, NOW + timedelta(hours=1)), make(outlet, 3)
    put(first)
    put(other)
    story = put(copy, *alike(first))
    assert groups() == {frozenset({first.pk, copy.pk}), frozenset({other.pk})}
    assert (story.size, story.origin, story.title) == (2, first, "Bài 1")
    assert (story.first_seen, story.last_seen) == (NOW, NOW + timedelta(hours=1))
    assert awaiting_story(10) == []


def test_an_article_that_joins_is_indexed_again_with_its_story(outlet: Outlet) -> None:
    article = make(outlet, 1, needs_index=False)
    put(article)
    before = article.version
    article.refresh_from_db()
    assert article.needs_index and article.version == before + 1


def test_repeating_an_assignment_changes_nothing(outlet: Outlet) -> None:
    first, copy = make(outlet, 1), make(outlet, 2)
    put(first)
    put(copy, *alike(first))
    Article.objects.update(needs_index=False)
    tables = (Article, Story, StoryLink)
    rows = [list(table.objects.values()) for table in tables]
    put(copy, *alike(first))
    assert rows == [list(table.objects.values()) for table in tables]


def test_an_article_that_changed_meanwhile_still_waits(outlet: Outlet) -> None:
    article = make(outlet, 1)
    with story_lock() as lock:
        assert assign(lock, article.pk, article.version + 1, b"x", [], now=NOW) is None
    assert awaiting_story(10) == [article] and not ArticleSignature.objects.exists()


def test_the_origin_is_who_printed_first_not_whom_we_read_first(outlet: Outlet, aggregator: Outlet) -> None:
    copy, first = make(aggregator, 1, NOW), make(outlet, 2, NOW - timedelta(hours=2), title="Tựa gốc")
    put(copy)
    story = put(first, *alike(copy))
    assert (story.origin, story.title) == (first, "Tựa gốc")


def test_at_one_moment_an_aggregator_is_not_the_origin(outlet: Outlet, aggregator: Outlet) -> None:
    copy, first = make(aggregator, 1), make(outlet, 2)
    put(copy)
    assert put(first, *alike(copy)).origin == first


def test_what_resembles_two_stories_makes_them_one_and_the_older_stays(outlet: Outlet) -> None:
    one, two, both = make(outlet, 1), make(outlet, 2), make(outlet, 3)
    older, newer = put(one), put(two)
    assert put(both, *alike(two, one)) == older
    newer.refresh_from_db()
    assert newer.merged_into == older and newer.size == 0
    assert current_story(newer.pk) == older
    change = StoryChange.objects.get()
    assert (change.by, change.action, change.articles) == (None, "merged", [two.pk])


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_the_order_of_arrival_makes_no_difference_to_who_belongs_together(
    outlet: Outlet, order: tuple[int, ...]
) -> None:
    articles = [make(outlet, number) for number in range(4)]
    pairs = {frozenset({0, 1}), frozenset({1, 2})}
    done: list[int] = []
    for number in order:
        put(articles[number], *alike(*(articles[k] for k in done if frozenset({k, number}) in pairs)))
        done.append(number)
    assert groups() == {frozenset(a.pk for a in articles[:3]), frozenset({articles[3].pk})}


def test_suggested_and_follow_up_are_shown_and_never_joined(outlet: Outlet) -> None:
    first, maybe, later = make(outlet, 1), make(outlet, 2), make(outlet, 3)
    story = put(first)
    put(maybe, (first, "suggested", 0.7))
    put(later, (first, "follow-up", 0.8))
    assert len(groups()) == 3
    assert [row.story.origin for row in suggestions(story)] == [maybe]
    assert [row.story.origin for row in related_stories(story)] == [later]


def test_a_stronger_link_replaces_a_weaker_one_and_not_the_reverse(outlet: Outlet) -> None:
    first, copy = make(outlet, 1), make(outlet, 2)
    put(first)
    for kind, kept in (("follow-up", "follow-up"), ("reprint", "reprint"), ("suggested", "reprint")):
        put(copy, (first, kind, 0.9))
        assert StoryLink.objects.get().kind == kept


def test_a_merge_by_hand_is_remembered_with_its_reason(outlet: Outlet, person: User) -> None:
    one, two = make(outlet, 1), make(outlet, 2)
    older, newer = put(one), put(two)
    assert merge(newer.pk, older.pk, by=person, now=NOW, reason="cùng một bản tin") == older
    assert merge(newer.pk, older.pk, by=person, now=NOW) == older
    change = StoryChange.objects.get()
    assert (change.by, change.reason, change.other) == (person, "cùng một bản tin", newer)
    assert StoryLink.objects.get().kind == "joined"
    put(two)
    assert groups() == {frozenset({one.pk, two.pk})}


def test_what_a_person_split_is_never_joined_again_by_the_machine(outlet: Outlet, person: User) -> None:
    one, two = make(outlet, 1), make(outlet, 2)
    put(one)
    story = put(two, *alike(one))
    made = split(story.pk, [two.pk], by=person, now=NOW)
    apart = {frozenset({one.pk}), frozenset({two.pk})}
    assert groups() == apart and made.origin == two
    put(two, *alike(one))
    put(one, *alike(two))
    assert groups() == apart
    bridge = make(outlet, 3)
    assert put(bridge, (one, "reprint", 0.99), (two, "reprint", 0.95)) == story
    assert groups() == {frozenset({one.pk, bridge.pk}), frozenset({two.pk})}
    assert suggestions(story) == []


def test_a_merge_by_hand_overrules_an_earlier_split(outlet: Outlet, person: User) -> None:
    one, two = make(outlet, 1), make(outlet, 2)
    put(one)
    story = put(two, *alike(one))
    made = split(story.pk, [two.pk], by=person, now=NOW)
    merge(story.pk, made.pk, by=person, now=NOW)
    assert groups() == {frozenset({one.pk, two.pk})} and not StoryApart.objects.exists()
    assert [change.action for change in StoryChange.objects.order_by("id")] == ["split", "merged"]


def test_stories_kept_apart_are_not_suggested_again(outlet: Outlet, person: User) -> None:
    one, two = make(outlet, 1), make(outlet, 2)
    story, other = put(one), put(two, (one, "suggested", 0.7))
    for _ in range(2):
        keep_apart(story.pk, other.pk, by=person, now=NOW)
    put(two, *alike(one))
    assert len(groups()) == 2 and suggestions(story) == [] and suggestions(other) == []
    assert StoryChange.objects.count() == 1


def test_a_split_leaves_something_and_takes_only_what_is_there(outlet: Outlet, person: User) -> None:
    one, two, stranger = make(outlet, 1), make(outlet, 2), make(outlet, 3)
    put(one)
    put(stranger)
    story = put(two, *alike(one))
    for chosen in ([], [one.pk, two.pk], [stranger.pk], [one.pk, 10**9]):
        with pytest.raises(StoryError):
            split(story.pk, chosen, by=person, now=NOW)
    with pytest.raises(StoryError):
        merge(story.pk, 10**9, by=person, now=NOW)
    with pytest.raises(StoryError):
        keep_apart(story.pk, story.pk, by=person, now=NOW)
    assert not StoryChange.objects.exists()


def test_decisions_are_never_changed_or_deleted(outlet: Outlet, person: User) -> None:
    story = put(make(outlet, 1))
    merge(put(make(outlet, 2)).pk, story.pk, by=person, now=NOW)
    with pytest.raises(AppendOnlyError):
        StoryChange.objects.update(reason="khác")
    with pytest.raises(AppendOnlyError):
        StoryChange.objects.get().delete()


def test_a_reprint_hangs_below_the_outlet_that_it_credits(outlet: Outlet, aggregator: Outlet) -> None:
    third = Outlet.objects.create(
        key="b", name="Báo Đồi Chè", kind="newspaper", scope="local", home="https://b"
    )
    first = make(outlet, 1, NOW)
    second = make(third, 2, NOW + timedelta(hours=1))
    last = make(aggregator, 3, NOW + timedelta(hours=2), text="Nước lên.\nTheo Báo  Đồi Chè")
    put(first)
    put(second, (first, "reprint", 0.9))
    story = put(last, (first, "reprint", 0.99), (second, "reprint", 0.95))
    rows = tellings(story)
    assert [(row.article, row.parent, row.credited, row.depth) for row in rows] == [
        (first, None, False, 0),
        (second, first, False, 1),
        (last, second, True, 2),
    ]


def test_without_credit_a_reprint_hangs_below_what_it_resembles_most(outlet: Outlet) -> None:
    first, second, last = (make(outlet, n, NOW + timedelta(hours=n)) for n in range(3))
    put(first)
    put(second, (first, "reprint", 0.92))
    rows = tellings(put(last, (first, "reprint", 0.93), (second, "reprint", 0.98)))
    assert rows[2].parent == second and rows[2].link is not None and rows[2].link.score == 0.98


@pytest.mark.parametrize(
    ("precision", "published", "expected"),
    [
        ("minute", NOW - timedelta(hours=3), NOW - timedelta(hours=3)),
        ("minute", NOW + timedelta(hours=3), NOW),  # a clock that runs ahead
        ("unknown", NOW - timedelta(hours=3), NOW),
        ("day", NOW.replace(hour=0), NOW),  # seen on that very day
        ("day", NOW - timedelta(days=2), (NOW - timedelta(days=2)).replace(hour=16, minute=59, second=59)),
    ],
)
def test_the_time_of_printing_is_no_more_exact_than_is_known(
    outlet: Outlet, precision: str, published: datetime, expected: datetime
) -> None:
    article = make(outlet, 1, published, published_precision=precision, first_seen_at=NOW)
    assert printed_at(article) == expected


def test_signatures_are_read_in_the_order_of_writing(outlet: Outlet) -> None:
    articles = [make(outlet, number) for number in range(4)]
    for article in articles:
        put(article)
    put(articles[0])
    assert [row.article_id for row in signatures_after(0)] == [a.pk for a in (*articles[1:], articles[0])]
    assert [row.article_id for row in signatures_after(0, most=2)] == [articles[3].pk, articles[0].pk]
    assert [row.sequence for row in signatures_after(3)] == [4, 5]
    assert list(signatures_after(0, since=NOW + timedelta(days=1))) == []


def test_everything_can_be_marked_to_be_compared_again(outlet: Outlet) -> None:
    put(make(outlet, 1))
    put(make(outlet, 2))
    assert mark_for_story([Article.objects.latest("pk").pk]) == 1
    assert mark_for_story() == 1
    assert len(awaiting_story(10)) == 2
