"""Fills in a blank form as a word processor does: words into the content control of a tag."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"


def filled_in(blank: bytes, entries: Mapping[str, str | Iterable[str]]) -> bytes:
    """Return the form with *entries* by tag: one text, or the texts of a column from above."""
    root = etree.fromstring(part(blank, MAIN))
    for tag, said in entries.items():
        controls = [
            one
            for one in root.iter(f"{W}sdt")
            if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == f"docctl:{tag}"
        ]
        texts = [said] if isinstance(said, str) else list(said)
        for control, text in zip(controls, texts, strict=False):
            run = next(control.iter(f"{W}r"))
            for node in list(run):
                run.remove(node)
            for at, line in enumerate(text.split("\n")):
                if at:
                    etree.SubElement(run, f"{W}br")
                etree.SubElement(run, f"{W}t").text = line
    return with_part(blank, MAIN, etree.tostring(root))


def part(package: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(package)) as archive:
        return archive.read(name)


def with_part(package: bytes, name: str, content: bytes | None) -> bytes:
    """Return the package with another content of a part, or without the part."""
    made = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(made, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        if content is not None:
            new.writestr(name, content)
    return made.getvalue()
