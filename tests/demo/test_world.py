"""The demo world behaves like a press on the web: pages, feeds, edits, removals, conditional requests."""

from __future__ import annotations

import re
import socket
import unicodedata
from datetime import datetime, timedelta

import feedparser
import pytest
from lxml import etree, html
from protego import Protego

from demo.newsroom import HABITS
from demo.world import BASE_PORT, Truth, World, WorldError, start_world
from provinces.loader import load_province
from tests.demo.conftest import START, Answer, Clock, fetch


def page(url: str) -> html.HtmlElement:
    answer = fetch(url)
    assert answer.status == 200
    return html.fromstring(unicodedata.normalize("NFC", answer.body.decode("utf-8")).encode(), parser=PARSER)


PARSER = html.HTMLParser(encoding="utf-8")


def find(world: World, words: str) -> Truth:
    return next(one for one in world.truth() if words in one.url)


def test_the_profile_is_in_step_with_the_world(world: World) -> None:
    profile = load_province("demo").outlets
    for number, (told, served) in enumerate(zip(profile, world.outlets(), strict=True)):
        assert told.home == f"http://127.0.0.1:{BASE_PORT + number}/"
        for mine, real in [
            (told.feeds, served.feeds),
            (told.sitemaps, served.sitemaps),
            (told.listings, served.listings),
        ]:
            assert [url.removeprefix(told.home) for url in mine] == [
                url.removeprefix(served.home) for url in real
            ]
        assert (told.id, told.article_url) == (served.id, served.article_url)


def test_every_source_answers_and_lists_articles_that_its_pattern_knows(world: World) -> None:
    for outlet in world.outlets():
        expected = {one.url for one in world.truth() if one.outlet == outlet.id}
        listed: set[str] = set()
        for url in (*outlet.feeds, *outlet.sitemaps, *outlet.listings):
            answer = fetch(url)
            assert answer.status == 200, url
            listed |= set(re.findall(r"http://127[^<\"]+", answer.body.decode())) & expected
            listed |= {
                outlet.home.rstrip("/") + path
                for path in re.findall(r'href="(/[^"]+)"', answer.body.decode())
            } & expected
        assert listed == expected, outlet.id
        assert all(re.search(outlet.article_url, url) for url in expected)
        for section in ("", "tin-tuc/", "kinh-te/", "noi-bo/lich.html", "robots.txt"):
            assert not re.search(outlet.article_url, outlet.home + section)


def test_every_article_page_shows_its_words_and_its_time(world: World) -> None:
    truth = world.truth()
    assert len(truth) >= 55
    for one in truth:
        tree = page(one.url)
        assert [node.text_content() for node in tree.iter("h1")] == [one.draft.title]
        shown = tree.text_content()
        assert one.draft.lead in shown
        paragraphs = [node.text_content() for node in tree.iter("p")]
        assert all(paragraph in paragraphs for paragraph in one.draft.paragraphs)
        local = one.published_at + timedelta(0)
        assert f"{local:%H:%M}" in shown
        assert f"{local:%d/%m/%Y}" in shown or f"{local:%d-%m-%Y}" in shown


def test_reprints_credit_their_origin(world: World) -> None:
    names = {outlet.id: outlet.name for outlet in world.outlets()}
    by_url = {one.url: one for one in world.truth()}
    reprints = [one for one in world.truth() if one.reprint_of]
    assert len(reprints) == 8
    for one in reprints:
        assert f"Theo {names[by_url[one.reprint_of].outlet]}" in page(one.url).text_content()


def test_feeds_parse_cleanly_with_titles_links_and_times(world: World) -> None:
    by_url = {one.url: one for one in world.truth()}
    kinds = set()
    for outlet in world.outlets():
        for url in outlet.feeds:
            feed = feedparser.parse(fetch(url).body)
            assert not feed.bozo, feed.get("bozo_exception")
            kinds.add(feed.version)
            for entry in feed.entries:
                one = by_url[entry.link]
                assert unicodedata.normalize("NFC", entry.title) == one.draft.title
                assert unicodedata.normalize("NFC", entry.summary) == one.draft.lead
                assert datetime(*entry.published_parsed[:6], tzinfo=START.tzinfo) == one.published_at
    assert kinds == {"rss20", "atom10"}


def test_sitemaps_are_news_sitemaps(world: World) -> None:
    spaces = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "n": "http://www.google.com/schemas/sitemap-news/0.9",
    }
    for outlet in world.outlets():
        for url in outlet.sitemaps:
            tree = etree.fromstring(fetch(url).body)
            urls = tree.xpath("//s:loc/text()", namespaces=spaces)
            assert set(urls) == {one.url for one in world.truth() if one.outlet == outlet.id}
            dates = [
                datetime.fromisoformat(d)
                for d in tree.xpath("//n:publication_date/text()", namespaces=spaces)
            ]
            assert dates == sorted(dates, reverse=True)


def test_robots_forbids_the_internal_pages_and_allows_the_articles(world: World) -> None:
    for outlet in world.outlets():
        robots = Protego.parse(fetch(f"{outlet.home}robots.txt").body.decode())
        assert not robots.can_fetch(f"{outlet.home}noi-bo/lich.html", "DiemBao")
        assert robots.can_fetch(next(one.url for one in world.truth() if one.outlet == outlet.id), "DiemBao")
        assert list(robots.sitemaps) == list(outlet.sitemaps)[: len(list(robots.sitemaps))]


def test_one_outlet_decomposes_its_text_and_one_names_a_wrong_charset(world: World) -> None:
    for outlet in world.outlets():
        for url in (outlet.home, next(one.url for one in world.truth() if one.outlet == outlet.id)):
            answer = fetch(url)
            decomposed = not unicodedata.is_normalized("NFC", answer.body.decode("utf-8"))
            assert decomposed == (outlet.id == "nhat-bao-ba-mien")
            wrong = "iso-8859-1" in answer.headers["content-type"]
            assert wrong == (outlet.id == "thoi-bao-song-va-dat")
    assert sum(habits.decomposed for habits in HABITS.values()) == 1


def conditional(url: str, first: Answer) -> list[int]:
    return [
        fetch(url, If_None_Match=first.headers["etag"]).status,
        fetch(url, If_None_Match='"other"').status,
        fetch(url, If_Modified_Since=first.headers["last-modified"]).status,
        fetch(url, If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT").status,
        fetch(url, If_Modified_Since="never").status,
    ]


def test_conditional_requests_are_answered_truly(world: World, clock: Clock) -> None:
    newspaper = world.outlets()[0]
    for url in (newspaper.feeds[0], newspaper.home, world.truth()[0].url):
        first = fetch(url)
        assert conditional(url, first) == [304, 200, 304, 200, 200]
    feed = newspaper.feeds[0]
    before = fetch(feed)
    clock.move(seconds=25)  # the first live article is out
    assert fetch(feed, If_None_Match=before.headers["etag"]).status == 200
    assert fetch(feed, If_Modified_Since=before.headers["last-modified"]).status == 200


def test_articles_appear_after_the_start(world: World, clock: Clock) -> None:
    start = len(world.truth())
    clock.move(seconds=19)
    assert len(world.truth()) == start
    clock.move(seconds=2)
    assert len(world.truth()) == start + 1
    newest = world.truth()[-1]
    assert newest.published_at == START + timedelta(seconds=20)
    assert page(newest.url).findtext(".//h1") == newest.draft.title
    clock.move(hours=4)
    assert not world.finished()
    clock.move(hours=20)
    assert world.finished()
    assert len(world.truth()) == len({one.url for one in world.truth()}) >= start + 20


def test_a_silent_edit_changes_words_and_tag_but_not_the_address(world: World, clock: Clock) -> None:
    clock.move(seconds=106)
    first = find(world, "sat-lo-o-nam-lung")
    before = fetch(first.url)
    assert "12 hộ" in before.body.decode()
    clock.move(minutes=2)
    after = fetch(first.url, If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert "21 hộ" in after.body.decode()
    assert "12 hộ" not in after.body.decode().split("related")[0]
    edited = find(world, "sat-lo-o-nam-lung")
    assert (edited.url, len(edited.edited_at)) == (first.url, 1)
    assert "12 hộ" in find(world, "sat-lo-o-vung-cao").draft.title, "the reprint keeps the first figure"


def test_a_removed_article_is_gone_and_leaves_the_lists(world: World, clock: Clock) -> None:
    victim = find(world, "go-quy-roi-vuon")
    assert fetch(victim.url).status == 200
    clock.move(minutes=6)
    assert fetch(victim.url).status == 410
    aggregator = world.outlets()[-1]
    assert victim.url not in fetch(aggregator.feeds[0]).body.decode()
    assert find(world, "go-quy-roi-vuon").removed_at == START + timedelta(minutes=6)


def test_unknown_and_future_pages_are_not_found(world: World) -> None:
    home = world.outlets()[0].home
    for path in ("khong-co/", "thoi-su/bai-khong-co-post1.html", "%00", "..%2f..%2fetc/passwd", "rss/"):
        assert fetch(home + path).status == 404


def test_head_sends_no_body(world: World) -> None:
    answer = fetch(world.outlets()[0].home, method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_the_same_start_gives_the_same_world_again(world: World, clock: Clock) -> None:
    clock.move(minutes=4)
    with start_world(base_port=0, now=START, clock=clock) as again:
        paths = [[one.url.split("/", 3)[3] for one in running.truth()] for running in (world, again)]
        assert paths[0] == paths[1]


def test_pace_makes_the_future_faster_and_leaves_the_past(clock: Clock) -> None:
    with start_world(base_port=0, now=START, clock=clock, pace=10) as quick:
        start = len(quick.truth())
        clock.move(seconds=30)
        assert len(quick.truth()) >= start + 10
        assert quick.truth()[0].published_at < START - timedelta(days=12)


def test_everything_before_the_start_lies_within_two_weeks() -> None:
    for hour in (0, 9, 16, 17, 23):  # midnight in Việt Nam is 17:00 UTC
        now = START.replace(hour=hour)
        with start_world(base_port=0, now=now, clock=lambda now=now: now) as running:
            times = [one.published_at for one in running.truth()]
            assert now - timedelta(days=14) <= times[0] <= times[-1] <= now
            assert len(times) >= 55


def test_a_port_in_use_is_said_and_nothing_stays_open(clock: Clock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(WorldError, match=f"port {port}.*give another base port"):
            start_world(base_port=port, now=START, clock=clock)
    with pytest.raises(WorldError, match="port 65536"):
        start_world(base_port=65535, now=START, clock=clock)
    with socket.socket() as again:
        again.bind(("127.0.0.1", 65535))


@pytest.mark.parametrize(("pace", "now"), [(0, START), (-1, START), (1, START.replace(tzinfo=None))])
def test_a_bad_pace_or_a_time_without_zone_is_refused(pace: float, now: datetime) -> None:
    with pytest.raises(ValueError, match=r"pace|time zone"):
        start_world(base_port=0, now=now, pace=pace)
