"""Exit codes 2 and 4: what was given cannot be understood, or is not there."""

from collections.abc import Sequence

from docctl.errors.base import DocctlError


class InputError(DocctlError):
    """What was given cannot be read, or is not of the right form."""

    exit_code = 2
    usual_hint = "correct it and repeat"


class FrontMatterError(InputError):
    """The front matter does not fit; `faults` holds one sentence for each, with its line."""

    def __init__(self, source: str, faults: Sequence[str], *, hint: str = "") -> None:
        super().__init__(f"{source}:", faults=faults, hint=hint)
        self.source = source


class UnreadableError(InputError):
    """Bytes that are not what they should be: not UTF-8, not an image, not a key."""

    usual_hint = "look whether it is the file that you meant"

    def __init__(self, source: str, what: str, *, hint: str = "") -> None:
        super().__init__(f"{source}: {what}", hint=hint)
        self.source = source


class PathError(InputError):
    """A number or file name that could leave its folder or collide with another."""

    def __init__(
        self,
        name: str,
        why: str,
        *,
        hint: str = "use letters from A to Z, digits, '-', '_', '.', and spaces inside",
    ) -> None:
        super().__init__(f"{name!r} cannot be used: {why}", hint=hint)
        self.name = name


class PagingError(InputError):
    """The pages of a copy cannot be counted: without LibreOffice, or since it fails."""

    usual_hint = "write the copy without page numbers in its contents"


class SignerError(InputError):
    """A key that cannot sign: wrong passphrase, silent agent, unsupported algorithm."""

    usual_hint = "name the file of your private key, or let ssh-agent hold it"


class PassphraseError(SignerError):
    """A pass phrase that does not open its key, or none where one is needed."""

    usual_hint = "give the pass phrase of this key"


class CertificateError(SignerError):
    """A certificate that is missing, of another key, not valid now, or not made for signatures."""

    usual_hint = "name the certificate of this key"


class NotFoundError(DocctlError):
    """There is no such document, revision, person, type or library."""

    exit_code = 4
    usual_hint = "look at its spelling"

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(f"there is no {what}", hint=hint)
