"""What stands around a report on records, whatever it reports."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from docctl.render.cover import Cover
from docctl.render.front import Running
from docctl.render.records.seals import facts

__all__ = ["report_cover"]


def report_cover(
    title: str,
    pairs: Iterable[tuple[str, str]],
    *,
    number: str,
    organization: str,
    as_of: date,
    notice: str,
    properties: Mapping[str, str],
    paper: str = "A4",
) -> Cover:
    """Return what stands around a report of a day; *pairs* are its facts with their labels."""
    return Cover(
        kind="Report",
        title=title,
        created=datetime.combine(as_of, time(), UTC),
        running=Running(
            organization=organization,
            number=number,
            title=title,
            revision=f"As of {as_of}",
            mark="",
            status="Report",
            effective="",
            classification="",
        ),
        facts=facts(pairs),
        contents=False,
        paper=paper,
        notices=(notice,),
        properties={"StatusAsOf": as_of.isoformat(), **properties},
    )
