"""What the metadata of a manual say of the system: scope, processes, functions; as sections."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docctl.content.nodes import ACROSS, grid, lines, references, words
from docctl.content.structure.outline import shifted
from docctl.content.tree import Alignment, Blocks, Document, Heading, Inlines, Paragraph, Table
from docctl.content.walk import plain
from docctl.model.document import Chapter, Manual, Process
from docctl.render import front
from docctl.render.manual.sources import ManualSources

__all__ = ["with_approved", "with_system"]

#: From so many processes on their tables are printed across.
_MANY = 17

_KINDS = (("management", "Management"), ("core", "Core"), ("support", "Support"))


@dataclass(frozen=True, slots=True)
class Topic:
    """A section to be, its content, and the titles under which an author may have begun it."""

    heading: Heading
    content: Blocks
    titles: tuple[str, ...]


def with_system(frame: Document, manual: ManualSources) -> Document:
    """Return the frame with what the metadata say, each under the author's own heading if any."""
    topics = (_scope(manual.rules), _processes(manual.rules), _functions(manual))
    return _with_topics(frame, topics)


def with_approved(text: Document, rules: Manual) -> Document:
    """Return a manual's own text with the metadata approved with it, as sections of the text.

    They are the scope, the clauses that do not apply, the processes, and which documents make the
    chapters; the lists that change from day to day are not among them.
    """
    levels = [block.level for block in text.blocks if isinstance(block, Heading)]
    down = min(levels, default=1) - 1
    topics = (_scope(rules), _processes(rules), _chapters(rules))
    return shifted(_with_topics(shifted(text, -down, ""), topics), down, "")


def _with_topics(text: Document, topics: Iterable[Topic]) -> Document:
    content = text.blocks
    for topic in topics:
        if topic.content:
            content = _placed(content, topic)
    return replace(text, blocks=content)


def _placed(content: Blocks, topic: Topic) -> Blocks:
    """Put the topic at the end of the section that has its title, else as a new one at the end."""
    level = topic.heading.level
    begin = next((i for i, b in enumerate(content) if _begins(b, topic)), None)
    if begin is None:
        return (*content, topic.heading, *topic.content)
    later = range(begin + 1, len(content))
    end = next((i for i in later if _divides(content[i], level)), len(content))
    return (*content[:end], *topic.content, *content[end:])


def _begins(block: object, topic: Topic) -> bool:
    if not isinstance(block, Heading) or block.level != topic.heading.level:
        return False
    return " ".join(plain(block.inlines).casefold().split()) in topic.titles


def _divides(block: object, level: int) -> bool:
    return isinstance(block, Heading) and block.level <= level


def _topic(title: str, anchor: str, content: Blocks, *titles: str) -> Topic:
    return Topic(Heading(1, words(title), anchor), content, (title.casefold(), *titles))


def _part(title: str, anchor: str, *content: Paragraph | Table) -> Blocks:
    return (Heading(2, words(title), anchor), *content)


# --- scope -----------------------------------------------------------------------------------


def _scope(rules: Manual) -> Topic:
    content: Blocks = ()
    if rules.scope:
        content += _part("Scope statement", "scope_statement", Paragraph(words(rules.scope)))
    if rules.not_applicable:
        rows = (
            (words(front.clauses_words((exclusion.clause,))), words(exclusion.reason))
            for exclusion in rules.not_applicable
        )
        found: Paragraph | Table = grid(("Clause", "Why it does not apply"), rows)
    else:
        found = Paragraph(words("No clause has been declared not applicable."))
    content += _part("Clauses declared not applicable", "not_applicable", found)
    return _topic("Scope", "scope", content, "scope of the management system")


# --- processes -------------------------------------------------------------------------------


def _processes(rules: Manual) -> Topic:
    processes = rules.processes_map
    content: Blocks = ()
    if processes:
        content = (
            *_part("Processes at a glance", "process_map", _map(processes)),
            *_part("Inputs, outputs and interaction", "process_tables", _list(processes)),
            _matrix(processes),
        )
    titles = ("process interaction", "interaction of processes", "processes and their interaction")
    return _topic("Processes", "processes", content, *titles)


def _map(processes: Sequence[Process]) -> Table:
    chains = ((title, _chain([p for p in processes if p.kind == kind])) for kind, title in _KINDS)
    return grid(("Kind", "Processes"), ((words(t), words(chain)) for t, chain in chains if chain))


def _chain(processes: Sequence[Process]) -> str:
    """Return the names, with an arrow to the next one where it takes what the one before gives."""
    text = processes[0].name if processes else ""
    for process, following in pairwise(processes):
        text += (" → " if following.name in process.feeds else " · ") + following.name
    return text


def _list(processes: Sequence[Process]) -> Table:
    head = ("No.", "Process", "Owner", "Takes in", "Gives out", "Documents")
    rows = (
        (
            words(str(number)),
            words(process.name),
            words(process.owner),
            words("; ".join(process.inputs)),
            words("; ".join(process.outputs)),
            references(process.documents),
        )
        for number, process in enumerate(processes, 1)
    )
    caption = "The processes, what they take in and give out"
    return grid(head, rows, alignments=("right",), caption=caption, classes=_classes(processes))


def _matrix(processes: Sequence[Process]) -> Table:
    """Return who gives to whom; the columns have the numbers of the rows."""
    numbers = [str(number) for number in range(1, len(processes) + 1)]
    rows = (
        (words(f"{number} {process.name}"), *_dots(process, processes))
        for number, process in zip(numbers, processes, strict=True)
    )
    centred: list[Alignment] = ["center"] * len(numbers)
    return grid(
        ("From, to", *numbers),
        rows,
        alignments=("", *centred),
        caption="Interaction: a dot says that the process of the row gives to that of the column",
        classes=_classes(processes),
    )


def _dots(process: Process, processes: Sequence[Process]) -> Iterator[Inlines]:
    for other in processes:
        yield words("×" if other is process else "●" if other.name in process.feeds else "–")


def _classes(processes: Sequence[Process]) -> tuple[str, ...]:
    return ACROSS if len(processes) >= _MANY else ()


# --- chapters --------------------------------------------------------------------------------


def _chapters(rules: Manual) -> Topic:
    rows = [(words(chapter.title), _selects(chapter)) for chapter in rules.chapters]
    content: Blocks = (grid(("Chapter", "Documents"), rows),) if rows else ()
    return _topic("Chapters", "chapters", content, "chapters of the manual")


def _selects(chapter: Chapter) -> Inlines:
    kind = chapter.type and f"type {chapter.type.replace('_', ' ')}"
    fitting = " and ".join(filter(None, (kind, chapter.process and f"process {chapter.process}")))
    every = f"{'; ' if chapter.include else ''}every document of {fitting}" if fitting else ""
    return (*references(chapter.include), *words(every))


# --- functions -------------------------------------------------------------------------------


def _functions(manual: ManualSources) -> Topic:
    content: Blocks = ()
    if manual.functions:
        owned = _owned(manual)
        content = _part("Holders and authorities", "functions_held", _holders(manual))
        content += _part("Ownership", "functions_own", owned) if owned.rows else ()
    titles = ("functions and authorities", "organisation", "roles and responsibilities")
    return _topic("Functions", "functions", content, *titles)


def _holders(manual: ManualSources) -> Table:
    """Return who holds what and may decide what; a column without an entry is left out."""
    columns = {
        "Function": [words(held.title) for held in manual.functions],
        "Held by": [lines(held.holders) for held in manual.functions],
        "Answers for": [words(held.responsibility) for held in manual.functions],
        "May decide": [words(held.authority) for held in manual.functions],
    }
    filled = {title: cells for title, cells in columns.items() if any(cells)}
    return grid(tuple(filled), zip(*filled.values(), strict=True))


def _owned(manual: ManualSources) -> Table:
    rows = (
        (
            words(held.title),
            words("; ".join(p.name for p in manual.rules.processes_map if p.owner == held.title)),
            references(row.number for row in manual.master if row.owner == held.title),
        )
        for held in manual.functions
    )
    return grid(("Function", "Processes", "Documents"), [row for row in rows if any(row[1:])])
