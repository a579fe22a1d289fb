"""PDF copies with a signature in them: whoever checks such finds it sound, and every change."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from certificates import ENDS, certificate, new_key, p12, pem, pem_of
from copies import copy
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa, x25519
from pyhanko.keys import internal, load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from docctl.content.parse import parse
from docctl.errors import CertificateError, InputError, PassphraseError, SignerError
from docctl.render.pdf import controlled
from docctl.render.signing import PdfSigning

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PLAIN = controlled(parse("## Purpose\n\nTo know.\n")[0], copy())
KEY = new_key()
OWN = certificate(KEY, digital_signature=True, content_commitment=True)
HOW = PdfSigning.of(p12(KEY, OWN))
WEAK = 1024


def checked(data: bytes, one: Any = OWN) -> Any:
    """Return what pyHanko's validator says of the signature in a file."""
    (root,) = load_certs_from_pemder_data(pem_of(one))
    (found,) = PdfFileReader(BytesIO(data)).embedded_signatures
    context = ValidationContext(trust_roots=[root], moment=NOON)
    return validate_pdf_signature(found, signer_validation_context=context)


@pytest.mark.parametrize(
    "key",
    [KEY, rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate()],
    ids=["elliptic", "rsa", "edwards"],
)
def test_a_signed_copy_is_found_sound_and_whole(key: Any) -> None:
    own = certificate(key, digital_signature=True, content_commitment=True)
    data = PdfSigning.of(pem(key), pem_of(own)).signed(PLAIN, NOON)

    found = checked(data, own)

    assert found.bottom_line
    assert found.coverage.name == "ENTIRE_FILE"
    assert found.signer_reported_dt == NOON


def test_the_copy_itself_stays_as_it_is_at_the_beginning_of_the_file() -> None:
    data = HOW.signed(PLAIN, NOON)

    assert data.startswith(PLAIN)
    assert b"/ETSI.CAdES.detached" in data[len(PLAIN) :]
    assert b"<pdfaid:part>2</pdfaid:part>" in data


def test_another_program_finds_it_sound(tmp_path: Path) -> None:
    if (program := shutil.which("pdfsig")) is None:
        pytest.skip("pdfsig (poppler-utils) is not installed")
    path = tmp_path / "signed.pdf"
    path.write_bytes(HOW.signed(PLAIN, NOON))

    run = subprocess.run([program, "-nocert", path], capture_output=True, check=False, text=True)

    assert "Signature is Valid." in run.stdout
    assert "Total document signed" in run.stdout
    assert "Varnesund Pump Service AS" in run.stdout


def test_a_changed_copy_is_found_out() -> None:
    data = HOW.signed(PLAIN, NOON)
    at = data.index(b"PRO-001")

    assert not checked(data[:at] + b"PRO-002" + data[at + 7 :]).intact


def test_the_time_is_that_of_the_clock_or_the_one_given() -> None:
    given = datetime(2026, 5, 1, 8, tzinfo=UTC)

    assert checked(HOW.signed(PLAIN, NOON)).signer_reported_dt == NOON
    told = PdfSigning(HOW.key, given, reason="Handed out").signed(PLAIN, NOON)
    assert checked(told).signer_reported_dt == given
    assert b"(Handed out)" in told


def test_a_time_stamp_authority_is_asked_only_where_one_is_given() -> None:
    key = rsa.generate_private_key(65537, 2048)
    mine = internal.translate_pyca_cryptography_cert_to_asn1(certificate(key))
    authority = DummyTimeStamper(mine, internal.translate_pyca_cryptography_key_to_asn1(key))

    stamped = PdfSigning(HOW.key, timestamper=authority).signed(PLAIN, NOON)

    assert checked(stamped).timestamp_validity.intact
    assert checked(HOW.signed(PLAIN, NOON)).timestamp_validity is None


def test_what_has_expired_signs_nothing_whatever_time_is_given() -> None:
    late = ENDS.replace(year=ENDS.year + 1)

    for how in (HOW, PdfSigning(HOW.key, NOON)):
        with pytest.raises(CertificateError, match="expired"):
            how.signed(PLAIN, late)


def test_a_pass_phrase_may_be_given_as_a_text() -> None:
    words, data = "several words", p12(KEY, OWN, "several words")

    assert PdfSigning.of(data, passphrase=words).key.certificate == OWN
    with pytest.raises(PassphraseError):
        PdfSigning.of(data, passphrase=words[1:])


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (rsa.generate_private_key(65537, WEAK), "1024 bits is too weak"),
        (ec.generate_private_key(ec.SECP192R1()), "192 bits is too weak"),
        (dsa.generate_private_key(2 * WEAK), "of this kind"),
        (x25519.X25519PrivateKey.generate(), "of this kind"),
    ],
    ids=["rsa", "elliptic", "dsa", "x25519"],
)
def test_a_key_that_could_be_broken_signs_nothing(key: Any, said: str) -> None:
    with pytest.raises(SignerError, match=said) as caught:
        PdfSigning.of(pem(key), pem_of(OWN))

    assert "2048" in caught.value.hint


@pytest.mark.parametrize("phrase", ["a\0b", "\ud800", "", "pässwörd€😀"])
def test_no_pass_phrase_breaks_anything(phrase: str) -> None:
    for data in (p12(KEY, OWN, "words"), pem(KEY, "words")):
        with pytest.raises(PassphraseError):
            PdfSigning.of(data, pem_of(OWN), passphrase=phrase)


def test_a_pass_phrase_of_any_language_opens_a_key() -> None:
    words = "pässwörd€😀"

    assert PdfSigning.of(p12(KEY, OWN, words), passphrase=words).key.certificate == OWN


def test_what_is_signed_already_is_not_signed_again() -> None:
    with pytest.raises(InputError, match="already"):
        HOW.signed(HOW.signed(PLAIN, NOON), NOON)


def test_whatever_is_appended_is_not_covered() -> None:
    data = HOW.signed(PLAIN, NOON)

    found = checked(data + b"\n% more\n")

    assert found.coverage.name != "ENTIRE_FILE"


@pytest.mark.parametrize("data", [b"", b"no PDF", PLAIN[: len(PLAIN) // 2]])
def test_what_is_no_pdf_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="no PDF file"):
        HOW.signed(data, NOON)


def test_without_pyhanko_there_is_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign.signers", None)

    with pytest.raises(InputError, match="signed by pyHanko") as caught:
        HOW.signed(PLAIN, NOON)

    assert "docctl[sign]" in caught.value.hint
