"""The whole page: what stands around the text, its style, and what it may ask of a browser."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

from docctl.content.structure.footnotes import unmarked_shown
from docctl.content.structure.outline import OutlineEntry, outline, without_title
from docctl.content.tree import Document, Footnote, Heading
from docctl.content.walk import changed
from docctl.model.answers.controlled import ControlledCopy
from docctl.render import qr
from docctl.render.cover import Cover
from docctl.render.cover import cover as cover_of
from docctl.render.html.block import elements
from docctl.render.html.escape import attribute, text
from docctl.render.html.look import LOOK, on_paper
from docctl.render.html.pen import OWN, Pen
from docctl.render.html.pictures import Pictures, embedded
from docctl.render.particulars import Fact
from docctl.render.references import TOLD

__all__ = ["Parts", "controlled", "covered", "fingerprint", "parts"]

_NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})
_NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})

_SHARE = re.compile(r'class="share-([0-9]{1,3})"')
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")

#: A text with fewer headings needs no list of them.
_LEAST_LINES = 3
_CONTENTS_LEVELS = 3

#: A longer value has the line to itself.
_HALF_A_LINE = 34
_LONG = ' class="long"'


def controlled(
    document: Document,
    copy: ControlledCopy,
    images: Mapping[str, bytes] = _NO_IMAGES,
    *,
    properties: Mapping[str, str] = _NO_PROPERTIES,
    coded_for: str = "",
) -> bytes:
    """Return *document* as one HTML file with everything that *copy* says about it.

    See `covered`. *properties* are added to the facts for programs. With *coded_for*, the digest
    of a library, it bears a QR code that names it.
    """
    around = cover_of(copy, without_title(document, copy.document.title), properties=properties)
    return covered(document, qr.coded(around, coded_for), images)


def covered(document: Document, cover: Cover, images: Mapping[str, bytes] = _NO_IMAGES) -> bytes:
    r"""Return *document* as one HTML file with what *cover* says around it.

    UTF-8, lines ended by `\n`; the same inputs give the same bytes. The page holds its style and
    its pictures, runs no script, and forbids the browser to ask any host for anything. *images*
    are picture files by the name that the text uses; one that is missing or cannot be shown is
    replaced by words.
    """
    made = parts(document, cover, images)
    style = f"{LOOK}{made.style}"
    return (
        f'<!DOCTYPE html>\n<html lang="{attribute(cover.language)}">\n<head>\n'
        f'<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">\n{made.facts}'
        f"<style>{style}</style>\n</head>\n"
        f'<body>\n<a class="skip" href="#{OWN}text">Skip to the text</a>\n{made.watermark}'
        f"<main>\n{made.header}{made.contents}{made.article}{made.behind}</main>\n"
        f"{made.foot}</body>\n</html>\n"
    ).encode()


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a page, for whoever puts more around them: each is whole elements of HTML."""

    facts: str
    """Title and facts for programs, for the head."""

    style: str
    """What the style says of this page alone, beside `LOOK`."""

    watermark: str
    header: str
    contents: str
    article: str
    """The text; its id is `~text`."""

    behind: str
    """What ends the text: particulars, approvals, history."""

    foot: str


def parts(document: Document, cover: Cover, images: Mapping[str, bytes] = _NO_IMAGES) -> Parts:
    """Return the parts of the page that `covered` makes of the same."""
    untitled = without_title(document, cover.title)
    text_only = changed(unmarked_shown(untitled), TOLD)
    lines = outline(text_only)
    shift = 2 - min((line.level for line in lines), default=2)
    pen = Pen.new(text_only, Pictures(images), shift=shift, direction=_direction(text_only))
    dropped = document.blocks[0] if untitled is not document else None
    anchor = pen.anchor(dropped.anchor) if isinstance(dropped, Heading) else ""
    article = f"{elements(pen, text_only.blocks)}{_notes(pen)}"
    return Parts(
        facts="".join(_head(cover)),
        style=on_paper(cover, frozenset(int(share) for share in _SHARE.findall(article))),
        watermark=_watermark(cover),
        header="".join(_header(cover, anchor)),
        contents=_contents(lines) if cover.contents else "",
        article=f'<article id="{OWN}text" tabindex="-1">\n{article}</article>\n',
        behind="".join(_behind(pen, cover)),
        foot=_foot(cover),
    )


def _direction(document: Document) -> str:
    """Return what lets the browser look for the direction, where some letters need it."""
    return ' dir="auto"' if _LEFTWARD.search(repr(document)) else ""


# --- what programs read --------------------------------------------------------------------


def _head(cover: Cover) -> Iterator[str]:
    run = cover.running
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    title = " ".join(filter(None, (run.number, cover.title, run.revision and f"({run.revision})")))
    yield f"<title>{text(title)}</title>\n"
    for name, value in _facts(cover):
        yield f'<meta name="{attribute(name)}" content="{attribute(value)}">\n'


def _policy(style: str) -> str:
    return (
        f"default-src 'none'; img-src data:; style-src {fingerprint(style)}; base-uri 'none'; "
        "form-action 'none'"
    )


def fingerprint(style: str) -> str:
    """Return the words of a policy that allow a page this style, which stands in it."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def _facts(cover: Cover) -> Iterator[tuple[str, str]]:
    yield from (("author", author) for author in cover.authors)
    if cover.summary:
        yield "description", cover.summary
    if cover.keywords:
        yield "keywords", ", ".join(cover.keywords)
    yield from ((f"docctl.{name}", value) for name, value in cover.properties.items())


# --- what people read ----------------------------------------------------------------------


def _watermark(cover: Cover) -> str:
    if not cover.watermark:
        return ""
    return f'<div class="watermark" aria-hidden="true">{text(cover.watermark)}</div>\n'


def _header(cover: Cover, anchor: str) -> Iterator[str]:
    yield f'<header>\n<p class="kind">{text(cover.kind)}</p>\n'
    yield f"<h1{anchor}>{text(cover.title)}</h1>\n"
    if cover.subtitle:
        yield f'<p class="subtitle">{text(cover.subtitle)}</p>\n'
    if cover.running.mark:
        yield f'<p class="status">{text(cover.running.mark)}</p>\n'
    kind = "warning" if cover.warning else "note"
    for notice in cover.notices:
        yield f'<div class="call-out {kind}"><p><strong>{text(notice)}</strong></p></div>\n'
    yield f"{_fact_table(cover.facts)}{_code(cover.code)}</header>\n"


def _code(code: str) -> str:
    """Return the QR code, and beside it the digests that it holds."""
    if not code:
        return ""
    said = "".join(
        f"<dt>{text(fact.label)}</dt>\n<dd>{text(fact.value)}</dd>\n" for fact in qr.facts(code)
    )
    return (
        f'<div class="code">\n<img src="{embedded(qr.drawn(code))}"'
        f' alt="{attribute(qr.described(code))}">\n<dl>\n{said}</dl>\n</div>\n'
    )


def _behind(pen: Pen, cover: Cover) -> Iterator[str]:
    if cover.closing:
        yield f"<h2>Particulars approved with this text</h2>\n{_fact_table(cover.closing)}"
    for title, table in cover.tables:
        if table.rows:
            yield f"<section>\n<h2>{text(title)}</h2>\n{elements(pen, (table,))}</section>\n"


def _fact_table(facts: Sequence[Fact]) -> str:
    pairs = (
        f"<div{_LONG if len(fact.value) > _HALF_A_LINE else ''}><dt>{text(fact.label)}</dt>"
        f"<dd>{text(fact.value)}</dd></div>\n"
        for fact in facts
    )
    return f'<dl class="facts">\n{"".join(pairs)}</dl>\n'


def _contents(lines: Sequence[OutlineEntry]) -> str:
    highest = min((line.level for line in lines), default=1) - 1
    shown = [line for line in lines if line.level - highest <= _CONTENTS_LEVELS]
    if len(shown) < _LEAST_LINES:
        return ""
    items = (
        f'<li class="level-{line.level - highest}"><a href="#{attribute(line.anchor)}">'
        f"{text(f'{line.number} {line.title}'.strip())}</a></li>\n"
        for line in shown
    )
    label = f"{OWN}contents"
    return (
        f'<nav aria-labelledby="{label}">\n<h2 id="{label}">Contents</h2>\n'
        f"<ol>\n{''.join(items)}</ol>\n</nav>\n"
    )


def _notes(pen: Pen) -> str:
    """Return the notes whose marks were written, in the order of their numbers.

    A note may mention another one: that one follows.
    """
    written: list[str] = []
    while len(written) < len(pen.numbers):
        name = list(pen.numbers)[len(written)]
        written.append(_note(pen, pen.notes[name], pen.numbers[name]))
    if not written:
        return ""
    label = f"{OWN}notes"
    return (
        f'<section class="notes" role="doc-endnotes" aria-labelledby="{label}">\n'
        f'<h2 id="{label}">Notes</h2>\n<ol{pen.laid("".join(written))}>\n'
        f"{''.join(written)}</ol>\n</section>\n"
    )


def _note(pen: Pen, note: Footnote, number: int) -> str:
    back = f'<a href="#{OWN}mark-{number}" role="doc-backlink" aria-label="Back to mark {number}">'
    words = elements(pen, note.blocks)
    return f'<li id="{OWN}note-{number}"{pen.laid(words)}>\n{words}{back}\u21a9</a></li>\n'


def _foot(cover: Cover) -> str:
    run = cover.running
    parts = (run.organization, run.number, run.revision, run.status, run.effective)
    words = " \N{MIDDLE DOT} ".join(filter(None, (*parts, run.classification, run.digest)))
    caution = f"<p><strong>{text(run.caution)}.</strong></p>"
    return f"<footer>\n<p>{text(words)}</p>\n{caution}\n</footer>\n"
