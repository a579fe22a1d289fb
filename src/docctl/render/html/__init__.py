"""HTML: a controlled copy as one page that asks nothing of any other host."""

from docctl.render.html.page import controlled, covered

__all__ = ["controlled", "covered"]
