"""Lint of what a text points to: documents, places, files, functions and roles."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from docctl.content.faults import Fault
from docctl.content.lint.context import LintContext, ReferenceStanding
from docctl.content.lint.seen import Seen
from docctl.content.structure.references import (
    FileReference,
    attached_path,
    attachments_in,
    numbers_in,
    references_in,
)
from docctl.content.tree import Image, Link, Mention, Reference

_BAD: Mapping[ReferenceStanding, tuple[str, str, str]] = MappingProxyType(
    {
        "missing": ("missing-document", "there is no document {}", "correct the number"),
        "withdrawn": (
            "withdrawn-document",
            "{} has been withdrawn",
            "refer to what replaces it, or take the reference out",
        ),
        "not yet in force": (
            "not-in-force",
            "{} is not yet in force",
            "release both together, or release that one first",
        ),
    }
)


def cited(seen: Seen, context: LintContext) -> Iterator[Fault]:
    """Yield a fault for each reference that cannot be followed on the day in question."""
    for found in references_in(seen.of(Reference)):
        own = found.number == context.number
        standing = "in force" if own else context.references.get(found.number, "missing")
        if standing in _BAD:
            code, sentence, hint = _BAD[standing]
            yield Fault(found.line, code, sentence.format(found.number), hint)
            continue
        if not found.section:
            continue
        known = seen.anchors if own else context.sections.get(found.number)
        if known is not None and found.section not in known:
            sentence = f"{found.number} has no place #{found.section}"
            yield Fault(found.line, "dangling-anchor", sentence, "look up the anchor there")


def anchored(seen: Seen) -> Iterator[Fault]:
    """Yield a fault for each link to a place that the document does not have."""
    for line, node in seen.of(Link):
        if not node.target:
            yield Fault(line, "dangling-anchor", "a link leads nowhere", "give it an address")
        elif node.target[0] == "#" and node.target[1:] not in seen.anchors:
            sentence = f"this document has no place {node.target[:80]}"
            yield Fault(
                line, "dangling-anchor", sentence, "name a heading, or give it {#an-anchor}"
            )


def attached(seen: Seen, context: LintContext) -> Iterator[Fault]:
    """Yield a fault for each file that cannot be shown, and each that is not used."""
    used = set()
    for found in attachments_in((*seen.of(Image), *seen.of(Link))):
        used.add(found.path)
        if not found.safe:
            sentence = f"'{found.path[:80]}' leaves the files of this document"
            hint = "attach the file and name it alone" + _or_by_number(found)
            yield Fault(found.line, "unsafe-path", sentence, hint)
        elif found.path not in context.attachments:
            yield Fault(found.line, "missing-attachment", *_missing(found))
    for name in sorted(context.attachments - used):
        sentence = f"the attached file '{name}' is not used"
        yield Fault(0, "unused-attachment", sentence, "show it, link to it, or take it out")


def _missing(found: FileReference) -> tuple[str, str]:
    sentence = f"no file '{found.path[:80]}' is attached"
    if found.shown:
        return sentence, "attach it, or take the image out"
    hint = "attach it" + _or_by_number(found)
    return f"{sentence}: copies show the words of the link alone", hint


def _or_by_number(found: FileReference) -> str:
    number = next(numbers_in(found.path), "PRO-002")
    return "" if found.shown else f", or refer to a document by its number: [text](doc:{number})"


def pictured(seen: Seen, context: LintContext) -> Iterator[Fault]:
    """Yield a fault for each image that no copy shows, or that says nothing to the blind."""
    for line, node in seen.of(Image):
        if not attached_path(node.source):
            sentence = f"the image '{node.source[:80]}' is not a file of this document"
            yield Fault(line, "remote-image", sentence, "attach it and name the file")
        elif attached_path(node.source) in context.unshown:
            sentence = f"the image '{node.source[:80]}' cannot be shown in a copy"
            yield Fault(
                line,
                "unshown-image",
                sentence,
                "save it as PNG or JPEG of a sensible size, and attach that",
            )
        if not node.alt.strip():
            sentence = f"the image '{node.source[:80]}' has no alternative text"
            hint = "write what it shows between the brackets of ![…]"
            yield Fault(line, "missing-alternative-text", sentence, hint)


def mentioned(seen: Seen, context: LintContext) -> Iterator[Fault]:
    """Yield a fault for each function and role that the library does not know."""
    known = {
        "function": ("unknown-function", context.functions),
        "role": ("unknown-role", context.roles),
    }
    for line, node in seen.of(Mention):
        code, names = known[node.kind]
        if node.name not in names:
            sentence = f"there is no {node.kind} '{node.name}'"
            yield Fault(line, code, sentence, "write it as the library does, or have it added")
