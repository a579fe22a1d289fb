"""Makes `docs/reference/library.md` from `docctl.Library` and the classes that stand beside it."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from textwrap import dedent
from types import FunctionType
from typing import Any

import docctl
from docctl.desk.verbs.table import VERBS
from docctl.library import Library
from docctl.library.carrying import Carrying
from docctl.library.copies.comparing import Comparing
from docctl.library.copies.issuing import Issuing
from docctl.library.copies.judging import Judging
from docctl.library.copies.publishing import Publishing
from docctl.library.drafting import Drafting
from docctl.library.handle import Handle
from docctl.library.keeping.blanks import Numbered
from docctl.library.keeping.filling import Filling
from docctl.library.keeping.finding import Finding
from docctl.library.keeping.handing import Handing
from docctl.library.keeping.originals import Originals
from docctl.library.keeping.proving import Proving
from docctl.library.keeping.recording import Recording
from docctl.library.keeping.requesting import Requesting
from docctl.library.keeping.retaining import Retaining
from docctl.library.keeping.tables import Tables
from docctl.library.keeping.vaulting import Vaulting
from docctl.library.listing import Listing
from docctl.library.moving import Moving
from docctl.library.people import People
from docctl.library.reading import Reading
from docctl.library.texts import Texts
from docctl.library.working import Working
from docctl.trust import signers

HEAD = """# The library in Python

This page is made from the code. Everything that the command line does is a method of
`docctl.Library`, under the same word; [embed docctl in an application](../how-to/embed.md) shows
how they go together. The values that go in and come out are on the page of [models](models.md),
the errors on that of [problems](problems.md#errors). Any method may raise a `StoreError` where the
disk or the store cannot serve.

What `docctl.__all__` lists is public:
"""

VERBS_HEAD = """### What can be prepared

`prepare(verb, …)` takes these verbs, each with these arguments. The word `return_` is spelled so
because Python has `return` for itself.
"""

#: A heading, and the classes whose methods follow it.
SECTIONS: tuple[tuple[str, tuple[type[Any], ...]], ...] = (
    ("Open, close, who acts", (Library, Handle)),
    ("Write", (Drafting, Texts, Working)),
    ("Approve and put into force", (Moving,)),
    ("People", (People,)),
    ("Ask", (Listing, Finding, Reading)),
    (
        "Keep records",
        (
            Filling,
            Recording,
            Numbered,
            Tables,
            Originals,
            Proving,
            Retaining,
            Requesting,
            Handing,
            Vaulting,
        ),
    ),
    ("Hand out", (Issuing, Publishing, Comparing)),
    ("Copies that come back", (Judging,)),
    ("Sign elsewhere", (Carrying,)),
)

#: Classes that are no models, each with what a caller uses of it.
BESIDE: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (docctl.KeyFile, ()),
    (docctl.AgentKey, ("identities",)),
    (docctl.Presigned, ()),
    (docctl.Signer, ("sign",)),
    (docctl.PublicKey, ("parse", "line", "fingerprint")),
    (docctl.Founder, ()),
    (docctl.Text, ()),
    (docctl.Circumstances, ()),
    (docctl.Prepared, ("message", "summary")),
    (docctl.PdfSigning, ("of", "signed")),
    (docctl.LibreOffice, ("pages",)),
)


def page() -> str:
    """Return the whole page."""
    public = ", ".join(f"`{name}`" for name in docctl.__all__)
    parts = [HEAD, f"{public}.", ""]
    for title, kinds in SECTIONS:
        parts += [f"## {title}", "", _prose(inspect.getdoc(kinds[0]) or ""), ""]
        for kind in kinds:
            parts += (line for name in methods(kind) for line in _entry(kind, name))
    parts += [VERBS_HEAD, *(f"- `{name}{_given(verb)}`" for name, verb in VERBS.items()), ""]
    parts += ["## Signers, keys, texts", ""]
    for kind, names in BESIDE:
        parts += _class(kind, names)
    parts += _entry(signers, "generate_key")
    return "\n".join(parts)


def _given(verb: Callable[..., Any]) -> str:
    made = inspect.signature(verb)
    names = [
        one.replace(annotation=one.empty)
        for name, one in made.parameters.items()
        if name not in {"bench", "_"}
    ]
    return str(made.replace(parameters=names, return_annotation=made.empty))


def methods(kind: type[Any]) -> Iterator[str]:
    """Yield the names of the public methods that a class states itself, in their order."""
    for name, one in vars(kind).items():
        public = name[0] != "_" and getattr(one, "__name__", "") == name
        if public and isinstance(one, FunctionType | classmethod):
            yield name


def _entry(kind: Any, name: str) -> Iterator[str]:
    function = getattr(kind, name)
    yield from (f"### {name}", "", "```py", _signature(function), "```", "")
    yield from (_prose(inspect.getdoc(function) or ""), "")


def _class(kind: type[Any], names: tuple[str, ...]) -> Iterator[str]:
    yield from (f"### {kind.__name__}", "")
    fields = getattr(kind, "__dataclass_fields__", None)
    if fields:
        yield from ("```py", f"{kind.__name__}({', '.join(fields)})", "```", "")
    elif isinstance(kind.__init__, FunctionType) and kind is not docctl.Signer:
        made = _signature(kind.__init__).replace("__init__", kind.__name__)
        yield from ("```py", made.removesuffix(" -> None"), "```", "")
    yield from (_prose(inspect.getdoc(kind) or ""), "")
    for name in names:
        found = inspect.getattr_static(kind, name)
        says = inspect.getdoc(getattr(found, "fget", None) or found) or ""
        yield from (f"`{name}`: {_prose(says)}", "")


def _signature(function: Any) -> str:
    """Return the head of a function as it stands in the source, without `self`."""
    source = dedent(inspect.getsource(function))
    made = next(one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef))
    lines = source.splitlines()[made.lineno - 1 : made.body[0].lineno - 1]
    text = re.sub(r"  # noqa.*", "", "\n".join(lines)).strip()
    head = text.removeprefix("def ").removesuffix(":")
    return re.sub(r"(\(\n? *)(self|cls)(, |\n? *(?=\))|,\n    )", r"\1", head)


def _prose(says: str) -> str:
    """Return a docstring as Markdown: what it raises becomes a list."""
    text, _, raised = says.partition("\n\nRaises")
    if not raised:
        return text
    when, _, errors = raised.partition(":\n")
    lines = re.sub(r"\n {8}", " ", f"\n{errors}").strip().splitlines()
    pairs = (line.partition(":") for line in lines)
    listed = [f"- `{name.strip()}`: {why.strip()}" for name, _, why in pairs]
    return "\n".join([f"{text}\n\nRaises{when}:\n", *listed])
