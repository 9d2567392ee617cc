"""Words that carry content and words that turn a statement, shared by the detectors."""

from __future__ import annotations

from collections.abc import Iterable


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


STOP = word_set(
    """
    và của là các những một cho với trong ngoài trên dưới tại ở về từ đến tới vào ra được bị do vì bởi
    khi thì mà có đã đang sẽ vừa mới còn cũng rất lại này đó kia ấy như nhưng nên nếu để theo sau trước
    giữa cùng người việc số năm ngày tháng không chưa phải hơn gần khoảng nhiều ít mỗi từng cả hai ba
    bốn sáu bảy tám chín mười ông bà anh chị em tỉnh huyện xã vụ nói gì sao ai đâu nào thế vẫn chỉ đều
    hay hoặc rồi lên xuống qua bằng nhất đi đây tin bài báo
    """
)
"""Words too common to tell what a sentence is about."""


DENIALS = word_set("không chưa chẳng chả đừng")
SMALL_NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
"""From one on."""
SEVERAL = "|".join(SMALL_NUMBERS[1:])
"""From two on, as alternatives of a regular expression."""


def number_of(word: str) -> int:
    """The value of a number up to ten in words ("tư" too), or in digits."""
    word = "bốn" if word == "tư" else word
    return SMALL_NUMBERS.index(word) + 1 if word in SMALL_NUMBERS else int(word)


def content_words(words: Iterable[str]) -> list[str]:
    """The words that tell what a sentence is about."""
    return [word for word in words if word not in STOP and not word[0].isdigit() and len(word) > 1]
