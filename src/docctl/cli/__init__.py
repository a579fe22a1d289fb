"""The command line: it parses, calls one method of `Library`, and prints. It holds no rule."""

import sys
from importlib import import_module

__all__ = ["main"]


def main() -> None:
    """Run docctl with the arguments of this process, and exit with its code."""
    try:
        import_module("docctl.cli.app").docctl()
    except KeyboardInterrupt:  # before click was there to see it
        sys.exit(130)
