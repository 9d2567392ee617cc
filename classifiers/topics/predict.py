"""``predict topics``: one JSON object in, one out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from classifiers.topics.corpus import article_of
from classifiers.topics.tagger import TopicTagger


@cache
def _shipped() -> TopicTagger:
    return TopicTagger.load()


def predict_line(obj: Mapping[str, object], tagger: TopicTagger | None = None) -> dict[str, object]:
    """``{id, title, lead, body}`` to ``{id, topics: [{id, score, because}]}``.

    Missing texts count as empty. Raises ValueError when a field is there but is no string.
    """
    for name in ("title", "lead", "body", "text"):
        if obj.get(name) is not None and not isinstance(obj[name], str):
            raise ValueError(f"{name} must be a string, not {type(obj[name]).__name__}")
    verdicts = (tagger or _shipped()).classify(article_of(obj))
    return {
        "id": obj.get("id"),
        "topics": [{"id": v.id, "score": v.score, "because": list(v.because)} for v in verdicts],
    }
