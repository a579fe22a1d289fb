"""Changes on their way to a signature made elsewhere: what lands follows from the signed bytes.

```
FILE              the exact bytes of one event
FILE.content/     what it brings with it: meta.json, body.md, files/…, SHA256SUMS
DIR/PRO-001.json  where a change has several events, one file for each, named after its item
```
"""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from docctl.desk.bench import Bench
from docctl.desk.metadata.stored import from_meta_json
from docctl.desk.metadata.written import Text, read_text
from docctl.desk.signing.landing import StatementSignatures
from docctl.desk.signing.prepared import Prepared, Statement
from docctl.desk.verbs.drafting import content_of, settings_content
from docctl.errors import EventError, SignatureError
from docctl.model.base import PersonId
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.event import Event
from docctl.model.events import EVENT
from docctl.model.lifecycle import DRAFTS, VOTES, Created
from docctl.model.wellformed import sentences, well_formed
from docctl.rules.dossier import Dossier
from docctl.store.layout import BODY, FILES, META, SETTINGS, content_folder, event_path
from docctl.store.reading.contents import content_digest
from docctl.trust.canonical import parse_canonical
from docctl.trust.sshsig import verify

Carried = Mapping[str, tuple[bytes, Mapping[str, bytes]]]
"""By the name of the file: the bytes of an event, and the content it brings."""


def taken_up(bench: Bench, files: Carried) -> Prepared:
    """Return the change that these bytes are; the newest head is what it will be judged on.

    Raises:
        EventError: bytes that are not an event, or content that is not the one it names.
    """
    base = bench.head
    statements: list[Statement] = []
    content: dict[str, bytes | None] = {}
    for name, (data, brought) in files.items():
        event = read_event(data, name)
        statements.append(Statement(event, _path(bench, event), data))
        if event.type in DRAFTS:
            rebuilt = _content(bench, event, brought)
            content.update(bench.desk.content_files(event, rebuilt, base))
    return Prepared(tuple(statements), content, base)


def rebuilt(bench: Bench, prepared: Prepared) -> Prepared:
    """Return a prepared change made again from its signed bytes: nothing else in it is trusted.

    Raises:
        EventError: bytes that are not an event, or content that is not the one it names.
    """
    given: dict[str, tuple[bytes, Mapping[str, bytes]]] = {}
    for number, one in enumerate(prepared.statements, start=1):
        name = f"statement {number}"
        event = read_event(one.data, name)
        folder = f"{content_folder(event.item, event.revision or '')}/"
        given[name] = (
            one.data,
            {
                path.removeprefix(folder): data
                for path, data in prepared.files.items()
                if path.startswith(folder) and data is not None
            },
        )
    return taken_up(bench, given)


def read_event(data: bytes, source: str) -> Event:
    """Return the event that canonical bytes are.

    Raises:
        EventError: they are not canonical, or not an event.
    """
    try:
        parse_canonical(data)
        return EVENT.validate_json(data)
    except ValidationError as error:
        raise EventError(source, "; ".join(sentences(error)), hint=_HINT) from error
    except EventError as error:
        raise EventError(source, "these are not the bytes of an event", hint=_HINT) from error


_HINT = "give the file exactly as --prepare wrote it"


def _path(bench: Bench, event: Event) -> str:
    dossier = bench.find(event.item) if event.type in VOTES else None
    return event_path(event, answers=_answered(dossier, event) if dossier else None)


def _answered(dossier: Dossier, event: Event) -> int | None:
    answered = (one.event.seq for one in dossier.events if one.digest == event.prev)
    return next(answered, None)


def _content(bench: Bench, event: Event, brought: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the content as docctl itself would store it, if that is what the event names."""
    wanted = SETTINGS if event.item == CONTROL else META
    if wanted not in brought:
        raise EventError(
            event.item,
            "the content that the event names is not there",
            hint="keep the folder that --prepare made beside the file",
        )
    with well_formed():
        rebuilt = _rebuilt(bench, event, brought)
    if content_digest(rebuilt) != event.content:
        raise EventError(
            event.item, "the content beside it is not the one that the event names", hint=_HINT
        )
    return rebuilt


def _rebuilt(bench: Bench, event: Event, brought: Mapping[str, bytes]) -> Mapping[str, bytes]:
    limits = bench.control.limits
    if event.item == CONTROL:
        settings = ControlSettings.model_validate_json(brought[SETTINGS])
        return settings_content(settings)
    document = from_meta_json(brought[META], bench.types.classes)
    if isinstance(event, Created):
        kind = event.data.document_type
    else:
        kind = bench.get(event.item).document_type
    if (document.number, document.type) != (event.item, kind):
        raise EventError(event.item, f"its metadata are those of {document.number} ({kind})")
    attachments = {
        name.removeprefix(FILES): data for name, data in brought.items() if name.startswith(FILES)
    }
    return content_of(Text(document, read_text(brought.get(BODY, b""), BODY), attachments), limits)


def in_order(
    prepared: Prepared, signatures: Sequence[str], holders: Mapping[str, PersonId]
) -> tuple[StatementSignatures, ...]:
    """Return the armored signatures of each statement, its signer's first.

    *holders* are the persons by the fingerprints of their keys. The order in which signatures
    are given does not matter.

    Raises:
        SignatureError: one fits no statement, or a statement has none.
    """
    sorted_out: list[list[str]] = [[] for _ in prepared.statements]
    for armored in signatures:
        index, fingerprint = _fits(prepared, armored)
        signer = prepared.statements[index].event.signer
        first = holders.get(fingerprint) == signer
        sorted_out[index].insert(0 if first else len(sorted_out[index]), armored)
    for statement, given in zip(prepared.statements, sorted_out, strict=True):
        if not given:
            raise SignatureError(
                f"nobody has signed the event of {statement.event.item}",
                hint="give a signature for each file",
            )
    return tuple(StatementSignatures(tuple(given)) for given in sorted_out)


def _fits(prepared: Prepared, armored: str) -> tuple[int, str]:
    refused = SignatureError("it is for nothing that is to land")
    for index, statement in enumerate(prepared.statements):
        try:
            return index, verify(statement.data, armored).key.fingerprint
        except SignatureError as error:
            refused = error
    raise refused
