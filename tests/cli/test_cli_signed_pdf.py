"""`export … --sign-pdf`: the key, its pass phrase, and what is refused before a file is there."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from certificates import certificate, new_key, p12, pem, pem_of
from company import Company

KEY = new_key()
NOW = datetime.now(UTC)
OWN = certificate(KEY, (NOW - timedelta(1), NOW + timedelta(1)), digital_signature=True)
PAST = certificate(KEY, (NOW - timedelta(2), NOW - timedelta(1)), digital_signature=True)
SIGNED = b"/ETSI.CAdES.detached"


@pytest.fixture
def number(company: Company) -> str:
    return company.effective()


def test_a_copy_is_signed_with_a_key_and_its_certificate(
    company: Company, number: str, tmp_path: Path
) -> None:
    seal, phrase = company.file("seal.p12", p12(KEY, OWN, "words")), company.file("p", "words\nx")
    keyed = ("--sign-pdf", company.file("key.pem", pem(KEY)))
    beside = ("--certificate", company.file("own.pem", pem_of(OWN)))

    for options in (("--sign-pdf", seal, "--passphrase-file", phrase), (*keyed, *beside)):
        path = tmp_path / "copy.pdf"
        company.done("export", number, "--to", path, *options)
        assert SIGNED in path.read_bytes()

    company.done("export", number, "--to", path)
    assert SIGNED not in path.read_bytes()


def test_what_cannot_be_signed_leaves_no_file(
    company: Company, number: str, tmp_path: Path
) -> None:
    path, seal = tmp_path / "copy.pdf", company.file("seal.p12", p12(KEY, OWN, "words"))
    empty, expired = company.file("none", ""), company.file("old.p12", p12(KEY, PAST))
    to = ("export", number, "--to", path)

    for said, options in (
        ("no terminal to ask", ("--sign-pdf", seal)),
        ("does not open", ("--sign-pdf", seal, "--passphrase-file", empty)),
        ("expired on", ("--sign-pdf", expired)),
        ("name the key that signs", ("--certificate", empty)),
        ("name the key that signs", ("--passphrase-file", empty)),
    ):
        assert said in company.refused(2, *to, *options)

    own = ("--sign-pdf", company.file("own.p12", p12(KEY, OWN)))
    assert "only a PDF copy" in company.refused(2, *to[:3], tmp_path / "copy.docx", *own)
    assert "only PDF is signed" in company.refused(2, *to, "--blank", *own)
    assert list(tmp_path.glob("copy.*")) == []


def test_a_copy_is_signed_from_within_a_running_loop(company: Company, number: str) -> None:
    """Applications that serve many at a time call from one."""
    seal, phrase = company.file("seal.p12", p12(KEY, OWN, "words")), company.file("p", "words\nx")
    path = company.place / "looped.pdf"

    async def serve() -> None:
        company.done(
            "export", number, "--to", path, "--sign-pdf", seal, "--passphrase-file", phrase
        )

    asyncio.run(serve())
    assert b"/ByteRange" in path.read_bytes()
