"""Rows of what is refused, and attempts that take more than a call.

A row has a scene, somebody who tries something, the error that must come of it, and what the error
says as data. Nothing may change by the attempt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from office import Key

from deeds.scenes import MINE, WHY, Do, Scene
from docctl import DocctlError, Procedure, Text


@dataclass(frozen=True)
class Row:
    case: str
    error: type[DocctlError]
    scene: Scene
    by: str
    do: Do
    data: Mapping[str, Any] = field(default_factory=dict)
    """Attributes of the error; a function must say yes to the attribute."""

    def __str__(self) -> str:
        return self.case.replace(" ", "-")


def says(*words: str) -> Callable[[object], bool]:
    """Look for words in any of the lines that an error holds."""
    return lambda lines: all(word in str(lines) for word in words)


def saved_front(front: str) -> Do:
    """Save a file with this front matter."""

    def do(library: Any, number: str) -> Any:
        file = library.root.parent / "text.md"
        file.write_bytes(f"---\n{front}\n---\n\nText.\n".encode("utf-8", "surrogateescape"))
        return library.save(number, file)

    return do


def approve_what_was_changed(library: Any, number: str) -> Any:
    """Sign the text under review; before that lands, another one is under review."""
    prepared = library.prepare("approve", number)
    signature = library.require_signer().sign(prepared.message)
    ben = library.acting(Key("ben"))
    library.return_(number, **WHY)
    ben.save_text(number, MINE)
    ben.submit(number)
    return lambda: library.land(prepared, signature)


def land_with_the_key_of_another(library: Any, number: str) -> Any:
    prepared = library.prepare("approve", number)
    return library.land(prepared, Key("kim").sign(prepared.message))


def land_with_a_signature_of_something_else(library: Any, number: str) -> Any:
    prepared = library.prepare("approve", number)
    return library.land(prepared, Key("eva").sign(prepared.message + b" "))


def land_for_another_purpose(library: Any, number: str) -> Any:
    prepared = library.prepare("approve", number)
    return library.land(prepared, Key("eva").sign(prepared.message, namespace="file"))


def approve_by_a_clock_that_ran_ahead(library: Any, number: str) -> Any:
    fast = replace(library, clock=lambda: library.clock() + timedelta(hours=1))
    prepared = fast.prepare("approve", number)
    return library.land(prepared, Key("eva").sign(prepared.message))


def titled(title: str) -> Do:
    return lambda lib, _: lib.new(Procedure(title="X").model_copy(update={"title": title}))


def attached(name: str) -> Do:
    return lambda lib, number: lib.save_text(number, Text(MINE.document, "X", {name: b"x"}))
