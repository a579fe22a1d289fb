"""Build the manual in CI: check the whole library first, and write nothing if it does not hold.

    python manual_in_ci.py LIBRARY MAN-001 OUT

The same library on the same day gives the same bytes, so an unchanged manual is an unchanged
artefact. Exit code 1 means that verification found problems.
"""

import sys
from pathlib import Path

import docctl


def main(path: str, number: str, out: Path) -> int:
    """Verify, then write the manual as DOCX and as Markdown; return the exit code."""
    with docctl.Library.open(path) as library:
        found = library.verify()
        for problem in found.problems:
            print(f"{problem.place}: {problem.sentence}", file=sys.stderr)
        if found.problems:
            return 1
        for ending in (".docx", ".md"):
            print(library.manual(number, out / f"{number}{ending}"))
        overdue = [entry.number for entry in library.register() if entry.review_overdue]
        print(f"{found.events} signed events hold; review overdue: {', '.join(overdue) or 'none'}")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
