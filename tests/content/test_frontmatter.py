"""Front matter: a small, strict part of YAML, read with lines and written back exactly."""

from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.content.frontmatter import MAX_BYTES, Value, dump, load, split
from docctl.errors import FrontMatterError

READ: dict[str, dict[str, Value]] = {
    "title: Control of documents": {"title": "Control of documents"},
    "a: 1\nb: -20\nc: 0": {"a": 1, "b": -20, "c": 0},
    "a: true\nb: false\nc: null\nd: ~\ne:": {
        "a": True,
        "b": False,
        "c": None,
        "d": None,
        "e": None,
    },
    "a: no\nb: Yes\nc: on\nd: True": {"a": "no", "b": "Yes", "c": "on", "d": "True"},
    "a: 010\nb: 1_000\nc: 12:30\nd: 0x1F\ne: 1.50\nf: 1e3": {
        "a": "010",
        "b": "1_000",
        "c": "12:30",
        "d": "0x1F",
        "e": "1.50",
        "f": "1e3",
    },
    "a: 1234567890123456789": {"a": "1234567890123456789"},
    "a: 2026-11-30": {"a": "2026-11-30"},
    "a: '1'\nb: \"true\"": {"a": "1", "b": "true"},
    "a: [x, {k: v}]\n1: one": {"a": ["x", {"k": "v"}], "1": "one"},
    "a: |\n  x\n  y\nb: >\n  x\n  y": {"a": "x\ny\n", "b": "x y"},
    "# only a comment": {},
    "": {},
}


@pytest.mark.parametrize(("front", "values"), READ.items())
def test_plain_yaml_is_read(front: str, values: dict[str, Value]) -> None:
    assert dict(load(front, "document.md").values) == values


REFUSED = {
    "a: 1\nb: 2\na: 3": ["line 4: the key 'a' stands here and on line 2"],
    "a: &x 1\nb: *x": [
        "line 2: the anchor '&x' is not read; take it out",
        "line 3: the alias '*x' is not read; write it out",
    ],
    "a: !!python/name:os.system x": [
        "line 2: the tag 'tag:yaml.org,2002:python/name:os.system' is not read; take it out"
    ],
    "a: !x [1]": ["line 2: the tag '!x' is not read; take it out"],
    "b: 1\n<<: {a: 1}": ["line 3: merge keys '<<' are not read; write the keys out"],
    "? [1]\n: 2": ["line 2: a key must be a text"],
    '"": 2': ["line 2: a value stands here without a key"],
    "- a": ["line 2: lines have the form 'key: value'"],
    "just words": ["line 2: lines have the form 'key: value'"],
    "%YAML 1.1\n---\na: 1": ["line 2: directives are not read"],
    "a: 1\n---\nb: 1": ["line 3: here a second YAML document begins"],
    "a: b: c": ["line 2: mapping values are not allowed in this context"],
    "a: 1\nb: \x01": ["line 2: this holds a character YAML has no place for"],
    "a: 1\nb: \ud800": ["line 3: this holds a character that is not Unicode text"],
    "a: " + "x" * MAX_BYTES: ["line 2: this is longer than 65,536 bytes"],
    "a: " + "[" * 30_000: ["line 2: this is nested deeper than 20 levels"],
    "\n".join(f"k{n}: {n}" for n in range(1001)): ["line 1001: there are more than 2,000 values"],
}


@pytest.mark.parametrize(("front", "faults"), REFUSED.items(), ids=[f[:20] for f in REFUSED])
def test_everything_else_is_refused_with_its_line(front: str, faults: list[str]) -> None:
    with pytest.raises(FrontMatterError) as refused:
        load(front, "document.md")

    assert list(refused.value.faults) == faults


def test_a_bomb_of_aliases_does_nothing() -> None:
    layers = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    layers += [
        f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]"
        for a, b in zip("abcdefg", "bcdefgh", strict=True)
    ]

    with pytest.raises(FrontMatterError, match="the alias"):
        load("\n".join(layers), "bomb.md")


@given(st.text(st.sampled_from("abc:-?[]{}#&*!|>'\"%@` \n\t,<~1")))
def test_any_text_is_read_or_refused(front: str) -> None:
    values: Mapping[str, Value] = {}
    with suppress(FrontMatterError):
        values = load(front, "x").values

    assert dict(load(dump(values), "x").values) == values


def test_every_key_and_item_has_a_line() -> None:
    front = load("title: x\nlist:\n  - a\n  - k: 1\n    d: 2\n", "document.md", first_line=10)

    assert front.line_of(("title",)) == 10
    assert front.line_of(("list", 1, "d")) == 14
    assert front.line_of(("list", 0)) == 12
    assert front.line_of(("list", 7)) == 11
    assert front.line_of(("missing", "x")) == 10


def test_a_document_is_split() -> None:
    assert split("---\na: 1\n---\nbody\n") == ("a: 1\n", "body\n", 4)
    assert split("\ufeff---\r\na: 1\r\n...\r\n\r\nbody") == ("a: 1\n", "\nbody", 4)
    assert split("---\n---\n") == ("", "", 3)
    assert split("---") == ("", "---", 1)
    assert split("---\nnever closed") == ("", "---\nnever closed", 1)
    assert split("body\n---\na: 1\n---\n") == ("", "body\n---\na: 1\n---\n", 1)


WRITTEN = """title: Control of documents
number: PRO-001
effective_on: 2026-12-01
review_months: 24
external: false
owner: null
revision: "1.0"
standard: "9001:2015"
keep: "yes"
summary: |
  First line
  second line
note: |-
  a

  b
clauses:
  - iso9001:2015#7.5
  - - deep
empty: []
none: {}
people:
  - id: ola
    roles:
      - author
  - {}
nested:
  say: "with \\"quotes\\" and: colon"
  odd: "\\ttab \\x07 \\U000e0001 \\\\"
"""


def test_front_matter_is_written_as_people_write_it() -> None:
    values = {
        "title": "Control of documents",
        "number": "PRO-001",
        "effective_on": "2026-12-01",
        "review_months": 24,
        "external": False,
        "owner": None,
        "revision": "1.0",
        "standard": "9001:2015",
        "keep": "yes",
        "summary": "First line\nsecond line\n",
        "note": "a\n\nb",
        "clauses": ["iso9001:2015#7.5", ["deep"]],
        "empty": [],
        "none": {},
        "people": [{"id": "ola", "roles": ["author"]}, {}],
        "nested": {"say": 'with "quotes" and: colon', "odd": "\ttab \a \U000e0001 \\"},
    }

    assert dump(values) == WRITTEN.replace("  - - deep", "  -\n    - deep")
    assert dict(load(WRITTEN, "x").values) == values


def test_what_yaml_cannot_hold_is_not_written() -> None:
    for value in (1.5, "\ud800", {1, 2}):
        with pytest.raises(FrontMatterError):
            dump({"a": value})


_EDGES = [
    "yes",
    "1.0",
    "~",
    "<<",
    "---",
    "- a",
    "a: b",
    "a #b",
    "\na",
    " a\nb",
    "a\n \nb",
    "a\n\n",
    "\x85",
    "é",
    "é: x",
    "_",
    "a\n---\nb\n",
]
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8), st.sampled_from(_EDGES)
)
leaves = st.one_of(texts, st.booleans(), st.none(), st.integers(-(10**17), 10**17))
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(texts.filter(bool), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(texts.filter(bool), values, max_size=4))
def test_what_is_written_is_read_back_exactly(front: dict[str, Value]) -> None:
    written = dump(front)

    assert dict(load(written, "x").values) == front
    assert split(f"---\n{written}---\nbody")[:2] == (written, "body")
