"""What a briefing says, and on what it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.models import Article, Finding, RegisterEntry, Revision, StoryLink
from briefings.content import ArticleSource, CountSource, SectionId, Sentence, all_sentences
from briefings.inputs import Inputs
from briefings.measures import members
from briefings.models import BriefingVersion
from briefings.render.layout import lay_out, lines
from briefings.versions import Opened, opened, rebuilt
from tests.briefings import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Opened:
    world.make_week()
    return opened(world.built())


def section(kept: Opened, name: SectionId) -> str:
    """A section's words."""
    content = kept.content.model_copy(
        update={"sections": tuple(one for one in kept.content.sections if one.id == name)}
    )
    return "\n".join(lines(lay_out(content, ()).body))


def sentences(kept: Opened) -> Iterator[Sentence]:
    return all_sentences(kept.content)


def test_there_are_eight_sections_in_their_order(kept: Opened) -> None:
    assert [one.id for one in kept.content.sections] == list(SectionId)


def test_the_summary_has_five_lines_that_begin_with_the_count(kept: Opened) -> None:
    said = kept.content.sections[0].blocks[0].parts[0].sentences
    assert len(said) == 5
    assert said[0].text.startswith("Từ 17:00 12/11/2026 đến 17:00 19/11/2026 có 17 bài về tỉnh Lam Giang")
    assert "tăng 14 so với tuần trước" in said[0].text
    assert said[-1].text == (
        "Chờ xử lý: 1 phê bình có căn cứ cần giải quyết, 1 nội dung cần đối chiếu, "
        "0 câu hỏi báo chí chưa trả lời."
    )


def test_a_counted_sentence_can_be_counted_again(kept: Opened) -> None:
    inputs = Inputs.model_validate(kept.version.inputs.data)
    first = kept.content.sections[0].blocks[0].parts[0].sentences[0]
    measures = [source.measure for source in first.sources if isinstance(source, CountSource)]
    assert measures == ["all", "outlets", "before"]
    assert [len(members(inputs, name)) for name in measures] == [17, 4, 3]
    assert "Tin nơi khác" not in {row.title for row in inputs.articles}


def test_every_counted_source_names_a_set_that_can_be_listed(kept: Opened) -> None:
    inputs = Inputs.model_validate(kept.version.inputs.data)
    for sentence in sentences(kept):
        for source in sentence.sources:
            if isinstance(source, CountSource):
                members(inputs, source.measure)


def test_quotations_are_the_words_of_their_revision(kept: Opened) -> None:
    quoted = [said for said in sentences(kept) if said.verbatim]
    assert len(quoted) > 10
    for said in quoted:
        source = said.sources[0]
        assert isinstance(source, ArticleSource)
        revision = Revision.objects.get(pk=source.revision)
        assert said.text == getattr(revision, source.field)[source.start : source.end]


def test_an_event_is_told_with_course_reprints_and_official_facts(kept: Opened) -> None:
    said = section(kept, SectionId.STORIES)
    assert "4 bài trên 4 báo, trong đó 1 bài đăng lại" in said
    assert "Diễn biến" in said and "Góc nhìn từng báo" in said
    assert "Đăng lại bài của báo khác: Điểm Tin 365." in said
    assert "Tỷ lệ hộ nghèo: 4,87 % số hộ (tính đến 12/2025; Quyết định <12> & 13)." in said


def test_only_what_an_officer_confirmed_is_a_point_to_check(kept: Opened) -> None:
    said = section(kept, SectionId.CHECKS)
    assert "cần đối chiếu" in said and "Quyết định 12, 12/2025: sổ ghi 4.87" in said and "Khác kỳ." in said
    whole = "\n".join(lines(lay_out(kept.content, kept.annex).body))
    assert "KHÔNG ĐƯỢC HIỆN" not in whole  # an open finding is nobody's verdict


def test_criticism_stands_with_its_decision_and_what_is_not_assigned_yet(kept: Opened) -> None:
    said = section(kept, SectionId.CRITICISM)
    assert "Người dân xã Hạ Sậy đề nghị tỉnh sớm gia cố" in said
    assert "Chưa giao cơ quan và thời hạn." in said
    assert kept.content.sections[3].blocks[0].open.startswith("decision:")


def test_questions_stand_beside_the_register_and_dates_in_the_calendar(kept: Opened) -> None:
    asked = section(kept, SectionId.QUESTIONS)
    assert "Người dân xã Hạ Sậy đề nghị" in asked and "4,87 % số hộ" in asked
    coming = section(kept, SectionId.CALENDAR)
    assert "24/11" in coming and "Hội nghị đánh giá thiệt hại sẽ họp ngày 24/11/2026" in coming


def test_the_completeness_box_tells_hours_without_reading_and_says_that_it_estimates(kept: Opened) -> None:
    said = "\n".join(each.text for part in kept.content.completeness.parts for each in part.sentences)
    assert "Báo Lam Giang: không đọc được 10 giờ" in said
    assert "Ước tính có thể thiếu nhiều nhất 10 bài" in said


def test_the_annex_has_a_row_for_every_article(kept: Opened) -> None:
    assert len(kept.annex) == 17
    hostile = next(row for row in kept.annex if row.title == world.HOSTILE)
    assert hostile.url == "" and hostile.status == "Cần phản hồi"  # javascript: leads nowhere
    assert hostile.page.startswith(f"{world.BASE}/bai/")


def test_the_same_inputs_compose_the_same_words_after_the_archive_went_on(kept: Opened) -> None:
    Finding.objects.filter(kind="topic").update(label="forest")
    Finding.objects.filter(kind="signal", status="open").delete()
    RegisterEntry.objects.update(value="9.99", version=7)
    Article.objects.update(title="Đã sửa", text="Đã sửa", story=None)
    world.about(world.make_article(world.make_outlet(), "Bài đến sau", at=world.at(3)))
    version = BriefingVersion.objects.get(pk=kept.version.pk)
    content, annex = rebuilt(version)
    assert content == kept.content
    assert tuple(annex) == kept.annex
    assert opened(world.built()).content != kept.content  # a new build sees the change


def test_a_week_without_anything_says_so_on_what_was_counted() -> None:
    kept = opened(world.built())
    empty = [one.empty for one in kept.content.sections if one.id is not SectionId.FIGURES]
    assert [said.text.startswith(("Không", "Trong", "Sổ", "Các", "Chưa")) for said in empty if said]
    assert "không thể kết luận là không có tin" in "\n".join(
        each.text for each in kept.content.completeness.parts[0].sentences
    )


def test_what_last_week_left_open_is_carried_over_until_it_is_settled(kept: Opened) -> None:
    one = world.office()
    later = world.WEEK.after()
    now = world.NOW + world.timedelta(days=7)
    following = world.build(one, world.briefing_of(one.profile, later, now=now), by=None, now=now)
    said = section(opened(following), SectionId.LEDGER)
    assert "Tồn từ tuần 47/2026" in said and "Lũ sông Rộc, bài 0" in said


def test_who_reprinted_whom_follows_the_order_of_printing(kept: Opened) -> None:
    """Links follow that of archiving: an aggregator may have been read first."""
    link = StoryLink.objects.get()
    Article.objects.filter(pk=link.article_id).update(published_at=world.at(1, 6))
    inputs = Inputs.model_validate(world.built().inputs.data)
    assert inputs.reprints == {link.other_id: link.article_id}
