"""The completeness box: what was not read that week, and how much may be missing, said as an estimate."""

from __future__ import annotations

from briefings.compose.numbers import number
from briefings.compose.writer import Writer, clock
from briefings.content import Block, Part, Sentence
from briefings.inputs import WatchInput

TITLE = "Mức đầy đủ của việc thu thập"


def completeness(writer: Writer) -> Block:
    """Always there: a week that was read in full says so."""
    inputs = writer.inputs
    said = [_overall(writer)]
    if inputs.began is not None:
        text = f"Bắt đầu thu thập từ {clock(inputs.began)}; bài đăng trước đó chỉ có nếu nguồn còn liệt kê."
        said.append(writer.count(text, "watch"))
    if inputs.unwatched:
        said.append(writer.count(f"Chương trình không chạy trong {number(inputs.unwatched)} giờ.", "watch"))
    if inputs.outage:
        text = f"Mạng của máy này không tới được báo nào trong {number(inputs.outage)} giờ."
        said.append(writer.count(text, "watch"))
    said += [_outlet(writer, row) for row in inputs.watch if row.down or row.quiet or row.late]
    if estimate := _estimate(writer):
        said.append(estimate)
    if inputs.late_before:
        late = number(len(inputs.late_before))
        text = f"{late} bài của tuần trước thu thập được sau giờ chốt, không tính vào tuần này."
        said.append(writer.count(text, "late"))
    return Block(
        id="completeness",
        title=writer.count(TITLE, "watch"),
        parts=(Part(sentences=tuple(said)),),
    )


def _overall(writer: Writer) -> Sentence:
    inputs = writer.inputs
    if not inputs.sources:
        return writer.count("Không theo dõi nguồn nào nên không thể kết luận là không có tin.", "watch")
    amount = f"{number(inputs.sources)} nguồn của {number(len(inputs.watch))} báo"
    if any(row.down or row.quiet for row in inputs.watch) or inputs.unwatched or inputs.outage:
        return writer.count(f"Theo dõi {amount}; thu thập chưa đầy đủ.", "watch")
    since = "trong suốt tuần" if inputs.began is None else "từ khi bắt đầu"
    return writer.count(f"Đọc được {amount} {since}.", "watch")


def _outlet(writer: Writer, row: WatchInput) -> Sentence:
    told = []
    if row.down:
        told.append(f"không đọc được {number(row.down)} giờ")
    if row.quiet:
        told.append(f"im lặng {number(row.quiet)} giờ, khác nhịp thường lệ")
    if row.late:
        told.append(f"{number(row.late)} bài thu thập muộn từ 6 giờ trở lên")
    return writer.count(f"{row.name}: {'; '.join(told)}.", "watch")


def _estimate(writer: Writer) -> Sentence | None:
    rows = writer.inputs.watch
    if not any(row.down or row.unread for row in rows):
        return None
    known = [row for row in rows if row.missed is not None]
    unknown = [row for row in rows if row.missed is None and (row.down or row.unread)]
    items = sum(row.missed or 0.0 for row in known)
    ours = sum((row.missed or 0.0) * row.share for row in known)
    text = (
        f"Ước tính có thể thiếu nhiều nhất {number(round(items))} bài, trong đó khoảng"
        f" {number(round(ours))} bài về tỉnh (nhịp thường lệ nhân với số giờ trống;"
        " một phần có thể đã thu bù khi nguồn đọc lại được)"
    )
    if unknown:
        text += f"; chưa biết nhịp thường lệ của {number(len(unknown))} báo"
    return writer.count(f"{text}.", "watch")
