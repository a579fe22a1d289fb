"""The text a new document begins with: its sections, and what belongs under each."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

#: What to write under the sections that types usually recommend.
_PROMPTS: Mapping[str, str] = MappingProxyType(
    {
        "purpose": "what this document is for, in one or two sentences",
        "scope": "what and whom it applies to, and what it does not cover",
        "responsibilities": "which function does or decides what",
        "procedure": "the steps in their order: who does what, when, and with what",
        "records": "which records this produces, on which form, and how long they are kept",
        "references": "the documents this one relies on, each by its number",
        "commitments": "what the management commits itself to",
        "context": "the matters and the parties that affect the management system",
        "processes": "the processes, and how they work together",
        "functions": "the functions, and what each answers for",
        "safety": "the dangers of this work, and how to protect oneself and others",
        "tools": "the tools, materials and equipment that are needed",
        "steps": "each step as an instruction, in the order of the work",
        "acceptance criteria": "how to see that the work was done well",
        "instructions": "who fills in this form, when, and where it goes",
        "form": "the fields to fill in, as a table or a list",
        "use": "where and for what this document is used",
        "location": "where the valid copy is kept",
    }
)


def skeleton(sections: Sequence[str]) -> str:
    """Return a text with these sections and a prompt under each.

    `Purpose|Aim` gives the section `Purpose`. Every prompt stands in square brackets, so that the
    check for placeholders finds it until it has been replaced.
    """
    titles = [names.split("|")[0].strip() for names in sections] or ["Text"]
    return "\n".join(f"## {title}\n\n*[Enter {_prompt(title)}.]*\n" for title in titles)


def _prompt(title: str) -> str:
    return _PROMPTS.get(title.casefold(), "what belongs under this heading")
