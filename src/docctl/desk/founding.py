"""Founding a library: the first statement, the first settings, one change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from docctl.desk.drafting import settings_content
from docctl.desk.intent import Moment, written
from docctl.errors import TakenError
from docctl.model import access
from docctl.model import lifecycle as life
from docctl.model.access import ACCESS
from docctl.model.base import Line, PersonId
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.event import Event
from docctl.rules.authority import FOUNDER_ROLES
from docctl.rules.meaning import meaning
from docctl.store.change import Store
from docctl.store.layout import FORMAT, STORE_FILE, SUMS, content_folder, event_path, signature_path
from docctl.trust.canonical import canonical, digest
from docctl.trust.signers import Signer


@dataclass(frozen=True, slots=True)
class Founder:
    """The person who founds a library: administrator, author and document controller."""

    id: PersonId
    name: Line
    function: Line | None = None

    def person(self) -> access.PersonNew:
        """Return the person as ACCESS takes him or her up, the key still open.

        Raises:
            ValidationError: the id, the name or the function has the wrong form.
        """
        held = (self.function,) if self.function else ()
        return access.PersonNew(id=self.id, name=self.name, roles=FOUNDER_ROLES, functions=held)


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
) -> None:
    """Make a library's store at *root* and land its founding change.

    Raises:
        TakenError: there is something at *root* already.
    """
    if root.exists() and any(root.iterdir()):
        raise TakenError(str(root), "is not empty", hint="name a folder that does not exist yet")
    person = founder.person()
    content = settings_content(settings, settings.limits)
    moment = Moment.of(founder.id, clock(), settings.time_zone, tool)
    first = _founded(person, settings, signer, moment, digest(content[SUMS]), salt)
    second = _established(moment, digest(written(first)), digest(content[SUMS]), founder)
    files: dict[str, bytes | None] = {
        STORE_FILE: canonical({"format": FORMAT, "object_format": object_format}),
        **{f"{content_folder(CONTROL, '1')}/{name}": data for name, data in content.items()},
    }
    for event in (first, second):
        path, data = event_path(event), written(event)
        files |= {path: data, signature_path(path): signer.sign(data).encode()}
    root.mkdir(parents=True, exist_ok=True)
    with Store.create(root / "store.git", object_format=object_format) as store:
        store.land(
            files,
            message=f"{settings.organization}: founded by {founder.id}\n",
            author=founder.id,
            when=moment.time,
            expected=None,
        )


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


def _established(moment: Moment, library: str, content: str, founder: Founder) -> Event:
    return life.Established(
        library=library,
        item=CONTROL,
        revision="1",
        meaning=meaning("established", item=CONTROL, revision="1"),
        content=content,
        seq=1,
        signer=founder.id,
        role="administrator",
        time=moment.time,
        date=moment.today,
        tool=moment.tool,
        data=life.VoteData(),
    )
