"""`export`, `manual`, `outdated`, `allowed-signers`: files that leave the library."""

from datetime import date
from pathlib import Path

import click

from docctl.cli.cards import problem_lines
from docctl.cli.certificates import signing_pdf
from docctl.cli.commands.checking import FOUND
from docctl.cli.door import answer, library
from docctl.cli.options import FILE, TARGET, day, examples, number, reading
from docctl.cli.printing import folded, path_line
from docctl.render.paging.office import LibreOffice
from docctl.render.signing import PdfSigning

_to = click.option(
    "--to",
    type=TARGET,
    required=True,
    metavar="FILE|DIR",
    help="A file, whose ending names the format, or a folder.",
)
_template = click.option(
    "--template", type=FILE, metavar="FILE", help="A .docx of your own: its look for a DOCX copy."
)
_qr = click.option("--qr", is_flag=True, help="With a QR code: which copy, of which library.")
_paged = click.option(
    "--page-numbers",
    "paged",
    flag_value=LibreOffice(),
    type=click.UNPROCESSED,
    help="In the contents of a DOCX copy, as LibreOffice lays it out; needs LibreOffice.",
)
_as_of = day("--as-of", about="As it was at the end of a day; today if left out.")


@reading(
    epilog=examples(
        "docctl export PRO-001 --to PRO-001.docx",
        "docctl export PRO-001 --to copies/ --format markdown --as-of 2026-03-01",
        "docctl export PRO-001 --revision 2 --to for-review.docx",
        "docctl export PRO-001 --to PRO-001.docx --template acme.docx",
        "docctl export PRO-001 --to PRO-001.pdf --sign-pdf seal.p12",
        "docctl export CONTROL --to control.docx",
        "docctl export NC-2026-4 --to record.docx",
        "docctl export D-1 --to certificate.docx",
        "docctl export FRM-002 --blank --to to-fill-in.docx",
        'docctl export FRM-002 --blank --issue-to "Line 3" --copies 20 --to blanks/',
    )
)
@number
@_to
@click.option(
    "--format", "wanted", metavar="FORMAT", help="docx, markdown, html or pdf, for a folder."
)
@click.option("--revision", metavar="R", help="This revision; the one in force if left out.")
@click.option("--blank", is_flag=True, help="A form to be filled in, as DOCX.")
@click.option("--issue-to", metavar="WHO", help="With --blank: number it, and issue it to WHO.")
@click.option("--copies", type=click.IntRange(1), metavar="N", help="With --issue-to: how many.")
@click.option("--number", "issued", metavar="B-N", type=str.upper, help="A blank issued before.")
@_template
@signing_pdf
@click.option("--read-only", is_flag=True, help="Tell word processors so; it is no protection.")
@_qr
@_paged
@_as_of
def export(
    number: str,
    to: Path,
    *,
    wanted: str | None,
    revision: str | None,
    blank: bool,
    issue_to: str | None,
    copies: int | None,
    issued: str | None,
    template: Path | None,
    sign_pdf: PdfSigning | None,
    read_only: bool,
    qr: bool,
    paged: LibreOffice | None,
    as_of: date | None,
) -> None:
    """Write a controlled copy of NUMBER, with its approval block and history.

    Without --revision it is the revision in force, and where none is yet, the newest. Drafts,
    texts under review and what is no longer in force bear a mark that says so.

    NUMBER may be that of a record, with every correction and signature, or of a disposal: then it
    is the certificate of destruction. With --blank a form is written with a place for each field:
    'docctl record capture FORM --data FILE.docx' reads it back. With --issue-to it is a numbered
    blank: who has it is kept, and one record can be made of it. See 'docctl blank list'.

    The contents of a DOCX copy show no pages unless --page-numbers has them counted by LibreOffice.
    Word counts them anew when it updates the contents (F9).

    With --sign-pdf a PDF copy bears a signature for readers that check such (PAdES).
    """
    opened = library()
    if (issue_to or issued) and not blank:
        raise click.UsageError("only a blank is numbered: add --blank")
    if copies and not issue_to:
        raise click.UsageError("say who gets them: --issue-to WHO")
    if blank and sign_pdf:
        raise click.UsageError("a form to be filled in is DOCX, and only PDF is signed so")
    if blank and qr:
        raise click.UsageError("a form to be filled in is no copy, and bears no QR code")
    if issue_to:
        given = opened.blank_issue(number, to, issued_to=issue_to, copies=copies or 1)
        answer(given, [one.blank for one in given])
        return
    if blank:
        path = opened.export_blank(
            number, to, revision=revision, as_of=as_of, blank=issued, template=template
        )
    else:
        path = opened.export(
            number,
            to,
            format=wanted,
            revision=revision,
            as_of=as_of,
            template=template,
            sign_pdf=sign_pdf,
            read_only=read_only,
            qr=qr,
            paged=paged,
        )
    answer({"file": str(path)}, [path_line(path)])


@reading(
    epilog=examples(
        "docctl manual MAN-001 --to quality-manual.docx",
        "docctl manual MAN-001 --to quality-manual.docx --page-numbers",
    )
)
@number
@_to
@_template
@signing_pdf
@_qr
@_paged
@_as_of
def manual(
    number: str,
    to: Path,
    template: Path | None,
    sign_pdf: PdfSigning | None,
    paged: LibreOffice | None,
    as_of: date | None,
    *,
    qr: bool,
) -> None:
    """Compile the manual NUMBER with all its chapters.

    The chapters are the revisions in force on the day; an appendix names each with its digest.
    """
    path = library().manual(
        number, to, as_of=as_of, template=template, sign_pdf=sign_pdf, qr=qr, paged=paged
    )
    answer({"file": str(path)}, [path_line(path)])


@reading(epilog=examples("docctl outdated MAN-001 quality-manual.docx"))
@number
@click.argument("file", type=FILE)
@_as_of
@click.pass_context
def outdated(context: click.Context, number: str, file: Path, as_of: date | None) -> None:
    """Tell whether FILE, the manual NUMBER as it was compiled, still holds what is in force.

    It must be the very file that was written, too; that can be told while the library still answers
    the same about the day of its issue. Advice is about lists, an error about a document or the
    file. The exit code is 1 if there are errors.
    """
    problems = library().outdated(number, file, as_of=as_of)
    answer(problems, folded(problem_lines(problems)), nothing="nothing has changed")
    if any(one.severity == "error" for one in problems):
        context.exit(FOUND)


@reading(epilog=examples("docctl allowed-signers > allowed_signers"))
def allowed_signers() -> None:
    """Print everybody's keys as the file with which ssh-keygen checks signatures.

    Keys that have ended are among them: what they signed while they counted stays valid.
    """
    keys = library().allowed_signers()
    answer({"allowed_signers": keys}, keys.splitlines())
