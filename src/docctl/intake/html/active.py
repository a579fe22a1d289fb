"""What a page can do beside being read: run, load, hide."""

from collections.abc import Iterator

from lxml import etree

from docctl.intake.foreign import Strange

__all__ = ["strange"]

#: What can run, load, or show something else than what stands in the page.
_ACTIVE = frozenset(
    {
        "applet",
        "audio",
        "base",
        "button",
        "embed",
        "form",
        "frame",
        "frameset",
        "iframe",
        "link",
        "math",
        "noscript",
        "object",
        "portal",
        "script",
        "select",
        "slot",
        "source",
        "svg",
        "template",
        "textarea",
        "track",
        "video",
    }
)


def strange(node: etree._Element) -> Iterator[Strange]:
    """Yield what in an element can run, load, hide or change what the page says."""
    tag = str(node.tag)
    if tag in _ACTIVE:
        yield Strange(f"<{tag}>", _said(node))
    if tag == "meta" and node.get("http-equiv"):
        refresh = (node.get("http-equiv") or "").lower()
        if refresh not in {"content-security-policy", "content-type"}:
            yield Strange(f"<meta {refresh}>", node.get("content") or "")
    if tag == "style":
        yield Strange("style sheet", " ".join((node.text or "").split()))
    for name, value in map(_texts, node.attrib.items()):
        if name.startswith("on") or name in {"style", "hidden"}:
            yield Strange(f"attribute {name}", value)


def _texts(pair: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    name, value = (one if isinstance(one, str) else one.decode() for one in pair)
    return name, value


def _said(node: etree._Element) -> str:
    words = (one if isinstance(one, str) else one.decode() for one in node.itertext())
    return " ".join(" ".join(words).split())
