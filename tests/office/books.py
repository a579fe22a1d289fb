"""What an office knows: people, settings, documents, the time."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from docctl.model.access import ACCESS
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.event import Event, Signed
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, begin
from docctl.rules.world import World
from docctl.store.layout import SETTINGS, content_folder
from office.statement import Statement

BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class Books:
    """People, settings and documents as far as they were taken up, and the clock on the wall."""

    def __init__(self) -> None:
        self.authority = Authority()
        self.dossiers: dict[str, Dossier] = {}
        self.contents: dict[tuple[str, str], Mapping[str, bytes]] = {}
        self.paths: set[str] = set()
        self.now = BEGINNING
        self.position = 0

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def control(self) -> ControlSettings:
        released = [one for one in self.dossiers[CONTROL].revisions if one.phase == "released"]
        return _settings(self.contents[CONTROL, released[-1].label][SETTINGS])

    @property
    def world(self) -> World:
        return World(self.authority, self.control)

    def wait(self, **span: float) -> None:
        """Let time pass: `wait(days=30)`."""
        self.now += timedelta(**span)

    def take_up(self, statement: Statement) -> None:
        """Let an event count for everything that the office does next."""
        event = statement.event
        signed = Signed(event, statement.digest, statement.keys, max(self.position, 1))
        if event.item == ACCESS:
            self.authority = self.authority.after(signed)
            return
        known = self.dossiers.get(event.item)
        self.dossiers[event.item] = known.after(signed) if known else begin(signed)
        if statement.content:
            self._remember(event, statement.content)

    def _remember(self, event: Event, files: Mapping[str, bytes | None]) -> None:
        label = event.revision or "1"
        base = f"{content_folder(event.item, label)}/"
        kept = {path.removeprefix(base): data for path, data in files.items() if data is not None}
        self.contents[event.item, label] = kept


@lru_cache(maxsize=64)
def _settings(data: bytes) -> ControlSettings:
    return ControlSettings.model_validate_json(data)
