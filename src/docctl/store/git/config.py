"""What a repository says of itself: read without Git, and refused before Git would obey it."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docctl.errors import NotFoundError, StoreError

#: Written into every new repository, for the programs that are not docctl.
CAREFUL = """\
[core]
	fsync = all
	fsyncMethod = fsync
	logAllRefUpdates = false
[gc]
	autoDetach = false
	packRefs = false
[receive]
	denyDeletes = true
	denyNonFastForwards = true
	fsckObjects = true
"""

_CONFIGS = ("config", "config.worktree")
#: What Git or docctl opens before anything else. A link there would lead elsewhere, a pipe nowhere.
_PLAIN = (
    *_CONFIGS,
    "HEAD",
    "docctl/journal",
    "docctl/lock",
    "info/grafts",
    "logs/refs/heads/main",
    "objects/info/alternates",
    "packed-refs",
    "refs/heads/main",
    "shallow",
)
_FOLDERS = ("docctl", "logs", "objects", "objects/info", "objects/pack", "refs", "refs/heads")
#: The largest of them that can be right, in bytes; a journal may be longer.
_LARGEST = 1 << 24

#: A file of settings, piece by piece, as Git reads it: whatever stands on one line.
_PIECE = re.compile(
    r"""[ \t\n\r]+ | [#;][^\n]*
    | \[ (?P<section>[A-Za-z0-9.-]+) (?:[ \t\r]+"(?:[^"\\\n]|\\[^\n])*")? \]
    | (?P<key>[A-Za-z][A-Za-z0-9-]*) [ \t]*
      (?:= (?P<value>(?:"(?:[^"\\\n]|\\.)*" | \\. | [^"\\\n#;])*) )?
    """,
    re.VERBOSE | re.DOTALL,
)
#: Settings by which Git reads other files or runs programs, whatever the command line says: whole
#: sections, and single keys.
_LEADING = frozenset({"hook", "include", "includeif"})
_LEADS_ELSEWHERE = frozenset({("gc", "recentobjectshook")})
_HINT = "look who has put it there; a backup or a clone shows what it was"


def object_format(git_dir: Path) -> str:
    """Return the name of the object format of a repository, if Git can be let near it.

    Raises:
        NotFoundError: there is no repository.
        StoreError: what Git would read first is not a plain file, or leads elsewhere.
        OSError: it cannot be read.
    """
    _check_plain(git_dir)
    texts = list(_texts(git_dir))
    if not texts:
        raise NotFoundError(f"store at {git_dir}", hint="restore it from a backup or a clone")
    settings = [setting for text in texts for setting in _settings(text)]
    if any(one.section in _LEADING or one[:2] in _LEADS_ELSEWHERE for one in settings):
        raise StoreError("the config of the store leads to other files or programs", hint=_HINT)
    return "sha256" if ("extensions", "objectformat", "sha256") in settings else "sha1"


def _check_plain(git_dir: Path) -> None:
    if (git_dir / "commondir").exists():
        raise StoreError("the store points to another one: commondir", hint=_HINT)
    for name in (*_FOLDERS, *_PLAIN):
        try:
            found = (git_dir / name).lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if stat.S_ISLNK(found.st_mode) or (name in _PLAIN and not stat.S_ISREG(found.st_mode)):
            raise StoreError(f"{name} in the store is not a plain file or folder", hint=_HINT)
        if found.st_size > _LARGEST and name != "docctl/journal":
            raise StoreError(f"{name} in the store is larger than it can be", hint=_HINT)


def _texts(git_dir: Path) -> Iterator[str]:
    for name in _CONFIGS:
        if (git_dir / name).exists():
            data = (git_dir / name).read_bytes().replace(b"\r\n", b"\n")
            yield data.decode("utf-8-sig", "replace")


class _Setting(NamedTuple):
    """A setting: its section and key in lower case, and its value; a section without a key too."""

    section: str
    key: str
    value: str


def _settings(text: str) -> Iterator[_Setting]:
    """Yield what a file of settings says, up to where Git could not read on."""
    section, at = "", 0
    while piece := _PIECE.match(text, at):
        at = piece.end()
        if piece["section"]:
            section = piece["section"].partition(".")[0].lower()
            yield _Setting(section, "", "")
        elif piece["key"]:
            value = re.sub(r'"|\\\n', "", piece["value"] or "").strip()
            yield _Setting(section, piece["key"].lower(), value)
