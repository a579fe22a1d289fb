"""The certificate of destruction: what went, by which rule, on whose authority, what is left."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from docctl.content.tree import Document
from docctl.model.answers.evidence import DisposalCopy, Seal
from docctl.render.cover import Cover
from docctl.render.front import Running
from docctl.render.records.disposed import RESULTS, blocks, bytes_of, seal_of
from docctl.render.records.seals import facts, moment, office, size

__all__ = ["certificate"]

_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "proposed": "Proposed disposal of records",
        "authorised": "Authorised disposal of records",
        "certified": "Certificate of disposal",
        "refused": "Disposal of records, given up",
    }
)
_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "proposed": "NOT CARRIED OUT",
        "authorised": "NOT CARRIED OUT",
        "certified": "",
        "refused": "GIVEN UP",
    }
)
_NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "proposed": "This is a proposal. Nobody has authorised it, and it was not carried out.",
        "authorised": "This disposal is authorised and was not carried out, or not to its end.",
        "certified": "",
        "refused": "This disposal was given up. Its records stay.",
    }
)


_WENT = frozenset({"destroyed", "transferred", "anonymised", "not_reached"})


def certificate(copy: DisposalCopy) -> tuple[Document, Cover]:
    """Return the text of a certificate, and what stands around it."""
    return Document(tuple(blocks(copy))), _cover(copy)


def _cover(copy: DisposalCopy) -> Cover:
    shown, mark = copy.shown, _MARKS[copy.shown.state]
    title = _title(copy)
    certified = seal_of(copy, "disposal_certified")
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
    yield "Number", shown.disposal
    yield "Organisation", copy.organization
    yield "Library", copy.library
    yield "Status", f"{shown.state.capitalize()} (as of {copy.as_of})"
    yield "Schedule", shown.schedule
    yield "Records", f"{len(copy.items)}, {size(sum(map(bytes_of, copy.items)))}"
    yield "Outcome", _summary(copy)
    yield "Proposed by", _signed(seal_of(copy, "disposal_proposed"))
    yield "Authorised by", _signed(seal_of(copy, "disposal_authorised"))
    yield "Given up by", _signed(seal_of(copy, "disposal_refused"))
    yield "Window", f"not before {shown.not_before}" if shown.not_before else ""
    yield "Executed by", _signed(seal_of(copy, "disposal_certified"))
    yield "Method", copy.method
    yield "Reason", copy.reason
    yield "Written with", copy.signatures[-1].tool
    yield "Last event", f"SHA-256 {copy.signatures[-1].event}"
    yield "History before", copy.head_before
    yield "History after", copy.head_after


def _title(copy: DisposalCopy) -> str:
    """Return what a page is called: where something was destroyed and nothing else became of it."""
    went = [one.action for one in copy.items if one.outcome and one.outcome.result in _WENT]
    if went and {*went} == {"destroy"}:
        return "Certificate of destruction"
    return _TITLES[copy.shown.state]


def _summary(copy: DisposalCopy) -> str:
    """Return how often each outcome is."""
    found = Counter[str](one.outcome.result for one in copy.items if one.outcome)
    words_of = ((name, found[name]) for name in RESULTS)
    return "; ".join(f"{RESULTS[name]}: {count}" for name, count in words_of if count)


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


def _signed(one: Seal | None) -> str:
    return f"{one.name}, {office(one)}, {moment(one.time)}" if one else ""
