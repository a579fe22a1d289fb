"""A PDF file with a signature in it (PAdES), made by pyHanko; needs `docctl[sign]`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docctl.errors import InputError
from docctl.late import Late

if TYPE_CHECKING:
    from docctl.trust import certified
else:
    certified = Late("docctl.trust.certified")

__all__ = ["PdfSigning"]

_FIELD = "Signature1"


@dataclass(frozen=True, slots=True)
class PdfSigning:
    """How PDF copies are signed: whoever made them, for readers that check such signatures.

    It is no approval. Those are in the copy, and in the history.
    """

    key: "certified.CertifiedKey"
    time: datetime | None = None
    """What the signature says of its time; the present where none is given."""

    reason: str = ""
    timestamper: Any = None
    """A time stamp authority, as pyHanko has them; none is asked unless one is given."""

    @classmethod
    def of(
        cls,
        data: bytes,
        certificate: bytes = b"",
        *,
        passphrase: Callable[[], str] | str | None = None,
    ) -> "PdfSigning":
        """Return how to sign with the key in a PKCS#12 file, or in PEM with its certificate.

        A function is called for the pass phrase only where one is needed.

        Raises:
            PassphraseError: it is protected, and no pass phrase was given or a wrong one.
            CertificateError: there is no certificate, or it is that of another key.
            SignerError: it is no such file, or the key is too weak or of a kind that signs nothing.
        """
        asked = (lambda: passphrase) if isinstance(passphrase, str) else passphrase
        return cls(certified.CertifiedKey.read(data, certificate, passphrase=asked))

    def signed(self, pdf: bytes, now: datetime) -> bytes:
        """Return a PDF file with a signature over all of it; its own bytes stay as they are.

        What is added is not the same twice, see the decision on it.

        Raises:
            CertificateError: the certificate is not valid now, or not made for signatures.
            InputError: pyHanko is not installed; or it is no PDF file, or signed already.
        """
        time = self.time or now
        self.key.check(now)
        self.key.check(time)
        return _signed(pdf, self, time)


def _signed(pdf: bytes, how: PdfSigning, time: datetime) -> bytes:
    signers, fields, writing, faults = map(_part, _PARTS)
    try:
        writer = writing.IncrementalPdfFileWriter(BytesIO(pdf))
    except faults.PdfReadError as error:
        raise InputError("this is no PDF file, so that it cannot be signed") from error
    if writer.prev.embedded_signatures:
        raise InputError(
            "this PDF file bears a signature already", hint="sign the copy that docctl writes"
        )
    meta = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm=how.key.digest,
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=how.reason or None,
    )
    signing = signers.PdfSigner(meta, _signer(signers, how.key), timestamper=how.timestamper)
    begin = signing.init_signing_session

    def begun(*given: Any, **named: Any) -> Any:
        session = begin(*given, **named)
        session.system_time = time  # it has read a clock
        return session

    vars(signing).update(init_signing_session=begun)
    with ThreadPoolExecutor(1) as apart:  # it runs a loop of its own, and here may be one
        made: bytes = apart.submit(signing.sign_pdf, writer).result().getvalue()
    return made


_PARTS = (
    "pyhanko.sign.signers",
    "pyhanko.sign.fields",
    "pyhanko.pdf_utils.incremental_writer",
    "pyhanko.pdf_utils.misc",
)


def _part(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError(
            "a PDF file is signed by pyHanko", hint="install it: pip install 'docctl[sign]'"
        ) from error


def _signer(signers: Any, key: "certified.CertifiedKey") -> Any:
    keys, registry = _part("pyhanko.keys.internal"), _part("pyhanko_certvalidator.registry")
    own, *chain = map(keys.translate_pyca_cryptography_cert_to_asn1, (key.certificate, *key.chain))
    return signers.SimpleSigner(
        signing_cert=own,
        signing_key=keys.translate_pyca_cryptography_key_to_asn1(key.key),
        cert_registry=registry.SimpleCertificateStore.from_certs([own, *chain]),
    )
