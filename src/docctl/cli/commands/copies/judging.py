"""`verify-copy`: whether a file is a genuine copy, and whether what it says still holds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from docctl.cli.commands.checking import FOUND
from docctl.cli.door import answer, library
from docctl.cli.options import FILE, examples, reading
from docctl.cli.printing import folded, lined, path_line, progress
from docctl.english import many
from docctl.model.answers.verified import Alteration, VerifiedCopies, VerifiedCopy

_HEAD = ("File", "Verdict", "Number", "Revision", "Since", "Use instead")
#: How many alterations of each file of a folder are shown.
_SHOWN = 3


@reading(
    epilog=examples(
        "docctl verify-copy PRO-001.docx",
        "docctl verify-copy PRO-001.docx WI-003.pdf",
        "docctl verify-copy /mnt/shared",
        "docctl verify-copy PRO-001.docx --json",
    )
)
@click.argument("paths", type=FILE, nargs=-1, required=True, metavar="FILE|DIR...")
@click.option(
    "--template", type=FILE, metavar="FILE", help="The .docx on which DOCX copies were written."
)
@click.pass_context
def verify_copy(context: click.Context, paths: tuple[Path, ...], template: Path | None) -> None:
    """Tell whether FILE is a genuine copy, and whether what it says still holds.

    DOCX, HTML and Markdown are compared with what docctl writes for the revision and the day that
    they name: words, numbers, links and pictures, approvals and page heads; not looks. They may
    have other names, and may have been saved by another program. A PDF must be the very file that
    was written. Of DIR every file is looked at. The exit code is 1 unless every copy is genuine
    and in force.
    """
    opened = library()
    with progress("looking at copies") as report:
        each = [opened.verify_copy(one, template=template, progress=report) for one in paths]
    found = each[0] if len(each) == 1 else _together(paths, each)
    answer(found, _lines(found))
    if not found:
        context.exit(FOUND)


def _together(paths: Sequence[Path], each: Sequence[VerifiedCopies]) -> VerifiedCopies:
    """Return what was found at several places as one answer, each file named with its folder."""
    return VerifiedCopies(
        copies=tuple(
            copy.but(file=copy.file if copy.file == str(path) else str(path / copy.file))
            for path, one in zip(paths, each, strict=True)
            for copy in one.copies
        ),
        others=sum(one.others for one in each),
        links=sum(one.links for one in each),
        unopened=tuple(
            str(path / folder)
            for path, one in zip(paths, each, strict=True)
            for folder in one.unopened
        ),
    )


def _lines(found: VerifiedCopies) -> Iterator[str]:
    if len(found.copies) == 1 and not (found.others or found.links or found.unopened):
        return folded(_one(found.copies[0]))
    return _several(found)


def _one(copy: VerifiedCopy) -> Iterator[str]:
    yield f"{path_line(copy.file)}: {_verdict(copy)}"
    yield f"  {copy.sentence}"
    label = f" revision {copy.revision}" if copy.revision else ""
    if copy.number:
        day = f", as of {copy.as_of}" if copy.as_of else ""
        yield f"  it says that it is {copy.number}{label}{day}"
    if copy.instead:
        yield f"  use instead: {copy.instead}"
    yield from _alterations(copy, len(copy.alterations))


def _several(found: VerifiedCopies) -> Iterator[str]:
    yield from lined(_HEAD, map(_row, found.copies))
    for copy in found.copies:
        if not copy:
            yield f"{path_line(copy.file)}: {copy.sentence}"
            yield from _alterations(copy, _SHOWN)
    counted = Counter(map(_verdict, found.copies))
    parts = [f"{count} {verdict}" for verdict, count in sorted(counted.items())]
    yield f"{len(found.copies)} looked at: {', '.join(parts) or 'none'}"
    if found.others:
        yield f"{many(found.others, 'other file')} left out"
    if found.links:
        yield f"{many(found.links, 'link')} not followed"
    for folder in found.unopened:
        yield f"not opened: {path_line(folder)}"


def _row(copy: VerifiedCopy) -> tuple[str, ...]:
    since = copy.since.isoformat() if copy.since else ""
    return (
        path_line(copy.file),
        _verdict(copy),
        copy.number,
        copy.revision,
        since,
        copy.instead,
    )


def _verdict(copy: VerifiedCopy) -> str:
    return copy.verdict.replace("_", " ")


def _alterations(copy: VerifiedCopy, most: int) -> Iterator[str]:
    for one in copy.alterations[:most]:
        yield f"  {one.place}: {_change(one)}"
    left = len(copy.alterations[most:]) + copy.more
    if left:
        yield f"  and {left} more"


def _change(one: Alteration) -> str:
    if not one.expected:
        return f"put in: {one.found}"
    if not one.found:
        return f"taken out: {one.expected}"
    return f"{one.expected} \u2192 {one.found}"
