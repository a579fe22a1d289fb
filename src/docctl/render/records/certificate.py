"""The certificate of destruction: what went, by which rule, on whose authority, what is left."""

from collections.abc import Iterator, Mapping

from docctl.content.nodes import grid, lines, words
from docctl.content.tree import Block, Document
from docctl.model.answers.evidence import DisposalCopy, DisposedItem, Seal
from docctl.model.records.retention import Limit, RetentionClass, Triggers
from docctl.render.cover import Cover
from docctl.render.front import Running
from docctl.render.records.seals import day, facts, heading, moment, office, paragraph, seals, size

__all__ = ["certificate"]

_TITLES: Mapping[str, str] = {
    "proposed": "Proposed disposal of records",
    "authorised": "Authorised disposal of records",
    "certified": "Certificate of destruction",
    "refused": "Disposal of records, given up",
}
_MARKS: Mapping[str, str] = {
    "proposed": "NOT CARRIED OUT",
    "authorised": "NOT CARRIED OUT",
    "certified": "",
    "refused": "GIVEN UP",
}
_NOTICES: Mapping[str, str] = {
    "proposed": "This is a proposal. Nobody has authorised it, and it was not carried out.",
    "authorised": "This disposal is authorised and was not carried out, or not to its end.",
    "certified": "",
    "refused": "This disposal was given up. Its records stay.",
}
_RESULTS: Mapping[str, str] = {
    "destroyed": "Destroyed",
    "transferred": "Transferred",
    "anonymised": "Made anonymous",
    "not_reached": "Let go; copies not reached",
    "kept": "Kept",
    "held": "Stays: held",
    "changed": "Stays: changed",
    "refused": "Stays: not carried out",
}


def certificate(copy: DisposalCopy) -> tuple[Document, Cover]:
    """Return the text of a certificate, and what stands around it."""
    return Document(tuple(_blocks(copy))), _cover(copy)


def _cover(copy: DisposalCopy) -> Cover:
    shown, mark = copy.shown, _MARKS[copy.shown.state]
    title = _TITLES[shown.state]
    certified = _seal(copy, "disposal_certified")
    return Cover(
        kind=f"Disposal {shown.disposal}",
        title=title,
        created=copy.signatures[-1].time,
        running=Running(
            organization=copy.organization,
            number=shown.disposal,
            title=title,
            revision=f"Schedule: {shown.schedule}",
            mark=mark,
            status=shown.state.capitalize(),
            effective=f"Certified {moment(certified.time)}" if certified else "",
            classification="",
        ),
        facts=facts(_facts(copy)),
        contents=False,
        language=copy.language,
        paper=copy.paper,
        notices=tuple(filter(None, (_NOTICES[shown.state], copy.notice))),
        warning=bool(mark),
        watermark=mark,
        properties=_properties(copy),
        authors=tuple(one.name for one in copy.signatures),
        version=str(len(copy.signatures)),
    )


def _facts(copy: DisposalCopy) -> Iterator[tuple[str, str]]:
    shown = copy.shown
    gone = [one for one in copy.items if one.outcome and one.outcome.result == "destroyed"]
    yield "Number", shown.disposal
    yield "Organisation", copy.organization
    yield "Status", f"{shown.state.capitalize()} (as of {copy.as_of})"
    yield "Schedule", shown.schedule
    yield "Records", str(len(copy.items))
    yield "Destroyed", f"{len(gone)} records, {size(sum(map(_bytes, gone)))}" if gone else "none"
    yield "Proposed by", _signed(_seal(copy, "disposal_proposed"))
    yield "Authorised by", _signed(_seal(copy, "disposal_authorised"))
    yield "Given up by", _signed(_seal(copy, "disposal_refused"))
    yield "Window", f"not before {shown.not_before}" if shown.not_before else ""
    yield "Executed by", _signed(_seal(copy, "disposal_certified"))
    yield "Method", copy.method
    yield "Reason", copy.reason
    yield "Written with", copy.signatures[-1].tool
    yield "Last event", f"SHA-256 {copy.signatures[-1].event}"


def _properties(copy: DisposalCopy) -> dict[str, str]:
    found = {
        "Disposal": copy.shown.disposal,
        "Organization": copy.organization,
        "Status": copy.shown.state,
        "StatusAsOf": copy.as_of,
        "Schedule": copy.shown.schedule,
        "LastEventSHA256": copy.signatures[-1].event,
    }
    return {name: str(said) for name, said in found.items()}


def _seal(copy: DisposalCopy, kind: str) -> Seal | None:
    return next((one for one in copy.signatures if one.type == kind), None)


def _signed(one: Seal | None) -> str:
    return f"{one.name}, {office(one)}, {moment(one.time)}" if one else ""


def _bytes(item: DisposedItem) -> int:
    return sum(stub.size for stub in item.stubs)


# --- the text ------------------------------------------------------------------------------------


def _blocks(copy: DisposalCopy) -> Iterator[Block]:
    yield heading("Rules that were followed")
    yield _classes(copy)
    yield heading("Records")
    yield _records(copy)
    yield heading("Holds")
    yield from _holds(copy)
    if copy.shown.receipts:
        yield heading("What receivers have")
        yield _receipts(copy)
    yield heading("What was destroyed" if _is_certified(copy) else "What would be destroyed")
    yield from _payloads(copy)
    yield from _originals(copy)
    if _is_certified(copy):
        yield heading("Copies")
        yield from _copies(copy)
        yield heading("What may still be named")
        yield from _residual(copy)
    yield heading("Signatures")
    yield seals(copy.signatures, keys=True)


def _is_certified(copy: DisposalCopy) -> bool:
    return copy.shown.state == "certified"


def _classes(copy: DisposalCopy) -> Block:
    head = ("Class", "Kept", "At least", "At most", "Then", "Authorised by", "Jurisdiction")
    return grid(
        head,
        [
            (
                lines((one.title, one.name)),
                words(_kept(one)),
                words(_limit(one.minimum)),
                words(_limit(one.maximum)),
                words(one.method if one.action == "destroy" else one.action),
                words(one.owner.name if one.owner else "another holder of the role records"),
                words(one.jurisdiction),
            )
            for one in copy.classes
        ],
    )


def _kept(one: RetentionClass) -> str:
    which = ""
    if isinstance(one.trigger, Triggers):
        which = "the earliest of " if one.trigger.earliest else "the latest of "
    trigger = ", ".join(name.replace("_", " ") for name in one.triggers)
    drawn = "" if one.rounding == "day" else f", to the end of the {one.rounding}"
    return f"{one.period} from {which}{trigger}{drawn}"


def _limit(limit: Limit | None) -> str:
    return f"{limit.period} ({limit.mandate})" if limit else ""


def _records(copy: DisposalCopy) -> Block:
    head = ("Record", "Form", "From – to", "Class", "Due since", "Because", "Size", "Outcome")
    return grid(
        head,
        [
            (
                words(one.record),
                lines((one.title, f"{one.form} revision {one.form_revision}")),
                lines((day(one.since), day(one.until))),
                words(one.retention),
                words(day(one.due_since)),
                words(one.because),
                words(f"{_bytes(one):,}"),
                words(_outcome(one)),
            )
            for one in copy.items
        ],
        alignments=("", "", "", "", "", "", "right"),
    )


def _outcome(one: DisposedItem) -> str:
    if one.outcome:
        detail = f" ({one.outcome.detail})" if one.outcome.detail else ""
        return f"{_RESULTS[one.outcome.result]}{detail}"
    if one.kept:
        return "To be kept: decided by who authorised it"
    return "Let go, not certified yet" if one.gone_on else "Not carried out"


def _holds(copy: DisposalCopy) -> Iterator[Block]:
    held = [one for one in copy.items if one.outcome and one.outcome.result == "held"]
    gone = [one for one in copy.items if one.gone_on]
    for one in held:
        detail = one.outcome.detail if one.outcome else ""
        yield paragraph(f"{one.record} stays: held by {detail}.")
    if gone:
        times = sorted(one.gone_on for one in gone if one.gone_on)
        first, last = moment(times[0]), moment(times[-1])
        when = f"on {first}" if first == last else f"between {first} and {last}"
        yield paragraph(
            f"Holds were looked at in the moment in which each record was let go, {when}: none "
            f"stood on the {len(gone)} that went."
        )
    elif not held:
        yield paragraph("Nothing was let go, so no hold was in question.")


def _receipts(copy: DisposalCopy) -> Block:
    head = ("Receiver", "Records", "Recorded on", "Package", "Receipt")
    return grid(
        head,
        [
            (
                words(one.receiver),
                words(", ".join(one.records)),
                words(day(one.on)),
                words(f"SHA-256 {one.package}"),
                words(f"SHA-256 {one.receipt}"),
            )
            for one in copy.shown.receipts
        ],
    )


def _payloads(copy: DisposalCopy) -> Iterator[Block]:
    stays = {"kept", "held", "changed", "refused"}
    going = [
        one
        for one in copy.items
        if not one.kept and not (one.outcome and one.outcome.result in stays)
    ]
    rows = [
        (words(one.record), words(f"{stub.size:,}"), words(stub.commitment))
        for one in going
        for stub in one.stubs
    ]
    if not rows:
        yield paragraph("Nothing.")
        return
    yield paragraph(
        "Each line is what a record said, or a file beside it. A commitment is SHA-256 over a "
        "random salt and the bytes; it stands in the history since they were entered."
    )
    yield grid(("Record", "Bytes", "Commitment"), rows, alignments=("", "right"))


def _originals(copy: DisposalCopy) -> Iterator[Block]:
    """Yield what became of originals on paper or in other systems, as somebody has stated it."""
    rows = [
        tuple(map(words, (one.record, f"{one.elsewhere.medium}; {one.elsewhere.location}",
                          *_ended(one))))
        for one in copy.items
        if one.elsewhere and one.gone_on
    ]  # fmt: skip
    if rows:
        yield heading("Originals that were kept elsewhere")
        yield paragraph("docctl cannot look at them: a person states what was done, and signs.")
        yield grid(("Record", "Was kept", "Destroyed on", "How", "By", "Stated by"), rows)


def _ended(one: DisposedItem) -> tuple[str, str, str, str]:
    if one.original is None:
        return "not stated yet", "", "", ""
    return day(one.original.on), one.original.method, one.original.by, one.stated_by


def _copies(copy: DisposalCopy) -> Iterator[Block]:
    reached = copy.shown.copies
    yield paragraph(
        "Payload, salt and key were looked for after the destruction and not found in: "
        f"{', '.join(reached)}."
        if reached
        else "There was nothing to be looked for: nothing was destroyed that lay in a vault."
    )
    left = ", ".join(copy.not_reached)
    yield paragraph(
        f"Copies that are known and were not reached: {left}."
        if left
        else "Copies that are known and were not reached: none were stated."
    )


def _residual(copy: DisposalCopy) -> Iterator[Block]:
    rows = [
        (words(one.record), words(name), words(said))
        for one in copy.items
        for name, said in sorted(one.residual.items())
    ]
    if rows:
        yield grid(("Record", "Identifier", "Value"), rows)
    else:
        yield paragraph("Nothing but numbers, dates and commitments.")
