"""Which way a feature may push: the sense of it, laid down before fitting, so that chance cannot turn it.

With 480 labelled articles a free weight often takes the wrong sign by chance. A feature in RAISES never
speaks against "about", one in LOWERS never for it; the others are free.
"""

from __future__ import annotations

RAISES = frozenset(
    {
        "in_title", "in_lead", "in_opening", "early", "first_of_all", "dateline", "mentions",
        "share", "leads", "sole", "units_inside", "has_commune", "own_level", "agencies", "spread",
        "happens_there", "landmarks", "length", "agency_head", "sole_agency", "event_head", "real",
        "real_share", "real_leads", "of_most", "agency_share", "first_agency", "title_place",
        "real_sole", "scene", "scenes", "joint_head", "joint_title", "scene_and_agency", "digest",
        "abroad_home", "event_head_scene", "agency_sentences", "second_agency", "second_scene",
        "second_head", "second_event", "half_leader", "title_first", "title_first_weather",
        "density", "unit_share", "scene_share", "first_scene", "sections", "sections_agency",
        "joints", "sentences", "sentence_share", "sentence_most", "subject", "charity_origin",
        "local", "local_leads", "event", "event_any", "performs", "first_real", "first_real_agency",
        "agency_early", "all_together", "section", "section_agency", "landmark_head", "news_item",
        "news_item_second", "counted_head",
    }
)  # fmt: skip

LOWERS = frozenset(
    {
        "sole_of_few", "in_lists", "origin", "delegates", "bracketed", "moves", "contact",
        "weak_only", "parliament", "capital_city", "provinces", "sport", "national",
        "title_names_other", "list_in_short", "share_late", "abroad", "only_origin",
        "lists_when_national", "lead_origin", "head_list_national", "list_national", "short_moves",
        "others_real", "sport_venue", "home_beside", "signed", "national_once", "national_untitled",
        "charity_capital", "body_once", "body_once_agency", "first_at", "others_act",
        "others_act_scene", "voters", "caption", "hospital", "charity_hospital", "weather",
        "weather_untitled", "region", "region_share", "soft", "soft_no_agency", "also", "compared",
        "person_of", "person_soft", "capital_national", "capital_no_agency", "capital_bare",
        "held_national", "together", "parliament_untitled", "vehicle", "example", "origin_after",
        "person", "person_only", "asked_person", "match", "match_no_agency", "opening_only",
        "opening_only_national", "game", "club", "delegates_only", "soft_capital",
    }
)  # fmt: skip


def bounds(feature: str) -> tuple[float | None, float | None]:
    """Lowest and highest weight a feature may take; None where open."""
    if feature in RAISES:
        return 0.0, None
    if feature in LOWERS:
        return None, 0.0
    return None, None
