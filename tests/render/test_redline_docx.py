"""Accepting every tracked change gives the newer text as it is written, rejecting the older."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from copies import copy
from hypothesis import HealthCheck, given, settings
from lxml import etree
from ooxml_invariants import faults
from openxml_audit import OpenXmlValidator
from pictures import PNG, png
from redlines import Seen, W, mutated, resolved
from trees import DOCUMENTS

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import Document
from docctl.render import docx
from docctl.render.cover import cover
from docctl.render.redline import Authorship, Comparison, compared, in_docx

AUTHORSHIP = Authorship("Ingrid Solberg <qm>", datetime(2026, 11, 18, 9, 12, tzinfo=UTC))
AROUND = replace(cover(copy(), Document(())), contents=False)
CASES = sorted((Path(__file__).parent / "cases_redline").glob("*.md"))
TEXTS = sorted((Path(__file__).parents[1] / "fidelity" / "corpus").rglob("*.md"))


class Redline(NamedTuple):
    file: bytes
    comparison: Comparison


def redline(old: Document, new: Document, *images: dict[str, bytes]) -> Redline:
    made = compared(numbered(old), numbered(new), *images)
    return Redline(in_docx(made, AROUND, AUTHORSHIP), made)


def between(old: str, new: str, *images: dict[str, bytes]) -> Redline:
    return redline(parse(old)[0], parse(new)[0], *images)


def missed(made: Redline, *, headings: bool = True) -> list[tuple[str, str, str]]:
    """Return what accepting and rejecting do not give as the plain texts are written."""
    sides = (("ins", made.comparison.newer), ("del", made.comparison.older))
    found = []
    for keep, text in sides:
        plain = Seen(docx.covered(text, AROUND, made.comparison.images), headings=headings).lines
        back = Seen(made.file, keep, headings=headings).lines
        pairs = zip(plain, back, strict=False)
        found += [(keep, one, other) for one, other in pairs if one != other]
        found += [(keep, str(len(plain)), str(len(back)))] if len(plain) != len(back) else []
    return found


def changes(package: bytes) -> Iterator[etree._Element]:
    with ZipFile(BytesIO(package)) as archive:
        for part in ("document", "footnotes"):
            root = etree.fromstring(archive.read(f"word/{part}.xml"))
            yield from root.iter(f"{W}ins", f"{W}del", f"{W}pPrChange")


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield name, older and newer text: a case is a file with a line of `=====` between them."""
    for path in CASES:
        old, new = path.read_text(encoding="utf-8").split("\n=====\n")
        yield path.stem, f"{old}\n", new


@pytest.mark.parametrize(("name", "old", "new"), list(cases()))
def test_accepted_and_rejected_a_case_gives_both_texts(name: str, old: str, new: str) -> None:
    made = between(old, new)
    back = between(new, old)

    assert name
    assert missed(made) == []
    assert missed(back) == []
    assert faults(made.file) == faults(back.file) == []


def test_no_link_leads_to_what_one_side_has_not() -> None:
    old = (
        "See [the list](#list) and [all](#all).\n\n# List\n\nOne, [two](#list).\n\n# All\n\nThree."
    )
    new = "See [the list](#list) and [all](#all).\n\n# All\n\nThree."

    for texts in ((old, new), (new, old)):
        for kept in ("ins", "del"):
            with ZipFile(BytesIO(between(*texts).file)) as archive:
                root = resolved(etree.fromstring(archive.read("word/document.xml")), kept)
            places = {one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")}
            links = [one.get(f"{W}anchor") for one in root.iter(f"{W}hyperlink")]
            assert {*links} <= places
            assert "all" in links


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, DOCUMENTS)
def test_every_two_trees_become_a_sound_file(old: Document, new: Document) -> None:
    made = redline(old, new, {"rig.png": PNG}, {"rig.png": PNG})

    assert faults(made.file) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_real_texts_come_back_whatever_was_changed(path: Path) -> None:
    old = path.read_text(encoding="utf-8")
    made = between(old, mutated(old, Random(path.name)))  # noqa: S311 - a game, not a secret

    assert missed(made, headings=False) == []
    assert faults(made.file) == []


def test_every_change_says_who_made_it_and_when_and_has_a_number_of_its_own() -> None:
    old = "one a two[^1]\n\n1. x\n\n[^1]: x\n"
    found = list(
        changes(between(old, f"{old} y".replace("a two", "b two").replace("1.", "3.")).file)
    )

    assert {one.tag.removeprefix(W) for one in found} == {"ins", "del", "pPrChange"}
    assert {one.get(f"{W}author") for one in found} == {"Ingrid Solberg <qm>"}
    assert {one.get(f"{W}date") for one in found} == {"2026-11-18T09:12:00Z"}
    numbers = [one.get(f"{W}id") for one in found]
    assert len(set(numbers)) == len(numbers)


def test_the_same_revisions_give_the_same_bytes() -> None:
    assert between("a b", "a c").file == between("a b", "a c").file


def test_numbers_that_only_one_text_has_come_and_go_with_it() -> None:
    tree = parse("## Aim\n\nOne.\n\n## Use\n\nTwo.\n\n## End\n\nThree.")[0]
    sides = numbered(tree), tree

    for old, new, kind in ((*sides, "del"), (*reversed(sides), "ins")):
        comparison = compared(old, new)
        made = Redline(in_docx(comparison, AROUND, AUTHORSHIP), comparison)
        marks = [one for one in changes(made.file) if one.tag == f"{W}{kind}"]
        assert [text for one in marks if (text := "".join(one.itertext()))] == ["1", "2", "3"]
        assert missed(made, headings=False) == []
        assert faults(made.file) == []


def test_nothing_is_tracked_where_nothing_changed() -> None:
    assert not list(changes(between("# A\n\nb *c*", "# A\n\nb *c*").file))


def test_a_picture_whose_file_became_another_one_is_a_change() -> None:
    made = between("![rig](rig.png)", "![rig](rig.png)", {"rig.png": PNG}, {"rig.png": png(9, 9)})

    assert [one.kind for one in made.comparison.differences] == ["deleted", "inserted"]
    assert missed(made) == []
    assert faults(made.file) == []


def test_word_would_open_it(tmp_path: Path) -> None:
    """All cases in one file, with a picture; the Open XML rules are those of openxml-audit."""
    old, new = ("\n\n".join(case[side] for case in cases()) for side in (1, 2))
    path = tmp_path / "redline.docx"
    path.write_bytes(between(old, new, {"rig.png": PNG}, {"rig.png": PNG}).file)

    assert list(OpenXmlValidator().validate(path).errors) == []
