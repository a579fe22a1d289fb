"""A simulated office: a real store, people with real keys, and documents in any state.

The office works through the rules, real signatures and `Store.land` alone, so that a test of one
room does not stand on another. Everything is the same in every run: keys follow from their names,
and the clock moves a minute with every statement.

    office = Office.found(tmp_path / "store.git")
    office.reach("PRO-001", State.EFFECTIVE)
    office.do("suspended", "PRO-001", by="ada", data={"instruction": "Stop."}, reason="A leak")

`land` asks the rules first; `smuggle` does not, and lands whatever it is given.
"""

from office.books import BEGINNING
from office.content import document, settings_content, store_file, with_sums, written
from office.keys import Key
from office.office import CAST, FOUNDER, WAYS, Office
from office.statement import EVENTS, Statement

__all__ = [
    "BEGINNING",
    "CAST",
    "EVENTS",
    "FOUNDER",
    "WAYS",
    "Key",
    "Office",
    "Statement",
    "document",
    "settings_content",
    "store_file",
    "with_sums",
    "written",
]
