"""Inline text to nodes: one pass over the tokens of a paragraph, heading or cell."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from markdown_it.token import Token

from docctl.content.characters import cleaned, one_line, unquoted
from docctl.content.faults import Fault
from docctl.content.inlines import (
    Code,
    Emphasis,
    FootnoteRef,
    Image,
    Inline,
    Inlines,
    Link,
    Mention,
    Reference,
    Strike,
    Strong,
    Text,
)
from docctl.content.markdown import attributes, autolink
from docctl.content.markdown.engine import engine_for
from docctl.content.markdown.foreign import html
from docctl.content.markdown.frames import (
    HARD,
    SOFT,
    Frames,
    Wrap,
    has_link,
    once,
    trimmed,
    unended,
)
from docctl.content.markdown.links import Definitions, document, is_safe

_BREAK = re.compile(r"</?br\s*/?>\Z", re.IGNORECASE)
_MARKED: Mapping[str, Wrap] = MappingProxyType(
    {
        "em_open": partial(once, Emphasis),
        "strong_open": partial(once, Strong),
        "s_open": partial(once, Strike),
    }
)


class InlineReader:
    """Reads the inlines of one document; faults and footnote marks gather in it."""

    def __init__(self, text: str) -> None:
        self.engine, self._special = engine_for(text)
        self._linkify, self._braced = autolink.found(text), "{" in text
        self.faults: list[Fault] = []
        #: Marks of footnotes in the order they were read, and the notes that exist.
        self.marks: dict[str, None] = {}
        self.notes: frozenset[str] = frozenset()
        #: The attributes of the image that was read last.
        self.image_attributes = attributes.NONE
        #: What markdown-it remembers of the whole document: link references, footnotes.
        self.definitions = Definitions(text)
        self.env: dict[str, Any] = {"references": self.definitions} if "]:" in text else {}

    def read(self, content: str, line: int) -> Inlines:
        """Return the inlines of *content*, which begins on *line*."""
        if self._special.search(content) is None and " \n" not in content:
            return self._plain(content)
        self._tokens: list[Token] = self.engine.inline.parse(content, self.engine, self.env, [])
        self._line = line
        self._frames = Frames(links=self._linkify)
        self._html: dict[int, list[str]] = {}
        self._silent: dict[int, list[str]] = {}
        self._dropped = False
        at, end, run = 0, len(self._tokens), self._frames.run
        while at < end:
            token = self._tokens[at]
            at += 1
            if token.type == "text":
                run.append(token.content)
            else:
                at = self._READERS[token.type](self, token, at) or at
        nodes, lost = self._frames.finish()
        self._lose(lost)
        self._report_html()
        return trimmed(nodes) if self._dropped else unended(nodes)

    def _plain(self, content: str) -> Inlines:
        if "\n" not in content:
            return self._texts(content)
        out: list[Inline] = []
        for part in content.split("\n"):
            if out:
                out.append(SOFT)
            out += self._texts(part.lstrip(" \t"))
        return tuple(out)

    def _texts(self, text: str) -> Inlines:
        if self._linkify and autolink.found(text):
            return tuple(autolink.linked(text))
        return (Text(text),) if text else ()

    # --- one method for each kind of token; the result is where to go on, if not at the next

    def _special_text(self, token: Token, _at: int) -> None:
        text, faults = cleaned(token.content, self._line)
        self.faults += faults
        if token.info == "escape" and text == "@":
            self._frames.literal(text)
        else:
            self._frames.run.append(text.replace("\n", " "))

    def _code(self, token: Token, at: int) -> int:
        self._frames.add(Code(token.content))
        return self._unattributed(at) if self._braced else at

    def _soft(self, _token: Token, _at: int) -> None:
        self._line += 1
        self._frames.soft()

    def _hard(self, _token: Token, _at: int) -> None:
        self._line += 1
        self._frames.hard()

    def _marked(self, token: Token, _at: int) -> None:
        self._open(token.type.replace("open", "close"), _MARKED[token.type])

    def _open(self, closer: str, wrap: Wrap, opener: str = "") -> None:
        if not self._frames.open(closer, wrap, opener):
            hint = "write it more simply"
            self._fault("too-deep", "text is marked up too deep; the innermost is plain", hint)

    def _end(self, token: Token, at: int) -> int:
        self._lose(self._frames.close(token.type))
        return self._unattributed(at) if self._braced else at

    def _link(self, token: Token, _at: int) -> None:
        target = self._target(str(token.attrs["href"]))
        title = one_line(str(token.attrs.get("title", "")))
        self._open("link_close", lambda inner: self._linked(inner, target, title))

    def _target(self, href: str) -> str:
        """Return where a link leads: encoded, but for the name of a place in the text."""
        return unquoted(href) if href.startswith("#") else self.engine.normalizeLink(href)

    def _linked(self, inner: Inlines, target: str, title: str) -> Inlines:
        if target.startswith("doc:"):
            if named := document(target):
                return (Reference(*named, inner),)
            sentence = f"the link {target[:80]!r} names no document number"
            self._fault("bad-reference", sentence, "write it as doc:PRO-001 or doc:PRO-001#section")
        elif is_safe(target):
            return (Link(target, inner or ((Text(target),) if target else ()), title),)
        else:
            sentence = f"a link may not lead to {target[:80]!r}"
            self._fault("unsafe-link", sentence, "use https:// or mailto:")
        return self._frames.splice(inner)

    def _leading(self, tag: html.Tag) -> Wrap:
        """Return how to wrap what stands in `<a href="…">`; a link in it stays the link."""
        target, title = self._target(tag.values["href"]), tag.values.get("title", "")
        return lambda inner: (
            self._frames.splice(inner)
            if not inner or any(map(has_link, inner))
            else self._linked(inner, target, title)
        )

    def _image(self, token: Token, at: int) -> int:
        found, _, rest, at = self._braces(at)
        self.image_attributes = found
        self._frames.add(
            Image(
                str(token.attrs["src"]),
                html.alternative(token.children or []),
                one_line(str(token.attrs.get("title", ""))),
                found.value("width"),
            )
        )
        if rest:
            self._frames.run.append(rest)
        return at

    def _unattributed(self, at: int) -> int:
        """Leave the attributes out that other programs give to what stands before them."""
        if at == len(self._tokens) or self._tokens[at].content[:1] not in {"{", ""}:
            return at
        found, text, rest, at = self._braces(at)
        if found is not attributes.NONE:
            self._fault("foreign-markup", f"attributes left out: {text[:80]!r}", "take them out")
            self._frames.run.append(rest)
        return at

    def _braces(self, at: int) -> tuple[attributes.Attributes, str, str, int]:
        """Return the attributes that stand from *at* on, as text, what follows, where to go on."""
        text, end = "", at
        while end < len(self._tokens) and self._tokens[end].type == "text" and "}" not in text:
            text += self._tokens[end].content
            end += 1
        found, rest = attributes.leading(text)
        if found is attributes.NONE:
            return found, "", "", at
        return found, text.removesuffix(rest), rest, end

    def _tag(self, token: Token, _at: int) -> None:
        text, frames = token.content, self._frames
        tag = html.tag(text)
        if _BREAK.match(text):
            if not tag.closes or frames.run or frames.nodes[-1:] != [HARD]:
                frames.hard()
        elif text.startswith("<!--"):
            self._dropped = True
            self.drop(text, self._line)
        elif tag.closes and frames.is_open(f"/{tag.name}"):
            self._lose(frames.close(f"/{tag.name}"))
        elif tag.name in html.MARKS and not tag.closes:
            self._open(f"/{tag.name}", html.MARKS[tag.name], text)
        elif tag.name == "a" and not tag.closes and tag.values.get("href") and not frames.in_link():
            self._open("/a", self._leading(tag), text)
        elif tag.name == "img" and tag.values.get("src"):
            self.image_attributes = attributes.NONE
            frames.add(html.image(tag, self.engine.normalizeLink))
        elif tag.name in html.SILENT:
            self._dropped = True
            self._silent.setdefault(self._line, []).append(text)
        else:
            self._lose([text])
            frames.literal(one_line(text))
        self._line += text.count("\n")

    def _controlled(self, token: Token, _at: int) -> None:
        meta = token.meta
        if meta["number"]:
            self._frames.add(Reference(meta["number"], meta["section"] or ""))
        else:
            self._frames.add(Mention(meta["kind"], meta["name"]))

    def _address(self, token: Token, _at: int) -> None:
        self._frames.add(token.meta["link"])

    def _note(self, token: Token, _at: int) -> None:
        label = token.meta["label"]
        if label in self.notes:
            self.marks[label] = None
            self._frames.add(FootnoteRef(label))
        else:
            self._fault("missing-footnote", f"there is no footnote [^{label}]", "write the note")
            self._frames.run.append(f"[^{label}]")

    # --- what was found ------------------------------------------------------------------

    def drop(self, comment: str, line: int) -> None:
        """Note that a comment stands in no copy."""
        shown = one_line(comment.removeprefix("<!--").removesuffix("-->")).strip()[:80]
        sentence = f"a comment is not part of any copy: {shown!r}"
        self.faults.append(
            Fault(line, "html-comment", sentence, "write it as text, or take it out")
        )

    def _fault(self, code: str, sentence: str, hint: str) -> None:
        self.faults.append(Fault(self._line, code, sentence, hint))

    def _lose(self, tags: list[str]) -> None:
        if tags:
            self._html.setdefault(self._line, []).extend(tags)

    def _report_html(self) -> None:
        for found, what in ((self._html, "is shown as text"), (self._silent, "is left out")):
            for line, tags in found.items():
                shown = one_line(", ".join(dict.fromkeys(tags)))[:200]
                sentence = f"HTML {what}: {shown}"
                self.faults.append(Fault(line, "raw-html", sentence, "write it in Markdown"))

    #: Kind of token → how it is read.
    _READERS: ClassVar[Mapping[str, Callable[["InlineReader", Token, int], int | None]]] = (
        MappingProxyType(
            {
                "text_special": _special_text,
                "code_inline": _code,
                "softbreak": _soft,
                "hardbreak": _hard,
                "em_open": _marked,
                "strong_open": _marked,
                "s_open": _marked,
                "em_close": _end,
                "strong_close": _end,
                "s_close": _end,
                "link_open": _link,
                "link_close": _end,
                "image": _image,
                "html_inline": _tag,
                "reference": _controlled,
                "address": _address,
                "footnote_ref": _note,
            }
        )
    )
