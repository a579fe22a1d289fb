"""Keys with certificates, as they are named on the command line: to sign PDF copies with."""

import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial, reduce, wraps
from pathlib import Path
from typing import Any

import click

from docctl.cli.options import FILE
from docctl.errors import PassphraseError
from docctl.render.signing import PdfSigning
from docctl.store.files import read_file

_LARGEST = 1 << 20

_OPTIONS = (
    click.option(
        "--sign-pdf", type=FILE, metavar="KEY", help="Sign a PDF copy: a .p12 file, or a PEM key."
    ),
    click.option(
        "--certificate", type=FILE, metavar="FILE", help="The certificate of a PEM key, in PEM."
    ),
    click.option(
        "--passphrase-file",
        type=FILE,
        metavar="FILE",
        help="Its first line opens the key; asked for if left out.",
    ),
)


def signing_pdf(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a key; it gets `sign_pdf`, how to sign, or nothing."""

    @wraps(function)
    def named(
        *given: Any,
        sign_pdf: Path | None,
        certificate: Path | None,
        passphrase_file: Path | None,
        **options: Any,
    ) -> Any:
        if sign_pdf is None and (certificate or passphrase_file):
            raise click.UsageError("name the key that signs: --sign-pdf KEY")
        how = _signing(sign_pdf, certificate, passphrase_file) if sign_pdf else None
        return function(*given, sign_pdf=how, **options)

    return reduce(lambda made, option: option(made), reversed(_OPTIONS), named)


def _signing(key: Path, certificate: Path | None, passphrase: Path | None) -> PdfSigning:
    _warn_of(key)
    return PdfSigning.of(
        read_file(key, limit=_LARGEST),
        read_file(certificate, limit=_LARGEST) if certificate else b"",
        passphrase=partial(_first_line, passphrase) if passphrase else partial(_asked, key),
    )


def _warn_of(key: Path) -> None:
    """Say so where other users of the computer can read a key."""
    with suppress(OSError):  # told where it is read
        if stat.S_IMODE(key.stat().st_mode) & stat.S_IROTH:
            click.echo(f"warning: everybody on this computer can read {key}: chmod 600", err=True)


def _first_line(path: Path) -> str:
    lines = read_file(path, limit=_LARGEST).decode("utf-8", "replace").splitlines()
    return lines[0] if lines else ""


def _asked(key: Path) -> str:
    if not sys.stdin.isatty():
        raise PassphraseError(
            f"the key {key} is protected by a pass phrase, with no terminal to ask for it",
            hint="let a file hold it: --passphrase-file FILE",
        )
    return str(click.prompt(f"Pass phrase of the key {key}", hide_input=True, err=True))
