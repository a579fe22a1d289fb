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


def kept(company: Company, name: str, data: bytes | str) -> str:
    """Return the path of a file that its owner alone can read."""
    path = Path(company.file(name, data))
    path.chmod(0o600)
    return str(path)


@pytest.fixture
def number(company: Company) -> str:
    return company.effective()


def test_a_copy_is_signed_with_a_key_and_its_certificate(
    company: Company, number: str, tmp_path: Path
) -> None:
    seal, phrase = kept(company, "seal.p12", p12(KEY, OWN, "words")), kept(company, "p", "words\nx")
    keyed = ("--sign-pdf", kept(company, "key.pem", pem(KEY)))
    beside = ("--certificate", kept(company, "own.pem", pem_of(OWN)))

    for options in (("--sign-pdf", seal, "--passphrase-file", phrase), (*keyed, *beside)):
        path = tmp_path / "copy.pdf"
        company.done("export", number, "--to", path, *options)
        assert SIGNED in path.read_bytes()

    company.done("export", number, "--to", path)
    assert SIGNED not in path.read_bytes()


def test_what_cannot_be_signed_leaves_no_file(
    company: Company, number: str, tmp_path: Path
) -> None:
    path, seal = tmp_path / "copy.pdf", kept(company, "seal.p12", p12(KEY, OWN, "words"))
    empty, expired = kept(company, "none", ""), kept(company, "old.p12", p12(KEY, PAST))
    to = ("export", number, "--to", path)

    for said, options in (
        ("no terminal to ask", ("--sign-pdf", seal)),
        ("does not open", ("--sign-pdf", seal, "--passphrase-file", empty)),
        ("expired on", ("--sign-pdf", expired)),
        ("name the key that signs", ("--certificate", empty)),
        ("name the key that signs", ("--passphrase-file", empty)),
    ):
        assert said in company.refused(2, *to, *options)

    own = ("--sign-pdf", kept(company, "own.p12", p12(KEY, OWN)))
    assert "only a PDF copy" in company.refused(2, *to[:3], tmp_path / "copy.docx", *own)
    assert "only PDF is signed" in company.refused(2, *to, "--blank", *own)
    assert list(tmp_path.glob("copy.*")) == []


def test_a_key_that_everybody_can_read_is_warned_of(company: Company, number: str) -> None:
    seal = kept(company, "seal.p12", p12(KEY, OWN))
    to = ("export", number, "--to", company.place / "copy.pdf", "--sign-pdf", seal)
    assert company.run(*to).stderr == ""

    Path(seal).chmod(0o644)
    result = company.run(*to)

    assert result.exit_code == 0
    assert f"everybody on this computer can read {seal}" in result.stderr


@pytest.mark.parametrize("odd", ["folder", "nothing", "link"])
def test_a_key_that_is_no_plain_file_is_told(
    company: Company, number: str, tmp_path: Path, odd: str
) -> None:
    key, path = tmp_path / "key", tmp_path / "copy.pdf"
    if odd == "folder":
        key.mkdir()
    elif odd == "link":
        key.symlink_to("/dev/zero")

    result = company.run("export", number, "--to", path, "--sign-pdf", key)

    assert result.exit_code in {2, 4}
    assert "key" in result.stderr
    assert "Traceback" not in result.stderr
    assert not path.exists()


def test_a_copy_takes_the_place_of_a_link_and_not_of_what_it_leads_to(
    company: Company, number: str, tmp_path: Path
) -> None:
    seal = kept(company, "seal.p12", p12(KEY, OWN))
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "copy.pdf").symlink_to(tmp_path / "mine.txt")

    company.done("export", number, "--to", tmp_path / "copy.pdf", "--sign-pdf", seal)

    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert SIGNED in (tmp_path / "copy.pdf").read_bytes()


def test_a_copy_is_signed_from_within_a_running_loop(company: Company, number: str) -> None:
    """Applications that serve many at a time call from one."""
    seal, phrase = kept(company, "seal.p12", p12(KEY, OWN, "words")), kept(company, "p", "words\nx")
    path = company.place / "looped.pdf"

    async def serve() -> None:
        company.done(
            "export", number, "--to", path, "--sign-pdf", seal, "--passphrase-file", phrase
        )

    asyncio.run(serve())
    assert b"/ByteRange" in path.read_bytes()
