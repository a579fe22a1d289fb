"""What a repository says of itself: read without Git, and refused before Git would obey it."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

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

_HEADER = re.compile(r"\s*\[\s*([\w.-]*)[^\]]*\]?(.*)")
_SHA256 = re.compile(r"\s*objectformat\s*=\s*\"?sha256\b.*", re.IGNORECASE)
#: Settings by which Git reads other files or runs programs, whatever the command line says.
_LEADS_ELSEWHERE = re.compile(r"\[\s*include|^\s*recentobjectshook", re.IGNORECASE | re.MULTILINE)
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
    if any(map(_LEADS_ELSEWHERE.search, texts)):
        raise StoreError("the config of the store leads to other files or programs", hint=_HINT)
    return "sha256" if any(map(_says_sha256, texts)) else "sha1"


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
            yield (git_dir / name).read_text("utf-8", "replace")


def _says_sha256(config: str) -> bool:
    section = ""
    for line in config.splitlines():
        header = _HEADER.fullmatch(line)
        section = header[1].lower() if header else section
        if section == "extensions" and _SHA256.fullmatch(header[2] if header else line):
            return True
    return False
