"""How a file is set: page, type, and the small functions that blocks call."""

from types import MappingProxyType

from docctl.render.cover import Cover
from docctl.render.palette import CALL_OUTS
from docctl.render.pdf.source import array, call, string

__all__ = ["INSET", "LABEL", "ROOM", "SMALL", "setting"]

#: How wide the text is, in points, by the paper: upright, and across.
ROOM = MappingProxyType({"A4": (487.0, 734.0), "Letter": (504.0, 684.0)})

#: The width of a label before a fact, the size of text in tables and the room beside it.
LABEL, SMALL, INSET = 76.0, 9.5, 5.0

_PAPER = MappingProxyType({"A4": "a4", "Letter": "us-letter"})

#: Typst brings the last three with it; the others look better where they are installed.
_FONTS = (
    '#let fonts = ("Liberation Sans", "Arial", "Noto Sans", "DejaVu Sans", "Libertinus Serif", '
    '"New Computer Modern", "DejaVu Sans Mono")'
)

_KINDS = "".join(
    f'  {one.kind}: ({one.bar / 8}pt, rgb("#{one.colour}"), rgb("#{one.fill}")),\n'
    for one in CALL_OUTS
)

_SETTING = """\
#let accent = rgb("#1f3a5f")
#let grey = rgb("#595959")
#let line-colour = rgb("#b4bdc9")
#let shade = rgb("#e9edf2")
#let alarm = rgb("#8a1c1c")
#set text(size: 10.5pt, font: fonts)
#set par(leading: 0.62em, spacing: 0.9em)
#set raw(theme: none)
// The compiler sets code at four fifths of the size already.
#show raw: set text(font: ("Liberation Mono", ..fonts), size: 1.15em)
#show heading: set text(fill: accent)
#show heading: set block(above: 1.5em, below: 0.7em)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set text(size: 11pt)
#show link: set text(fill: accent)
#set footnote.entry(gap: 0.4em)
#show outline.entry: set par(hanging-indent: 1.5em)
#show outline.entry: it => link(it.element.location(), it.indented(none, {
  // The mark from left to right keeps a title from turning the line around.
  it.body(); "\\u{200e} "; box(width: 1fr, it.fill); " "; it.page()
}))
#set list(indent: 0.4em, body-indent: 0.6em)
#set enum(indent: 0.4em, body-indent: 0.6em)
// Here a line may end and nothing shows it: a character would be copied with the word around it.
#let tear = h(0.001pt)
#set table.cell(breakable: false)
#set table(stroke: 0.5pt + line-colour, inset: 5pt,
  fill: (_, row) => if row == 0 { shade })
#show table: set text(size: 9.5pt)
#show table: set par(justify: false)
#let sized(size, whole, body) = {
  show table: set text(size: size)
  if whole { block(breakable: false, body) } else { body }
}
#let kept(body) = block(sticky: true, above: 0.9em, below: 0.9em, body)
#let code(body) = block(fill: shade, inset: 7pt, width: 100%, raw(body, block: true))
#let torn-code(body) = block(fill: shade, inset: 7pt, width: 100%, {
  set par(justify: false)
  body
})
#let quoted(body) = block(stroke: (left: 2pt + line-colour), inset: (left: 9pt, y: 2pt), body)
#let term(body) = block(above: 0.9em, below: 0.5em, strong(body))
#let meaning(body) = block(inset: (left: 16pt), body)
#let caption(body) = block(sticky: true, below: 0.5em, text(fill: grey, size: 9.5pt, body))
#let below(body) = text(fill: grey, size: 9.5pt, body)
#let shown(body, words) = align(center, block(breakable: false,
  { body; if words != none { v(0.4em, weak: true); words } }))
#let rule() = line(length: 100%, stroke: 0.5pt + line-colour)
#let call-out(kind, whole, title, body) = {
  let (bar, colour, fill) = kinds.at(kind)
  block(fill: fill, inset: 8pt, width: 100%, breakable: not whole,
    stroke: (left: bar + colour), { strong(title); parbreak(); body })
}
#let notice(grave, body) = block(fill: if grave { rgb("#fbeaea") } else { shade }, inset: 8pt,
  width: 100%, stroke: (left: 3pt + if grave { alarm } else { accent }), strong(body))
#let facts(..pairs) = table(columns: (76pt, 1fr, 76pt, 1fr), fill: none, ..pairs)
#let label-cell(body) = table.cell(fill: shade, text(fill: grey, size: 8.5pt, body))
#let coded(image, said) = block(breakable: false, stroke: 0.5pt + line-colour, width: 100%,
  inset: 4pt, grid(columns: (auto, 1fr), column-gutter: 8pt, align: horizon, image,
    stack(spacing: 5pt, ..said.map(((label, value)) => {
      text(fill: grey, size: 8.5pt, label); linebreak(); text(size: 9pt, value)
    }))))
#let part(title) = {
  show heading: set text(size: 12pt)
  heading(level: 1, outlined: false, bookmarked: true, title)
}
"""


def setting(cover: Cover) -> str:
    """Return what stands before the text: the properties of the file, its page and its look.

    At the head and foot of every page stand the facts that `Running` has.
    """
    language = string(cover.language.partition("-")[0])
    kinds = f"#let kinds = (\n{_KINDS})\n"
    head = f"{_FONTS}\n{kinds}{_properties(cover)}\n#set text(lang: {language})\n"
    return f"{head}{_page(cover)}\n{_SETTING}"


def _properties(cover: Cover) -> str:
    made = cover.created
    day = f"datetime(year: {made.year}, month: {made.month}, day: {made.day})"
    facts = [f"{name}={value}" for name, value in cover.properties.items()]
    title = " ".join(filter(None, (cover.running.number, cover.title)))
    return "#" + call(
        "set document",
        title=string(title),
        author=array(map(string, cover.authors)),
        keywords=array(map(string, (*cover.keywords, *facts))),
        description=string(cover.summary) if cover.summary else "",
        date=day,
    )


def _page(cover: Cover) -> str:
    run = cover.running
    above = _row(_two(run.organization, run.title), _two(run.revision, run.number, bold=1))
    status = (
        f"Status: {run.status}" if run.status else "",
        run.effective,
        f"Classification: {run.classification}" if run.classification else "",
    )
    below = _row(
        _two(" \N{MIDDLE DOT} ".join(filter(None, status)), run.caution), _pages(run.digest)
    )
    small = f'set text(size: 8pt, fill: rgb("#595959"), font: fonts, dir: ltr); {_CLOSE}'
    mark = f"; align(center, text(size: 9pt, fill: black, strong({string(run.mark)})))"
    return "#" + call(
        "set page",
        paper=f'"{_PAPER[cover.paper]}"',
        margin="(x: 19mm, top: 28mm, bottom: 24mm)",
        header_ascent="20%",
        header=f"{{{small}; {above}; {_RULE}{mark if run.mark else ''}}}",
        footer=f"{{{small}; {_RULE}; {below}}}",
        background=_watermark(cover),
    )


_CLOSE = "set par(leading: 0.5em); set block(spacing: 4pt)"
_RULE = 'line(length: 100%, stroke: 0.5pt + rgb("#b4bdc9"))'
_PAGES = '"Page "; counter(page).display(); " of "; str(counter(page).final().first())'


def _pages(digest: str) -> str:
    """Return the number of the page, and below it the digest, if there is one."""
    return f"context {{{_PAGES}{f'; linebreak(); {string(digest)}' if digest else ''}}}"


def _two(plain: str, strong: str, *, bold: int = 2) -> str:
    """Return two lines, the second one bold, or the first one where *bold* says so."""
    lines = [string(plain), call("strong", string(strong))]
    return f"{{{'; linebreak(); '.join(lines if bold == len(lines) else lines[::-1])}}}"


def _row(left: str, right: str) -> str:
    sides = "(left + top, right + top)"
    return f"grid(columns: (1fr, auto), align: {sides}, column-gutter: 12pt, {left}, {right})"


def _watermark(cover: Cover) -> str:
    if not cover.watermark:
        return ""
    words = call(
        "text",
        string(cover.watermark),
        size="64pt",
        weight='"bold"',
        fill='rgb("#f0dede")',
        font="fonts",
    )
    return call("rotate", "-45deg", words)
