"""The command line: it parses, calls one method of `Library`, and prints. It holds no rule."""

import gc
import os
import sys
from importlib import import_module

from docctl.cli.interrupts import interrupts_first, noting

__all__ = ["collect_rarely", "main"]


def main() -> None:
    """Run docctl with the arguments of this process, and exit with its code."""
    _stand_in_for_closed_streams()
    collect_rarely()
    try:
        with noting(), interrupts_first():
            import_module("docctl.cli.app").docctl()
    except KeyboardInterrupt:  # before click was there to see it
        sys.exit(130)


def collect_rarely() -> None:
    """Let the garbage collector look at new objects less often, in a process that is ours alone.

    A long walk makes millions of objects, nearly all of which go with their last reference; at
    its usual pace the collector looks at those that stay again and again, which took between a
    thirtieth and a tenth of `verify`. Rings of objects are rare, and wait a little longer. The
    library itself never does this: whoever embeds it decides about the collector of their own
    process.
    """
    gc.set_threshold(50_000, 20, 100)


def _stand_in_for_closed_streams() -> None:
    """Open what was closed when we were started, lest a file of the store gets its place."""
    for stream, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, stream) is None:
            # The lowest free descriptor, and that is the one which is missing.
            setattr(sys, stream, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
