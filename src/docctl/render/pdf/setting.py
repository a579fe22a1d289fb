"""How a file is set: page, type, and the small functions that blocks call."""

from docctl.render.cover import Cover
from docctl.render.pdf.source import array, call, string

__all__ = ["INSET", "LABEL", "ROOM", "SMALL", "setting"]

#: How wide the text is, in points, by the paper: upright, and across.
ROOM = {"A4": (487.0, 734.0), "Letter": (504.0, 684.0)}

#: The width of a label before a fact, the size of text in tables and the room beside it.
LABEL, SMALL, INSET = 76.0, 9.5, 5.0

_PAPER = {"A4": "a4", "Letter": "us-letter"}

#: Typst brings the last three with it; the others look better where they are installed.
_FONTS = (
    '#let fonts = ("Liberation Sans", "Arial", "Noto Sans", "DejaVu Sans", "Libertinus Serif", '
    '"New Computer Modern", "DejaVu Sans Mono")'
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
#show raw: set text(font: ("Liberation Mono", ..fonts), size: 0.92em)
#show heading: set text(fill: accent)
#show heading: set block(above: 1.5em, below: 0.7em)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set text(size: 11pt)
#show link: set text(fill: accent)
#set footnote.entry(gap: 0.4em)
#show outline.entry: it => link(it.element.location(), it.indented(none, {
  // The mark from left to right keeps a title from turning the line around.
  it.body(); "\\u{200e} "; box(width: 1fr, it.fill); " "; it.page()
}))
#set list(indent: 0.4em, body-indent: 0.6em)
#set enum(indent: 0.4em, body-indent: 0.6em)
// Here a line may end and nothing shows it: a character would be copied with the word around it.
#let tear = h(0.001pt)
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
#let quoted(body) = block(stroke: (left: 2pt + line-colour), inset: (left: 9pt, y: 2pt), body)
#let term(body) = block(above: 0.9em, below: 0.5em, strong(body))
#let meaning(body) = block(inset: (left: 16pt), body)
#let caption(body) = block(sticky: true, below: 0.5em, text(fill: grey, size: 9.5pt, body))
#let below(body) = text(fill: grey, size: 9.5pt, body)
#let shown(body, words) = align(center, block(breakable: false,
  { body; if words != none { v(0.4em, weak: true); words } }))
#let rule() = line(length: 100%, stroke: 0.5pt + line-colour)
#let call-out(kind, whole, title, body) = {
  let grave = kind in ("important", "warning", "caution", "danger")
  block(fill: if grave { rgb("#fbeaea") } else { shade }, inset: 8pt, width: 100%,
    breakable: not whole,
    stroke: (left: 3pt + if grave { alarm } else { accent }),
    { strong(title); parbreak(); body })
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
    return (
        f"{_FONTS}\n{_properties(cover)}\n#set text(lang: {language})\n{_page(cover)}\n{_SETTING}"
    )


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
    above = _row(run.organization, f"{run.number} {run.title}", _status(cover))
    caution = " \N{MIDDLE DOT} ".join(
        filter(None, (run.classification, run.effective, f"{run.caution}."))
    )
    pages = 'context {"Page "; counter(page).display(); " of "; str(counter(page).final().first())}'
    small = 'set text(size: 8pt, fill: rgb("#595959"), font: fonts)'
    foot = f"grid(columns: (1fr, auto), column-gutter: 8pt, {string(caution)}, {pages})"
    return "#" + call(
        "set page",
        paper=f'"{_PAPER[cover.paper]}"',
        margin="(x: 19mm, top: 24mm, bottom: 22mm)",
        header=f"{{{small}; {above}; v(-4pt); line(length: 100%, stroke: 0.4pt)}}",
        footer=f"{{{small}; {foot}}}",
        background=_watermark(cover),
    )


def _status(cover: Cover) -> str:
    return ", ".join(filter(None, (cover.running.revision, cover.running.status)))


def _row(*texts: str) -> str:
    cells = ", ".join(map(string, texts))
    sides = "(left + bottom, center + bottom, right + bottom)"
    return f"grid(columns: (1fr, 1.3fr, 1fr), align: {sides}, column-gutter: 8pt, {cells})"


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
