"""`init` and `demo`: where libraries come from."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import click

from docctl import demo as example
from docctl.cli.door import answer
from docctl.cli.keys import NewKeyFile, signer_of
from docctl.cli.options import FILE, choices, examples, reading
from docctl.cli.printing import path_line, progress
from docctl.desk.verbs.founding import Founder
from docctl.desk.verbs.naming import opaque_id
from docctl.desk.verbs.private import tells
from docctl.errors import SignerError
from docctl.library import Library
from docctl.model.answers.reading import Founding
from docctl.model.control import Profile
from docctl.model.persons import OPAQUE, Names
from docctl.store.files import is_there
from docctl.trust.keyfile import located
from docctl.trust.signers import Signer

_USUAL = "~/.ssh/id_ed25519"


@reading(
    epilog=examples(
        'docctl init acme --organization "Acme Ltd" --person qm --name "Quality Manager"',
        'docctl init acme --organization "Acme Ltd" --person qm --name "Kari Berg" '
        '--function "Quality Manager" --key keys/qm --profile regulated',
    )
)
@click.argument("path", type=FILE)
@click.option("--organization", required=True, metavar="NAME", help="Whose library it is.")
@click.option("--person", metavar="ID", help="Your id for ever: short, lower case.")
@click.option("--name", required=True, help="Your name, as approval blocks print it.")
@click.option("--function", metavar="TITLE", help="Your job title.")
@click.option(
    "--key",
    type=FILE,
    metavar="FILE",
    help="Your key; an ed25519 key is made there if the file does not exist. "
    "Without it: ~/.ssh/id_ed25519, or else a new key in keys/ beside PATH.",
)
@click.option(
    "--profile",
    type=click.Choice(get_args(Profile)),
    default="standard",
    show_default=True,
    help="standard: one approval by somebody else; regulated: review and approval.",
)
@click.option(
    "--names",
    type=click.Choice(get_args(Names)),
    default="store",
    show_default=True,
    help="Where people's names are kept, for ever: vault lets them be erased, and makes the ids.",
)
@click.option(
    "--with-personal-data",
    is_flag=True,
    help="Keep names in the vault although organization or function holds yours.",
)
@click.option(
    "--time-zone", default="UTC", show_default=True, metavar="ZONE", help="Such as Europe/Oslo."
)
@click.option(
    "--object-format",
    type=click.Choice(["sha1", "sha256"]),
    default="sha1",
    show_default=True,
    help="The format of the Git repository.",
)
def init(
    path: Path,
    organization: str,
    person: str | None,
    name: str,
    function: str | None,
    key: Path | None,
    with_personal_data: bool,
    **options: Any,
) -> None:
    """Found a library in the new folder PATH.

    You become its administrator, author and document controller. Your key signs all that you do:
    keep it safe, and never put it into the library.
    """
    own = _own_id(person, options["names"])
    place = located(key or choices().key or _usual(path, own))
    is_new, signer = not is_there(place), _founders(place, comment=own)
    with Library.init(
        path,
        organization=organization,
        founder=Founder(own, name, function, may_be_told=with_personal_data),
        signer=signer,
        **options,
    ) as library:
        if noted := options["names"] == "store" or not tells(str(place), name):
            library.note_key(place)
        founding = _described(library, place)
    answer(founding, _founded(founding, is_new=is_new, noted=noted))


def _own_id(given: str | None, names: str) -> str:
    if given and names == "vault":
        raise click.UsageError("--names vault makes ids that tell nothing: leave --person out")
    if not given and names == "store":
        raise click.UsageError("Missing option '--person'.")
    return given or opaque_id()


def _described(library: Library, key: Path) -> Founding:
    return Founding(
        library=str(library.root),
        organization=library.control().organization,
        founder=library.whoami(),
        key=str(key),
        fingerprint=library.require_signer().public_key.fingerprint,
    )


def _usual(path: Path, person: str) -> Path:
    with suppress(SignerError):  # nobody knows where this person's home is
        if is_there(own := located(_USUAL)):
            return own
    return path.absolute().parent / "keys" / person


def _founders(place: Path, *, comment: str) -> Signer:
    if place.suffix == ".pub" or is_there(place):
        return signer_of(place)
    return NewKeyFile(place, comment=comment)


def _founded(founding: Founding, *, is_new: bool, noted: bool) -> Iterator[str]:
    yield f"{founding.organization} has a library in {path_line(founding.library)}"
    yield f"signed by {founding.founder} with {path_line(founding.key)} ({founding.fingerprint})"
    if is_new:
        yield "  this key is new and has no passphrase: keep it where only you can read it"
    if not noted:
        yield "  docctl.toml does not note it, since its path holds your name: name it with --key"
    yield "next: take up who approves, and let them accept their key"
    who = "" if re.fullmatch(OPAQUE, founding.founder) else "ID "
    named = f"{who}--name NAME --role approver --key FILE.pub"
    own = "" if noted else f"--key {path_line(founding.key)} "
    yield f"  docctl -C {founding.library} {own}person add {named}"
    yield f"  docctl -C {founding.library} --key THEIR-KEY person accept"


@reading(epilog=examples("docctl demo tour", "docctl -C tour register", "docctl -C tour verify"))
@click.argument("path", type=FILE)
def demo(path: Path) -> None:
    """Make the library of an example company in the new folder PATH.

    Fourteen months of document control are played through: policies, procedures, work
    instructions, forms and a manual, with everybody's signatures. The manual and copies of all
    documents lie in PATH/exports as DOCX and Markdown, everybody's sample keys in PATH/keys.
    """
    with progress("playing") as report:
        library = example.play(path, progress=report)
    with library:
        files = tuple(str(one) for one in example.export(library, path / "exports"))
    answer({"library": str(path), "files": files}, _played(path, len(files)))


def _played(path: Path, files: int) -> Iterator[str]:
    yield f"the example company has its library in {path}"
    yield f"{files} controlled copies lie in {path / 'exports'}; begin with MAN-001.docx"
    yield "look around:"
    yield from (f"  docctl -C {path} {command}" for command in ("register", "due", "verify"))
