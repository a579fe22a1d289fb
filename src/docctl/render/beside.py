"""The files that a text shows or links to, laid beside its copy."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from docctl.content.structure.references import FileReference, attached_path
from docctl.content.tree import Document, Image, Link
from docctl.content.walk import changed

__all__ = ["beside", "linked_beside"]


def beside(
    document: Document, files: Mapping[str, bytes], folder: str
) -> tuple[Document, dict[str, bytes]]:
    """Return the document with its pictures and links led into *folder*, and the files it needs.

    *files* go by the names that the text uses; the result goes by their paths, with the folder. A
    link to a file that is not there leads nowhere; so does a picture from anywhere else, which a
    viewer would ask another host for.
    """
    lay = _Folder(files, folder)
    return changed(document, {Image: lay.shown, Link: lay.linked}), lay.used


def linked_beside(
    document: Document, files: Mapping[str, bytes], folder: str
) -> tuple[Document, dict[str, bytes]]:
    """Return the same for a copy that holds its pictures itself: only links are led."""
    lay = _Folder(files, folder)
    return changed(document, {Link: lay.linked}), lay.used


class _Folder:
    """A folder beside a copy, and what was laid into it."""

    def __init__(self, files: Mapping[str, bytes], folder: str) -> None:
        self._files = files
        self._folder = folder
        self.used: dict[str, bytes] = {}

    def _led(self, address: str) -> str:
        path = address if address in self._files else attached_path(address)
        if path not in self._files:
            return address
        self.used[f"{self._folder}/{path}"] = self._files[path]
        return quote(f"{self._folder}/{path}", safe="/!$'*+,:;=@~")

    def shown(self, image: Image) -> Image:
        source = self._led(image.source)
        path = attached_path(source)
        own = path and FileReference(path, 0, shown=True).safe
        return replace(image, source=source if own else "")

    def linked(self, link: Link) -> Link:
        target = self._led(link.target)
        lost = target == link.target and attached_path(target)
        return replace(link, target="" if lost else target)
