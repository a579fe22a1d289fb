"""Markdown copies on their way back: the text that a copy carries, as its author would write it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from docctl.content.frontmatter import Value, dump, load, split
from docctl.content.parse import parse
from docctl.content.structure.anchors import Anchors, slug
from docctl.content.structure.outline import numbered, outline
from docctl.content.tree import Block, Document, Heading, Image, Link, Text
from docctl.content.walk import blocks, changed, plain
from docctl.errors import FrontMatterError, UnreadableError
from docctl.render.markdown import body, body_of

__all__ = ["folder_of", "taken_back"]

#: What only a copy says about itself.
_MARKS = frozenset({"content_sha256", "body", "status_as_of"})
#: What a copy states on its own lines and an author states too.
_STATED = ("type", "title", "classification")
#: A file may say anything: what it names lies beside it, and nowhere else.
_FOLDER = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)+")
_COUNTED = re.compile(r"\A(\d+(?:\.\d+)*)(?: |\Z)")


def taken_back(data: bytes, source: str) -> bytes:
    """Return the text in a copy that was exported as Markdown; anything else as it is.

    What stands around the text is left out, and so are number, revision and the reason of its
    change, which belong to the original. Numbers of headings that docctl counted go. Pictures and
    files have the names again that they had before they were laid into `folder_of` the copy.

    Raises:
        UnreadableError: the copy does not say where its text stands.
    """
    facts = _facts(data, source)
    if not facts.keys() >= _MARKS:
        return data
    approved = facts.get("approved_with_the_text")
    fields = {name: facts[name] for name in _STATED if name in facts}
    fields |= approved if isinstance(approved, dict) else {}
    fields.pop("change", None)
    text = _unfolded(_uncounted(body_of(data, source)), folder_of(data, source))
    return f"---\n{dump(fields)}---\n\n{text}".encode()


def folder_of(data: bytes, source: str) -> str:
    """Return the folder beside a copy in which its pictures and files lie; empty for others."""
    facts = _facts(data, source)
    folder = f"{facts.get('number')}-{facts.get('revision')}"
    return folder if facts.keys() >= _MARKS and _FOLDER.fullmatch(folder) else ""


def _unfolded(text: str, folder: str) -> str:
    """Return *text* with the files in a folder named as if they lay beside it."""
    beginning = f"{folder}/"
    if not folder or beginning not in text:
        return text
    made = changed(
        parse(text)[0],
        {
            Image: lambda one: replace(one, source=one.source.removeprefix(beginning)),
            Link: lambda one: replace(one, target=one.target.removeprefix(beginning)),
        },
    )
    return body(made)


def _facts(data: bytes, source: str) -> Mapping[str, Value]:
    try:
        return load(split(data.decode())[0], source).values
    except (UnicodeDecodeError, FrontMatterError, UnreadableError):
        return {}


def _uncounted(text: str) -> str:
    """Return *text* without the numbers of its headings, if counting them gives the same ones."""
    tree, _ = parse(text)
    bare = replace(tree, blocks=tuple(_bare(block) for block in tree.blocks))
    found = [_number(block) for block in tree.blocks if isinstance(block, Heading)]
    counted = [entry.number for entry in outline(numbered(bare))]
    apart = [not number and bool(count) for number, count in zip(found, counted, strict=True)]
    made = _own_anchors(_unnumbered(bare, apart))
    again = numbered(made)
    same = again.numbering == "auto" and [entry.number for entry in outline(again)] == found
    return body(made) if same and any(found) else text


def _number(heading: Heading) -> str:
    match = _COUNTED.match(plain(heading.inlines))
    return match[1] if match else ""


def _bare(block: Block) -> Block:
    """Return a heading without the number in front of its title."""
    if not isinstance(block, Heading) or not block.inlines:
        return block
    first = block.inlines[0]
    if not isinstance(first, Text):
        return block
    rest = _COUNTED.sub("", first.text, count=1)
    return replace(block, inlines=((Text(rest),) if rest else ()) + block.inlines[1:])


def _unnumbered(tree: Document, apart: Iterable[bool]) -> Document:
    """Return the tree with those of its headings marked that are not counted."""
    marks = iter(apart)
    marked = [
        replace(block, classes=("unnumbered",))
        if isinstance(block, Heading) and next(marks)
        else block
        for block in tree.blocks
    ]
    return replace(tree, blocks=tuple(marked))


def _own_anchors(tree: Document) -> Document:
    """Return the tree with the anchors that its headings have by their titles; links follow."""
    made = Anchors()
    names = {
        one.anchor: made.made(slug(one.inlines)) for one in blocks(tree) if isinstance(one, Heading)
    }

    def named(heading: Heading) -> Heading:
        return replace(heading, anchor=names[heading.anchor])

    def led(link: Link) -> Link:
        name = names.get(link.target[1:]) if link.target.startswith("#") else None
        return replace(link, target=f"#{name}") if name else link

    return changed(tree, {Heading: named, Link: led})
