"""Changes that are signed elsewhere: on a token, on another computer, by somebody else."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from docctl.desk import carried
from docctl.desk.signing.prepared import Prepared
from docctl.errors import InputError, TakenError
from docctl.library.checked import checked
from docctl.library.drafting import Drafting
from docctl.library.outward import write_out
from docctl.model.access import ACCESS
from docctl.model.answers.reading import Handout, Landed
from docctl.model.control import CONTROL
from docctl.model.lifecycle import DRAFTS
from docctl.rules.records import KEPT
from docctl.store.files import is_folder, is_there, read_file, read_folder
from docctl.store.layout import FILES

#: After these events there is no draft whose working copy would be needed.
_CLEARED = frozenset({"submitted", "cancelled"})
#: The largest event and signature that are read, in bytes.
_LARGEST = 1 << 20


@checked
class Carrying(Drafting):
    """Prepare here, sign there, land here: every verb can be split this way."""

    def hand_out(self, prepared: Prepared, to: str | os.PathLike[str]) -> tuple[Handout, ...]:
        """Write a prepared change out, to be signed elsewhere; one handout for each event.

        One event becomes the file *to*, with the content it brings in `to.content/`. Several
        become a folder, with a file for each. Nothing in the library changes.

        Raises:
            TakenError: there is something of that name already.
            DiskError: it cannot be written.
        """
        path, events = Path(to), prepared.statements
        for place in (path, Path(f"{path}.content")):
            if is_there(place):
                raise TakenError(str(place), "exists already", hint="name a new file")
        names = [path] if len(events) == 1 else [path / f"{one.event.item}.json" for one in events]
        content = _content(prepared.files)
        for inside, data in content.items():
            write_out(Path(f"{path}.content") / inside, data)
        return tuple(
            Handout(
                item=one.event.item,
                meaning=one.event.meaning,
                files=(str(write_out(name, one.data)),),
                content=f"{path}.content" if content else "",
                summary=prepared.summary,
            )
            for one, name in zip(events, names, strict=True)
        )

    def land(self, prepared: Prepared, *signatures: str) -> None:
        """Land a prepared change with armored signatures made elsewhere, in any order.

        Each statement needs its signer's; a change of people may bring those of further
        administrators. What is written follows from the signed bytes alone: content that is not
        the one that they name is refused, and nothing else of *prepared* is looked at.

        Raises:
            EventError: the bytes are no event, or the content is another one.
            SignatureError: a signature does not hold, or is missing.
            RefusedError: a rule forbids the change as things stand now.
        """
        self._land(carried.rebuilt(self.bench, prepared), signatures)

    def take_back(
        self, file: str | os.PathLike[str], *signatures: str | os.PathLike[str]
    ) -> Landed:
        """Land a change that was handed out, with the files of its signatures.

        Without *signatures* those beside it are taken: `FILE.sig`. Their order does not matter.

        Raises:
            NotFoundError: one of the files is not there.
            SignatureError: a signature does not hold, or is missing.
            RefusedError: a rule forbids the change as things stand now.
        """
        path = Path(file)
        files = sorted(path.glob("*.json")) if is_folder(path) else [path]
        if not files:
            raise InputError(f"{path} holds no prepared event", hint="make one with --prepare")
        total = self.bench.control.limits.revision_bytes
        brought = _read(Path(f"{path}.content"), total)
        given = {one.name: (read_file(one, limit=_LARGEST), brought) for one in files}
        prepared = carried.taken_up(self.bench, given)
        made = [Path(one) for one in signatures] or [Path(f"{one}.sig") for one in files]
        self._land(prepared, _texts(made))
        return self._landed(prepared)

    def _land(self, prepared: Prepared, signatures: Sequence[str]) -> None:
        holders = self.bench.world.authority.keys
        self.bench.desk.land(prepared, carried.in_order(prepared, signatures, holders))

    def _landed(self, prepared: Prepared) -> Landed:
        events = [one.event for one in prepared.statements]
        for event in events:
            if event.type in DRAFTS and event.item != CONTROL:
                self._follow(event.item)
            if event.type in _CLEARED and event.item != CONTROL:
                self._clear(event.item)
        kept = dict.fromkeys(event.item for event in events if event.type in KEPT)
        numbers = [event.item for event in events if event.item not in {ACCESS, *kept}]
        documents = tuple(self.status(number) for number in numbers)
        return Landed(summary=prepared.summary, documents=documents, records=tuple(kept))


def _content(files: Mapping[str, bytes | None]) -> Mapping[str, bytes]:
    return {
        path.partition("/content/")[2]: data for path, data in files.items() if data is not None
    }


def _read(folder: Path, total: int) -> Mapping[str, bytes]:
    """Return a content folder's files; attachments may lie as deep as the store lets them."""
    if not is_folder(folder):
        return {}
    attached = folder / FILES
    below = read_folder(attached, limit=total, total=total) if is_folder(attached) else {}
    own = [one for one in sorted(folder.iterdir()) if one.is_file()]
    return {
        **{f"{FILES}{name}": data for name, data in below.items()},
        **{one.name: read_file(one, limit=total) for one in own},
    }


def _texts(paths: Iterable[Path]) -> list[str]:
    return [read_file(one, limit=_LARGEST).decode("ascii", "replace") for one in paths]
