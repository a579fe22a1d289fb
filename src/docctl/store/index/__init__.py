"""The index: a cache beside the store that answers what would take reading every document.

Git is the only truth. The file can be deleted at any time; no guard and no verdict on history
rests on it. Whether it was altered, `Index.mistaken` finds by making it anew.
Nothing writes it but reading: who lands a change leaves the index alone, and the next question
catches up with whatever has changed since, in a few milliseconds.
"""

from docctl.store.index.index import Index

__all__ = ["Index"]
