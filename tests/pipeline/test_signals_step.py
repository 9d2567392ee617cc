"""Articles are compared once their story is known; what differs is kept with both sides, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.findings import awaiting_alert
from archive.models import Article, Finding, Outlet, Revision
from cases.signals import change
from classifiers.signals.detector import SignalDetector
from pipeline.signals.context import ContextSource, corrections, roster_of
from pipeline.signals.step import DETECTORS, SignalStep
from provinces.gazetteer import load_gazetteer
from provinces.loader import load_province

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TWELVE_HURT = "Cháy kho gỗ ở phường Bến Trò, 12 người bị thương"
TWO_HURT = (
    "Khoảng 6 giờ sáng 20/11, kho gỗ rộng 400 m2 ở phường Bến Trò bốc cháy dữ dội, "
    "khói đen cao hàng chục mét. "
    "Vụ cháy làm 2 người bị thương, được đưa vào Bệnh viện Đa khoa tỉnh điều trị. "
    "Cảnh sát phòng cháy điều bốn xe chữa cháy đến hiện trường, sau hai giờ thì dập tắt được ngọn lửa. "
    "Chủ kho cho biết lúc cháy không có ai ở trong, nguyên nhân đang được làm rõ. "
    "Chính quyền phường đã đến thăm và hỗ trợ bước đầu cho các gia đình có người bị nạn."
)


@pytest.fixture(scope="module")
def detector():
    return SignalDetector(load_gazetteer())


@pytest.fixture
def step(detector):
    return SignalStep(detector, ContextSource(load_province("demo"), lambda article: []), lambda: NOW)


@pytest.fixture
def outlet():
    return Outlet.objects.create(
        key="lam-giang", name="Báo Lam Giang", kind="newspaper", scope="local", home="http://127.0.0.1/"
    )


def article(
    outlet, number: int, *, title: str, lead: str = "", text: str = "", ready: bool = True
) -> Article:
    url = f"http://127.0.0.1/bai-{number}.html"
    made = Article.objects.create(
        outlet=outlet,
        url=url,
        canonical_url=url,
        title=title,
        lead=lead,
        text=text,
        digest="0" * 64,
        first_seen_at=NOW,
        published_at=NOW - timedelta(hours=1),
        published_precision="minute",
        changed_at=NOW,
        needs_classify=not ready,
        needs_story=not ready,
    )
    Revision.objects.create(article=made, number=1, seen_at=NOW, title=title, digest="0" * 64)
    return made


def test_a_headline_against_its_text_is_kept_with_both_sides(step, outlet):
    made = article(outlet, 1, title=TWELVE_HURT, lead=TWO_HURT, text=TWO_HURT)
    assert step.run(10) == 1
    finding = made.findings.get(kind="signal")
    assert finding.label == "S2"
    assert finding.evidence["note"] == "cần đối chiếu"
    assert finding.evidence["innocent"]
    assert "12 người bị thương" in finding.spans[0]["text"]
    assert "2 người bị thương" in finding.evidence["other"]["text"]
    span = finding.spans[0]
    assert getattr(made, span["field"])[span["start"] : span["end"]] == span["text"]


def test_an_article_without_findings_is_done_and_not_indexed_again(step, outlet):
    made = article(outlet, 1, title="Cháy kho gỗ ở phường Bến Trò", lead=TWO_HURT, text=TWO_HURT)
    Article.objects.filter(pk=made.pk).update(needs_index=False)
    step.run(10)
    made.refresh_from_db()
    assert (made.needs_signals, made.needs_index, made.version) == (False, False, 1)
    assert not made.findings.exists()


def test_an_article_whose_story_is_not_known_waits(step, outlet):
    article(outlet, 1, title=TWELVE_HURT, text=TWO_HURT, ready=False)
    assert step.run(10) == 0


def test_rules_see_an_article_only_after_it_was_compared(step, outlet):
    made = article(outlet, 1, title=TWELVE_HURT, text=TWO_HURT)
    Article.objects.filter(pk=made.pk).update(needs_index=False, needs_alert=True)
    assert awaiting_alert(10) == []
    step.run(10)
    Article.objects.filter(pk=made.pk).update(needs_index=False)
    assert [row.pk for row in awaiting_alert(10)] == [made.pk]


def test_a_finding_goes_when_the_headline_is_corrected(step, outlet):
    made = article(outlet, 1, title=TWELVE_HURT, lead=TWO_HURT, text=TWO_HURT)
    step.run(10)
    assert made.findings.exists()
    Article.objects.filter(pk=made.pk).update(
        title="Cháy kho gỗ ở Bến Trò, 2 người bị thương", needs_signals=True
    )
    step.run(10)
    assert not made.findings.exists()


def test_a_signal_that_is_switched_off_finds_nothing(step, outlet):
    change("S2", enabled=False, threshold=0.0, by=None, now=NOW, reason="thử")
    made = article(outlet, 1, title=TWELVE_HURT, lead=TWO_HURT, text=TWO_HURT)
    step.run(10)
    assert not made.findings.exists()


def test_an_article_that_cannot_be_compared_does_not_hold_up_the_others(outlet, caplog):
    class Broken:
        def detect(self, text, context):
            raise ValueError("cannot be read")

    article(outlet, 1, title=TWELVE_HURT, text=TWO_HURT)
    broken = SignalStep(Broken(), ContextSource(load_province("demo"), lambda article: []), lambda: NOW)
    assert broken.run(10) == 1
    assert broken.run(10) == 0
    assert "could not be compared" in caplog.text


def test_criticism_is_no_finding(step, outlet):
    made = article(
        outlet,
        1,
        title="Dân Nam Rộc bức xúc vì đường xuống cấp nhiều năm",
        lead="Người dân cho rằng chính quyền xã thờ ơ, hứa nhiều lần mà không sửa.",
        text="Bà con nhiều lần kiến nghị nhưng đến nay đường vẫn nham nhở ổ gà, học sinh ngã xe liên tục.",
    )
    step.run(10)
    assert not made.findings.exists()


def test_related_coverage_reaches_the_detectors_without_the_article_itself(outlet):
    one, two = article(outlet, 1, title="Một"), article(outlet, 2, title="Hai")
    source = ContextSource(load_province("demo"), lambda asked: [one, two])
    assert [other.id for other in source.of(one, NOW).related] == [str(two.pk)]


def test_correction_notices_are_found_by_their_headline(outlet):
    notice = "Số công nhân bị nợ lương là 312 người, không phải hơn 3.000 người."
    article(outlet, 1, title="Cải chính bài viết ngày 2/11", text=notice)
    article(outlet, 2, title="Vì sao phải cải chính?", text="Bàn về nghề báo.")
    found = list(corrections(NOW))
    assert [row.outlet for row in found] == ["Báo Lam Giang"]
    assert notice in found[0].text


def test_the_roster_holds_agencies_and_no_persons():
    entries = list(roster_of(load_province("demo")))
    assert any(row.agency.startswith("Sở Thông tin và Truyền thông") and row.valid_to for row in entries)
    assert {row.holder for row in entries} == {""}


def test_every_detector_of_the_step_has_its_findings_replaced(step, outlet):
    made = article(outlet, 1, title=TWELVE_HURT, lead=TWO_HURT, text=TWO_HURT)
    for _ in range(2):
        Article.objects.filter(pk=made.pk).update(needs_signals=True)
        step.run(10)
    assert Finding.objects.filter(article=made, detector__in=DETECTORS).count() == 1


ENDED = "Sáng 19/11, UBND huyện Hương Khê, tỉnh Hà Tĩnh khởi công tuyến đường liên xã dài 3 km."


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 1),
        ({"published_at": None, "published_precision": "unknown"}, 0),
        ({"published_at": datetime(2024, 11, 20, 3, tzinfo=UTC)}, 0),
    ],
    ids=["published", "only seen", "published before"],
)
def test_an_ended_unit_is_told_by_the_time_that_the_outlet_gives(step, outlet, changes, count):
    made = article(outlet, 1, title="Khởi công đường liên xã", text=ENDED)
    Article.objects.filter(pk=made.pk).update(**changes)
    step.run(10)
    assert made.findings.filter(label="S4").count() == count
