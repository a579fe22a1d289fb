"""What a page looks like: on screens light and dark, on phones, and on paper."""

from collections.abc import Iterator

from docctl.render.cover import Cover
from docctl.render.html.escape import quoted
from docctl.render.palette import CALL_OUTS

__all__ = ["LOOK", "on_paper"]

_LOOK = """\
:root { color-scheme: light dark; --ink: #1b222c; --paper: #fff; --accent: #1f3a5f; --grey: #595959;
  --line: #b4bdc9; --shade: #e9edf2; --warn: #8a1c1c; --warn-shade: #fbeaea;
  --came: #e3f1e6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e7ed; --paper: #14181e; --accent: #9fc1ee;
  --grey: #a9b1bc; --line: #465060; --shade: #222a34; --warn: #ffb3ad; --warn-shade: #3c1d1d;
  --came: #1d3a26; } }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 16px/1.55 Arial, "Liberation Sans",
  "Noto Sans", sans-serif; overflow-wrap: break-word; }
body { margin: 0 auto; max-width: 52rem; padding: 1.5rem 1.25rem 4rem; }
.skip { left: -99rem; position: absolute; }
.skip:focus { background: var(--paper); left: 1rem; padding: .5rem; top: 1rem; z-index: 2; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h1, h2, h3, h4, h5, h6 { color: var(--accent); line-height: 1.25; margin: 1.6em 0 .5em; }
h1 { font-size: 2rem; margin-top: .2em; }
h2 { font-size: 1.4rem; }
h3 { font-size: 1.15rem; }
h4, h5, h6 { font-size: 1rem; }
.number { margin-inline-end: .4em; }
.kind { color: var(--grey); font-size: .85rem; font-weight: bold; letter-spacing: .08em; margin: 0;
  text-transform: uppercase; }
.subtitle { color: var(--grey); font-size: 1.15rem; margin: 0 0 1rem; }
.status { border: 2px solid var(--warn); color: var(--warn); display: inline-block;
  font-weight: bold; margin: 0 0 1rem; padding: .2rem .7rem; text-transform: uppercase; }
p, ul, ol, dl, pre, blockquote, figure, .wide, .call-out { margin: 0 0 .9em; }
ul, ol { padding-inline-start: 1.7em; }
.tight > li { margin: .15em 0; }
.tight ul, .tight ol { margin-bottom: 0; }
.tasks { list-style: none; padding-inline-start: .4em; }
dt { font-weight: bold; }
dd { margin-inline-start: 1.5em; }
code { background: var(--shade); font: .92em "Courier New", "Liberation Mono", monospace;
  padding: .05em .25em; }
pre { background: var(--shade); overflow-x: auto; padding: .7em .9em; }
pre code { background: none; padding: 0; }
blockquote { border-inline-start: 3px solid var(--line); padding-inline-start: 1em; }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.5em 0; }
img { height: auto; max-width: 100%; }
figure { text-align: center; }
figcaption, caption { color: var(--grey); font-size: .9rem; padding: .3em 0; }
caption { text-align: start; }
.lost { color: var(--grey); font-style: italic; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; min-width: 40%; }
th, td { border: 1px solid var(--line); padding: .35em .6em; text-align: start;
  vertical-align: top; }
th { background: var(--shade); }
.center { text-align: center; }
.right { text-align: right; }
.when, .whole { white-space: nowrap; }
.torn { min-width: 9rem; overflow-wrap: anywhere; }
.facts { border: 1px solid var(--line); display: grid; font-size: .92rem; gap: 1px;
  grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); overflow: hidden; }
.facts > div { display: grid; grid-template-columns: 8rem 1fr; outline: 1px solid var(--line); }
.facts > .long { grid-column: 1 / -1; }
.facts dt { background: var(--shade); color: var(--grey); font-weight: normal; padding: .3em .6em; }
.facts dd { margin: 0; min-width: 0; padding: .3em .6em; }
.code { align-items: center; border: 1px solid var(--line); display: flex; gap: 1rem;
  margin-top: .9rem; padding: .4rem; }
.code img { height: 28mm; image-rendering: pixelated; width: 28mm; }
.code dl { font-size: .85rem; margin: 0; min-width: 0; overflow-wrap: anywhere; }
.code dt { color: var(--grey); font-weight: normal; }
.code dd { margin: 0 0 .4em; }
.call-out { background: var(--fill); border-inline-start: 5px solid var(--bar);
  padding: .7em 1em .1em; }
nav { border: 1px solid var(--line); margin: 1.5rem 0; padding: .7rem 1rem; }
nav h2 { font-size: 1rem; margin: 0 0 .4em; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav a { display: inline-block; max-width: 100%; padding-inline-start: 1.6em; text-decoration: none;
  text-indent: -1.6em; }
nav a:hover { text-decoration: underline; }
nav .level-2 { padding-inline-start: 1.2em; }
nav .level-3 { padding-inline-start: 2.4em; }
.notes li > p:last-of-type { display: inline; margin-inline-end: .4em; }
.notes li { margin-bottom: .5em; }
.notes { border-top: 1px solid var(--line); font-size: .92rem; margin-top: 2rem;
  padding-top: .7em; }
ins, del { text-decoration-thickness: 2px; }
ins { background: var(--came); text-decoration: underline; }
del { background: var(--warn-shade); text-decoration: line-through; }
ins.block, del.block { border-inline-start: 4px double currentcolor; display: block;
  padding-inline-start: .6em; }
ins::before, ins::after, del::before, del::after { clip-path: inset(100%); height: 1px;
  overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
:is(p, dt, h1, h2, h3, h4, h5, h6, figcaption, caption):has(ins, del),
li:has(> ins, > del) { position: relative; }
:is(p, dt, h1, h2, h3, h4, h5, h6, figcaption, caption):has(ins, del)::after,
li:has(> ins, > del)::after { background: var(--grey); content: ""; inset-block: 0;
  inset-inline-start: -.9rem; position: absolute; width: 3px; }
li:has(> ins, > del)::after { inset-inline-start: -2.2rem; }
pre:has(ins, del) { border-inline-start: 3px solid var(--grey); }
tr:has(ins, del) > :first-child { box-shadow: inset 3px 0 0 var(--grey); }
ins::before { content: " [inserted: "; }
del::before { content: " [deleted: "; }
ins::after, del::after { content: "] "; }
.reshaped { color: var(--grey); font-size: .85rem; font-style: italic; margin-bottom: .2em; }
footer { border-top: 1px solid var(--line); color: var(--grey); font-size: .85rem;
  margin-top: 2.5rem; padding-top: .7em; }
.watermark { color: var(--warn); font-size: 13vmin; font-weight: bold; inset: 40% 0 auto;
  opacity: .12; pointer-events: none; position: fixed; text-align: center;
  text-transform: uppercase; transform: rotate(-35deg); z-index: 1; }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --accent: #1f3a5f; --grey: #595959;
    --line: #b4bdc9; --shade: #e9edf2; --warn: #8a1c1c; --warn-shade: #fbeaea; }
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  * { print-color-adjust: exact; }
  .skip { display: none; }
  h1, h2, h3, h4, h5, h6, caption { break-after: avoid; }
  tr, img, figure, .call-out, .code, pre { break-inside: avoid; }
  thead { break-after: avoid; display: table-header-group; }
  .wide { overflow: visible; }
  pre { overflow: visible; overflow-wrap: anywhere; white-space: pre-wrap; }
  table { font-size: 9pt; }
  .facts { grid-template-columns: 1fr 1fr; }
  .torn { min-width: 6rem; }
  .page-break { break-after: page; }
  a { color: inherit; text-decoration: none; }
}
"""


def _call_outs() -> Iterator[str]:
    """Yield the colours of call-outs, light, dark and on paper."""
    for query, dark in (("", False), ("@media screen and (prefers-color-scheme: dark)", True)):
        rules = "".join(
            f".{one.kind} {{ --bar: #{bar.lower()}; --fill: #{fill.lower()}; }}\n"
            for one in CALL_OUTS
            for bar, fill in (one.dark if dark else (one.colour, one.fill),)
        )
        yield f"{query} {{\n{rules}}}\n" if query else rules


#: What every page looks like.
LOOK = f"{_LOOK}{''.join(_call_outs())}"


def on_paper(cover: Cover, shares: frozenset[int]) -> str:
    """Return what is the style of one page alone: *shares* are widths of pictures, in percent.

    At the head and foot of every printed page stand the facts that `Running` has.
    """
    run = cover.running
    above = " ".join(filter(None, (run.number, run.title)))
    below = " \N{MIDDLE DOT} ".join(
        filter(None, (run.classification, run.effective, run.digest, f"{run.caution}."))
    )
    page = (
        f"@page {{ size: {cover.paper.lower()}; margin: 22mm 18mm 20mm;\n"
        f"  @top-left {{ content: {quoted(run.organization)}; {_SMALL} }}\n"
        f"  @top-center {{ content: {quoted(above)}; {_SMALL} }}\n"
        f"  @top-right {{ content: {quoted(f'{run.revision}, {run.status}')}; {_SMALL} }}\n"
        f"  @bottom-left {{ content: {quoted(below)}; {_SMALL} }}\n"
        f'  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); {_SMALL} }}\n'
        "}\n"
    )
    widths = "".join(f".share-{share} {{ width: {share}%; }}\n" for share in sorted(shares))
    return f"{widths}{page}"


_SMALL = "color: #595959; font: 8pt Arial, sans-serif;"
