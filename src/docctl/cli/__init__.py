"""The command line: it parses, calls one method of `Library`, and prints. It holds no rule."""

import os
import sys
from importlib import import_module

__all__ = ["main"]


def main() -> None:
    """Run docctl with the arguments of this process, and exit with its code."""
    _stand_in_for_closed_streams()
    try:
        import_module("docctl.cli.app").docctl()
    except KeyboardInterrupt:  # before click was there to see it
        sys.exit(130)


def _stand_in_for_closed_streams() -> None:
    """Open what was closed when we were started, lest a file of the store gets its place."""
    for stream, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, stream) is None:
            # The lowest free descriptor, and that is the one which is missing.
            setattr(sys, stream, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
