"""Door checks: what a client looks at once before it acts, and `verify` never again."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from docctl.content.faults import ADVICE, Fault
from docctl.content.frontmatter import FrontMatter
from docctl.content.lint import LintContext, ReferenceStanding, check
from docctl.content.lint.personal import personal_front
from docctl.content.lint.secrets import HOLDS_KEY, KEY_HINT, private_key_in
from docctl.content.parse import parse
from docctl.desk.checks.surroundings import Find, Surroundings
from docctl.desk.lists.answering import vacant_functions, vacant_owner
from docctl.desk.metadata.kinds import Types
from docctl.desk.metadata.written import Text
from docctl.errors import IncompleteError
from docctl.late import Late
from docctl.model.base import Number
from docctl.model.control import ControlSettings, DocumentType
from docctl.model.document import Document
from docctl.model.lifecycle import State
from docctl.model.problem import Problem
from docctl.render.picture import measured
from docctl.rules.asof import in_force, state_of
from docctl.rules.dossier import Dossier, Revision

if TYPE_CHECKING:
    from docctl.content.structure import references
else:
    references = Late("docctl.content.structure.references")

#: The codes that doors add to those of the text, where they know the whole document, and what each
#: means. A code is never used for something else later.
CODES: Mapping[str, str] = MappingProxyType(
    {
        "private-key": "the text or an attached file holds a private key",
        "vacant-owner": "the owner is a function that nobody holds, or a person who has left",
        "vacant-function": "the front matter names a function that nobody holds and the settings "
        "do not list",
        "not-published": "a browser might run a file that a text links to: a site goes without it",
        "altered-copy": "a compiled manual is not, byte for byte, what docctl writes for its issue",
        "outdated-input": "something that a compiled manual was made from is another one by now; "
        "advice where it is a list",
        "missing-metadata": "a field of the front matter that the type requires is empty",
        "unknown-type": "a document of a type that the settings no longer define",
        "unreadable": "the text or the front matter of the working copy cannot be read",
    }
)

#: Those of them that stop nothing: somebody may still be found.
ADVISED = frozenset({"vacant-owner", "vacant-function", "not-published"})


def referred(text: Text, types: Types) -> tuple[Number, ...]:
    """Return the numbers that a text and its metadata refer to, each once, in order."""
    document, _ = parse(text.body)
    numbers = [one.number for one in references.references(document)]
    return tuple(dict.fromkeys((*numbers, *types.named(text.document))))


def missing_fields(kind: DocumentType, document: Document, *, first: bool) -> tuple[str, ...]:
    """Return sentences for metadata that the type requires and the document leaves empty."""
    given = {**vars(document), **(document.model_extra or {})}
    faults = [f"'{name}' is empty" for name in kind.required if not given.get(name)]
    if not first and document.change is None:
        faults.append("'change' is empty: say reason, class and summary of the change")
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class Examined:
    """A text under examination, and the document and revision it belongs to."""

    text: Text
    dossier: Dossier
    revision: Revision
    front: Callable[[], FrontMatter]
    """Finds the front matter of the author's file with its lines, where a fault needs them."""

    @property
    def first(self) -> bool:
        """Whether it is the document's first revision."""
        return self.dossier.revisions[0].label == self.revision.label


class Look(Protocol):
    """Finds what is wrong with a text."""

    def __call__(
        self, text: str, context: LintContext, *, first_line: int = 1
    ) -> tuple[Fault, ...]:
        """Return what `content.lint.check` finds."""
        ...


def reading(text: str, context: LintContext, *, first_line: int = 1) -> tuple[Fault, ...]:
    """Find what is wrong with a text by reading it."""
    _, found = check(text, context, first_line=first_line)
    return found


def problems(
    examined: Examined, around: Surroundings, *, look: Look = reading
) -> tuple[Problem, ...]:
    """Return everything that is wrong with a text, as its author should see it."""
    text, number = examined.text, examined.dossier.number
    named = around.types.named(text.document)
    context = LintContext(
        number=number,
        recommended=around.types.kind(text.document.type).sections,
        functions=around.functions,
        roles=around.roles,
        references=around.standings,
        sections=around.places,
        attachments=frozenset(text.attachments),
        unshown=frozenset(name for name, data in text.attachments.items() if not measured(data)),
    )
    found = look(text.body, context)
    if any(one.line for one in found):  # most texts have no such fault, and finding the line costs
        found = look(text.body, context, first_line=examined.front().body_line)
    front = personal_front(said_in_front(text.document))
    return (
        *_metadata(examined, around.types, named, around.standings),
        *_secrets(examined),
        *vacant_owner(examined.dossier, around.authority, around.held),
        *vacant_functions(number, text.document, around.answered, examined.front),
        *(_problem(one, number, around.types.control) for one in (*front, *found)),
    )


def said_in_front(document: Document) -> Mapping[str, str]:
    """Return what people have written into front matter, by the names of the fields."""
    change = document.change
    why = {"reason": change.reason, "summary": change.summary} if change else {}
    return {"title": document.title, **why}


def _secrets(examined: Examined) -> Iterator[Problem]:
    """Yield a problem for each file of a text that holds a private key."""
    text, number = examined.text, examined.dossier.number
    hint = f"{KEY_HINT}; replace the key wherever it is used: it may have been seen"
    if at := private_key_in(text.body.encode(errors="replace")):
        place = f"{number}:{examined.front().body_line + at - 1}"
        sentence = f"the text {HOLDS_KEY}"
        yield Problem(code="private-key", place=place, sentence=sentence, hint=hint)
    for name, data in text.attachments.items():
        if private_key_in(data):
            sentence = f"the attached file '{name}' {HOLDS_KEY}"
            yield Problem(code="private-key", place=number, sentence=sentence, hint=hint)


def unknown_type(dossier: Dossier) -> Problem:
    """Return what is wrong with a document whose type CONTROL no longer defines."""
    return Problem(
        code="unknown-type",
        place=dossier.number,
        sentence=f"the settings define no document type {dossier.document_type!r}",
        hint="bring the type back with 'docctl control change', or withdraw the document",
    )


def _metadata(
    examined: Examined,
    types: Types,
    named: Iterable[Number],
    standings: Mapping[str, ReferenceStanding],
) -> Iterator[Problem]:
    document, number = examined.text.document, examined.dossier.number
    for sentence in missing_fields(types.kind(document.type), document, first=examined.first):
        hint = "fill it in the front matter"
        yield Problem(code="missing-metadata", place=number, sentence=sentence, hint=hint)
    for one in named:
        if one != number and (standing := _NAMED.get(standings[one])):
            code, sentence, hint = standing
            said = f"the front matter names {one}, which {sentence}"
            yield Problem(code=code, place=number, sentence=said, hint=hint)


#: What is wrong with a document that front matter names: code, the end of a sentence, a hint.
_NAMED: Mapping[ReferenceStanding, tuple[str, str, str]] = MappingProxyType(
    {
        "missing": ("missing-document", "does not exist", "create it first, or correct the number"),
        "withdrawn": (
            "withdrawn-document",
            "has been withdrawn",
            "name what replaces it, or take the number out",
        ),
    }
)


def _problem(fault: Fault, number: str, control: ControlSettings) -> Problem:
    expected = control.checks == "refuse" and fault.code in EXPECTED
    return Problem(
        code=fault.code,
        place=f"{number}:{fault.line}" if fault.line else number,
        sentence=fault.sentence,
        hint=fault.hint,
        severity="advice" if fault.code in ADVICE and not expected else "error",
    )


#: What stops a submission in every library: the approved text would not say what it seems to.
STOPPING = frozenset(
    {
        "missing-metadata",
        "missing-document",
        "withdrawn-document",
        "bad-reference",
        "bidi-character",
        "private-key",
    }
)

#: Advice that is an error where CONTROL lets the checks refuse.
EXPECTED = frozenset({"missing-section", "empty-section"})


def stops(problem: Problem, control: ControlSettings) -> bool:
    """Tell whether a problem stops a submission under these settings."""
    if control.checks == "refuse":
        return problem.severity == "error"
    return problem.code in STOPPING


def require_ready(item: str, found: Iterable[Problem], control: ControlSettings) -> None:
    """Refuse a submission with problems that stop it.

    Raises:
        IncompleteError: it names every one of them.
    """
    faults = [f"{one.place}: {one.sentence}" for one in found if stops(one, control)]
    if faults:
        raise IncompleteError(item, faults, hint=f"see them with hints: docctl check {item}")


def not_in_force(
    item: str, numbers: Iterable[Number], find: Find, *, on: date, together: Collection[Number]
) -> Iterator[str]:
    """Yield a sentence for each document that is not in force on the day of a release.

    *numbers* are those that *item* refers to. Documents of the same change count for each other.
    """
    for number in numbers:
        dossier = find(number)
        if number == item or number in together or dossier is None:
            continue
        if in_force(dossier, on) is None:
            newest = state_of(dossier, dossier.newest, on)
            state = State.WITHDRAWN if dossier.withdrawn_on else newest
            yield f"{number} is {state.value.replace('_', ' ')} on {on}"
