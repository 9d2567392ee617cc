"""``predict places``: one JSON object in, one out (see the contract)."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from classifiers.places.article import PlaceTagger
from classifiers.places.landmarks import landmark_names
from classifiers.places.records import PlaceResult, ProvinceVerdict
from classifiers.records import ArticleText
from provinces.gazetteer import Level, load_gazetteer
from provinces.loader import load_province, province_names

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MAX_LINE_TEXT = 2_000_000
"""Code points of one text; more is refused rather than cut."""


@cache
def default_tagger() -> PlaceTagger:
    """The national gazetteer, the landmarks of all bundled profiles, and the committed weights."""
    return PlaceTagger(load_gazetteer(), landmark_names(map(load_province, province_names())))


def predict_line(obj: dict[str, object], tagger: PlaceTagger | None = None) -> dict[str, object]:
    """``{id, published, text}`` → ``{id, places: [...], about_provinces_now: [...]}``.

    A unit that is named again in the same words is given once. Raises ValueError naming the field
    that is missing or wrong.
    """
    if not isinstance(obj, dict):
        raise ValueError("line: must be a JSON object with id, published and text")
    key, text = obj.get("id"), obj.get("text")
    if not isinstance(key, str | int) or isinstance(key, bool):
        raise ValueError("id: must be given, as text or a number")
    if not isinstance(text, str):
        raise ValueError("text: must be given, as text")
    if len(text) > MAX_LINE_TEXT:
        raise ValueError(f"text: has {len(text)} characters, at most {MAX_LINE_TEXT} are read")
    tagger = tagger or default_tagger()
    result = tagger.classify(ArticleText("", "", text, published_date(obj.get("published"))))
    return {"id": key, "places": _places(result), "about_provinces_now": _about_now(result)}


def provinces_line(obj: dict[str, object], tagger: PlaceTagger | None = None) -> dict[str, object]:
    """``{id, title, lead, body, published?}`` → ``{id, about: [...], mentions: [...]}``.

    Each province as ``{name, code, now}``: name and code valid at ``published`` (default: today), and
    today's name. Raises ValueError naming the field that is wrong.
    """
    parts = {name: obj.get(name) or "" for name in ("title", "lead", "body")}
    for name, part in parts.items():
        if not isinstance(part, str):
            raise ValueError(f"{name}: must be text")
        if len(part) > MAX_LINE_TEXT:
            raise ValueError(f"{name}: has {len(part)} characters, at most {MAX_LINE_TEXT} are read")
    value = obj.get("published")
    day = published_date(value) if value else datetime.now(VIETNAM).date()
    article = ArticleText(str(parts["title"]), str(parts["lead"]), str(parts["body"]), day)
    result = (tagger or default_tagger()).classify(article)
    return {
        "id": obj.get("id"),
        "about": [_province(verdict) for verdict in result.about],
        "mentions": [_province(verdict) for verdict in result.mentioned],
    }


def _province(verdict: ProvinceVerdict) -> dict[str, str]:
    return {"name": verdict.name, "code": verdict.code, "now": verdict.now}


def published_date(value: object) -> date:
    """A date from "2017-05-31" or a full time stamp. Raises ValueError naming the field."""
    if not isinstance(value, str):
        raise ValueError("published: must be given, as YYYY-MM-DD")
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise ValueError(f"published: {value[:40]!r} is no date of the form YYYY-MM-DD") from None


def _places(result: PlaceResult) -> list[dict[str, object]]:
    seen: set[tuple[str, str]] = set()
    out: list[dict[str, object]] = []
    for _field, mention in result.mentions:
        if (mention.text, mention.unit.code) in seen:
            continue
        seen.add((mention.text, mention.unit.code))
        unit = mention.unit
        out.append(
            {
                "span": mention.text,
                "start": mention.start,
                "end": mention.end,
                "code": unit.code,
                "codes": list(mention.codes),
                "name": unit.name if unit.level is Level.PROVINCE else unit.full_name,
                "province_now": mention.province_now[0] if mention.province_now else "",
                "note": mention.note,
            }
        )
    return out


def _about_now(result: PlaceResult) -> list[str]:
    return list(dict.fromkeys(verdict.now for verdict in result.about))
