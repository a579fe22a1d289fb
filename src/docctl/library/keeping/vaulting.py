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

        A vault or a copy that may not be read here, or cannot be reached, is told. *progress* is
        called with the bytes read and their total.
        """
        return vaulting.report(self.bench, vaulting.looked_through(self.bench, progress))

    def vault_sweep(self, *, unknown: bool = False) -> VaultReport:
        """Remove what came back after its destruction, and unfinished files; return what was found.

        With *unknown* also what the history has never named, such as what a killed capture left:
        only with a store that is up to date, and while nobody captures. A newer history may need
        it.

        Raises:
            StoreError: a shelf cannot be reached.
        """
        looked = vaulting.looked_through(self.bench)
        going = looked if unknown else vaulting.let_go(self.bench, looked)
        if missed := vaulting.swept(going):
            raise StoreError("; ".join(missed), hint="mend that, and sweep again")
        return vaulting.report(self.bench, going)
