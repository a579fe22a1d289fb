"""What lies around a history and could change how it is read: refs, grafts, borrowed objects."""

from collections.abc import Iterator
from typing import NamedTuple

from docctl.errors import GitError
from docctl.store.git import BRANCH, Git

HEAD = f"ref: {BRANCH}\n"

#: Files that no store has, and the code of the problem that each one is.
_FORBIDDEN = (
    ("info/attributes", "attributes"),
    ("info/grafts", "grafts"),
    ("objects/info/alternates", "alternates"),
    ("objects/info/http-alternates", "alternates"),
    ("shallow", "shallow"),
)


class Strange(NamedTuple):
    """Something that should not be there, by the code of its problem."""

    code: str
    place: str


def surroundings(git: Git) -> tuple[Strange, ...]:
    """Return everything around the history that could show it other than it is.

    Files under `refs` that Git itself passes over in silence are named as well.
    """
    root = git.git_dir
    found = [Strange(code, name) for name, code in _FORBIDDEN if (root / name).exists()]
    promised = sorted((root / "objects/pack").glob("*.promisor"))
    found += [Strange("partial-clone", str(one.relative_to(root))) for one in promised]
    if not (root / "HEAD").is_file() or (root / "HEAD").read_bytes() != HEAD.encode():
        found.append(Strange("foreign-head", "HEAD"))
    try:
        names = set(_listed(git))
    except GitError:
        names = set()
        found.append(Strange("damaged-refs", "packed-refs"))
    for name in sorted({*names, *_loose(git)} - {BRANCH}):
        replaced = name.startswith("refs/replace/")
        found.append(Strange("replace-ref" if replaced else "foreign-ref", name))
    return tuple(found)


def _listed(git: Git) -> list[str]:
    names = git.run("for-each-ref", "--format=%(refname)").decode("utf-8", "surrogateescape")
    return names.splitlines()


def _loose(git: Git) -> Iterator[str]:
    refs = git.git_dir / "refs"
    if (git.git_dir / "reftable").is_dir():
        return  # there `refs/heads` is a file that says so
    for path in refs.rglob("*"):
        if not path.is_dir() and path.suffix != ".lock":  # somebody may be writing
            yield path.relative_to(git.git_dir).as_posix()
