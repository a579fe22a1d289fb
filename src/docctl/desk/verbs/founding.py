"""Founding a library: the first statement, the first settings, one change."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from types import MappingProxyType
from typing import Literal

from docctl.desk.signing.intent import Moment, written
from docctl.desk.verbs.drafting import settings_content
from docctl.errors import DiskError, InputError, PathError, TakenError
from docctl.model import access
from docctl.model import lifecycle as life
from docctl.model.access import ACCESS
from docctl.model.base import Digest, Line, PersonId
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.event import Event
from docctl.model.records.record import Stub
from docctl.rules.authority import FOUNDER_ROLES
from docctl.rules.meaning import meaning
from docctl.rules.summary import summary
from docctl.store.layout import FORMAT, STORE_FILE, SUMS, content_folder, event_path, signature_path
from docctl.store.objects import FORMATS
from docctl.store.placing import write_file
from docctl.store.writing.change import Store
from docctl.store.writing.journal import flush_path
from docctl.store.writing.lock import held_folder
from docctl.trust.canonical import canonical, digest
from docctl.trust.signers import Signer

#: The folder of the store in that of its library.
STORE = "store.git"

#: How the folder is called in which a store is made.
_SITE = ".founding-"


@dataclass(frozen=True, slots=True)
class Founder:
    """The person who founds a library: administrator, author and document controller."""

    id: PersonId
    name: Line
    function: Line | None = None
    may_be_told: bool = False
    """Whether words that the history keeps may hold the name, although the vault keeps names."""

    def person(self, named: Stub | None = None) -> access.PersonNew:
        """Return the person as ACCESS takes him or her up, the key still open.

        *named* is the payload of the name, where the vault keeps it.

        Raises:
            ValidationError: the id, the name or the function has the wrong form.
        """
        held = (self.function,) if self.function else ()
        name = None if named else self.name
        return access.PersonNew(
            id=self.id, name=name, named=named, roles=FOUNDER_ROLES, functions=held
        )


@dataclass(frozen=True, slots=True)
class NameVault:
    """Where a new library keeps the names of people, if not in its store."""

    stow: Callable[[PersonId, Line], Stub]
    """Puts a name there; the vault is made for it."""

    mark: Callable[[Digest], None]
    """Lets the vault say whose it is, once the library has its identity."""

    folders: tuple[str, ...]
    """The folders of the library that it makes; they go again if the founding fails."""


def found(
    root: Path,
    founder: Founder,
    settings: ControlSettings,
    *,
    signer: Signer,
    clock: Callable[[], datetime],
    tool: Line,
    salt: str,
    object_format: Literal["sha1", "sha256"] = "sha1",
    beside: Mapping[str, bytes] = MappingProxyType({}),
    vault: NameVault | None = None,
) -> None:
    """Make a library's store at *root* and land its founding change: all of it, or nothing.

    *beside* are further files of the folder; with *vault* names are kept there.

    Raises:
        TakenError: there is something at *root* already.
        InputError: there is no such time zone or object format.
        DiskError: it cannot be written.
    """
    if object_format not in FORMATS:
        raise InputError(f"there is no object format {object_format!r}", hint="sha1 or sha256")
    person = founder.person()
    moment = Moment.of(founder.id, clock(), settings.time_zone, tool)
    made_too = vault.folders if vault else ()
    with _building_site(root, beside, made_too) as site:  # before a key is asked for, or made
        if vault:
            person = founder.person(vault.stow(founder.id, founder.name))
        events, files = _first_change(person, settings, signer, moment, salt)
        if vault:
            vault.mark(digest(written(events[0])))
        files[STORE_FILE] = canonical({"format": FORMAT, "object_format": object_format})
        with Store.create(site, object_format=object_format) as made:
            made.land(
                files,
                message=summary(events) + "\n",
                author=founder.id,
                when=moment.time,
                expected=None,
            )


def _first_change(
    person: access.PersonNew, settings: ControlSettings, signer: Signer, moment: Moment, salt: str
) -> tuple[tuple[Event, Event], dict[str, bytes | None]]:
    content = settings_content(settings)
    files: dict[str, bytes | None] = {
        f"{content_folder(CONTROL, '1')}/{name}": data for name, data in content.items()
    }
    first = _founded(person, settings, signer, moment, digest(content[SUMS]), salt)
    second = _established(moment, digest(written(first)), digest(content[SUMS]))
    for event in (first, second):
        path, data = event_path(event), written(event)
        files |= {path: data, signature_path(path): signer.sign(data).encode()}
    return (first, second), files


@contextmanager
def _building_site(
    root: Path, beside: Mapping[str, bytes], folders: Collection[str]
) -> Iterator[Path]:
    """Yield a folder that becomes the store of a library once all is there, or goes again."""
    new = not os.path.lexists(root)
    site = root / f"{_SITE}{os.getpid()}"
    with _claimed(root, {*beside, *folders}):
        for name in folders:  # what a founding that was killed has left
            rmtree(root / name, ignore_errors=True)
        try:
            yield site
            for name, data in beside.items():
                write_file(root / name, data)
            site.rename(root / STORE)
            flush_path(root)
        except OSError as error:
            raise DiskError(f"{root}: {error.strerror or error}") from error
        finally:
            with suppress(OSError):
                rmtree(site, ignore_errors=True)
                if not (root / STORE).exists():
                    for name in folders:
                        rmtree(root / name, ignore_errors=True)
                    _leave(root, beside, new=new)


@contextmanager
def _claimed(root: Path, beside: Iterable[str]) -> Iterator[None]:
    """Keep a folder that is empty, or holds what a founding that was killed has left, to itself."""
    with ExitStack() as held:
        try:
            folder = held_folder(root)
            if folder is None:
                raise _taken(root)
            held.callback(os.close, folder)
            found = {one.name for one in root.iterdir()}
        except FileExistsError:
            raise _taken(root) from None
        except OSError as error:
            raise DiskError(f"{root}: {error.strerror or error}") from error
        except ValueError as error:
            raise PathError(str(root), str(error)) from error
        sites = {name for name in found if name.startswith(_SITE)}
        if found - sites - ({*beside} if sites else set()):
            raise _taken(root)
        for name in sites:
            rmtree(root / name, ignore_errors=True)
        yield


def _taken(root: Path) -> TakenError:
    return TakenError(
        str(root), "is not an empty folder", hint="name a folder that does not exist yet"
    )


def _leave(root: Path, beside: Iterable[str], *, new: bool) -> None:
    """Leave a folder as it was found, where a founding was cut short."""
    for name in beside:
        (root / name).unlink(missing_ok=True)
    if new:
        root.rmdir()


def _founded(
    person: access.PersonNew,
    settings: ControlSettings,
    signer: Signer,
    moment: Moment,
    control: str,
    salt: str,
) -> Event:
    key = signer.public_key
    data = access.FoundedData(
        organization=settings.organization,
        founder=person.but(key=key.line, fingerprint=key.fingerprint),
        profile=settings.profile,
        names="vault" if person.named else "store",
        control=control,
        salt=salt,
    )
    return access.Founded(
        item=ACCESS,
        meaning=meaning("founded", item=ACCESS, revision=None),
        seq=1,
        signer=person.id,
        role="administrator",
        time=moment.time,
        date=moment.today,
        tool=moment.tool,
        data=data,
    )


def _established(moment: Moment, library: str, content: str) -> Event:
    return life.Established(
        library=library,
        item=CONTROL,
        revision="1",
        meaning=meaning("established", item=CONTROL, revision="1"),
        content=content,
        seq=1,
        signer=moment.person,
        role="administrator",
        time=moment.time,
        date=moment.today,
        tool=moment.tool,
        data=life.VoteData(),
    )
