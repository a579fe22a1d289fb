"""What is searched: the plain words of every text, packed by the hundred into files of their own.

Each is a script that hands its texts over, for a page that is read from a disk may ask for nothing
else. A browser unpacks them when somebody first searches.
"""

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping

from docctl.content.tree import CodeBlock, Document
from docctl.content.walk import blocks, lines, plain

__all__ = ["shard", "texts_in", "words_of"]

_SPACES = re.compile(r"\s+")
#: What is not seen within a word: places where it may break or join, and marks of direction.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SHARD = re.compile(rb'docctlTexts\("([A-Za-z0-9+/=]*)"\);\n')


def words_of(tree: Document) -> str:
    """Return the plain words of a text, without what only marks it up."""
    found: list[str] = []
    for block in blocks(tree):
        if isinstance(block, CodeBlock):
            found.append(block.text)
        found += [plain(nodes) for _, nodes in lines(block)]
    return _SPACES.sub(" ", _UNSEEN.sub("", " ".join(filter(None, found)))).strip()


def shard(texts: Mapping[str, str]) -> bytes:
    """Return the file of texts by number, the same for the same texts."""
    data = json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    packed = b64encode(zlib.compress(data.encode("utf-8", "replace"), 9)).decode()
    return f'docctlTexts("{packed}");\n'.encode()


def texts_in(data: bytes) -> dict[str, str] | None:
    """Return the texts that `shard` packed; nothing where it did not."""
    found = _SHARD.fullmatch(data)
    if found is None:
        return None
    try:
        read = json.loads(zlib.decompress(b64decode(found[1])))
    except (ValueError, zlib.error):
        return None
    return {str(number): str(said) for number, said in read.items()}
