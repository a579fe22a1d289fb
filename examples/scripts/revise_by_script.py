"""Let a script draft a revision: it writes, people decide.

    python revise_by_script.py LIBRARY NUMBER OLD NEW REASON

Every OLD in the text becomes NEW, and the revision goes for approval. The script may act with the
key of a service identity: such an identity drafts and checks, and can never approve or release.
"""

import sys
from dataclasses import replace

import docctl


def main(path: str, number: str, old: str, new: str, reason: str) -> docctl.Library:
    """Draft and submit the revision; return the library, open, to look at."""
    library = docctl.Library.open(path)
    status = library.revise(number, reason=reason, change="editorial")
    text = library.text(number, status.revision)
    changed = replace(text, body=text.body.replace(old, new))
    if changed == text:
        library.cancel(number, reason=f"{old!r} does not stand in the text any more")
        return library
    library.save_text(number, changed, base=status.content)
    waiting = library.submit(number).waiting_for
    print(f"{number} revision {status.revision} waits for {'; '.join(waiting)}")
    return library


if __name__ == "__main__":
    main(*sys.argv[1:6]).close()
