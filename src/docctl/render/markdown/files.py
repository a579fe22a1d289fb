"""The files that a text shows or links to, laid beside its copy."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from docctl.content.references import attached_path
from docctl.content.tree import Document, Image, Link
from docctl.content.walk import changed

__all__ = ["beside"]


def beside(
    document: Document, files: Mapping[str, bytes], folder: str
) -> tuple[Document, dict[str, bytes]]:
    """Return the document with its pictures and links led into *folder*, and the files it needs.

    *files* go by the names that the text uses; the result goes by their paths, with the folder. A
    link to a file that is not there leads nowhere.
    """
    used: dict[str, bytes] = {}

    def led(address: str) -> str:
        path = address if address in files else attached_path(address)
        if path not in files:
            return address
        used[f"{folder}/{path}"] = files[path]
        return quote(f"{folder}/{path}", safe="/!$'*+,:;=@~")

    def shown(image: Image) -> Image:
        return replace(image, source=led(image.source))

    def linked(link: Link) -> Link:
        target = led(link.target)
        lost = target == link.target and attached_path(target)
        return replace(link, target="" if lost else target)

    return changed(document, {Image: shown, Link: linked}), used
