"""An article is compared again when its story grows: once for each growth, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.contrib.auth.models import User
from django.db.models import F

from archive.findings import awaiting_signals, mark_for_signals, nothing_found
from archive.models import Article, Finding, Story, StoryLink
from archive.stories import mark_for_story, merge
from archive.stories.again import MOST
from classifiers.signals.detector import SignalDetector
from pipeline.signals.context import ContextSource
from pipeline.signals.step import SignalStep
from pipeline.stories.related import RelatedCoverage
from pipeline.stories.step import StoryStep
from provinces.gazetteer import load_gazetteer
from provinces.loader import load_province
from tests.pipeline.test_stories_step import make_article

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
FIRE = (
    "Khoảng 6 giờ sáng 20/11, kho gỗ rộng 400 m2 của Công ty Gỗ Thành Lâm ở phường Bến Trò bốc cháy dữ dội.\n"
    "Vụ cháy làm {hurt} người bị thương, được đưa vào Bệnh viện Đa khoa Nam Rộc điều trị.\n"
    "Cảnh sát phòng cháy điều bốn xe chữa cháy đến hiện trường, sau hai giờ thì dập tắt được ngọn lửa.\n"
    "Chủ kho cho biết lúc cháy không có ai ở trong, nguyên nhân đang được công an phường làm rõ.\n"
    "Chính quyền phường đã đến thăm và hỗ trợ bước đầu cho các gia đình có người bị nạn.\n"
    "Theo người dân, khói đen bốc cao hàng chục mét, nhiều hộ gần kho phải dọn đồ ra đường.\n"
    "Kho từng được nhắc nhở về lối thoát nạn trong đợt kiểm tra hồi tháng trước của đội cảnh sát.\n"
    "Đến trưa cùng ngày, lực lượng chức năng vẫn phong tỏa lối vào để khám nghiệm hiện trường."
)
TITLE = "Cháy kho gỗ ở phường Bến Trò"


@pytest.fixture(scope="module")
def detector() -> SignalDetector:
    return SignalDetector(load_gazetteer())


class Steps:
    """Both steps as the worker runs them; classification is taken as done."""

    def __init__(self, detector: SignalDetector):
        self.stories = StoryStep(clock=lambda: NOW)
        context = ContextSource(load_province("demo"), RelatedCoverage())
        self.signals = SignalStep(detector, context, lambda: NOW)

    def run(self) -> int:
        Article.objects.update(needs_classify=False)
        return self.stories.run(100) + self.signals.run(100)

    def until_quiet(self) -> int:
        for runs in range(10):
            if not self.run():
                return runs
        raise AssertionError("the steps give each other work without end")


@pytest.fixture
def steps(detector: SignalDetector) -> Steps:
    return Steps(detector)


def fire(number: int, hurt: int, outlet: str, at: datetime = NOW) -> Article:
    made = make_article(number, FIRE.format(hurt=hurt), TITLE, at, outlet)
    made.revisions.create(number=1, seen_at=at, title=TITLE, digest="0" * 64)
    return made


def marked() -> set[int]:
    return set(Article.objects.filter(needs_signals=True).values_list("pk", flat=True))


def test_a_later_reprint_that_differs_is_found_on_the_earlier_article_too(steps: Steps) -> None:
    first = fire(1, 12, "bao")
    steps.until_quiet()
    assert not Finding.objects.filter(kind="signal").exists()
    second = fire(2, 21, "tin", NOW + timedelta(minutes=20))
    steps.until_quiet()
    found = Finding.objects.filter(kind="signal", label="S9").order_by("article_id")
    assert [row.article_id for row in found] == [first.pk, second.pk]
    assert found[0].evidence["other"]["ids"] == [str(second.pk)]
    assert "12 người bị thương" in found[0].spans[0]["text"]


def test_comparing_again_ends_and_says_the_same(steps: Steps) -> None:
    fire(1, 12, "bao")
    fire(2, 21, "tin")
    assert steps.until_quiet() <= 3
    before = list(Finding.objects.values_list("article", "label", "spans", "evidence").order_by("article_id"))
    versions = list(Article.objects.order_by("pk").values_list("version", flat=True))
    mark_for_story()
    steps.until_quiet()
    assert list(Article.objects.order_by("pk").values_list("version", flat=True)) == versions
    Article.objects.update(needs_signals=True)
    steps.until_quiet()
    after = list(Finding.objects.values_list("article", "label", "spans", "evidence").order_by("article_id"))
    assert after == before and len(before) == 2


def test_an_article_alone_marks_nobody(steps: Steps) -> None:
    fire(1, 12, "bao")
    steps.until_quiet()
    make_article(2, "Sáng nay trời mưa to ở vùng núi phía tây, học sinh nghỉ học.", "Mưa to")
    steps.stories.run(10)
    assert marked() == {Article.objects.get(title="Mưa to").pk}


def test_only_recent_neighbours_and_a_bounded_number_are_marked(steps: Steps) -> None:
    old = fire(1, 12, "bao", NOW - timedelta(days=8))
    members = [fire(number, 12, "bao", NOW - timedelta(days=1)) for number in range(2, MOST + 6)]
    steps.until_quiet()
    assert Story.objects.filter(size__gt=0).count() == 1
    newest = fire(99, 21, "tin")
    steps.stories.run(100)
    again = marked() - {newest.pk}
    assert again == {row.pk for row in members[-MOST:]} and old.pk not in again


def test_a_kill_between_story_and_mark_loses_neither(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    first = fire(1, 12, "bao")
    steps.until_quiet()
    second = fire(2, 21, "tin")

    def killed(ids: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(import_module("archive.stories.assign"), "mark_for_signals", killed)
        with pytest.raises(KeyboardInterrupt):
            steps.stories.run(10)
    assert Article.objects.get(pk=second.pk).story_id is None
    assert not StoryLink.objects.exists() and marked() == {second.pk}
    Steps(steps.signals._detector).until_quiet()
    found = Finding.objects.filter(label="S9").values_list("article", flat=True)
    assert sorted(found) == [first.pk, second.pk]


def test_a_comparison_under_way_does_not_clear_the_mark(steps: Steps) -> None:
    first = fire(1, 12, "bao")
    steps.stories.run(10)
    Article.objects.update(needs_classify=False)
    (read,) = awaiting_signals(10)
    fire(2, 21, "tin")
    steps.stories.run(10)
    assert not nothing_found(first.pk, read.version, ["signals.s9"])
    assert first.pk in marked()


def test_what_waits_for_its_story_is_not_disturbed() -> None:
    waiting, done = fire(1, 12, "bao"), fire(2, 12, "tin")
    Article.objects.filter(pk=done.pk).update(needs_classify=False, needs_story=False, needs_signals=False)
    assert mark_for_signals([waiting.pk, done.pk]) == 1
    assert (
        Article.objects.filter(version=F("revision_count")).values_list("pk", flat=True).get() == waiting.pk
    )


def test_stories_that_a_person_joins_are_compared_again(steps: Steps) -> None:
    first = fire(1, 12, "bao")
    other = make_article(2, "Sáng nay trời mưa to ở vùng núi phía tây, học sinh nghỉ học.", "Mưa to")
    steps.until_quiet()
    ids = [Article.objects.get(pk=row.pk).story_id for row in (first, other)]
    merge(*ids, by=User.objects.create_user("can-bo"), now=NOW)
    assert marked() == {first.pk, other.pk}
    merge(*ids, by=User.objects.get(), now=NOW)
    steps.until_quiet()
    assert marked() == set()
