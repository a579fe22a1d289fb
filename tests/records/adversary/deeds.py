"""What people do, and the first door to it: a call of a method of the library."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from adversary.base import classes
from adversary.site import Site
from docctl import Library
from docctl.desk.recording.made import Circumstances
from docctl.errors import DocctlError
from docctl.model.control import CONTROL
from docctl.model.records.record import Elsewhere
from docctl.model.records.request import Decision, SubjectItem

PAPER = {"medium": "paper", "location": "Cellar", "custodian": "Archivist"}


class Refused(Exception):  # noqa: N818 - it is no error: it is what a door says
    """What was tried was not done."""


class Deed(NamedTuple):
    """Somebody does something."""

    verb: str
    person: str
    said: Mapping[str, Any]


class Door(Protocol):
    """A way into the product."""

    name: str

    def do(self, site: Site, deed: Deed) -> Any:
        """Do it, and return what the product answers: a number, or what a proposal lists.

        Raises:
            Refused: it was not done.
        """
        ...


# --- the library --------------------------------------------------------------------------------


def _capture(on: Library, form: str, fields: Any, day: Any, file: bytes) -> str:
    files = {"photo.txt": file} if file else {}
    told = Circumstances(on=day, late_reason="post")
    made = on.record_capture(form, fields, attachments=files, circumstances=told)
    return made.entry.record


def _register(on: Library, form: str, fields: Any, day: Any) -> str:
    told = Circumstances(on=day, late_reason="post")
    return on.record_register(form, Elsewhere(**PAPER), fields, circumstances=told).entry.record


def _propose(on: Library, records: Any) -> tuple[str, tuple[str, ...]]:
    made = on.retention_propose(*records)
    return made.disposal, made.records


def _ask(on: Library, record: str) -> str:
    return on.subject_open(record, asks="erasure", reason="A letter").request


def _decide(on: Library, request: str, record: str) -> None:
    about = SubjectItem(kind="record", item=record)
    on.subject_decide(request, Decision(subject=about, verdict="erase", why="No duty to keep it"))


def _receive(on: Library, disposal: str) -> None:
    place = on.root.parent
    package, receipt = place / f"{disposal}.zip", place / "receipt.txt"
    receipt.write_text("We have it.")
    on.retention_package(disposal, package)
    on.retention_receive(disposal, package=package, receipt=receipt, receiver="City archive")


BY_LIBRARY: Mapping[str, Callable[..., Any]] = {
    "capture": _capture,
    "register": _register,
    "add": lambda on, record: on.record_add(record, "analysed", {"cause": "Wear"}),
    "sign": lambda on, record: on.record_sign(record, meaning="verified"),
    "amend": lambda on, record, fields: on.record_amend(record, fields, reason="A slip"),
    "close": lambda on, record, day: on.record_close(record, on=day),
    "reopen": lambda on, record: on.record_reopen(record, reason="More"),
    "fact": lambda on, record, day: on.record_fact(
        record, fact="contract_ended", on=day, reason="A letter"
    ),
    "move": lambda on, record, place: on.record_move(record, location=place, reason="Full"),
    "burn": lambda on, record: on.record_destroyed(record, method="fire", by="Archivist"),
    "review": lambda on, record, until: on.retention_review(
        record, reason="Seen", until=until, then=None if until else "destroy"
    ),
    "hold": lambda on, records, documents, where: (
        on.hold_place(
            matter="M", reason="R", records=records, documents=documents, where=where
        ).hold
    ),
    "extend": lambda on, hold, records: on.hold_extend(hold, reason="R", records=records),
    "lift": lambda on, hold: on.hold_lift(hold, reason="Settled"),
    "propose": _propose,
    "authorise": lambda on, disposal, keep: on.retention_authorise(
        disposal, keep=keep, reason="Some stay" if keep else ""
    ),
    "refuse": lambda on, disposal: on.retention_refuse(disposal, reason="In use"),
    "receive": _receive,
    "run": lambda on, disposal: on.retention_run(disposal, leave_waiting=True),
    "sweep": lambda on: on.vault_sweep(unknown=True),
    "ask": _ask,
    "decide": _decide,
    "answer": lambda on, request: on.subject_answer(request),
}


class ByLibrary:
    """One call of one method."""

    name = "library"

    def do(self, site: Site, deed: Deed) -> Any:
        try:
            if deed.verb == "reschedule":
                return reschedule(site, deed.said["schedule"])
            return BY_LIBRARY[deed.verb](site.by(deed.person), **deed.said)
        except DocctlError as error:
            raise Refused(type(error).__name__) from error


def reschedule(site: Site, schedule: Mapping[str, Any]) -> None:
    """The schedule becomes another one, approved by those who have to."""
    ada = site.by("ada")
    ada.control_change(ada.control().but(retention=classes(schedule)), reason="Another one")
    ada.submit(CONTROL)
    for person in ("kim", "rob"):
        site.by(person).approve(CONTROL)
    ada.release(CONTROL)
