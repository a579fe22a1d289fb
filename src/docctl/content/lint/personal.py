"""Lint for personal data: it would stay in the history of the store for ever.

Aims at few false alarms: numbers of standards, parts, sizes, pressures and dates are not taken for
telephone or identity numbers, shared mailboxes not for persons.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from docctl.content.faults import Fault
from docctl.late import Late

if TYPE_CHECKING:
    from docctl.content import tree
    from docctl.content.lint.seen import Seen
else:
    tree = Late("docctl.content.tree")

_HINT = "name a function instead of a person; what is personal belongs into a record"

_AT = re.compile("@")
_MAIL = re.compile(
    r"(?<![\w.+-])([A-Za-z0-9._%+-]{1,64})@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
#: `first.last`, `f_last`, or one word that may be a name.
_NAME = re.compile(r"[a-z]{1,20}[._][a-z]{2,20}[0-9]{0,3}|[A-Za-z]?[a-z]{2,8}[0-9]{0,3}")
_SHARED_WORDS = """
abuse access account admin agent alert app billing bot buy career club complain compliance connect
contact copyright custom daily data depart desk dev dmca dpo enquir event example experience
feedback field finance front general group hello help hotline info inquir invoice join jobs legal
list lead mail market media member news noreply notif office onboard ops order outreach payroll
people platform post press privacy procure product purchas qual record recruit register repl
report request research safety sales scan secret security service ship shop software speaker staff
store supervisor suppl support team tech tenant test train travel user ware webmaster work you
"""
#: What the name of a mailbox holds that belongs to a function and not to a person.
_SHARED = re.compile("|".join(_SHARED_WORDS.split()))

_GAP = r"[ \u00a0./()-]{0,2}"
_PHONE = re.compile(
    rf"(?<![\w+])\+[1-9]{_GAP}\d(?:{_GAP}\d){{6,12}}(?!\w)"
    r"|(?<![\w(])\([2-9]\d\d\)[ \u00a0]?\d{3}[-. \u00a0]\d{4}(?!\w)"
)
_CALLED = re.compile(
    r"(?i:\b(?:tel|phone|telephone|mobile|cell|fax|call)\b\.?)"
    rf"(?:[^\d+\w\n(]{{0,3}}(?i:no|nr|number)?[^\d+\w\n(]{{1,3}})(\(?\d(?:{_GAP}\d){{6,13}})(?!\w)"
)
_TOLL_FREE = re.compile(r"(?:\+?1)?8(?:00|33|44|55|66|77|88)")
_NUMBERED = re.compile(
    r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"
    r"|(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])"
    r"|(?<!\w)[A-Z]{2} \d{2} \d{2} \d{2} [A-D](?!\w)"
)
_NAMED = re.compile(
    r"(?i:\b(?:SSN|social\ security|national\ insurance|passport|personnummer|BSN|PESEL|NINO"
    r"|identity\ card|ID\ card|tax\ ID|date\ of\ birth)\b)"
    r"(?i:[\s:#.-]{0,3}(?:no|nr|number|is)?[\s:#.-]{0,3})"
    r"((?=[A-Z0-9. -]*\d{3})[A-Z0-9](?:[ .-]?[A-Z0-9]){5,19})(?!\w)"
)

#: What a text holds in which the patterns beside it may find something: most texts do not, and are
#: not looked at closely.
_NUMBERS: Sequence[tuple[re.Pattern[str], Mapping[re.Pattern[str], str]]] = (
    (
        re.compile(rf"[\d](?:{_GAP}\d){{5}}"),  # a set is searched for faster than a class
        MappingProxyType(
            {_PHONE: "telephone number", _CALLED: "telephone number", _NUMBERED: "identity number"}
        ),
    ),
    (re.compile(r"[\d]\d\d"), MappingProxyType({_NAMED: "identity number"})),
)


def personal(seen: "Seen") -> Iterator[Fault]:
    """Yield a fault for each e-mail address, telephone or identity number; code is left alone."""
    for line, text in seen.texts_like(_AT):
        yield from _faults(line, _mail(text))
    for likely, patterns in _NUMBERS:
        for line, text in seen.texts_like(likely):
            yield from _faults(line, _numbers(text, patterns))
    for line, node in seen.of(tree.Link):
        if node.target.startswith("mailto:"):
            yield from _faults(line, _mail(node.target.removeprefix("mailto:")))


def personal_in(text: str) -> Iterator[str]:
    """Yield a sentence for each e-mail address, telephone or identity number in a line of text."""
    if _AT.search(text):
        yield from _mail(text)
    for likely, patterns in _NUMBERS:
        if likely.search(text):
            yield from _numbers(text, patterns)


def personal_front(texts: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each of these that stands in the front matter, by the names of its fields.

    The history keeps titles and reasons in more places than texts.
    """
    for name, text in texts.items():
        for sentence in personal_in(text):
            yield Fault(0, "personal-data", f"{name}: {sentence}", _HINT)


def _mail(text: str) -> Iterator[str]:
    for match in _MAIL.finditer(text):
        name = match[1].lower() if "." in match[1] else match[1]
        if _NAME.fullmatch(name) and not _SHARED.search(name.lower()):
            yield _sentence("e-mail address", match[0])


def _numbers(text: str, patterns: Mapping[re.Pattern[str], str]) -> Iterator[str]:
    for pattern, what in patterns.items():
        for match in pattern.finditer(text):
            number = match[match.lastindex or 0]
            if not _TOLL_FREE.match(re.sub(r"[^\d+]", "", number)):
                yield _sentence(what, number)


def _sentence(what: str, found: str) -> str:
    return f"'{found}' looks like a person's {what}"


def _faults(line: int, sentences: Iterable[str]) -> Iterator[Fault]:
    return (Fault(line, "personal-data", one, _HINT) for one in sentences)
