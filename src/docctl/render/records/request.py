"""What was decided and done with a request about personal data, as a page."""

from collections.abc import Iterator

from docctl.content.nodes import grid, words
from docctl.content.tree import Block, Document
from docctl.model.answers.request import DecisionShown, RequestShown
from docctl.render.cover import Cover
from docctl.render.records.report import report_cover
from docctl.render.records.seals import heading

__all__ = ["request_report"]

_TITLE = "Request about personal data"
_NOTICE = (
    "This report lists what was decided of each item, why, and whether it is done. Whether that "
    "answers the request is for a person to judge. Copies handed out before are not reached."
)


def request_report(one: RequestShown, *, paper: str = "A4") -> tuple[Document, Cover]:
    """Return the text of the report on a request, and what stands around it."""
    return Document(tuple(_blocks(one))), _cover(one, paper)


def _cover(one: RequestShown, paper: str) -> Cover:
    pairs = (
        ("Request", one.request),
        ("Organisation", one.organization),
        ("Asks for", one.asks),
        ("Received on", one.received_on.isoformat()),
        ("To be answered by", one.due_on.isoformat() if one.due_on else ""),
        ("Opened", f"{one.opened_on} by {one.opened_by}"),
        ("Reason", one.reason),
        ("Answered", f"{one.answered_on} by {one.answered_by}" if one.answered_on else "not yet"),
        ("As of", one.as_of.isoformat()),
    )
    return report_cover(
        _TITLE,
        pairs,
        number=one.request,
        organization=one.organization,
        as_of=one.as_of,
        notice=_NOTICE,
        properties={"Request": one.request},
        paper=paper,
    )


def _blocks(one: RequestShown) -> Iterator[Block]:
    yield heading("Items")
    head = ("Item", "Decided", "Why", "By", "On", "Done, or to be done")
    yield grid(head, [tuple(words(text) for text in _row(item)) for item in one.items])


def _row(item: DecisionShown) -> tuple[str, ...]:
    basis = f" ({item.basis.replace('_', ' ')})" if item.basis else ""
    return (
        f"{item.kind} {item.item}",
        f"{item.verdict or 'not yet'}{basis}",
        item.why,
        item.decided_by,
        item.decided_on.isoformat() if item.decided_on else "",
        _outcome(item),
    )


def _outcome(item: DecisionShown) -> str:
    """Return what became of an item, or what is still to be done."""
    if item.waits_for:
        return "; ".join(filter(None, (f"to be done: {item.waits_for}", item.next_step)))
    return item.became or "nothing is to be done"
