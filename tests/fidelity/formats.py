"""The four writers of docctl, by the ending of what they write; run, it prints a digest of each.

python formats.py TEXT…    the copies of Markdown files, one line for each file and ending
"""

import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from copies import copy
from texts import body, pictures, tree

from docctl.content.tree import Document
from docctl.render import docx, html, markdown, pdf

#: Ending → the bytes of a controlled copy of a tree with these pictures.
WRITERS: Mapping[str, Callable[[Document, Mapping[str, bytes]], bytes]] = {
    ".docx": lambda document, images: docx.write(document, copy(), images),
    ".html": lambda document, images: html.controlled(document, copy(), images),
    ".md": lambda document, _images: markdown.controlled(document, copy()),
    ".pdf": lambda document, images: pdf.controlled(document, copy(), images),
}


def main() -> None:
    """Print the digests."""
    for path in map(Path, sys.argv[1:]):
        document = tree(body(path))
        images = pictures(document)
        for ending, write in WRITERS.items():
            digest = sha256(write(document, images)).hexdigest()
            sys.stdout.write(f"{ending} {path.stem} {digest}\n")


if __name__ == "__main__":
    main()
