"""Where the branch stands, read without starting Git wherever that can be."""

import os
import re

from docctl.store.git.repository import Git
from docctl.store.git.settings import BRANCH


def stored_head(git: Git) -> str | None:
    """Return the id of the commit that `main` points at.

    `None` while there is none, and `""` where what stands there cannot be read.
    """
    try:
        file = os.open(f"{git.git_dir}/{BRANCH}", os.O_RDONLY)
    except FileNotFoundError:
        return _packed_head(git)
    except NotADirectoryError:  # the reftable backend has a file in place of the folder
        return _asked_head(git)
    try:
        text = os.read(file, 256).decode("latin-1").rstrip("\n")
    finally:
        os.close(file)
    if text.startswith("ref:"):
        return _asked_head(git)
    return text if git.format.is_id(text) else ""


def _packed_head(git: Git) -> str | None:
    packed = git.git_dir / "packed-refs"
    text = packed.read_text("latin-1") if packed.exists() else ""
    found = re.search(rf"^(.*) {BRANCH}$", text, re.MULTILINE)
    if found is None:
        return None
    return found[1] if git.format.is_id(found[1]) else ""


def _asked_head(git: Git) -> str | None:
    listed = git.run("for-each-ref", "--format=%(objectname)", values=[BRANCH])
    return listed.decode().strip() or None
