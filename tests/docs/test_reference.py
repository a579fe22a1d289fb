"""Pages that are made from the code. `REFRESH=1 pytest tests/docs` writes them anew."""

import ast
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator

import click
import library_page
import models_page
import problems_page
import pytest
from pages import PAGES, ROOT

from docctl.cli.app import docctl
from docctl.content import faults, frontmatter, tree
from docctl.desk.checks import doors
from docctl.library import Library
from docctl.model import control
from docctl.model.builtin import DOCUMENT_CLASSES
from docctl.trust import canonical, sshsig
from docctl.verify import codes

_CODED = re.compile(r"`([\w.]+)`")
_DEFINED = re.compile(r"^(?:class )?(\w+)(?=[(:]| = |: [^=\n]+ = )", re.MULTILINE)
_NOT_FOUND = "there is no "  # how every NotFoundError begins
_VARIABLE = re.compile(r"…|PRO-\d+|\d+|'[a-z]+'|\(SHA256")
_MODULE = re.compile(r"`((?:\w+/)*\w+\.py)`")
_REFERENCE = ROOT / "docs" / "reference"
_REPORTS = re.compile(r"(?:^|_)(?:[Ff]ault|[Pp]roblem|advice)$")
_CODE = re.compile("[a-z]+(-[a-z]+)*")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("library.md", library_page.page),
        ("models.md", models_page.page),
        ("problems.md", problems_page.page),
    ],
    ids=["library", "models", "problems"],
)
def test_a_page_of_the_reference_is_as_the_code_is(name: str, made: Callable[[], str]) -> None:
    path, text = _REFERENCE / name, made()
    if os.environ.get("REFRESH"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_every_code_that_the_source_reports_is_documented_and_every_other_one_gone() -> None:
    nodes = [
        node
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]
    tables = (faults.CODES, codes.CODES, doors.CODES)
    documented = [code for table in tables for code in table]
    assert {code for node in nodes for code in _reported(node)} <= {*documented}
    said = Counter(node.value for node in nodes if isinstance(node, ast.Constant))
    assert [code for code in documented if said[code] <= documented.count(code)] == []


def _reported(node: ast.AST) -> Iterator[str]:
    """Yield the code in a call that makes a problem, or a fault of a text, if it is written out."""
    if isinstance(node, ast.Call) and _REPORTS.search(ast.unparse(node.func).rpartition(".")[2]):
        parts = (*node.args, *(one.value for one in node.keywords if one.arg == "code"))
        words = [str(part.value) for part in parts if isinstance(part, ast.Constant)]
        yield from [word for word in words if _CODE.fullmatch(word)][:1]


def test_every_method_of_the_library_is_on_the_page() -> None:
    shown = (_REFERENCE / "library.md").read_text(encoding="utf-8")
    public = [name for name in dir(Library) if name[0] != "_" and callable(getattr(Library, name))]
    assert [name for name in public if f"\n### {name}\n" not in shown] == ["clock"]


def commands(group: click.Group, path: str) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def test_every_command_is_on_a_page() -> None:
    written = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [one for one in commands(docctl, "docctl") if one not in written] == []


def test_limits_are_as_the_code_has_them() -> None:
    written = (_REFERENCE / "files.md").read_text(encoding="utf-8")
    limits = (
        control.Limits().file_bytes,
        control.Limits().revision_bytes,
        frontmatter.MAX_BYTES,
        frontmatter.MAX_NODES,
        canonical.MAX_SIZE,
        sshsig.MAX_SIZE,
    )
    assert [limit for limit in limits if f" {limit:,} " not in written] == []
    assert f"{frontmatter.MAX_DEPTH} levels" in written
    assert f"{tree.MAX_DEPTH} levels" in written


def test_every_field_of_the_front_matter_is_explained_to_authors() -> None:
    page = (ROOT / "docs" / "how-to" / "write-documents.md").read_text(encoding="utf-8")
    reference = (_REFERENCE / "models.md").read_text(encoding="utf-8")
    for kind in DOCUMENT_CLASSES.values():
        assert f"\n### {kind.__name__}\n" in reference
        fields = {*kind.model_fields} - {"type", "number"}
        assert [name for name in fields if f"`{name}`" not in page] == []


def test_every_setting_is_explained() -> None:
    pages = (
        ROOT / "docs" / "how-to" / name for name in ("change-settings.md", "own-document-type.md")
    )
    written = "".join(page.read_text(encoding="utf-8") for page in pages)
    fields = {*control.ControlSettings.model_fields, *control.DocumentType.model_fields}
    assert [name for name in fields if f"`{name}`" not in written] == []


def test_the_words_of_the_glossary_are_those_of_the_code() -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    named = {
        name for row in rows if row.startswith("| ") for name in _CODED.findall(row.split("|")[3])
    }
    files = list((ROOT / "src").rglob("*.py"))
    known = {path.name for path in files} | {path.parent.name for path in files}
    for path in files:
        known |= {*_DEFINED.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > len(rows) // 2
    assert named - known == set()


def test_the_architecture_names_files_that_are_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = _MODULE.findall(page)
    assert [one for one in named if not (ROOT / "src" / "docctl" / one).exists()] == []
    assert len(named) > 10


def test_messages_that_are_explained_are_those_that_are_said() -> None:
    page = (ROOT / "docs" / "how-to" / "troubleshooting.md").read_text(encoding="utf-8")
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    cells = (row.split("|")[1] for row in page.splitlines() if row.startswith("| `"))
    messages = [said for cell in cells for said in re.findall("`([^`]+ [^`]+)`", cell)]
    fixed = [
        max(_VARIABLE.split(message), key=len).strip(" :;,").removeprefix(_NOT_FOUND)
        for message in messages
    ]
    assert len(fixed) > 20
    assert [one for one in fixed if one not in source] == []
