"""The topics file and an office's own file on top of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.topics.lexicon import LexiconError, expand, key_of, load_lexicon


def own_file(folder: Path, content: str) -> Path:
    path = folder / "chu-de.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_built_in_topics_are_complete() -> None:
    lexicon = load_lexicon()
    assert len(lexicon.topics) == 23
    for number, topic in enumerate(lexicon.topics):
        assert topic.iptc.startswith("medtop:")
        assert len(topic.about) > 40
        assert sum(weights.get(number, 0) > 0 for weights in lexicon.phrases.values()) >= 25


def test_choices_expand() -> None:
    assert expand("vỡ (đê|đập) (lớn|nhỏ)") == ["vỡ đê lớn", "vỡ đê nhỏ", "vỡ đập lớn", "vỡ đập nhỏ"]


def test_an_office_adds_changes_and_drops_phrases(tmp_path: Path) -> None:
    path = own_file(
        tmp_path,
        '[[topic]]\nid = "minerals"\nname = "Cát, đá, đất"\n'
        '[topic.phrases]\n3 = ["bãi tập kết sỏi"]\n0 = ["cát tặc"]\n',
    )
    lexicon = load_lexicon(path)
    number = [topic.id for topic in lexicon.topics].index("minerals")
    assert lexicon.topics[number].name == "Cát, đá, đất"
    assert lexicon.phrases[key_of("bãi tập kết sỏi")] == {number: 3.0}
    assert number not in lexicon.phrases.get(key_of("cát tặc"), {})


@pytest.mark.parametrize(
    ("content", "line", "field"),
    [
        ('[[topic]]\nid = "minerals"\n\n[[topic]]\nid = "khong-co"\n', 5, "id"),
        ('[[topic]]\nid = "land"\nname = ""\n', 3, "land.name"),
        ('[[topic]]\nname = "Đất"\n', 1, "topic 1.id"),
        ('[[topic]]\nid = "land"\n[topic.phrases]\n1 = ["đất"]\n9 = ["đất ở"]\n', 5, "land.phrases"),
        ('[[topic]]\nid = "land"\n[topic.phrases]\nmạnh = ["đất"]\n', 4, "cú pháp TOML"),
        ('[[topic]]\nid = "land"\n[topic.phrases]\n2 = "đất"\n', 4, "land.phrases.2"),
        ('[[topic]]\nid = "land"\n[topic.phrases]\n2 = [\n  "đất",\n  "đất (ở",\n]\n', 6, "land.phrases.2"),
        ('[[topic]]\nid = "land"\n[topic.phrases]\n2 = [\n  "đất",\n  "...",\n]\n', 6, "land.phrases.2"),
        ('[[topic]]\nid = "land"\n[[chude]]\nid = "x"\n', 3, "chude"),
        ('[[outside]]\nid = "la"\nphrases = []\n', 2, "id"),
        ('[[topic]]\nid = "land\n', 2, "cú pháp TOML"),
    ],
)
def test_errors_name_file_line_and_field(tmp_path: Path, content: str, line: int, field: str) -> None:
    with pytest.raises(LexiconError) as caught:
        load_lexicon(own_file(tmp_path, content))
    assert (caught.value.line, caught.value.where) == (line, field)
    assert str(caught.value).startswith(f"chu-de.toml:{line}: {field}: ")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="không đọc được"):
        load_lexicon(tmp_path / "khong-co.toml")
