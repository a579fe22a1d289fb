"""The rules docctl adds to CommonMark, in the form markdown-it wants them.

A block rule looks at the lines from `start` on, moves `state.line` behind what it understood and
returns True; an inline rule does the same with `state.pos`. In `silent` mode it only answers
whether it would match.
"""

import re
from bisect import bisect_left

from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from docctl.content.markdown.autolink import web
from docctl.content.tree import MAX_DEPTH
from docctl.content.walk import plain

__all__ = [
    "address",
    "below",
    "call_out",
    "comment",
    "container",
    "footnote_mark",
    "inside",
    "quotation",
    "reference",
    "too_deep",
]

_CALL_OUT = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[A-Za-z][\w-]*)(?:[ \t]+(?:inline|end|annotate))*"
    r"(?:[ \t]+\"(?P<title>[^\"]*)\")?[ \t]*\Z"
)
_FENCE = re.compile(
    r"(?P<marker>:{3,})[ \t]*(?:\{\.?(?P<class>[A-Za-z][\w-]*)\}|(?P<kind>[A-Za-z][\w-]*)"
    r"(?:\[(?P<label>[^\[\]]*)\])?)?[ \t]*(?P<title>[^:\n]*)(?<![ \t])[ \t]*:*\Z"
)
_CODE = re.compile(r"(`{3,}|~{3,})[ \t]*(.*)")
_REFERENCE = re.compile(
    r"\[\[(?:(?P<kind>function|role):[ \t]*(?P<name>[^\[\]\n]{1,120}?)[ \t]*"
    r"|(?P<number>[A-Z][A-Z0-9]{0,15}(?:-[A-Z0-9]{1,15}){0,4})(?:\#(?P<section>[^\[\]\s]{1,120}))?)\]\]"
)


_NOTE = re.compile(r"\[\^([^\s\]]{1,100})\]")

#: Lines that may be looked at beyond the ends of quotations, for each line of the text.
_LOOKED_AHEAD = 16


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def too_deep(state: StateBlock, start: int, end: int, _silent: bool) -> bool:
    """Take what is nested too deep as one literal block, so that nothing is lost."""
    if state.level < MAX_DEPTH - 2:
        return False
    line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    token = state.push("too_deep", "", 0)
    token.map = [start, line]
    token.content = state.getLines(start, line, state.blkIndent, False).strip()
    state.line = line
    return True


def quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a quotation as CommonMark has it, with the lines that go on in it without a `>`.

    Where quotations are so tangled that these would have to be looked for again and again, the
    rest of the text is read without them, and the first such place is noted.
    """
    if silent or state.is_code_block(start):
        return blockquote(state, start, end, silent)
    spare = state.env.setdefault("looked ahead", _LOOKED_AHEAD * (len(state.bMarks) + 100))
    reach = _reach(state, start, end, lazy=spare > 0)
    if spare <= 0:
        state.env.setdefault("tangled", start)
    state.env["looked ahead"] = spare - (reach - start)
    found = blockquote(state, start, end if spare > 0 else reach, silent)
    state.env["looked ahead"] += min(state.line, reach) - start if found else 0
    return found


def _reach(state: StateBlock, line: int, end: int, *, lazy: bool) -> int:
    """Return the first line that cannot be in the quotation which begins on *line*."""
    while line < end and not state.isEmpty(line) and (lazy or _line(state, line)[0] == ">"):
        line += 1
    return line


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop an HTML comment that stands on lines of its own."""
    if state.is_code_block(start) or not _line(state, start).startswith("<!--"):
        return False
    limit = state.eMarks[end - 1]
    never = state.env.setdefault("never closed", set())
    close = -1 if limit in never else state.src.find("-->", state.bMarks[start], limit)
    if close < 0:
        never.add(limit)
        return False
    line = bisect_left(state.eMarks, close, start, end - 1)
    if state.src[close + 3 : state.eMarks[line]].strip():
        return False
    if not silent:
        token = state.push("comment", "", 0)
        token.map = [start, line + 1]
        token.content = state.src[state.bMarks[start] + state.tShift[start] : close]
        state.line = line + 1
    return True


def call_out(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`!!! warning "Title"`, and all that is indented by four below it.

    `???` is one that a page would fold: it is text where nothing stands in it.
    """
    if state.is_code_block(start) or not (match := _CALL_OUT.match(_line(state, start))):
        return False
    line = below(state, start + 1, end)
    if match[0][0] == "?" and all(map(state.isEmpty, range(start + 1, line))):
        return False
    if silent:
        return True
    token = _admonition(state, match["kind"], (match["title"] or "").strip(), start)
    inside(state, start + 1, line, token, indent=4)
    state.push("admonition_close", "", -1)
    return True


def below(state: StateBlock, line: int, end: int) -> int:
    """Return the line behind those from *line* on that are indented by four, or empty."""
    indent = state.blkIndent + 4
    while line < end and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
    return line


def container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`:::warning Title` up to the `:::` that belongs to it."""
    match = None if state.is_code_block(start) else _FENCE.match(_line(state, start))
    kind = match and (match["kind"] or match["class"])
    if not match or not kind:
        return False
    if silent:
        return True
    close, closed = _closing(state, start + 1, end)
    token = _admonition(
        state, kind, (match["label"] or "").strip() or match["title"].strip(), start
    )
    token.meta = {"closed": closed}
    inside(state, start + 1, close, token)
    state.push("admonition_close", "", -1)
    state.line = close + closed
    return True


def _closing(state: StateBlock, line: int, end: int) -> tuple[int, bool]:
    """Return the line at which a container ends, and whether it is closed there."""
    depth, code = 1, None
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        text = _line(state, line)
        fence = _CODE.match(text)
        if code or fence:
            code = None if fence and code and _ends(code, fence) else code or fence
        elif text[:3] == ":::" and (match := _FENCE.match(text)):
            depth += 1 if match["kind"] or match["class"] else -1
            if depth == 0:
                return line, True
        line += 1
    return line, False


def _ends(code: re.Match[str], fence: re.Match[str]) -> bool:
    """Tell whether a fence closes the code that another opened."""
    return fence[1].startswith(code[1]) and not fence[2]


def _admonition(state: StateBlock, kind: str, title: str, line: int) -> Token:
    token = state.push("admonition_open", "", 1)
    token.map = [line, line]
    token.info = kind
    token.content = title
    token.meta = {"closed": True}
    return token


def inside(state: StateBlock, start: int, end: int, token: Token, *, indent: int = 0) -> None:
    """Read the lines, which are indented by so much, as the blocks of *token*."""
    outer = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax = "admonition", end
    state.blkIndent += indent
    state.line = end
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax, state.blkIndent = outer
    token.map = [token.map[0] if token.map else start, end]
    state.line = end


def reference(state: StateInline, silent: bool) -> bool:
    """`[[PRO-002]]`, `[[PRO-002#section]]`, `[[function:Buyer]]`, `[[role:approver]]`."""
    if not state.src.startswith("[[", state.pos) or state.linkLevel:
        return False
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("reference", "", 0).meta = match.groupdict()
    state.pos = match.end()
    return True


def footnote_mark(state: StateInline, silent: bool) -> bool:
    """`[^1]`, whether or not there is such a footnote."""
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": match[1]}
    state.pos = match.end()
    return True


def address(state: StateInline, silent: bool) -> bool:
    """`https://…` or `www.…`, bare. Not while a label is searched: it may end inside."""
    link = None if silent or state.linkLevel else web(state.src, state.pos, state.posMax)
    if link is None:
        return False
    state.push("address", "", 0).meta = {"link": link}
    state.pos += len(plain(link.inlines))
    return True
