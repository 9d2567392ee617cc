"""Every mistake in a profile is named with its file, line and field, and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provinces.loader import ProfileError, load_outlets, load_province

GOOD = """\
# line 1
[[outlet]]
id = "a"
name = "Báo A"
kind = "newspaper"
scope = "local"
home = "https://a.example/"
feeds = [
  "https://a.example/1.rss",
  "https://a.example/2.rss",
]
article_url = '-\\d+\\.html$'
status = "verified"
delay = 2.5

[[outlet]]
id = "b"
name = "Báo B"
kind = "newspaper"
scope = "local"
home = "https://b.example/"
listings = ["https://b.example/"]
"""

PROFILE = """\
name = "Lam Giang"
full_name = "Tỉnh Lam Giang"
code = "LG"
national = false

[[predecessor]]
name = "Sơn Rộc"
code = "SR"
until = 2025-06-30

[[agency]]
id = "old"
name = "Sở Cũ"
valid_to = 2025-02-28
successor = "new"

[[agency]]
id = "new"
name = "Sở Mới"
valid_from = 2025-03-01

[[landmark]]
name = "sông Rộc"
kind = "river"
"""


def outlets_error(tmp_path: Path, text: str) -> ProfileError:
    file = tmp_path / "sources.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_outlets(file)
    assert caught.value.file == file
    assert str(caught.value) == f"{file}:{caught.value.line}: {caught.value.message}"
    return caught.value


def profile_error(tmp_path: Path, profile: str, outlets: str = GOOD) -> ProfileError:
    (tmp_path / "profile.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "outlets.toml").write_text(outlets, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_province(tmp_path)
    return caught.value


def test_the_good_texts_load(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "outlets.toml").write_text(GOOD, encoding="utf-8")
    province = load_province(tmp_path)
    assert [outlet.id for outlet in province.outlets] == ["a", "b"]
    assert province.outlets[0].delay == 2.5
    assert province.outlets[1].status == "unverified"
    assert province.agencies[0].successor == "new"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            'kind = "newspaper"',
            'kind = "blog"',
            5,
            'outlet "a" kind: "blog" is unknown; write one of newspaper',
        ),
        ('scope = "local"', 'scope = "world"', 6, '"world" is unknown; write one of local, national'),
        (
            'home = "https://a.example/"',
            'home = "a.example"',
            7,
            '"a.example" is not an address; write it in full',
        ),
        ('home = "https://a.example/"', 'home = "ftp://a.example/"', 7, "is not an address"),
        ('home = "https://a.example/"', 'home = "https://a.example:x/"', 7, "is not an address"),
        ('"https://a.example/2.rss"', '"https://[a/2.rss"', 10, "feeds:"),
        ('"https://a.example/2.rss"', '"https://a.example/1.rss"', 10, "stands twice in this list"),
        ('"https://a.example/2.rss"', "7", 10, "every element must be a text"),
        ("'-\\d+\\.html$'", "'-(\\d+\\.html$'", 12, "article_url: is not a regular expression"),
        ('"verified"', '"sure"', 13, '"sure" is unknown; write one of verified, unverified'),
        ("delay = 2.5", 'delay = "2"', 14, "must be a number of seconds"),
        ("delay = 2.5", "delay = -1", 14, "must be above 0"),
        ("delay = 2.5", "delay = nan", 14, "must be above 0"),
        ("delay = 2.5", 'closed_on = "31/3/2025"', 14, "is not a date; write it as closed_on = 2025-03-01"),
        ("delay = 2.5", "closed_on = 2025-03-01T00:00:00", 14, "must be a date"),
        ("delay = 2.5", 'successor = "zzz"', 14, '"zzz" is not the id of another outlet'),
        ("delay = 2.5", 'feed = "x"', 14, 'unknown key; did you mean "feeds"?'),
        ("delay = 2.5", 'xyz = "x"', 14, "unknown key; remove it; known are id, name"),
        ('name = "Báo A"\n', "", 2, 'outlet "a" name: is missing; add it'),
        ('id = "b"', 'id = "a"', 17, 'id: "a" is taken by an outlet in sources.toml'),
        ('name = "Báo B"', 'name = ""', 18, "name: is empty"),
        ('name = "Báo B"', "name = 7", 18, "name: must be text, not a number"),
        ('name = "Báo B"', 'name = "a\\nb"', 18, "line break"),
        ('["https://b.example/"]', '["https://a.example/1.rss"]', 22, 'is already read for outlet "a"'),
        ('["https://b.example/"]', '"https://b.example/"', 22, "listings: must be a list, not text"),
        ('["https://b.example/"]', "[]", 16, "nothing to read"),
    ],
)
def test_a_bad_outlet_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    error = outlets_error(tmp_path, GOOD.replace(old, new, 1))
    assert (error.line, words in error.message) == (line, True), error


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('code = "LG"\n', "", 1, "code: is missing"),
        ('code = "LG"', "code = 42", 3, "code: must be text, not a number"),
        ("national = false", 'national = "no"', 4, "national: must be true or false"),
        ("until = 2025-06-30", 'until = "30/6/2025"', 9, "until"),
        ("until = 2025-06-30\n", "", 6, "until: must be a date"),
        ('id = "new"', 'id = "old"', 18, '"old" stands twice'),
        ('successor = "new"', 'successor = "old"', 15, "is not the id of another agency"),
        ("valid_to = 2025-02-28", "valid_to = 2025-02-28\nvalid_from = 2025-03-01", 14, "before valid_from"),
        ('kind = "river"', 'kind = "stream"', 24, '"stream" is unknown; write one of river'),
        ('kind = "river"', 'kind = "river"\naliases = ["sông Rộc"]', 23, "names two landmarks"),
        ("[[landmark]]", "[landmark]", 22, "head each with [[landmark]]"),
        ("[[landmark]]", "[[landmarks]]", 22, 'did you mean "landmark"?'),
    ],
)
def test_a_bad_profile_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in PROFILE
    error = profile_error(tmp_path, PROFILE.replace(old, new, 1))
    assert error.file.name == "profile.toml"
    assert (error.line, words in error.message) == (line, True), error


def test_article_rules_are_written_in_the_language_that_crawlers_read(tmp_path: Path) -> None:
    """``regex``, not ``re``: what loads here compiles there."""
    path = tmp_path / "outlets.toml"
    path.write_text(GOOD.replace("-\\d+\\.html$", "/\\p{L}+-\\d+$"), encoding="utf-8")
    assert load_outlets(path)[0].article_url == "/\\p{L}+-\\d+$"
    for refused_by_regex in (r"(?P<a>x)(?P=b)", r"\p{Quan}"):
        path.write_text(GOOD.replace("-\\d+\\.html$", refused_by_regex), encoding="utf-8")
        with pytest.raises(ProfileError, match="article_url: is not a regular expression"):
            load_outlets(path)


def test_inline_tables_have_lines_too(tmp_path: Path) -> None:
    profile = PROFILE.split("[[landmark]]")[0]
    profile = (
        'landmark = [\n  { name = "sông A", kind = "river" },\n  { name = "sông B", kind = "x" },\n]\n'
        + profile
    )
    error = profile_error(tmp_path, profile)
    assert error.line == 3


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('a = "x"\nb = = 1\n', 2, "not valid TOML"),
        ('a = "x"\nb = "y', 2, "not valid TOML"),
        ("a = 1\n\na = 2\n", 3, "not valid TOML"),
        ("d = 2025-02-30\n", 1, "TOML"),
        ("# nothing\n", 1, "no outlets; add at least one"),
        ("x = " + "[" * 5000, 1, "TOML"),
        ("x = " + "9" * 6000, 1, "TOML"),
    ],
)
def test_text_that_is_no_toml_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    error = outlets_error(tmp_path, text)
    assert (error.line, words in error.message) == (line, True), error


def test_bytes_that_are_no_utf8_are_named_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_bytes(b'id = "a"\nname = "\xff"\n')
    with pytest.raises(ProfileError, match="save it as UTF-8") as caught:
        load_outlets(file)
    assert caught.value.line == 2


def test_windows_line_ends_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert len(load_outlets(file)) == 2


def test_a_missing_file_a_folder_and_an_unknown_province_are_explained(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot be read"):
        load_outlets(tmp_path / "none.toml")
    with pytest.raises(ProfileError, match="cannot be read"):
        load_outlets(tmp_path)
    with pytest.raises(ProfileError, match="no such province; give one of bac-ninh, demo"):
        load_province("ha-noi")
    with pytest.raises(ProfileError, match="no such province"):
        load_province("a\0b")


def test_an_id_that_a_central_outlet_has_is_refused(tmp_path: Path) -> None:
    profile = PROFILE.replace("national = false\n", "")
    error = profile_error(tmp_path, profile, GOOD.replace('id = "b"', 'id = "vnexpress"'))
    assert '"vnexpress" is taken by an outlet in' in error.message


def test_bad_units_of_a_profile_are_refused_with_it(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text('unit = [{ code = "X1", name = "Xã", type = "xã", parent = "X" }]')
    error = profile_error(tmp_path, PROFILE)
    assert error.file == tmp_path / "units.toml"
    assert "unknown parent X" in error.message


def test_a_copied_profile_loads_from_its_new_folder(tmp_path: Path) -> None:
    copy = tmp_path / "ha-tinh-2"
    shutil.copytree(load_province("ha-tinh").folder, copy)
    assert load_province(copy).id == "ha-tinh-2"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_loads_or_is_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("garbage") / "sources.toml"
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(ProfileError):
        load_outlets(file)


@given(st.binary(max_size=200), st.integers(0, len(GOOD) - 1), st.integers(0, 40))
@settings(max_examples=250, deadline=None)
def test_a_damaged_file_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, length: int
) -> None:
    file = tmp_path_factory.mktemp("damaged") / "sources.toml"
    whole = GOOD.encode()
    file.write_bytes(whole[:at] + junk[: length // 4] + whole[at + length :])
    try:
        outlets = load_outlets(file)
    except ProfileError as error:
        assert 1 <= error.line <= file.read_bytes().count(b"\n") + 1
        return
    assert outlets


JUNK = (
    "1",
    "true",
    '""',
    "[]",
    "{}",
    "[1]",
    "[{}]",
    "[[]]",
    "nan",
    "1979-05-27T07:32:00Z",
    "07:32:00",
    '"\\u0000"',
    "'''\n\n'''",
)


def key_lines(text: str) -> list[int]:
    return [
        number for number, line in enumerate(text.splitlines()) if " = " in line and not line.endswith("[")
    ]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_any_value_is_found_on_its_line(tmp_path: Path, junk: str) -> None:
    for name, text in (("profile.toml", PROFILE), ("outlets.toml", GOOD)):
        for number in key_lines(text):
            lines = text.splitlines()
            key = lines[number].split(" = ")[0]
            lines[number] = f"{key} = {junk}"
            (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
            (tmp_path / "outlets.toml").write_text(GOOD, encoding="utf-8")
            (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
            try:
                load_province(tmp_path)
            except ProfileError as error:
                table_of = {("listings", "[]"): 16, ("id", '""'): number + 1}
                assert error.file.name == name
                assert error.line == table_of.get((key, junk), number + 1), error
                assert key in error.message or junk == "[]", error
            else:
                harmless = {("delay", "1"), ("national", "true"), ("national", "false")}
                optional_empty = junk in ('""', "'''\n\n'''") and key in (
                    "article_url",
                    "successor",
                    "status",
                )
                assert (key, junk) in harmless or optional_empty, f"{key} = {junk} was accepted"
