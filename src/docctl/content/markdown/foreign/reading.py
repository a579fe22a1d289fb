"""What is alike in reading any piece of HTML: references to characters stay as they are written."""

from html.parser import HTMLParser

__all__ = ["HTMLReader"]


class HTMLReader(HTMLParser):
    """Reads a piece of HTML; its words are Markdown, where a reference is read later."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.is_understood = True

    def handle_entityref(self, name: str) -> None:
        """Keep a character reference as it is written."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a character reference as it is written."""
        self.handle_data(f"&#{name};")
