"""Pages that are made from the code. `REFRESH=1 pytest tests/docs` writes them anew."""

import os
import re
from collections.abc import Callable, Iterator

import click
import library_page
import models_page
import problems_page
import pytest
from pages import PAGES, ROOT

from docctl.cli.app import docctl
from docctl.content import faults, frontmatter, tree
from docctl.library import Library
from docctl.model import control
from docctl.trust import canonical, sshsig
from docctl.verify import codes

_REFERENCE = ROOT / "docs" / "reference"
_CODE = re.compile(
    r"(?:code=|\b(?:Fault|problem|advice|refused)\(\s*(?:[\w.]+, )?)\"([a-z]+(?:-[a-z]+)+)\""
)


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


def test_every_code_that_the_source_reports_is_documented() -> None:
    used = {
        code
        for path in (ROOT / "src").rglob("*.py")
        for code in _CODE.findall(path.read_text(encoding="utf-8"))
    }
    documented = {*faults.CODES, *codes.CODES, *problems_page.DOORS}
    assert used - documented == set()


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
