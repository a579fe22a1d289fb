"""Every DOCX file is valid by both judges, and has none of the faults that both of them miss."""

from pathlib import Path

import pytest
from copies import copy
from evidence import FORM, disposal_copy, record_copy
from judges import audit_faults, sdk_faults
from ooxml_invariants import faults
from pictures import PNG
from texts import FEATURES, REAL, SAMPLED, body, name, needed_corpora, tree, written

from docctl.content.tree import Document
from docctl.model.lifecycle import State
from docctl.model.records.definition import RecordDefinition
from docctl.render import docx
from docctl.render.entries import sheets
from docctl.render.records import certificate, record

EVERYTHING = "\n\n".join(map(body, FEATURES))
IMAGES = {"rig.png": PNG}

#: What is written around a text, by what is special about it.
AROUND = {
    "everything": lambda: docx.write(tree(EVERYTHING), copy(), IMAGES),
    "nothing": lambda: docx.write(Document(()), copy(signatures=(), history=())),
    "a draft on Letter": lambda: docx.write(
        tree(EVERYTHING), copy(state=State.DRAFT, paper="Letter", effective_on=None), IMAGES
    ),
    "a record": lambda: docx.covered(*record(record_copy())),
    "a certificate": lambda: docx.covered(*certificate(disposal_copy())),
    "a blank form": lambda: docx.form(
        Document(()), record(record_copy("open"))[1], {}, sheets(RecordDefinition(**FORM))
    ),
}


def judged(package: bytes, folder: Path) -> dict[str, list[str]]:
    """Return what each judge finds, those alone that find something."""
    path = folder / "copy.docx"
    path.write_bytes(package)
    found = {"openxml-audit": audit_faults(path), "invariants": faults(package)}
    found["Open XML SDK"] = sdk_faults(path) if not any(found.values()) else []
    return {judge: said for judge, said in found.items() if said}


@pytest.mark.parametrize("path", [*FEATURES, *REAL], ids=name)
def test_a_copy_of_each_feature_and_of_real_texts_is_valid(path: Path, tmp_path: Path) -> None:
    assert judged(written(path), tmp_path) == {}


@pytest.mark.parametrize("made", AROUND)
def test_a_file_is_valid_whatever_stands_around_its_text(made: str, tmp_path: Path) -> None:
    assert judged(AROUND[made](), tmp_path) == {}


@pytest.mark.parametrize(
    "part", [0, *(pytest.param(other, marks=pytest.mark.slow) for other in range(1, SAMPLED))]
)
def test_copies_of_the_texts_of_the_corpora_are_valid(part: int, tmp_path: Path) -> None:
    """Each part is every so manieth text, so that all are tried by many hands, and none twice."""
    for path in needed_corpora()[part::SAMPLED]:
        assert (path, judged(written(path), tmp_path)) == (path, {})
