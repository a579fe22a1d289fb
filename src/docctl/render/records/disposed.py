"""What a certificate says: rules, records, holds, what went and where it was looked for."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from docctl.content.nodes import grid, lines, words
from docctl.content.tree import Block
from docctl.model.answers.evidence import DisposalCopy, DisposedItem, Seal
from docctl.model.records.retention import Limit, RetentionClass, Triggers
from docctl.render.records.seals import day, heading, moment, paragraph, seals

__all__ = ["RESULTS", "blocks", "bytes_of", "seal_of"]

#: Outcomes, as a certificate calls them.
RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "destroyed": "Destroyed",
        "transferred": "Transferred",
        "anonymised": "Made anonymous",
        "not_reached": "Let go, not reached everywhere",
        "kept": "Kept",
        "held": "Stays: held",
        "changed": "Stays: changed",
        "refused": "Stays: not carried out",
    }
)
_LOOKED_FOR = "Looked for after the destruction: nothing is there"
_MISSED = "Not reached"


def blocks(copy: DisposalCopy) -> Iterator[Block]:
    """Yield the text of a certificate, or of a disposal that is none yet."""
    yield heading("Rules that were followed")
    yield _classes(copy)
    yield heading("Records")
    yield _records(copy)
    yield heading("Holds")
    yield from _holds(copy)
    if copy.shown.receipts:
        yield heading("What receivers have")
        yield _receipts(copy)
    if any(one.removed for one in copy.items):
        yield heading("What was made anonymous")
        yield from _anonymous(copy)
    yield heading("What was destroyed" if _is_certified(copy) else "What would be destroyed")
    yield from _payloads(copy)
    yield from _originals(copy)
    if _is_certified(copy):
        yield heading("Copies")
        yield from _copies(copy)
        yield heading("What may still be named")
        yield from _residual(copy)
    yield heading("Signatures")
    if said := _two(copy):
        yield paragraph(said)
    yield seals(copy.signatures, keys=True)


def _two(copy: DisposalCopy) -> str:
    """Return the sentence that names the two persons whom a disposal takes."""
    first, second = seal_of(copy, "disposal_proposed"), seal_of(copy, "disposal_authorised")
    if not first or not second:
        return ""
    return (
        f"Proposed by {first.name} and authorised by {second.name}, two different persons. Each "
        "signature was verified when this page was made."
    )


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
                words(f"{bytes_of(one):,}"),
                words(_outcome(one)),
            )
            for one in copy.items
        ],
        alignments=("", "", "", "", "", "", "right"),
    )


def _outcome(one: DisposedItem) -> str:
    if one.outcome:
        detail = f" ({one.outcome.detail})" if one.outcome.detail else ""
        return f"{RESULTS[one.outcome.result]}{detail}"
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


def _anonymous(copy: DisposalCopy) -> Iterator[Block]:
    yield paragraph(
        "What remains lies in the vault under a key of its own. What it said before, with its key, "
        "its salt and every file beside it, is among what was destroyed."
    )
    rows = [
        (
            words(one.record),
            words(", ".join(one.removed)),
            words(one.remains.commitment if one.remains else ""),
        )
        for one in copy.items
        if one.removed
    ]
    yield grid(("Record", "No longer says", "Commitment of what remains"), rows)


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
        tuple(
            map(
                words,
                (one.record, f"{one.elsewhere.medium}; {one.elsewhere.location}", *_ended(one)),
            )
        )
        for one in copy.items
        if one.elsewhere and one.gone_on
    ]
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
    rows = [(words(one), words(_LOOKED_FOR)) for one in reached]
    rows += [(words(one), words(_MISSED)) for one in copy.not_reached]
    if reached:
        yield paragraph("Payload, salt and key were destroyed in each copy that is reached.")
    else:
        yield paragraph("Nothing was destroyed that lay in a vault that was reached.")
    if rows:
        yield grid(("Copy", "Found afterwards"), rows)
    if copy.not_reached:
        yield paragraph(
            "The key of every record that went is destroyed: what still lies in a copy of the "
            "vault cannot be opened."
        )
    else:
        yield paragraph("Copies that are known and were not reached: none were stated.")


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


def seal_of(copy: DisposalCopy, kind: str) -> Seal | None:
    """Return the signature under a statement of this kind, if there is one."""
    return next((one for one in copy.signatures if one.type == kind), None)


def bytes_of(item: DisposedItem) -> int:
    """Return how large everything is that was to go."""
    return sum(stub.size for stub in item.stubs)
