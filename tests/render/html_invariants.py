"""What every page must keep to: elements closed in order, no id twice, no far request."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "meta"}
#: What may load something, or run.
ACTIVE = {"script", "iframe", "object", "embed", "link", "base", "form", "video", "audio", "svg"}
#: What a browser closes by itself where one of these begins.
ENDS_A_PARAGRAPH = {
    "aside", "blockquote", "div", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li",
    "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip


class Page(HTMLParser):
    """A page taken apart; `faults` holds what is wrong with it."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.leads: list[str] = []
        self.pieces: list[str] = []
        self.feed(page.decode())
        self.close()
        self.faults += [f"not closed: {tag}" for tag in self.open]
        self.faults += [f"twice: {one}" for one, times in Counter(self.ids).items() if times > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults += self._wrong(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def _wrong(self, tag: str, attrs: dict[str, str | None]) -> Iterator[str]:
        if tag in ACTIVE or any(name.startswith("on") or name == "style" for name in attrs):
            yield f"active: {tag}"
        if (tag == "a" and "a" in self.open) or (tag in ENDS_A_PARAGRAPH and "p" in self.open):
            yield f"{tag} in {self.open[-1]}"
        if not (attrs.get("src") or "data:").startswith("data:"):
            yield f"loads {attrs['src']}"
        self.ids += filter(None, [attrs.get("id")])
        self.leads += filter(None, [attrs.get("href")])

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"closed too early: {tag}")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.pieces.append(data)

    @property
    def words(self) -> str:
        return "".join(self.pieces)


def faults(page: bytes) -> list[str]:
    """Return what is wrong with a page."""
    return Page(page).faults
