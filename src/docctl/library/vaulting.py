"""The vault: whether what records say is still there."""

from collections.abc import Callable

from docctl.desk.recording.telling import vaulting
from docctl.errors import StoreError
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.model.answers.vault import VaultReport


@checked
class Vaulting(Handle):
    """Fixity of what lies outside the history."""

    def vault_scrub(self, *, progress: Callable[[int, int], None] | None = None) -> VaultReport:
        """Read every copy of every payload, and name what nobody expects; nothing is changed.

        *progress* is called with the bytes read and their total.

        Raises:
            StoreError: the shelf of keys cannot be reached.
        """
        return vaulting.report(self.bench, vaulting.scrubbed(self.bench, progress))

    def vault_sweep(self) -> VaultReport:
        """Remove what lies in the vault and nobody expects; return what was found before.

        It came back after a destruction, or was left by a capture that was killed. Let nobody
        capture meanwhile.

        Raises:
            StoreError: a shelf cannot be reached.
        """
        found = vaulting.scrubbed(self.bench)
        reach = self.bench.vault.sweep(found.strangers)
        if not reach:
            raise StoreError("; ".join(reach.not_reached), hint="mend that, and sweep again")
        return vaulting.report(self.bench, found)
