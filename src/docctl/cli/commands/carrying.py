"""`land`: changes that were prepared here and signed elsewhere."""

from pathlib import Path

import click

from docctl.cli.cards import status_lines
from docctl.cli.door import answer, library
from docctl.cli.options import FILE, examples, reading


@reading(
    epilog=examples(
        "docctl --key ws.pub approve PRO-001 --prepare approval.json",
        "ssh-keygen -Y sign -n docctl-event@v1 -f ws approval.json",
        "docctl land approval.json",
    )
)
@click.argument("file", type=FILE)
@click.argument("signatures", type=FILE, nargs=-1, metavar="[SIG]...")
def land(file: Path, signatures: tuple[Path, ...]) -> None:
    """Land a change that --prepare wrote to FILE, with its signatures.

    Without SIG the signature beside it is taken, FILE.sig. Where a change has several events FILE
    is the folder with all of them. A change that several administrators must sign takes a
    signature of each. Everything is judged anew, as things stand now.
    """
    landed = library().take_back(file, *signatures)
    lines = (line for one in landed.documents for line in status_lines(one))
    answer(landed, [f"landed: {landed.summary}", *lines, *landed.records])
