"""Checking: the history of a store judged from its bytes alone. Nothing here can write."""

from docctl.verify.codes import CODES
from docctl.verify.judge import ChangeJudge
from docctl.verify.past import KnownPast, Past
from docctl.verify.payloads import Progress
from docctl.verify.whole import verify, verify_since

__all__ = ["CODES", "ChangeJudge", "KnownPast", "Past", "Progress", "verify", "verify_since"]
