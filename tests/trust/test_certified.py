"""Keys with certificates: read from PKCS#12 and PEM, and refused where they cannot sign."""

from datetime import timedelta
from typing import NoReturn

import pytest
from certificates import BEGINS, ENDS, certificate, new_key, p12, pem, pem_of
from cryptography.hazmat.primitives.asymmetric import ed448, ed25519

from docctl.errors import CertificateError, PassphraseError, SignerError
from docctl.trust.certified import CertifiedKey

KEY, OTHER = new_key(), new_key()
OWN, FOREIGN = certificate(KEY, digital_signature=True), certificate(OTHER)
WORDS = "æ secret of several words"


def never() -> NoReturn:
    raise AssertionError("nobody was to be asked")


def test_a_key_without_pass_phrase_asks_for_none() -> None:
    for read in (
        CertifiedKey.read(p12(KEY, OWN), passphrase=never),
        CertifiedKey.read(pem(KEY), pem_of(OWN), passphrase=never),
        CertifiedKey.read(pem(KEY) + pem_of(OWN), passphrase=never),
        CertifiedKey.read(p12(KEY), pem_of(OWN)),
    ):
        assert (read.certificate, read.chain) == (OWN, ())


@pytest.mark.parametrize("wrong", ["", "wrong", WORDS + " "])
def test_a_protected_key_opens_with_its_pass_phrase_alone(wrong: str) -> None:
    for data, beside in ((p12(KEY, OWN, WORDS), b""), (pem(KEY, WORDS), pem_of(OWN))):
        assert CertifiedKey.read(data, beside, passphrase=lambda: WORDS).certificate == OWN
        with pytest.raises(PassphraseError, match="does not open") as caught:
            CertifiedKey.read(data, beside, passphrase=lambda: wrong)
        assert "pass phrase" in caught.value.hint
        with pytest.raises(PassphraseError, match="none was given"):
            CertifiedKey.read(data, beside)


def test_certificates_on_the_way_to_the_root_come_with_it() -> None:
    assert CertifiedKey.read(pem(KEY), pem_of(FOREIGN) + pem_of(OWN)).chain == (FOREIGN,)
    assert CertifiedKey.read(p12(KEY, OWN, "", FOREIGN)).chain == (FOREIGN,)


def test_a_key_needs_its_own_certificate() -> None:
    for data, beside in ((pem(KEY), pem_of(FOREIGN)), (p12(KEY), b"")):
        with pytest.raises(CertificateError, match="no certificate for this key"):
            CertifiedKey.read(data, beside)
    for beside in (b"", b"no certificate"):
        with pytest.raises(CertificateError, match="no certificate in PEM"):
            CertifiedKey.read(pem(KEY), beside)


def test_what_holds_no_private_key_is_refused() -> None:
    with pytest.raises(SignerError, match="no private key"):
        CertifiedKey.read(p12(None, OWN))
    with pytest.raises(SignerError, match="cannot be read"):
        CertifiedKey.read(pem_of(OWN), pem_of(OWN))
    with pytest.raises(PassphraseError, match="or it is no PKCS#12 file"):
        CertifiedKey.read(b"%PDF-1.7", passphrase=lambda: "")


def test_a_key_signs_only_while_its_certificate_is_valid() -> None:
    key, day = CertifiedKey.read(p12(KEY, OWN)), timedelta(days=1)

    key.check(BEGINS)
    key.check(ENDS)
    with pytest.raises(CertificateError, match="expired on 2028-01-01"):
        key.check(ENDS + day)
    with pytest.raises(CertificateError, match="valid from 2026-01-01 on"):
        key.check(BEGINS - day)


def test_a_certificate_for_something_else_signs_nothing() -> None:
    for allowed in ({"digital_signature": True}, {"content_commitment": True}, {}):
        CertifiedKey.read(p12(KEY, certificate(KEY, **allowed))).check(BEGINS)
    with pytest.raises(CertificateError, match="not made for signatures"):
        CertifiedKey.read(p12(KEY, certificate(KEY, key_encipherment=True))).check(BEGINS)


def test_each_kind_of_key_has_its_digest() -> None:
    edwards = (ed25519.Ed25519PrivateKey.generate(), ed448.Ed448PrivateKey.generate())
    found = [CertifiedKey(key, OWN).digest for key in (KEY, *edwards)]

    assert found == ["sha256", "sha512", "shake256"]
