"""The vault: whether what records say is still there."""

from collections.abc import Callable, Sequence

from docctl.desk.recording.telling import vaulting
from docctl.errors import StoreError
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.library.local import address_in
from docctl.library.sound import require_sound
from docctl.model.answers.vault import VaultCopied, VaultReport


@checked
class Vaulting(Handle):
    """Fixity of what lies outside the history."""

    def vault_scrub(self, *, progress: Callable[[int, int], None] | None = None) -> VaultReport:
        """Read every copy of every payload, and name what nobody expects; nothing is changed.

        A vault or a copy that may not be read here, or cannot be reached, is told. *progress* is
        called with the bytes read and their total.
        """
        return vaulting.report(self.bench, vaulting.looked_through(self.bench, progress))

    def vault_copy(
        self,
        *,
        begin: Sequence[str] = (),
        only_missing: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> VaultCopied:
        """Bring every copy up to date: what one lacks or holds altered comes from a right one.

        Each place in *begin*, as docctl.toml names it, is marked first as part of its vault. With
        *only_missing* copies are not read: what lies under the right name passes for right.

        Raises:
            InputError: docctl.toml names no such place.
            StoreError: such a place cannot be reached, or carries the mark of another vault.
        """
        for place in begin:
            vaulting.begun(self.bench, address_in(self.root, place))
        return vaulting.brought_up_to_date(self.bench, only_missing=only_missing, progress=progress)

    def vault_sweep(self, *, unknown: bool = False) -> VaultReport:
        """Remove what came back after its destruction, and unfinished files; return what was found.

        With *unknown* also what the history has never named, such as what a killed capture left:
        only with a store that is up to date, and while nobody captures. A newer history may need
        it. Where something is to go, the whole history is verified before.

        Raises:
            RetentionError: the history has problems.
            StoreError: a shelf cannot be reached.
        """
        looked = vaulting.looked_through(self.bench)
        going = looked if unknown else vaulting.let_go(self.bench, looked)
        if any(one.found.strangers for one in going):
            require_sound(self, "the vault")
        if missed := vaulting.swept(going):
            raise StoreError("; ".join(missed), hint="mend that, and sweep again")
        return vaulting.report(self.bench, going)
