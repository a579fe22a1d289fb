"""The content of a revision: its files, and the signed list of their digests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docctl.model.base import Digest
from docctl.model.problem import Problem
from docctl.store.history import ChangedFile
from docctl.store.layout import META, SETTINGS, SUMS, listed, sums_of
from docctl.verify.codes import problem

#: What is kept of a file that cannot be had: it was reported, and is compared with nothing.
UNKNOWN = ""

_KEPT = frozenset({SETTINGS, SUMS})


@dataclass(frozen=True, slots=True)
class RevisionFiles:
    """The files of one revision as they stand."""

    digests: Mapping[str, Digest] = field(default_factory=dict)
    """By name; `UNKNOWN` where the file cannot be had."""

    kept: Mapping[str, bytes] = field(default_factory=dict)
    """The bytes of SHA256SUMS, of control settings, and of metadata that define records."""

    def after(self, changed: Mapping[str, ChangedFile]) -> "RevisionFiles":
        """Return the content once these files have changed."""
        digests, kept = dict(self.digests), dict(self.kept)
        for name, file in changed.items():
            digests.pop(name, None)
            kept.pop(name, None)
            if file.mode:
                digests[name] = file.digest
                if file.data is not None and (name in _KEPT or _defines(name, file.data)):
                    kept[name] = file.data
        return RevisionFiles(digests, kept)

    def problems(self, signed: Digest | None, place: str) -> Iterator[Problem]:
        """Yield what keeps this from being the content with the digest *signed*."""
        if SUMS not in self.digests:
            yield problem("missing-content", place, "there is no SHA256SUMS")
            return
        text = self.kept.get(SUMS)
        if text is None:
            return
        if self.digests[SUMS] != signed:
            yield problem("wrong-content", place, f"what was signed is {signed}")
        files = {name: digest for name, digest in self.digests.items() if name != SUMS}
        if text == sums_of(files):
            return
        names = listed(text)
        if UNKNOWN not in files.values() and (names is None or files == names):
            yield problem("wrong-content", place, "SHA256SUMS is not written as it must be")
        yield from _differences(names or {}, files, place)


def _defines(name: str, data: bytes) -> bool:
    """Tell whether a file may be the metadata of a form that defines what its records say."""
    return name == META and b'"record":' in data


def _differences(
    names: Mapping[str, Digest], files: Mapping[str, Digest], place: str
) -> Iterator[Problem]:
    for name in sorted({*names, *files}):
        if name not in files:
            yield problem("missing-content", f"{place}/{name}", "it was signed and is not there")
        elif name not in names:
            yield problem("unlisted-content", f"{place}/{name}", "SHA256SUMS does not list it")
        elif UNKNOWN != files[name] != names[name]:
            sentence = f"its digest is {files[name]}, and {names[name]} was signed"
            yield problem("altered-content", f"{place}/{name}", sentence)
