"""Exit code 5: the store cannot serve now."""

from docctl.errors.base import DocctlError


class StoreError(DocctlError):
    """The store cannot serve now; what was acknowledged before is safe."""

    exit_code = 5
    usual_hint = "repeat it; if it stays so, restore the store from a backup or a clone"


class OvertakenError(StoreError):
    """Somebody else changed the same item first; nothing of this change was written."""

    def __init__(self, item: str, *, hint: str = "look again and repeat") -> None:
        super().__init__(f"{item} was changed by somebody else meanwhile", hint=hint)
        self.item = item


class DamagedStoreError(StoreError):
    """An object is missing, or its bytes are not what its name says."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"the store is damaged: {what}",
            hint="restore it from a backup or a clone; 'docctl verify' lists every problem",
        )


class NewerFormatError(StoreError):
    """The store was written by a newer docctl."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"the store has format {found}; this docctl reads formats up to {known}",
            hint="install a newer docctl",
        )
        self.found = found
        self.known = known


class LockedError(StoreError):
    """A lock that is not ours to break."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"the store is locked: {path} ({why})",
            hint="wait for the other program, or look who holds it",
        )
        self.path = path


class GitError(StoreError):
    """Git answered with an error."""

    def __init__(self, command: str, answer: str) -> None:
        super().__init__(f"git {command}: {answer.strip()}")
        self.command = command
        self.answer = answer


class DiskError(StoreError):
    """The disk is full or failing; nothing was acknowledged."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the disk does not take it: {why}",
            hint="look at its room and at your rights, and repeat; nothing was changed",
        )


class VaultError(StoreError):
    """The vault cannot serve now: it is not there, offline, full, or may not be written."""

    usual_hint = "look whether it can be reached, has room and may be written, and repeat"

    def __init__(self, address: str, why: str, *, hint: str = "") -> None:
        super().__init__(f"the vault at {address} cannot serve: {why}", hint=hint)
        self.address = address
        self.why = why


class VaultAccessError(VaultError):
    """A vault may not be read here: its permissions, or the settings of this machine, say so."""

    usual_hint = (
        "ask those who may; whoever may read it names its place in docctl.toml, see "
        "'docctl vault --help'"
    )

    def __init__(self, address: str, why: str) -> None:
        StoreError.__init__(self, f"the vault at {address} is not readable here: {why}")
        self.address = address
        self.why = why


class WrongVaultError(VaultError):
    """What stands at an address is not the part of the vault that belongs there."""

    usual_hint = (
        "look whether the right disk, folder or bucket is there, and what docctl.toml names"
    )

    def __init__(self, address: str, why: str, *, hint: str = "") -> None:
        StoreError.__init__(self, f"{address} is not used as a vault: {why}", hint=hint)
        self.address = address
        self.why = why


class UnfitVaultError(VaultError):
    """A place cannot keep what is to be kept there, whatever is done with it: another one must."""

    usual_hint = "name another place for it in docctl.toml, see 'docctl vault --help'"

    def __init__(self, address: str, why: str, *, hint: str = "") -> None:
        StoreError.__init__(self, f"{address} is no place for this: {why}", hint=hint)
        self.address = address
        self.why = why


class MissingPayloadError(VaultError):
    """What a record says, or the key to it, is in no copy of the vault."""

    usual_hint = "if it was not destroyed by rule, restore the vault from a backup"

    def __init__(self, item: str, what: str, address: str) -> None:
        StoreError.__init__(self, f"{item}: its {what} is not in the vault at {address}")
        self.address = address
        self.why = f"its {what} is missing"
        self.item = item


class DamagedVaultError(VaultError):
    """What lies in the vault is not what was put there: altered, swapped or cut off."""

    usual_hint = "restore it from another copy or a backup; a scrub of the vault lists all damage"

    def __init__(self, item: str, why: str, address: str) -> None:
        StoreError.__init__(self, f"{item}: damaged in the vault at {address}: {why}")
        self.address = address
        self.why = why
        self.item = item


class SealError(VaultError):
    """Sealed bytes that do not open: altered, cut off, in another order, or under another key."""

    usual_hint = DamagedVaultError.usual_hint

    def __init__(self, why: str) -> None:
        StoreError.__init__(self, f"sealed bytes do not open: {why}")
        self.address = ""
        self.why = why
