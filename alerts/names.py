"""What signals and topics are called in messages."""

from __future__ import annotations

from functools import cache

from classifiers.signals.names import NAMES as SIGNAL_NAMES
from classifiers.topics.lexicon import load_lexicon


def signal_name(code: str) -> str:
    """The signal in words; the code itself when it is no signal of ours."""
    return SIGNAL_NAMES.get(code, code)


@cache
def _topics() -> dict[str, str]:
    return {topic.id: topic.name for topic in load_lexicon().topics}


def topic_name(code: str) -> str:
    """The topic's name; the code itself when there is no such topic."""
    return _topics().get(code, code)
