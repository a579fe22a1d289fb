"""Where records and what is decided of them lie: one place each, and no folder grows too full."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.model.base import NUMBER
from docctl.rules.records import KEPT
from docctl.store.layout import ROOTS, Place, kept_folder, place

QUICK = settings(max_examples=300, deadline=None)

#: The folders beside the one of documents, in which what is kept has its place.
PLACES = ("records", "holds", "disposals", "requests", "blanks")

roots = st.sampled_from(PLACES)
numbers = st.from_regex(NUMBER.replace("$", r"\Z"), fullmatch=True)


@QUICK
@given(root=roots, number=numbers, name=st.sampled_from(["0001.captured.json", "x.sig", "a b"]))
def test_a_place_is_found_again_by_its_path(root: str, number: str, name: str) -> None:
    path = f"{kept_folder(root, number)}/events/{name}"

    assert place(path) == Place(number, None, "events", name, root)


@QUICK
@given(root=roots, one=numbers, other=numbers)
def test_two_things_have_two_places(root: str, one: str, other: str) -> None:
    assert (kept_folder(root, one) == kept_folder(root, other)) == (one == other)
    assert kept_folder("records", one) != kept_folder("holds", one)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("NCR-001234", "records/NCR/00/12/NCR-001234"),
        ("NC-2026-7", "records/NC-2026/00/00/NC-2026-7"),
        ("LOG-1234567", "records/LOG/123/45/LOG-1234567"),
        ("FRM-001-0099", "records/FRM-001/00/00/FRM-001-0099"),
    ],
)
def test_numbers_lie_in_blocks(number: str, expected: str) -> None:
    assert kept_folder("records", number) == expected


def test_what_does_not_end_in_digits_lies_by_its_hash() -> None:
    root, prefix, one, two, number = kept_folder("records", "NC-2026-A7B").split("/")

    assert (root, prefix, number) == ("records", "NC", "NC-2026-A7B")
    assert len(one) == len(two) == 2


@pytest.mark.parametrize(
    "path",
    [
        "records/NC/00/01/NC-7/events/0001.captured.json",
        "records/NC/00/00/NC-7/content/body.md",
        "records/NC/00/00/NC-7/events/deep/0001.captured.json",
        "records/NC/00/NC-7/events/0001.captured.json",
        "records/XX/00/00/NC-7/events/0001.captured.json",
        "papers/NC/00/00/NC-7/events/0001.captured.json",
        "records/NC/00/00/NC-7/events/",
        "records",
    ],
)
def test_another_path_is_no_place(path: str) -> None:
    assert place("records/NC/00/00/NC-7/events/0001.captured.json") is not None
    assert place(path) is None


def test_no_folder_on_the_way_to_a_million_records_is_too_full() -> None:
    """DESIGN 3: no tree on the write path passes about 250 entries."""
    entries: defaultdict[str, set[str]] = defaultdict(set)
    for number in range(0, 1_000_000, 37):
        parts = kept_folder("records", f"LOG-{number}").split("/")
        for depth in range(1, len(parts)):
            entries["/".join(parts[:depth])].add(parts[depth])
    sizes = Counter({folder: len(names) for folder, names in entries.items()})

    assert sizes.most_common(1)[0][1] <= 250


def test_every_kind_of_event_has_a_root() -> None:
    assert {*ROOTS} == KEPT
    assert {*ROOTS.values()} == {*PLACES}
