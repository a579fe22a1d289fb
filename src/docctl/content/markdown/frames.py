"""The nodes of one text while it is being read: what is open, and what has been closed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import is_
from typing import Any

from docctl.content.characters import one_line
from docctl.content.inlines import (
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Reference,
    SoftBreak,
    Strike,
    Strong,
    Text,
)
from docctl.content.markdown import autolink
from docctl.content.tree import MAX_DEPTH

Wrap = Callable[[Inlines], Inlines]

HARD, SOFT = LineBreak(), SoftBreak()

_LINKS = frozenset({"link_close", "/a"})


class Frame:
    """What is open: the token or tag that closes it, what stood before, and how to wrap it.

    `opener` is the tag that opened it, empty for Markdown's own marks. `wrap` is None when it lies
    too deep: then its nodes join those around it.
    """

    __slots__ = ("closer", "opener", "outer", "wrap")

    def __init__(self, closer: str, outer: list[Inline], wrap: Wrap | None, opener: str) -> None:
        self.closer = closer
        self.outer = outer
        self.wrap = wrap
        self.opener = opener


class Frames:
    """Open frames, the nodes of the innermost one, and the run of text that is still growing."""

    __slots__ = ("_frames", "_links", "_split", "nodes", "run")

    def __init__(self, *, links: bool) -> None:
        #: Pieces of text that will be one node.
        self.run: list[str] = []
        self.nodes: list[Inline] = []
        self._frames: list[Frame] = []
        self._links = links
        self._split = False

    def flush(self) -> None:
        """Turn the run into nodes; bare addresses in it become links."""
        if not self.run:
            return
        text = self.run[0] if len(self.run) == 1 else "".join(self.run)
        self.run.clear()
        if self.nodes and self.nodes[-1] is HARD:
            text = text.lstrip(" \t")
        if self._links and "@" in text and not self.in_link():
            self.nodes += autolink.mailed(text)
        elif text:
            self.nodes.append(Text(text))

    def add(self, node: Inline) -> None:
        """Add a node after the run."""
        self.flush()
        self.nodes.append(node)

    def hard(self) -> None:
        """Add a line break; spaces before it show nowhere."""
        self._unspaced()
        self.nodes.append(HARD)

    def soft(self) -> None:
        """Add the end of a source line, but not right behind another or a line break."""
        self.flush()
        if not self.nodes or (self.nodes[-1] is not HARD and self.nodes[-1] is not SOFT):
            self.nodes.append(SOFT)

    def literal(self, text: str) -> None:
        """Add text that is not part of an address, whatever stands around it."""
        self.add(Text(text))
        self._split = True

    def splice(self, inner: Inlines) -> Inlines:
        """Return *inner* for a frame that keeps only what it held."""
        self._split = True
        return inner

    def open(self, closer: str, wrap: Wrap, opener: str = "") -> bool:
        """Open a frame; answer False when it lies too deep and will leave no trace."""
        self.flush()
        if len(self._frames) >= MAX_DEPTH - 1:
            self._frames.append(Frame(closer, self.nodes, None, opener))
            self._split = True
            return False
        self._frames.append(Frame(closer, self.nodes, wrap, opener))
        self.nodes = []
        return True

    def close(self, closer: str) -> list[str]:
        """Close the frame that waits for *closer*; return the tags in it that were never closed."""
        self.flush()
        lost = []
        while self._frames[-1].closer != closer:
            lost.append(self._give_up())
        frame = self._frames.pop()
        if frame.wrap is not None:
            inner = self._closed()
            self.nodes = frame.outer
            before, inner, after = _unbroken(inner)
            if before:
                self._break(before)
            made = frame.wrap(inner) if inner or not before or frame.closer in _LINKS else ()
            self._split |= len(made) != 1 or isinstance(made[0], Text)
            self.nodes += made
            if after:
                self._break(after)
        return lost

    def finish(self) -> tuple[Inlines, list[str]]:
        """Return the nodes, and the tags that were never closed."""
        self.flush()
        lost = []
        while self._frames:
            lost.append(self._give_up())
        return self._closed(), lost

    def is_open(self, closer: str) -> bool:
        """Tell whether a tag waits for *closer*, with no mark of Markdown opened after it."""
        for frame in reversed(self._frames):
            if not frame.opener:
                return False
            if frame.closer == closer:
                return True
        return False

    def in_link(self) -> bool:
        """Tell whether a link is open."""
        return any(frame.closer in _LINKS for frame in self._frames)

    def _unspaced(self) -> None:
        """Take the spaces off the end of what stands last."""
        self.flush()
        if self.nodes and isinstance(last := self.nodes[-1], Text) and last.text[-1] in " \t":
            text = last.text.rstrip(" \t")
            self.nodes[-1:] = [Text(text)] if text else []

    def _break(self, breaks: Inlines) -> None:
        self._unspaced()
        for one in breaks:
            self.soft() if one is SOFT else self.hard()

    def _give_up(self) -> str:
        """Take an HTML tag that nothing closed as literal text."""
        frame = self._frames.pop()
        self._split = True
        if frame.wrap is not None:
            frame.outer.append(Text(one_line(frame.opener)))
            frame.outer += self.nodes
            self.nodes = frame.outer
        return frame.opener

    def _closed(self) -> Inlines:
        """Return the nodes of the innermost frame, adjacent texts made one."""
        return _merged(self.nodes) if self._split else tuple(self.nodes)


def _merged(nodes: Iterable[Inline]) -> Inlines:
    merged: list[Inline] = []
    run: list[str] = []
    for node in (*nodes, None):
        if isinstance(node, Text):
            run.append(node.text)
            continue
        if run:
            merged.append(Text("".join(run)))
            run = []
        if node is not None:
            merged.append(node)
    return tuple(merged)


def _unbroken(nodes: Inlines) -> tuple[Inlines, Inlines, Inlines]:
    """Return the breaks with which nodes begin, what stands between, and those at their end."""
    if not nodes or (isinstance(nodes[0], Text) and isinstance(nodes[-1], Text)):
        return (), nodes, ()
    start, end = 0, len(nodes)
    while start < end and (nodes[start] is SOFT or nodes[start] is HARD):
        start += 1
    while end > start and (nodes[end - 1] is SOFT or nodes[end - 1] is HARD):
        end -= 1
    return nodes[:start], nodes[start:end], nodes[end:]


def once(kind: type[Emphasis | Strong | Strike], inner: Inlines) -> Inlines:
    """Return the nodes marked; what is marked so among them is not marked again."""
    plain = len(inner) == 1 and isinstance(inner[0], Text)
    return (kind(inner if plain else _without(kind, inner)),)


def _without(kind: type[Inline], nodes: Inlines) -> Inlines:
    """Return the nodes, of those of a kind what they hold."""
    parts: list[Inline] = []
    for node in nodes:
        holder: Any = node
        inner: Inlines = getattr(node, "inlines", ())
        kept = _without(kind, inner) if inner else inner
        if isinstance(node, kind):
            parts += kept
        else:
            parts.append(node if kept is inner else replace(holder, inlines=kept))
    same = len(parts) == len(nodes) and all(map(is_, parts, nodes))
    return nodes if same else _merged(parts)


def has_link(node: Inline) -> bool:
    """Tell whether a node is a link or holds one."""
    inner: Inlines = getattr(node, "inlines", ())
    return isinstance(node, Link | Reference) or any(map(has_link, inner))


def unended(nodes: Inlines) -> Inlines:
    """Return the nodes without ends of source lines before the first and behind the last."""
    while nodes and nodes[0] is SOFT:
        nodes = nodes[1:]
    while nodes and nodes[-1] is SOFT:
        nodes = nodes[:-1]
    return nodes


def trimmed(nodes: Inlines) -> Inlines:
    """Return the nodes without the white space that a dropped comment left at either end."""
    out = list(nodes)
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while out and isinstance(edge := out[at], Text | SoftBreak):
            text = strip(edge.text) if isinstance(edge, Text) else ""
            if text:
                out[at] = Text(text)
                break
            out.pop(at)
    return tuple(out)
