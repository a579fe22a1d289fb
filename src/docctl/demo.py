"""The example company: fourteen months of document control, played through `Library`."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from docctl.content.parse import parse
from docctl.content.structure.outline import outline
from docctl.desk.verbs.founding import Founder
from docctl.library import Library
from docctl.library.outward import write_out
from docctl.model.assignment import Assignments, Owner
from docctl.model.control import CONTROL, Function
from docctl.model.document import may_be_handed_out
from docctl.model.lifecycle import IN_FORCE
from docctl.trust.signers import KeyFile, generate_key

#: Where the texts lie in an installed package, and where in a checkout.
_PLACES = (
    Path(__file__).parent / "_pump_service",
    Path(__file__).parents[2] / "examples" / "pump-service",
)

Step = Mapping[str, Any]


def source() -> Path:
    """Return the folder with the example's texts and story."""
    return next(place for place in _PLACES if (place / "story.json").is_file())


@dataclass(slots=True)
class Clock:
    """A clock that the story sets."""

    present: datetime

    def __call__(self) -> datetime:
        """Return the time of the step that is being played."""
        return self.present


@dataclass(slots=True)
class Play:
    """The library while the story runs: who acts, what time it is, which comments were made."""

    library: Library
    folder: Path
    keys: Path
    company: Mapping[str, Any]
    clock: Clock
    comments: dict[tuple[str, str], int] = field(default_factory=dict)

    def step(self, step: Step) -> None:
        """Let one step of the story happen."""
        self.clock.present = datetime.fromisoformat(step["at"])
        acting = self.library.acting(KeyFile(self.keys / step["by"]))
        _STEPS[step["do"]](self, acting, step)

    def person(self, person: str) -> Mapping[str, Any]:
        """Return what the company says of a person."""
        return next(one for one in self.company["persons"] if one["id"] == person)


def play(path: Path, *, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Library:
    """Make the example company's library in a folder, with its exports, and return it open.

    Everybody's keys are made anew and lie in `keys/` of that folder: sample data, not secrets.

    Raises:
        TakenError: the folder is not empty.
    """
    folder = source()
    company = json.loads((folder / "company.json").read_text(encoding="utf-8"))
    story = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    clock = Clock(datetime.fromisoformat(company["founded"]["at"]))
    library = _founded(path, company, clock)
    playing = Play(library, folder, path / "keys", company, clock)
    steps = story["steps"]
    for done, step in enumerate(steps):
        progress(done, len(steps))
        playing.step(step)
    progress(len(steps), len(steps))
    clock.present = datetime.fromisoformat(f"{story['ends']}T16:00:00+01:00")
    return library


def _founded(path: Path, company: Mapping[str, Any], clock: Clock) -> Library:
    founder = next(one for one in company["persons"] if one["id"] == company["founded"]["by"])
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".docctl-", dir=path.parent) as folder:  # gone if init refuses
        keys = Path(folder) / "keys"
        for person in company["persons"]:
            generate_key(keys / person["id"], comment=f"{person['id']} (sample data)")
        library = Library.init(
            path,
            organization=company["organization"],
            founder=Founder(founder["id"], founder["name"], founder["functions"][0]["title"]),
            signer=KeyFile(keys / founder["id"]),
            time_zone=company["time_zone"],
            clock=clock,
        )
        keys.rename(path / "keys")
    library.note_key(path / "keys" / founder["id"])
    return library.acting(KeyFile(path / "keys" / founder["id"]))


def export(library: Library, to: Path) -> Iterator[Path]:
    """Write every document in force, CONTROL and the manual to a folder, as DOCX and Markdown."""
    for entry in library.register():
        card = library.show(entry.number)
        if entry.state in IN_FORCE and may_be_handed_out(card.controlled.document):
            for ending in (".docx", ".md"):
                if entry.type != "manual":
                    yield library.export(entry.number, to / f"{entry.number}{ending}")
                else:
                    yield library.manual(entry.number, to / f"{entry.number}{ending}")
    for ending in (".docx", ".md"):
        yield library.export(CONTROL, to / f"{CONTROL}{ending}")
    yield write_out(to / "allowed_signers", library.allowed_signers().encode())


def _new(playing: Play, library: Library, step: Step) -> None:
    text = library.read_file(
        playing.folder / "documents" / step["file"], document_type=step["type"]
    )
    library.new(
        text.document,
        text.body,
        attachments=text.attachments,
        number=step["document"],
        owner=Owner.parse(step["owner"]),
    )


def _save(playing: Play, library: Library, step: Step) -> None:
    number = step["document"]
    kind = library.show(number).controlled.document.type
    text = library.read_file(playing.folder / "documents" / step["file"], document_type=kind)
    whole = replace(text, document=text.document.but(number=number))
    library.save_text(number, whole)


def _revise(_: Play, library: Library, step: Step) -> None:
    library.revise(step["document"], reason=step["reason"], change=step["class"])


def _control(playing: Play, library: Library, step: Step) -> None:
    functions = tuple(Function(**one) for one in playing.company["functions"])
    settings = library.control().but(functions=functions, notice=step["notice"])
    library.control_change(settings, reason=step["reason"])


def _comment(playing: Play, library: Library, step: Step) -> None:
    number = step["document"]
    line = _line_of(library, number, step["place"])
    status = library.comment(number, step["text"], line=line)
    playing.comments[number, step["label"]] = status.comments[-1].comment


def _line_of(library: Library, number: str, heading: str) -> int | None:
    dossier = library.bench.get(number)
    tree, _ = parse(library.bench.text(number, dossier.newest.label).body)
    titles = [entry.title for entry in outline(tree)]
    lines = [block.line for block in tree.blocks if type(block).__name__ == "Heading"]
    return dict(zip(titles, lines, strict=True)).get(heading)


def _resolve(playing: Play, library: Library, step: Step) -> None:
    library.resolve(
        step["document"],
        playing.comments[step["document"], step["comment"]],
        disposition=step["disposition"],
        answer=step["answer"],
    )


def _release(_: Play, library: Library, step: Step) -> None:
    library.release(*step["documents"], effective_on=_day(step, "effective_on"))


def _postpone(_: Play, library: Library, step: Step) -> None:
    day = date.fromisoformat(step["effective_on"])
    library.postpone(step["document"], effective_on=day, reason=step["reason"])


def _withdraw(_: Play, library: Library, step: Step) -> None:
    library.withdraw(
        step["document"],
        reason=step["reason"],
        from_on=_day(step, "from_on"),
        replaced_by=step["replaced_by"],
    )


def _suspend(_: Play, library: Library, step: Step) -> None:
    library.suspend(step["document"], reason=step["reason"], instruction=step["instruction"])


def _periodic_review(_: Play, library: Library, step: Step) -> None:
    library.periodic_review(step["document"], outcome=step["outcome"], reason=step["reason"])


def _assign(_: Play, library: Library, step: Step) -> None:
    changes = Assignments.model_validate(step["set"])
    library.assign(step["document"], changes, reason=step["reason"])


def _person_add(playing: Play, library: Library, step: Step) -> None:
    person, today = playing.person(step["person"]), library.today()
    held = [
        one["title"]
        for one in person["functions"]
        if date.fromisoformat(one["from"])
        <= today
        <= date.fromisoformat(one.get("to", "9999-12-31"))
    ]
    library.person_add(
        person["id"],
        person["name"],
        key=KeyFile(playing.keys / person["id"]).public_key,
        roles=person["roles"],
        functions=held,
    )


def _person_accept(_: Play, library: Library, __: Step) -> None:
    library.person_accept()


def _person_left(_: Play, library: Library, step: Step) -> None:
    library.person_leave(step["person"], on=_day(step, "on"), reason=step["reason"])


def _day(step: Step, name: str) -> date | None:
    return date.fromisoformat(step[name]) if name in step else None


def _with_reason(verb: str) -> Callable[[Play, Library, Step], None]:
    def act(_: Play, library: Library, step: Step) -> None:
        getattr(library, verb)(step["document"], reason=step["reason"])

    return act


def _plain(verb: str) -> Callable[[Play, Library, Step], None]:
    def act(_: Play, library: Library, step: Step) -> None:
        getattr(library, verb)(step["document"])

    return act


_STEPS: Mapping[str, Callable[[Play, Library, Step], None]] = MappingProxyType(
    {
        "new": _new,
        "save": _save,
        "revise": _revise,
        "control": _control,
        "submit": _plain("submit"),
        "approve": _plain("approve"),
        "return": _with_reason("return_"),
        "cancel": _with_reason("cancel"),
        "reroute": _with_reason("reroute"),
        "resume": _with_reason("resume"),
        "comment": _comment,
        "resolve": _resolve,
        "release": _release,
        "postpone": _postpone,
        "withdraw": _withdraw,
        "suspend": _suspend,
        "periodic-review": _periodic_review,
        "assign": _assign,
        "person-add": _person_add,
        "person-accept": _person_accept,
        "person-left": _person_left,
    }
)
