"""What a page can do beside being read: run, load, hide."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from docctl.intake.foreign import Strange

__all__ = ["STYLE_SHEET", "misplaced", "said", "strange"]

#: What a style sheet in a page is told as.
STYLE_SHEET = "style sheet"

#: What can run, load, or show something else than what stands in the page.
_ACTIVE = frozenset((
    "applet", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "form", "frame",
    "frameset", "iframe", "link", "math", "meter", "noembed", "noframes", "noscript", "object",
    "portal", "progress", "script", "select", "slot", "source", "svg", "template", "textarea",
    "track", "video",
))  # fmt: skip
#: What looks alone tell from other words: it may come and go where it has no attributes.
_PLAIN = frozenset((
    "a", "article", "aside", "b", "blockquote", "body", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "kbd", "main", "nav", "p",
    "pre", "s", "samp", "section", "span", "strike", "strong", "sub", "sup", "table",
    "tbody", "td", "th", "thead", "tr", "title", "u", "ul", "var",
))  # fmt: skip
#: Attributes that are compared elsewhere, or that show nothing.
_TOLD = frozenset({"href", "src", "srcset"})
_ENCODING = "utf-8"
#: Where a page says in which letters it is written: at its beginning, or in its head.
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']?([\w.:-]{1,40})")
_NAMED = re.compile(rb"<meta[^>]{0,200}?charset", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"
#: What a page tells browsers of how it is to be shown.
_SHOWN = frozenset({"viewport", "color-scheme"})
#: The digest of the style sheet, which is compared itself.
_DIGEST = re.compile(r"sha256-[\w+/=]*")
#: Of these a browser takes the attributes of a second one for the first, wherever that stands.
_ONCE = re.compile(rb"<(html|head|body|title)(?=[\s/>])", re.IGNORECASE)
_LAST = re.compile(rb"</body[^>]*>(.*)\Z", re.IGNORECASE | re.DOTALL)
_END = re.compile(rb"</html[^>]*>", re.IGNORECASE)


def misplaced(data: bytes) -> Iterator[Strange]:
    """Yield what stands in a page where browsers read it otherwise than it was written."""
    declared = _DECLARED.match(data)
    if declared and (said_ := declared[1].decode().lower()) != _ENCODING:
        yield Strange("character set", said_)
    if not _NAMED.search(data) and not data.isascii() and not data.startswith(_MARK):
        yield Strange("character set", "none is named")
    marks = [one[1].lower().decode() for one in _ONCE.finditer(data)]
    yield from (Strange(f"second <{one}>", "") for one in set(marks) if marks.count(one) > 1)
    behind = _LAST.search(data)
    if behind and (rest := _END.sub(b"", behind[1]).strip()):
        yield Strange("words behind the page", rest.decode("utf-8", "replace"))


def strange(node: etree._Element) -> Iterator[Strange]:
    """Yield what in an element can run, load, hide or change what the page says.

    An element that docctl has not written in the same way could take any look from the style
    sheet, or from the browser.
    """
    tag = str(node.tag)
    if tag in _ACTIVE:
        yield Strange(f"<{tag}>", said(node))
    if tag == "meta" and node.get("http-equiv"):
        refresh = (node.get("http-equiv") or "").lower()
        if refresh != "content-type":
            yield Strange(f"<meta {refresh}>", _DIGEST.sub("", node.get("content") or ""))
    if tag == "style":
        yield Strange(STYLE_SHEET, " ".join((node.text or "").split()))
    attributes = dict(map(_texts, node.attrib.items()))
    for name, value in attributes.items():
        if name.startswith("on") or name in {"style", "hidden", "srcset"}:
            yield Strange(f"attribute {name}", value)
    if tag == "meta":
        yield from _encoding(attributes)
        if (name := attributes.get("name", "").lower()) in _SHOWN:
            yield Strange(f"<meta {name}>", " ".join(attributes.get("content", "").split()))
    elif tag not in _ACTIVE:
        yield from _element(tag, attributes)


def _encoding(attributes: Mapping[str, str]) -> Iterator[Strange]:
    typed = attributes.get("http-equiv", "").lower() == "content-type"
    content = attributes.get("content", "").lower() if typed else ""
    said = attributes.get("charset") or content.partition("charset=")[2]
    if said and said.strip().lower() != _ENCODING:
        yield Strange("character set", said)


def _element(tag: str, attributes: Mapping[str, str]) -> Iterator[Strange]:
    written = "".join(
        f" {name}" if value in {"", name} else f' {name}="{value}"'
        for name, value in sorted(attributes.items())
        if name not in _TOLD and not name.startswith(("data-", "on"))
    )
    if written or tag not in _PLAIN:
        yield Strange("element", f"<{tag}{written}>")


def _texts(pair: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    name, value = (one if isinstance(one, str) else one.decode() for one in pair)
    return name, value


def said(node: etree._Element) -> str:
    """Return all words in an element, with single spaces between them."""
    words = (one if isinstance(one, str) else one.decode() for one in node.itertext())
    return " ".join(" ".join(words).split())
