"""HTML: a controlled copy as one page that asks nothing of any other host."""

from docctl.render.html.look import LOOK
from docctl.render.html.page import Parts, controlled, covered, fingerprint, parts

__all__ = ["LOOK", "Parts", "controlled", "covered", "fingerprint", "parts"]
