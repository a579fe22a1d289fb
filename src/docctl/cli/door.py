"""Where a command enters a library: which one, with whose key, and how its answer is printed."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from pydantic_core import to_jsonable_python

from docctl.cli.cards import status_lines
from docctl.cli.keys import asking, noted_asking, noted_signer, signer_of
from docctl.cli.options import choices
from docctl.cli.printing import folded, lined, path_line, say, tell
from docctl.desk.recording.made import Made
from docctl.desk.signing.prepared import Prepared
from docctl.desk.verbs.founding import STORE
from docctl.errors import NotFoundError
from docctl.library import Library
from docctl.library.local import Local
from docctl.model.answers.reading import Handout
from docctl.model.answers.status import Status
from docctl.store.files import is_folder

#: What a terminal may not get as it is; it only ever stands inside a text.
_ODD = re.compile(r"[^\n -~]")

#: An id that tells nothing, behind a word and one space: not in a column of its own.
_ID = re.compile(r"(?<=[^\s(/] )p-[0-9a-f]{16}\b")
_IN_COLUMN = re.compile(r"\bp-[0-9a-f]{16}\b")

#: Columns that say who, by their heads.
_PEOPLE = frozenset({"By", "Who", "Authorised by", "by", "for"})

#: Where a command notes which library it has opened.
_OPENED = "docctl.library"


class OnPaper(Library):
    """A library whose changes are written to files, to be signed elsewhere, and do not land."""

    def act(self, verb: str, *arguments: Any, **options: Any) -> NoReturn:
        """Write the change out, say how to sign it, and end the command."""
        self._out(self.prepare(verb, *arguments, **options))

    def _stow_and_act(self, verb: str, stow: Callable[[], tuple[Made, ...]]) -> NoReturn:
        """Put what a record says into the vault, write the change out, and end the command."""
        self._out(self._stow_and_prepare(verb, stow))

    def _out(self, prepared: Prepared) -> NoReturn:
        to = choices().prepare or Path()
        handed = self.hand_out(prepared, to)
        answer(handed, _how_to_sign(handed, to))
        click.get_current_context().exit()


def library() -> Library:
    """Open the library that the command is about; it is closed when the command ends.

    Raises:
        NotFoundError: there is none.
    """
    chosen = choices()
    root = chosen.folder or _around(Path.cwd())
    noted, personal = None if chosen.key else Local.read(root).key, chosen.with_personal_data
    if chosen.prepare:
        asked = asking(chosen.key) if chosen.key else noted_asking(noted)
        opened: Library = OnPaper.open(root, signer=asked, with_personal_data=personal)
    else:
        signer = signer_of(chosen.key) if chosen.key else noted_signer(noted)
        opened = Library.open(root, signer=signer, with_personal_data=personal)
    click.get_current_context().meta[_OPENED] = opened
    return click.get_current_context().with_resource(opened)


def _around(folder: Path) -> Path:
    for place in (folder, *folder.parents):
        if is_folder(place / STORE):
            return place
    raise NotFoundError(
        "library in this folder or above it",
        hint="name one with -C DIR, or make one with: docctl init",
    )


def answer(value: object, lines: Iterable[str], *, nothing: str = "") -> None:
    """Print what a method returned: as JSON where that was asked for, else as these lines.

    *nothing* is said, on stderr, where it returned nothing.
    """
    if choices().as_json:
        say(as_json(value))
    elif value or not nothing:
        say(*map(_named, lines))
    else:
        tell(nothing)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table, with names for ids that tell nothing in columns that say who."""
    people = {at for at, name in enumerate(head) if name in _PEOPLE}
    return lined(
        head,
        (
            [_named(cell, _IN_COLUMN) if at in people else cell for at, cell in enumerate(row)]
            for row in rows
        ),
    )


def _named(line: str, ids: re.Pattern[str] = _ID) -> str:
    """Return a line with names for ids that tell nothing, where the running text has them."""
    if not ids.search(line):
        return line
    opened: Library | None = click.get_current_context().meta.get(_OPENED)
    people = opened.bench.world.authority.persons if opened else {}
    return ids.sub(lambda found: people[found[0]].name if found[0] in people else found[0], line)


def told(status: Status) -> None:
    """Print how a document stands after what was done with it."""
    answer(status, folded(status_lines(status)))


def told_each(act: Callable[..., Status], numbers: Sequence[str], **options: Any) -> None:
    """Do the same to documents, one after the other, and print how each stands after it.

    *act* is a method of `Library` that takes a number. The first that is refused ends it; what was
    done before it stays done, and is printed.

    Raises:
        UsageError: several are to be signed elsewhere, where each is signed by itself.
    """
    if len(numbers) > 1 and choices().prepare:
        raise click.UsageError("each is signed by itself: name one document")
    opened = library()
    done: list[Status] = []
    try:
        done.extend(act(opened, one, **options) for one in numbers)
    finally:
        if done:
            found = done if len(numbers) > 1 else done[0]
            answer(found, folded(line for one in done for line in status_lines(one)))


def as_json(value: object) -> str:
    """Return a model, or several, as JSON text that a terminal can show safely."""
    text = json.dumps(_plain(value), indent=2, ensure_ascii=False)
    return _ODD.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    return character if character.isprintable() else json.dumps(character)[1:-1]


def _plain(value: object) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(one) for name, one in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return to_jsonable_python(value)


def _how_to_sign(handed: tuple[Handout, ...], to: Path) -> Iterable[str]:
    files = " ".join(path_line(name) for one in handed for name in one.files)
    yield handed[0].summary
    yield from (f"  {one.meaning}" for one in handed)
    yield f"written: {files}"
    if handed[0].content:
        yield f"content: {path_line(handed[0].content)}"
    yield "to sign:"
    yield f"  ssh-keygen -Y sign -n docctl-event@v1 -f KEY {files}"
    yield "then, on a computer with the library:"
    yield f"  docctl land {path_line(to)}"
