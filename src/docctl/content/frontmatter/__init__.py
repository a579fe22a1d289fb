"""The block of `key: value` lines at the top of a document: a small, strict part of YAML."""

from docctl.content.frontmatter.reading import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    FrontMatter,
    Value,
    load,
    split,
)
from docctl.content.frontmatter.writing import dump

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "FrontMatter",
    "Value",
    "dump",
    "load",
    "split",
]
