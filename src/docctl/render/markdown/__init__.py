"""Tree to Markdown: the text of a document, and the Markdown export of a controlled copy."""

from docctl.render.markdown.controlled import body_of, controlled, covered, facts_of
from docctl.render.markdown.readable import readable
from docctl.render.markdown.text import body

__all__ = ["body", "body_of", "controlled", "covered", "facts_of", "readable"]
