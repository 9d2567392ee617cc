"""The line scanner agrees with tomllib on what stands where."""

from __future__ import annotations

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from provinces.toml_lines import locate

TEXT = '''\
top = 1 # [[not]] a = table
"quoted key" = "a # b = [c]"

[[a]] # first
x = """
[[a]]
y = 1
"""
y = [ # list
  1, [2, 3],
  { k = "}", "m n" = [
    4 ] },
]
[a.sub]
z = \'\'\'it's
two\'\'\'

[[a]]
b.c."d e" = 'x'
[[a.inner]]
v = 1979-05-27T07:32:00Z
[[a.inner]]
v = -1e5
w = """x\\""""" # ends with quotes
u = 1
'''


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {path}
    if isinstance(value, dict):
        for key, part in value.items():
            found |= paths(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            found |= paths(part, (*path, index))
    return found


def test_every_value_has_a_line() -> None:
    lines = locate(TEXT)
    assert set(lines) == paths(tomllib.loads(TEXT))
    assert {
        ("top",): 1,
        ("quoted key",): 2,
        ("a", 0): 4,
        ("a", 0, "x"): 5,
        ("a", 0, "y"): 9,
        ("a", 0, "y", 1, 1): 10,
        ("a", 0, "y", 2, "k"): 11,
        ("a", 0, "y", 2, "m n", 0): 12,
        ("a", 0, "sub", "z"): 15,
        ("a", 1): 18,
        ("a", 1, "b", "c", "d e"): 19,
        ("a", 1, "inner", 0, "v"): 21,
        ("a", 1, "inner", 1): 22,
        ("a", 1, "inner", 1, "u"): 25,
    }.items() <= lines.items()


PIECES = st.sampled_from(
    [
        "[[a]]",
        "[b]",
        "[[a.c]]",
        "x = 1",
        'y = "#"',
        "z = [1, [2], {q = 3}]",
        "# c",
        "",
        'w.v = """\n[k]\n"""',
        "u = '''\n'''",
    ]
)


@given(st.lists(PIECES, max_size=12))
@settings(max_examples=300, deadline=None)
def test_whatever_tomllib_reads_has_lines(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(locate(text)) == paths(values)
