"""`diff`: what changed between two revisions."""

from pathlib import Path

import click

from docctl.cli.cards import difference_lines, passage_lines
from docctl.cli.door import answer, library
from docctl.cli.options import TARGET, examples, number_of, reading
from docctl.cli.printing import folded, path_line, tell
from docctl.errors import FrontMatterError
from docctl.library import Library


@reading(
    epilog=examples(
        "docctl diff PRO-001",
        "docctl diff PRO-001 1 3 --words",
        "docctl diff PRO-001 --to changes.docx",
        "docctl diff PRO-001 1 2 --to changes.html",
    )
)
@click.argument("number", type=number_of)
@click.argument("before", metavar="[A]", required=False)
@click.argument("after", metavar="[B]", required=False)
@click.option("--words", is_flag=True, help="Word by word, section by section.")
@click.option(
    "--to",
    type=TARGET,
    metavar="FILE|DIR",
    help="Write it as a redline: .docx with tracked changes, .html or .md.",
)
@click.option("--format", "wanted", metavar="FORMAT", help="docx, html or markdown, for a folder.")
def diff(
    number: str,
    before: str | None,
    after: str | None,
    words: bool,
    to: Path | None,
    wanted: str | None,
) -> None:
    """Show what changed in NUMBER between revisions A and B.

    Without B it is the newest revision, without A the one before. With --words deleted words stand
    in [-...-] and inserted ones in {+...+}.

    With --to the text is written with its changes marked in it: accepting them all gives B,
    rejecting them all gives A. A notice of the changes stands at its head;
    in pages and Markdown its list stands behind the text.
    """
    opened = library()
    found = opened.diff(number, before, after, to=to, format=wanted)
    if after is None and _unsaved(opened, number):
        tell(f"not among it: what was changed and not saved; save it: docctl save {number}")
    if found.file:
        count = len(found.passages) + len(found.facts) + len(found.attachments)
        differ = "place differs" if count == 1 else "places differ"
        tell(f"{count} {differ} between revisions {found.before} and {found.after}")
        answer(found, [path_line(found.file)])
    else:
        answer(found, folded(passage_lines(found)) if words else difference_lines(found))


def _unsaved(opened: Library, number: str) -> bool:
    try:
        return opened.unsaved(number)
    except FrontMatterError:  # nothing of this kind was ever saved
        return True
