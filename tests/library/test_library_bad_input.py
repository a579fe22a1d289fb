"""Whatever a text holds: nothing falls over, copies ask nobody for anything, its author is told.

Each row of `ROWS` is a text of one bad kind. It is drafted, checked, and written in all formats.
"""

import re
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import html_invariants
import ooxml_invariants
import pytest
from firm import Firm
from lxml import etree
from openxml_audit import OpenXmlValidator
from pictures import PNG

from docctl import Procedure
from docctl.content.parse import parse
from docctl.content.structure.references import attached_path
from docctl.content.tree import Image
from docctl.content.walk import inlines

SECRET = b"what lies beside the library"
EVIL = "https://evil.example"
SVG = f'<svg xmlns="x" onload="go()"><script>go()</script><image href="{EVIL}/x"/></svg>'.encode()
#: A picture that says it is as large as a field, and has no pixels.
HUGE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\x7f\xff\xff\xff" * 2 + b"\x08\2\0\0\0IEND\xaeB\x60\x82"
HEAD = "## Purpose\n\n"


class Row(NamedTuple):
    """A bad text from its third line on, the files with it, and what must be said on which line."""

    text: str
    said: frozenset[tuple[int, str]]
    files: dict[str, bytes] = {}  # noqa: RUF012 - nobody changes it


def row(text: str, *said: tuple[int, str], **files: bytes) -> Row:
    named = {name.replace("__", "."): data for name, data in files.items()}
    return Row(text, frozenset(said), named)


ROWS = {
    "HTML and scripts": row(
        f'<div onclick="x()">a</div>\n\n<script src="{EVIL}/x.js">alert(1)</script>\n\n'
        f'<iframe src="{EVIL}"></iframe>\n\n<img src="{EVIL}/p.png" onerror="x()">\n\n'
        f'<style>@import url({EVIL}/x.css)</style>\n\n<object data="file:///etc/passwd"></object>',
        (3, "raw-html"), (5, "raw-html"), (7, "raw-html"), (9, "remote-image"), (11, "raw-html"),
        (13, "raw-html"),
    ),
    "links that run or read": row(
        "[a](javascript:alert(1))\n[b](data:text/html,<script>)\n[c](vbscript:x)\n"
        "[d](file:///etc/passwd)\n[e](JAVASCRIPT:x)\n[f](java&#x09;script:x)\n<javascript:x>\n"
        "[g](../../secret.png)\n[h](/etc/passwd)",
        *((line, "unsafe-link") for line in range(3, 10)), (10, "unsafe-path"), (11, "unsafe-path"),
    ),
    "pictures from elsewhere": row(
        f"![a]({EVIL}/x.png)\n\n![b](//evil.example/x.png)\n\n![c](/etc/passwd)\n\n"
        "![d](../../secret.png)\n\n![e](file:///etc/x.png)\n\n![f](data:image/png;base64,AAAA)\n\n"
        "![g](C:\\x.png)\n\n![h](..%2f..%2fsecret.png)\n\n![i](\\\\host\\x.png)",
        (3, "remote-image"), (5, "remote-image"), (7, "unsafe-path"), (9, "unsafe-path"),
        (11, "remote-image"), (13, "remote-image"), (15, "remote-image"), (17, "unsafe-path"),
        (19, "unsafe-path"),
    ),
    "pictures that lie": row(
        "![a](pic.svg)\n\n![b](fake.png)\n\n![c](huge.png)\n\n![d](page.html)\n\n![e](real.gif)",
        *((line, "unshown-image") for line in (3, 5, 7, 9)),
        pic__svg=SVG, fake__png=b"GIF89a no", huge__png=HUGE, page__html=SVG, real__gif=PNG,
    ),
    "characters that no file holds": row(
        "a\x00b\x01c\x1b[31m d\ufffe\n\ne \u202eevil\n\nf\u200bg",
        (3, "control-character"), (5, "bidi-character"), (7, "hidden-character"),
    ),
    "scripts without letters": row(
        "שלום, مرحبا\n\n世界 and こんにちは\n\n\U0001f680",
        (3, "uncovered-script"), (5, "uncovered-script"), (7, "uncovered-script"),
    ),
    "places that are not there": row(
        "[x](#nowhere)\n\n[[PRO-999]]\n\n## B\n\n[^lost]\n\n## B\n\nb\n\n## C {#c}\n\nc\n\n"
        "## D {#c}\n\n[^unused]: d",
        (3, "dangling-anchor"), (5, "missing-document"), (9, "missing-footnote"),
        (11, "duplicate-heading"), (19, "duplicate-anchor"), (21, "unused-footnote"),
    ),
    "a table as wide as a wall": row(
        "|" + "a|" * 60 + "\n|" + "-|" * 60 + ("\n|" + "x|" * 60) * 300,
    ),
    "a table as long as a year": row("| a | b |\n|---|---|" + "\n| x | y |" * 3000),
    "a list of 10,000 items": row("\n".join(f"{number}. item" for number in range(1, 10_001))),
    "quotations in quotations": row(">" * 3000 + " a", (3, "too-deep")),
    "lists in lists": row("- " * 3000 + "a", (3, "too-deep")),
    "marks in marks": row(
        "*" * 9000 + "a" + "*" * 9000 + "\n\n" + "[" * 9000 + "\n\n" + "![" * 2000 + "](y)" * 2000,
        (3, "too-deep"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Firm, str]]:
    """Every row as a draft of one library, with a secret beside it."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "secret.png").write_bytes(PNG + SECRET)
    firm = Firm.found(folder / "acme")
    return {
        name: (
            firm,
            firm.by("ben")
            .new(Procedure(title=name), HEAD + one.text, attachments=one.files)
            .number,
        )
        for name, one in ROWS.items()
    }


@pytest.mark.parametrize("name", ROWS)
def test_the_author_is_told_on_which_line_and_what_to_do(
    name: str, drafts: dict[str, tuple[Firm, str]]
) -> None:
    firm, number = drafts[name]
    above = firm.working(number).read_text(errors="replace").split(HEAD)[0].count("\n")

    found = firm.ada.check(number)

    told = {(one.place, one.code) for one in found}
    wanted = {(f"{number}:{above + line}", code) for line, code in ROWS[name].said}
    assert wanted - told == set()
    assert [one for one in found if not one.hint] == []


@pytest.mark.parametrize("name", ROWS)
def test_every_copy_is_sound_and_asks_nobody_for_anything(
    name: str, drafts: dict[str, tuple[Firm, str]], tmp_path: Path
) -> None:
    firm, number = drafts[name]

    for ending, sound in SOUND.items():
        path = firm.ada.export(number, tmp_path / f"copy{ending}", revision="1")
        assert sound(path) == []
    assert [
        one for one in tmp_path.rglob("*") if one.is_file() and SECRET in one.read_bytes()
    ] == []


def docx_faults(path: Path) -> list[str]:
    package = path.read_bytes()
    found = [*ooxml_invariants.faults(package), *map(str, OpenXmlValidator().validate(path).errors)]
    with ZipFile(BytesIO(package)) as archive:
        links = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    for node in (node for part in links for node in etree.fromstring(part)):
        outside = node.get("TargetMode") == "External"
        if outside and not (node.get("Type").endswith("/hyperlink") and led(node.get("Target"))):
            found.append(f"asks for {node.get('Target')}")
    return found


def html_faults(path: Path) -> list[str]:
    page = path.read_bytes()
    leads = html_invariants.Page(page).leads
    wrong = [lead for lead in leads if not (lead.startswith("#") or led(lead))]
    return [*html_invariants.faults(page), *wrong]


def markdown_faults(path: Path) -> list[str]:
    tree, _ = parse(path.read_text(encoding="utf-8"))
    shown = [node.source for _, node in inlines(tree) if isinstance(node, Image) and node.source]
    own = {one for one in shown if attached_path(one) == one and ".." not in one and one[0] != "/"}
    return [one for one in shown if one not in own]


def pdf_faults(path: Path) -> list[str]:
    data = path.read_bytes()
    active = re.findall(rb"/(?:JavaScript|JS|Launch|GoToR|SubmitForm|EmbeddedFiles?)\b", data)
    leads = [one.decode("latin-1") for one in re.findall(rb"/URI ?\(([^)]*)\)", data)]
    return [*map(str, active), *(lead for lead in leads if not led(lead))]


def led(address: str) -> bool:
    """Tell whether a reader who follows a link knows where it leads."""
    return address.startswith(("https://", "http://", "mailto:"))


SOUND = {".docx": docx_faults, ".html": html_faults, ".md": markdown_faults, ".pdf": pdf_faults}
