"""Checking: the history of a store judged from its bytes alone. Nothing here can write."""

from docctl.verify.codes import CODES
from docctl.verify.judge import Judge
from docctl.verify.past import KnownPast, Past
from docctl.verify.whole import Progress, verify, verify_since

__all__ = ["CODES", "Judge", "KnownPast", "Past", "Progress", "verify", "verify_since"]
