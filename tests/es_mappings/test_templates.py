"""The JSON files: complete, strict, and compared with what a cluster has."""

from __future__ import annotations

from es_mappings import COMPONENTS, INDEX_PREFIX, ROLLOVER, TEMPLATE, VERSION, differences, load


def test_every_file_is_json_and_says_what_it_is_for() -> None:
    for name in (*COMPONENTS, TEMPLATE, ROLLOVER):
        assert load(name)["_meta"]["about"]


def test_the_index_template_joins_the_components_for_our_indexes() -> None:
    template = load(TEMPLATE)
    assert template["index_patterns"] == [f"{INDEX_PREFIX}*"]
    assert tuple(template["composed_of"]) == COMPONENTS


def test_unknown_fields_are_refused_and_there_is_no_author() -> None:
    mappings = load(TEMPLATE)["template"]["mappings"]
    assert mappings["dynamic"] == "strict"
    assert not {"author", "byline", "journalist", "tone", "stance"} & set(mappings["properties"])


def test_texts_are_indexed_but_not_stored() -> None:
    mappings = load(TEMPLATE)["template"]["mappings"]
    texts = {name for name, field in mappings["properties"].items() if field["type"] == "text"}
    assert texts <= set(mappings["_source"]["excludes"])


def test_the_version_is_of_the_files() -> None:
    assert len(VERSION) == 12


def test_differences_are_named_with_their_path() -> None:
    wanted = {
        "settings": {"index": {"number_of_shards": "1"}},
        "mappings": {"properties": {"id": {"type": "long"}}},
    }
    live = {
        "settings": {"index": {"number_of_shards": 1, "uuid": "x"}},
        "mappings": {"properties": {"id": {"type": "text"}}},
    }
    assert differences(wanted, live) == ['mappings.properties.id.type: wanted "long", the cluster has "text"']
    assert differences(wanted, wanted) == []
    assert differences({"a": [1, 2]}, {"a": [1]}) == ["a: wanted [1, 2], the cluster has [1]"]
    assert differences({"a": [1, 2]}, {"a": [1, 3]}) == ["a[1]: wanted 2, the cluster has 3"]
