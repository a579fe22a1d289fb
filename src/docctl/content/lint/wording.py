"""Lint of the words: what was to be replaced, and an organisation's own rules."""

import re
from collections.abc import Iterator, Sequence

from docctl.content.faults import Fault
from docctl.content.lint.context import TextRule
from docctl.content.lint.seen import Seen

_PLACEHOLDER = re.compile(
    r"""(?<![\w-])(?:TBD|TBC|TBA|TODO|FIXME|XXX+)(?![\w-])
      | (?i:\blorem\s+ipsum\b)
      | \?{3,}
      | \[\s*(?:\u2026|\.{3})\s*\]
      | [<\[] (?i:insert|enter|add|fill\ in|type|specify|replace|name\ of|your)\b
        [^<>\[\]]{0,200} [>\]]
      | \{\{[^{}]{0,80}\}\} | \{%[^{}]{0,80}%\}
    """,
    re.VERBOSE,
)
#: What every placeholder holds: most texts have none of it, and are not looked at closely.
_LIKELY = re.compile(r"[?<\[{TFXlL](?:(?<=[?<\[{])|B[DCA]|ODO|IXME|XX|(?i:orem))")


def placeholders(seen: Seen) -> Iterator[Fault]:
    """Yield a fault for each text that was to be replaced; code is left alone."""
    for line, text in seen.texts_like(_LIKELY):
        for match in _PLACEHOLDER.finditer(text):
            sentence = f"'{match[0][:80]}' is still to be replaced"
            yield Fault(line, "placeholder", sentence, "write what belongs there, or delete it")


def ruled(seen: Seen, rules: Sequence[TextRule]) -> Iterator[Fault]:
    """Yield a fault for each phrase that a rule names."""
    if not rules:
        return
    found = {" ".join(rule.phrase.split()).casefold(): rule for rule in rules}
    phrases = "|".join(re.escape(phrase) for phrase in sorted(found, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")
    for line, text in seen.texts:
        for match in pattern.finditer(text.casefold()):
            rule = found[match[0]]
            yield Fault(line, "text-rule", rule.sentence, rule.hint)
