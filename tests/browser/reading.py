"""Somebody who reads a site in a browser, and the site that is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from firm import TEXT, Firm

from docctl import Procedure, State
from docctl.model.answers.published import Published
from docctl.model.document import ExternalDocument, WorkInstruction

HOSTILE = '</title><script>window.hit=1</script>"\' <img src=x onerror="window.hit=1"> مرحبا שלום'

#: A text in which an excerpt of about 110 letters ends inside a word.
ZEBRA = f"Every zebra crossing is inspected. {'Inconspicuously and conscientiously ' * 8}"
TASKS = (
    "- [x] Calibrated\n- [ ] Clean\n\n1. افصل\n2. راجع\n\n| البند | الحد |\n|---|---|\n| 1 | 2 |\n"
)
LINKS = "\n[x](javascript:window.hit=1) [y](https://example.com/)\n"


class Site(NamedTuple):
    folder: Path
    numbers: dict[str, str]
    made: Published

    def address(self, path: str = "index.html") -> str:
        return (self.folder / path).as_uri()

    def page(self, name: str) -> str:
        return self.address(f"documents/{self.numbers[name]}.html")


def documents() -> dict[str, tuple[Any, str]]:
    """Return what is brought into force, by a name of the test's own."""
    more = "\n".join(f"## Part {n}\n\nStep {n} is done with care.\n" for n in range(1, 30))
    return {
        "control": (
            Procedure(title="Control of documents", summary="All of it", processes=("Core",)),
            f"{TEXT}\nThe Ærøskøbing façade is painted by émigrés.\n\n{more}",
        ),
        "buying": (
            Procedure(title="Purchasing", processes=("Supply", "Core")),
            f"{TEXT}\nBuy as [[PRO-001#scope]] says. {ZEBRA}\n{LINKS}",
        ),
        "torque": (
            WorkInstruction(title="Torque wrench", processes=("Core",)),
            f"{TEXT}\nSee [[PRO-002]].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{TASKS}",
        ),
        "hostile": (
            Procedure(title=HOSTILE, summary="<b>no</b>"),
            f"{TEXT}\n<script>window.hit=1</script>\n",
        ),
        "norm": (ExternalDocument(title="Norm", exportable=False, licence="One reader"), TEXT),
    }


def numbers_of_reading(firm: Firm) -> dict[str, str]:
    """Bring everything into force, suspend one and schedule another; return the numbers."""
    numbers = {}
    for name, (document, body) in documents().items():
        numbers[name] = firm.by("ben").new(document, body).number
        for step in ("submit", "sign", "release"):
            getattr(firm, step)(numbers[name])
    firm.revise(numbers["control"], documents()["control"][1].replace("painted", "washed"))
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(numbers["control"])
    numbers["suspended"] = firm.reach(State.SUSPENDED, title="Lifting")
    numbers["scheduled"] = firm.reach(State.SCHEDULED, title="Painting")
    numbers["withdrawn"] = firm.reach(State.WITHDRAWN, title="Old ways")
    return numbers


#: Milliseconds that a page may take: a machine that is busy is no fault of a site.
PATIENCE = 600_000


def window(browser: Any, **options: Any) -> Any:
    """Return a window of a browser of which nothing is known, and which waits for slow pages."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


@dataclass
class Reader:
    """A page in a browser; what the browser complains about and asks for is noted."""

    page: Any
    site: Site
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def at(cls, browser: Any, site: Site, **options: Any) -> Iterator["Reader"]:
        options = {"viewport": {"width": 1280, "height": 900}, **options}
        context = window(browser, **options)
        reader = cls(context.new_page(), site)
        reader.page.on("console", lambda said: reader.complaints.append(said.text))
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        reader.page.on("request", reader.asked)
        yield reader
        context.close()

    def asked(self, request: Any) -> None:
        if not request.url.startswith((self.site.folder.as_uri(), "data:")):
            self.strangers.append(request.url)

    def open(self, path: str = "index.html") -> "Reader":
        self.page.goto(self.site.address(path))
        return self

    @property
    def rows(self) -> list[str]:
        """The numbers that the register shows, in its order."""
        return [
            row.get_attribute("id") or ""
            for row in self.page.locator("#register tbody tr").all()
            if row.is_visible()
        ]

    @property
    def told(self) -> str:
        return str(self.page.locator(".count").inner_text())

    def search(self, words: str) -> list[str]:
        """Type words, wait until the texts have been searched, and return what is left."""
        self.page.get_by_label("Search titles and texts").fill(words)
        self.page.wait_for_function("() => 'searched' in document.querySelector('form').dataset")
        self.page.evaluate("() => new Promise((after) => setTimeout(after, 150))")
        return self.rows
