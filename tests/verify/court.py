"""The judge without a store: what an office lands is judged at once, from memory."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from office import Office

from docctl.model.base import Label
from docctl.model.control import CONTROL
from docctl.model.problem import Problem
from docctl.rules.dossier import Dossier
from docctl.rules.records import ArchiveItem
from docctl.store.history import ChangedFile, ChangedFiles
from docctl.store.layout import SETTINGS, SUMS
from docctl.store.objects import Commit
from docctl.verify import ChangeJudge
from docctl.verify.contents import RevisionFiles


class Snapshot:
    """What an office knows at a moment, as the past of a judge."""

    def __init__(self, office: Office, other: Mapping[str, Dossier] | None = None) -> None:
        """*other* are dossiers that take the place of the real ones."""
        self.authority = office.authority
        self.control = office.control if CONTROL in office.dossiers else None
        self.latest = office.now
        self.position = office.position
        self._dossiers = {**office.dossiers, **(other or {})}
        self._contents = dict(office.contents)

    def dossier(self, item: str) -> Dossier | None:
        return self._dossiers.get(item)

    def kept(self) -> Mapping[tuple[str, str], ArchiveItem]:
        """An office of documents keeps no records."""
        return {}

    def content(self, item: str, label: Label) -> RevisionFiles:
        files = self._contents.get((item, label), {})
        kept = {name: files[name] for name in (SUMS, SETTINGS) if name in files}
        return RevisionFiles({name: sha256(data).hexdigest() for name, data in files.items()}, kept)


class Court:
    """A copy of an office whose every change is judged; `problems` is what was found."""

    def __init__(self, office: Office) -> None:
        self.office = office.copied(self)
        self.judge = ChangeJudge(Snapshot(office))
        self.problems: list[Problem] = []
        self._paths = set(office.paths)

    def land(
        self, files: Mapping[str, bytes | None], *, message: str, author: str, when: datetime
    ) -> None:
        """Judge a change."""
        changed = tuple(
            _changed(path, data, existed=path in self._paths)
            for path, data in files.items()
            if data is not None or path in self._paths
        )
        who = f"{author} <{author}@docctl.invalid> {int(when.timestamp())} +0000"
        commit = Commit("0" * 40, "", ("1" * 40,), who, who, when, f"{message}\n")
        self._paths |= {path for path, data in files.items() if data is not None}
        self.problems += self.judge.change(ChangedFiles(commit, changed))


def _changed(path: str, data: bytes | None, *, existed: bool) -> ChangedFile:
    if data is None:
        return ChangedFile(path, "", existed)
    return ChangedFile(path, "100644", existed, sha256(data).hexdigest(), data)
