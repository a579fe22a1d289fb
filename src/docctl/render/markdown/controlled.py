"""A controlled copy as one Markdown file, and the way back to the text in it.

Front matter states the facts for programs. Then follow, for people: the status mark, the title
block, the text between two horizontal rules, approvals, revision history and the caution. The front
matter names the lines on which the text stands, so that it can be found whatever the text holds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from docctl.content.frontmatter import dump, load, split
from docctl.content.tree import (
    Admonition,
    AdmonitionKind,
    Block,
    Document,
    Emphasis,
    Heading,
    Inlines,
    Paragraph,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from docctl.errors import UnreadableError
from docctl.model.answers.controlled import ControlledCopy
from docctl.render.cover import Cover
from docctl.render.cover import cover as cover_of
from docctl.render.markdown.block import block_lines
from docctl.render.markdown.readable import readable
from docctl.render.markdown.text import unanchored
from docctl.render.particulars import Fact
from docctl.render.wording import PROPERTY

__all__ = ["body_of", "controlled", "covered", "facts_of"]

#: Facts of the document itself that stand among those of the copy.
_IN_THE_COPY = frozenset({"type", "number", "title", "classification"})

#: Where the words of a name such as `LastEventSHA256` meet.
_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])")

_FENCE = "---"
_NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def controlled(
    document: Document, copy: ControlledCopy, *, properties: Mapping[str, str] = _NO_PROPERTIES
) -> bytes:
    """Return *document* as a Markdown file with everything that *copy* says about it.

    See `covered`. *properties* are added to the front matter.
    """
    cover = cover_of(copy, document, properties=properties)
    own = {name: value for name, value in properties.items() if name != PROPERTY}
    return covered(document, cover, _facts(copy, own, cover.properties.get(PROPERTY, "")))


def covered(document: Document, cover: Cover, facts: Mapping[str, Any]) -> bytes:
    r"""Return *document* as a Markdown file with what *cover* says around it.

    *facts* make the front matter. UTF-8, lines ended by `\n`. The same inputs give the same bytes.
    The text is written for any viewer, as `readable` makes it; `body_of` finds it again.
    """
    text = unanchored(readable(document)).removesuffix("\n").split("\n")
    above, below = block_lines(tuple(_above(cover))), block_lines(tuple(_below(cover)))
    first = 1 + len(_front_matter(facts, 0, 0)) + 1 + len(above) + 1
    lines = [
        *_front_matter(facts, first, first + len(text) - 1),
        "",
        *above,
        "",
        *text,
        "",
        *below,
        "",
    ]
    return "\n".join(lines).encode()


def facts_of(cover: Cover) -> dict[str, str]:
    """Return the front matter of what is no document: what its DOCX says, in lower case."""
    run = cover.running
    facts = {"number": run.number, "title": cover.title, "kind": cover.kind}
    named = {_SPLIT.sub("_", name).lower(): said for name, said in cover.properties.items()}
    return {**facts, **named}


def body_of(data: bytes, source: str) -> str:
    r"""Return the text that a file written by `controlled` holds, lines ended by `\n`.

    Raises:
        FrontMatterError: the front matter cannot be read; *source* names the file.
        UnreadableError: it is not UTF-8, or does not say where the text stands.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(source, "it is not UTF-8 text") from error
    place = load(split(text)[0], source).values.get("body")
    lines = text.split("\n")
    match place:
        case {"first_line": int(first), "last_line": int(last)} if 0 < first <= last <= len(lines):
            found = "\n".join(lines[first - 1 : last])
            return f"{found}\n" if found else ""
    raise UnreadableError(source, "its front matter does not say on which lines the text stands")


def _front_matter(facts: Mapping[str, Any], first: int, last: int) -> list[str]:
    values = dump({**facts, "body": {"first_line": first, "last_line": last}})
    return [_FENCE, *values.splitlines(), _FENCE]


def _facts(copy: ControlledCopy, properties: Mapping[str, str], version: str) -> dict[str, Any]:
    document = copy.document.model_dump(mode="json")
    facts = {
        "number": copy.number,
        "type": copy.document.type,
        "title": copy.document.title,
        "revision": copy.revision,
        "replaces": copy.replaces,
        "status": copy.state.value,
        "status_as_of": str(copy.as_of),
        "effective_on": copy.effective_on and str(copy.effective_on),
        "review_due_on": copy.review_due_on and str(copy.review_due_on),
        "owner": copy.owner,
        "classification": copy.document.classification,
        "organization": copy.organization,
        "content_sha256": copy.content,
        "sheet_version": version,
        "properties": dict(properties),
        "approved_with_the_text": {
            name: value for name, value in document.items() if name not in _IN_THE_COPY
        },
    }
    return {name: _filled(value) for name, value in facts.items() if value}


def _filled(value: Any) -> Any:
    """Return *value* without the empty values inside it."""
    if isinstance(value, dict):
        return {name: _filled(part) for name, part in value.items() if part not in _EMPTY}
    return [_filled(part) for part in value] if isinstance(value, list) else value


# --- what stands around the text -----------------------------------------------------------


def _above(cover: Cover) -> Iterator[Block]:
    yield _heading(1, f"{cover.running.number} {cover.title}")
    if cover.subtitle:
        yield Paragraph((Emphasis((Text(cover.subtitle),)),))
    if cover.running.mark:
        yield Paragraph((Strong((Text(cover.running.mark),)),))
    if cover.notices:
        kind: AdmonitionKind = "warning" if cover.warning else "important"
        yield Admonition(kind, "", tuple(Paragraph((Text(line),)) for line in cover.notices))
    number, *others = cover.facts
    yield _fact_table(number, others)
    yield ThematicBreak()


def _below(cover: Cover) -> Iterator[Block]:
    yield ThematicBreak()
    if cover.closing:
        yield _heading(2, "Particulars approved with this text")
        yield _fact_table(Fact("Particular", "As approved"), cover.closing)
    for title, table in cover.tables:
        if table.rows:
            yield _heading(2, title)
            yield table
    run = cover.running
    parts = (run.organization, run.number, run.revision, run.status, run.effective)
    said = " · ".join(filter(None, (*parts, run.classification, run.digest)))
    yield Paragraph((Text(said),))
    yield Paragraph((Strong((Text(f"{run.caution}."),)),))


def _heading(level: int, title: str) -> Heading:
    return Heading(level, (Text(title),), "")


def _fact_table(head: Fact, facts: Iterable[Fact]) -> Table:
    rows = tuple(_cells(fact) for fact in facts)
    return Table(_cells(head), rows, ("", ""))


def _cells(fact: Fact) -> tuple[Inlines, Inlines]:
    return (Text(fact.label),), (Text(fact.value),)
