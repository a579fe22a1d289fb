"""A document's history folded into what it is now. Pure, total, and blind to legality.

Folding asks no questions: whether an event was allowed is `guards`' business, at the moment
when it lands and whenever a history is verified.
"""

from docctl.rules.dossier.document import Dossier, Folding, begin, fold
from docctl.rules.dossier.revision import PHASES, Comment, Phase, Revision
from docctl.rules.dossier.round import Round

__all__ = ["PHASES", "Comment", "Dossier", "Folding", "Phase", "Revision", "Round", "begin", "fold"]
