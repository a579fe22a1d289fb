"""The parser behind docctl: markdown-it with exactly the rules a text can need.

A rule that cannot match costs time at every line or character, so it is left out: each has a
trigger, and the text must hold it. Parsers are cached by their rules and never change once made.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from docctl.content.markdown import rules
from docctl.content.markdown.autolink import WEB_START
from docctl.content.markdown.foreign.grids import grid
from docctl.content.markdown.foreign.lists import html_list
from docctl.content.markdown.foreign.tables import html_table
from docctl.content.markdown.foreign.tabs import tabs
from docctl.content.markdown.state import chosen
from docctl.content.markdown.tables import table_rule
from docctl.content.tree import MAX_DEPTH

#: Any of these texts, or this pattern.
Trigger = tuple[str, ...] | re.Pattern[str]

#: Block rule → what a text must hold for it to match.
BLOCKS: Mapping[str, Trigger] = MappingProxyType(
    {
        "table": ("|",),
        "fence": ("```", "~~~"),
        "blockquote": (">",),
        "reference": ("]:",),
        "lheading": re.compile(r"^[ \t>]*(?:-+|=+)[ \t]*$", re.MULTILINE),
        "footnote_def": ("[^",),
        "deflist": ("\n:", "\n~", " :", " ~", "\t:", "\t~", ">:", ">~"),
        "comment": ("<!--",),
        "html_table": ("</table>", "</TABLE>"),
        "html_list": ("</ul>", "</UL>", "</ol>", "</OL>"),
        "grid": ("+--", "+:-"),
        "call_out": ("!!!", "???"),
        "tabs": ('=== "', '===! "', '===+ "'),
        "container": (":::",),
    }
)

#: Inline rule → what a text must hold for it to match, and the characters at which it stops.
INLINES: Mapping[str, tuple[Trigger, str]] = MappingProxyType(
    {
        "escape": (("\\",), "\\"),
        "backticks": (("`",), "`"),
        "strikethrough": (("~~",), "~"),
        "emphasis": (("*", "_"), "*_"),
        "footnote_ref": (("[^",), "["),
        "controlled": (("[[",), "["),
        "link": (("[",), "[]"),
        "image": (("![",), "!]"),
        "autolink": (("<",), "<"),
        "html_inline": (("<",), "<"),
        "entity": (("&",), "&"),
        "address": (("://", "www."), ""),
    }
)

#: The characters of which triggers consist.
_MARKS = frozenset(
    character
    for trigger in (*BLOCKS.values(), *(trigger for trigger, _ in INLINES.values()))
    if isinstance(trigger, tuple)
    for character in "".join(trigger)
)

_ALWAYS = ("too_deep", "code", "hr", "list", "heading", "paragraph")
_ADDED = (
    ("comment", rules.comment),
    ("html_table", html_table),
    ("html_list", html_list),
    ("grid", grid),
    ("call_out", rules.call_out),
    ("tabs", tabs),
    ("container", rules.container),
)
_INTERRUPTED = ["paragraph", "reference", "blockquote", "list"]
_PLAIN_URL = re.compile(r"[A-Za-z0-9/#?&=._~:@!$'()*+,;%-]*\Z")


def engine_for(text: str) -> tuple[MarkdownIt, re.Pattern[str]]:
    """Return a parser for *text*, and the pattern of characters at which its inline rules begin."""
    held = frozenset(filter(text.__contains__, _MARKS))
    needed = [name for name, trigger in BLOCKS.items() if _holds(text, held, trigger)]
    needed += [name for name, (trigger, _) in INLINES.items() if _holds(text, held, trigger)]
    return _engine(frozenset(needed))


def _holds(text: str, held: frozenset[str], trigger: Trigger) -> bool:
    """Tell whether a text holds a trigger; *held* are those of `_MARKS` that it holds."""
    if not isinstance(trigger, tuple):
        return trigger.search(text) is not None
    likely = filter(held.issuperset, trigger)  # a character is found faster than several
    return any(map(text.__contains__, likely))


def _encoded(url: str) -> str:
    """Percent-encode what needs it; most addresses do not."""
    return url if _PLAIN_URL.match(url) else normalizeLink(url)


@lru_cache(maxsize=128)
def _engine(needed: frozenset[str]) -> tuple[MarkdownIt, re.Pattern[str]]:
    engine = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_DEPTH})
    _extend(engine)
    engine.block.ruler.enableOnly([*_ALWAYS, *(name for name in BLOCKS if name in needed)])
    _narrow(engine)
    engine.inline.ruler.enableOnly(["text", "newline", *(n for n in INLINES if n in needed)])
    pairs = [name for name in ("emphasis", "strikethrough") if name in needed]
    engine.inline.ruler2.enableOnly(["balance_pairs", *pairs] if pairs else [])
    special = "".join(sorted({c for name in needed for c in INLINES.get(name, ("", ""))[1]}))
    stops = "[" + re.escape("\n" + special) + "]"
    engine.inline.terminator_re = re.compile(
        f"{stops}|{WEB_START}" if "address" in needed else stops
    )
    return engine, re.compile(f"[{re.escape(special)}]" if special else r"(?!)")


def _narrow(engine: MarkdownIt) -> None:
    """Let each line be tried by those rules alone that it can match by its first character."""
    ruler = engine.block.ruler
    names = dict(zip(ruler.getRules(), ruler.get_active_rules(), strict=True))
    chains = {
        chain: [chosen((names[rule], rule) for rule in ruler.getRules(chain))]
        for chain in ("", *_INTERRUPTED)
    }
    vars(ruler).update(getRules=lambda chain="": chains[chain])


def _extend(engine: MarkdownIt) -> None:
    # Links are handed over as they are: the readers judge them, and can report what they refuse.
    vars(engine).update(validateLink=lambda _: True, normalizeLink=_encoded, normalizeLinkText=str)
    engine.use(footnote_plugin, inline=False, move_to_end=False)
    engine.inline.ruler.at("footnote_ref", rules.footnote_mark)
    engine.use(deflist_plugin)
    engine.block.ruler.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    engine.block.ruler.at("blockquote", rules.quotation, {"alt": _INTERRUPTED})
    for name, rule in _ADDED:
        engine.block.ruler.before("fence", name, rule, {"alt": _INTERRUPTED})
    engine.block.ruler.before("table", "too_deep", rules.too_deep)
    engine.inline.ruler.before("link", "controlled", rules.reference)
    engine.inline.ruler.push("address", rules.address)
