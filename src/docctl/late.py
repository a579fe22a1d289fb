"""Modules that are imported when something of them is first used.

A command needs a small part of the house, and to furnish the rest costs it more than its own work.
Where a module is named so, the import that stands beside it under `TYPE_CHECKING` is what type
checkers read, and what the floors are held by.
"""

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module until something of it is used, and then for what it holds."""

    def __init__(self, name: str) -> None:
        """Nothing is imported yet; *name* is the full name of the module."""
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(import_module(self._name), attribute)
        setattr(self, attribute, value)
        return value
