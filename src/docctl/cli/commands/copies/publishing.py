"""`publish`: everything in force as a site of static pages."""

from datetime import date
from pathlib import Path

import click

from docctl.cli.cards import problem_lines
from docctl.cli.door import answer, library
from docctl.cli.options import TARGET, day, examples, reading
from docctl.cli.printing import folded, path_line
from docctl.english import many


@reading(
    epilog=examples(
        "docctl publish site",
        "docctl publish site --as-of 2026-03-01",
        "docctl publish site --with docx --with pdf",
    )
)
@click.argument("folder", type=TARGET, metavar="DIR")
@day("--as-of", about="As it was at the end of a day; today if left out.")
@click.option(
    "--with",
    "formats",
    metavar="FORMAT",
    multiple=True,
    help="Copies to be had from each page: docx, markdown, html or pdf; several may be named."
    " DOCX if left out.",
)
@click.option("--without-copies", is_flag=True, help="The pages alone.")
@click.option(
    "--verified",
    metavar="HEAD",
    help="What an earlier 'docctl verify' printed last: only what came since is verified.",
)
def publish(
    folder: Path,
    as_of: date | None,
    formats: tuple[str, ...],
    without_copies: bool,
    verified: str | None,
) -> None:
    """Write everything in force to DIR, as a site of static pages.

    Its home is the register, which can be sorted, filtered and searched. Each document has a page
    with its control block, signatures and history, which prints as a controlled copy. The pages
    need no server and ask nothing of other hosts.

    DIR is new, empty, or holds a site of this library: then only what changed is written, and what
    is in force no more is taken away. Files that docctl did not write are left alone.

    The history is verified first, all of it for a new site and else what came since. Nothing is
    published by one with problems.
    """
    if without_copies and formats:
        raise click.UsageError("--with names copies, and --without-copies wants none")
    wanted = () if without_copies else formats or ("docx",)
    made = library().publish(folder, as_of=as_of, formats=wanted, verified=verified)
    home = path_line(Path(made.folder) / "index.html")
    done = {"written": made.written, "removed": made.removed}
    counts = ", ".join(f"{word}: {len(files)}" for word, files in done.items())
    found = many(made.documents, "document")
    lines = [
        f"{home}: {found} in force on {made.as_of}, {made.pages} with a page",
        f"files {counts}, unchanged: {made.unchanged}",
        *(problem_lines(made.problems) if made.problems else ()),
    ]
    answer(made, folded(lines))
