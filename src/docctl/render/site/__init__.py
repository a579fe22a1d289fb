"""A site of static pages: the documents in force on a day, and the lists that lead to them."""

from docctl.render.site.document import Download, Shown, Ways, changes, document
from docctl.render.site.facts import Coming, Gone, Listed, Site
from docctl.render.site.frame import shared
from docctl.render.site.map import reference_map
from docctl.render.site.processes import processes
from docctl.render.site.register import register
from docctl.render.site.reviews import reviews
from docctl.render.site.search import shard, texts_in, words_of

__all__ = [
    "Coming",
    "Download",
    "Gone",
    "Listed",
    "Shown",
    "Site",
    "Ways",
    "changes",
    "document",
    "processes",
    "reference_map",
    "register",
    "reviews",
    "shard",
    "shared",
    "texts_in",
    "words_of",
]
