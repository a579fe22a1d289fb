"""Nothing of a text is lost on the way into DOCX; exceptions stand in `misses`, with a reason.

`REFRESH=1 pytest -m '' tests/fidelity/test_kept_lines.py` writes the lists anew: what is new bears
a question mark for its reason, which the tests do not accept.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from oracle import COMMONMARK, GFM, Kept, Source, commonmark, kept, share
from texts import REAL, SAMPLED, body, name, needed_corpora

MISSES = Path(__file__).with_name("misses")
UNKNOWN = "?"


def reasons(listing: str) -> dict[str, str]:
    """Return the texts of which something is lost, and why."""
    lines = (MISSES / f"{listing}.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {text: reason for text, reason in rows if reason != UNKNOWN}


def assert_known(found: Sequence[Kept], listing: str) -> None:
    """Every text that lost something is listed with the reason, and no other of those tried."""
    known = reasons(listing)
    lost = {one.name: one.lost for one in found if one.lost}
    if os.environ.get("REFRESH"):
        path = MISSES / f"{listing}.txt"
        head = [line for line in path.read_text().splitlines() if line.startswith("#")]
        rows = [f"{text}: {known.get(text, UNKNOWN)}" for text in lost]
        path.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    tried = {one.name for one in found}
    assert {text: said for text, said in lost.items() if text not in known} == {}
    assert {text for text in known if text in tried and text not in lost} == set()


def real(paths: Sequence[Path]) -> list[Source]:
    return [Source(name(path), body(path)) for path in paths]


def test_the_texts_of_the_repository_keep_their_lines(tmp_path: Path) -> None:
    found = list(kept(real(REAL), GFM, tmp_path))

    assert {one.name for one in found if one.lost} <= reasons("corpora").keys()


def test_some_texts_of_the_corpora_keep_their_lines(tmp_path: Path) -> None:
    found = list(kept(real(needed_corpora()[::SAMPLED]), GFM, tmp_path))

    assert {one.name for one in found if one.lost} <= reasons("corpora").keys()


def test_some_examples_of_commonmark_keep_their_lines(tmp_path: Path) -> None:
    found = list(kept(commonmark()[::SAMPLED], COMMONMARK, tmp_path))

    assert {one.name for one in found if one.lost} <= reasons("commonmark").keys()


@pytest.mark.slow
def test_all_texts_of_the_corpora_keep_their_lines(tmp_path: Path) -> None:
    """The goal is 98.5 % of the lines, and pandoc's own DOCX files keep as much."""
    found = list(kept(real(needed_corpora()), GFM, tmp_path))

    assert_known(found, "corpora")
    ours, control = share(found)
    assert ours >= max(0.985, control)


@pytest.mark.slow
def test_all_examples_of_commonmark_keep_as_much_as_in_pandocs_own_files(tmp_path: Path) -> None:
    found = list(kept(commonmark(), COMMONMARK, tmp_path))

    assert_known(found, "commonmark")
    ours, control = share(found)
    assert ours >= control
    whole = sum(not one.lost for one in found)
    assert whole >= sum(one.control_both == one.control_lines for one in found)
