"""What supports records as evidence, as a page: quality by quality, with what is missing."""

from collections.abc import Iterator

from docctl.content.nodes import grid, lines, words
from docctl.content.tree import Block, Document
from docctl.model.answers.alcoa import EvidenceReport, RecordQualities
from docctl.render.cover import Cover
from docctl.render.records.report import report_cover
from docctl.render.records.seals import heading, paragraph

__all__ = ["evidence_report"]

_TITLE = "Evidence report (ALCOA+)"
_NOTICE = (
    "This report lists what supports each quality and what is missing or late. Whether that is "
    "enough is for a person to judge."
)


def evidence_report(report: EvidenceReport) -> tuple[Document, Cover]:
    """Return the text of an evidence report, and what stands around it."""
    return Document(tuple(_blocks(report))), _cover(report)


def _cover(report: EvidenceReport) -> Cover:
    short = [one for one in report.records if one.missing]
    pairs = (
        ("Subject", report.question or "every record"),
        ("Organisation", report.organization),
        ("As of", report.as_of.isoformat()),
        ("Records", str(len(report.records))),
        ("With something missing or late", str(len(short))),
    )
    return report_cover(
        _TITLE,
        pairs,
        number="ALCOA+",
        organization=report.organization,
        as_of=report.as_of,
        notice=_NOTICE,
        properties={"Records": str(len(report.records))},
        paper=report.paper,
    )


def _blocks(report: EvidenceReport) -> Iterator[Block]:
    yield heading("Overview")
    if not report.records:
        yield paragraph("No record fits.")
        return
    yield grid(
        ("Record", "Form", "Status", "Captured on", "Missing or late"),
        [
            (
                words(one.record),
                words(f"{one.form} {one.form_revision}"),
                words(one.status),
                words(one.captured_on.isoformat()),
                words(_in_short(one)),
            )
            for one in report.records
        ],
    )
    for one in report.records:
        yield heading(f"{one.record}: {one.title}")
        yield grid(
            ("Quality", "What supports it", "Missing or late"),
            [
                (words(each.name.capitalize()), lines(each.evidence), lines(each.missing))
                for each in one.qualities
            ],
        )


def _in_short(one: RecordQualities) -> str:
    return ", ".join(each.name for each in one.qualities if each.missing) or "nothing"
