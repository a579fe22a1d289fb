import hashlib
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from docctl.errors import EventError
from docctl.trust.canonical import MAX_DEPTH, MAX_SIZE, canonical, digest, parse_canonical

LIMIT = 2**53 - 1

JSON_SIGNS = '{}[]",:-019.eE\\u ntüa'

names = st.text(st.characters(max_codepoint=127), max_size=4)
leaves = st.none() | st.booleans() | st.integers(-LIMIT, LIMIT) | st.text(max_size=8)
objects = st.dictionaries(names, leaves | st.lists(st.dictionaries(names, leaves, max_size=3)))


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


@given(objects)
def test_the_bytes_are_those_of_rfc_8785_and_are_read_back(value: dict[str, Any]) -> None:
    data = canonical(value)

    assert data == rfc8785.dumps(value)
    assert parse_canonical(data) == value


def test_every_character_is_escaped_as_rfc_8785_escapes_it() -> None:
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x11000)]))

    assert canonical(every) == rfc8785.dumps(every)


def test_every_character_is_read_back() -> None:
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x11000)]))
    texts = [every[start : start + 0x1000] for start in range(0, len(every), 0x1000)]

    for value in ({"a": text} for text in texts):
        assert parse_canonical(canonical(value)) == value


@given(st.binary() | st.text(JSON_SIGNS).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        value = parse_canonical(data)
    except EventError:
        return
    assert canonical(value) == data


@pytest.mark.parametrize(
    "value",
    [
        *(
            1.0,
            float("nan"),
            float("inf"),
            LIMIT + 1,
            -LIMIT - 1,
            "\ud800",
            b"bytes",
            {1},
            object(),
        ),
        *(
            {"ü": 1},
            {1: 1},
            {None: 1},
            {"a": 0.5},
            ["\udfff"],
            {"\ud800": 1},
            nested(MAX_DEPTH + 1),
        ),
        "x" * MAX_SIZE,
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_other_readers_may_read_otherwise_is_refused(value: Any) -> None:
    with pytest.raises(EventError):
        canonical(value)


def test_a_list_that_holds_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(EventError, match="nested deeper"):
        canonical(endless)


def test_the_deepest_and_the_largest_are_accepted() -> None:
    assert canonical(parse_canonical(canonical(nested(MAX_DEPTH)))) == canonical(nested(MAX_DEPTH))
    assert len(canonical("x" * (MAX_SIZE - 2))) == MAX_SIZE


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"[]", b'"a"', b"1", b"null", b"{} ", b" {}", b"{}\n", b'{"a": 1}', b"{}{}"),
        *(b'{"b":1,"a":1}', b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'{"\\u0061":1}', b'{"a":"\\/"}'),
        *(b'{"a":1.0}', b'{"a":1e2}', b'{"a":-0}', b'{"a":NaN}', b'{"a":-Infinity}', b'{"a":01}'),
        *(
            b'{"a":9007199254740992}',
            b'{"a":' + b"9" * 5000 + b"}",
            b'{"a":"\\ud800"}',
            b'{"a":"\x7f',
        ),
        *(b'{"a":"\\u00e9"}', b'{"a":"\xff"}', b'\xef\xbb\xbf{"a":1}', '{"a":1}'.encode("utf-16")),
        *(
            b'{"a":"\\u001F"}',
            b'{"a":"\t"}',
            '{"ü":1}'.encode(),
            b"[" * 100_000,
            b'{"a":' * 100_000,
        ),
        *(canonical(nested(32)).replace(b"1", b"[]"), b'{"a":"' + b"x" * MAX_SIZE + b'"}'),
    ],
    ids=lambda data: repr(data)[:24],
)
def test_any_other_way_to_state_something_is_refused(data: bytes) -> None:
    with pytest.raises(EventError):
        parse_canonical(data)


def test_what_the_quick_reader_leaves_open_the_careful_one_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("docctl.trust.canonical._plainly", lambda _: None)
    assert parse_canonical(b'{"a":"\xc3\xa5"}') == {"a": "å"}
    with pytest.raises(EventError, match="not in canonical form"):
        parse_canonical(b'{"a": 1}')


def test_the_digest_is_sha_256_in_hexadecimal() -> None:
    assert digest(b"abc") == hashlib.sha256(b"abc").hexdigest()
