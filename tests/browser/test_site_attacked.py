"""What gets into a page even so does not run, asks nobody for anything, and can be told apart."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from firm import TEXT, Firm
from reading import HOSTILE, Reader, Site, window

from docctl import Procedure, State
from docctl.model.document import ExternalDocument, Manual, Process
from docctl.render.site import shard

#: What somebody might get into a page: each would run, or ask a host that is not the site's.
PAYLOAD = """
<script>window.hit = 1</script>
<img src="x" onerror="window.hit = 1">
<svg><script>window.hit = 1</script><image href="{evil}/svg"/></svg>
<div style="background: url({evil}/style)">x</div>
<style>@import url("{evil}/import"); p {{ background: url("{evil}/sheet") }}</style>
<script src="{evil}/script.js"></script>
<link rel="stylesheet" href="{evil}/link.css">
<img src="{evil}/img"><iframe src="{evil}/frame"></iframe><object data="{evil}/object"></object>
<embed src="{evil}/embed"><video src="{evil}/video" poster="{evil}/poster"></video>
<base href="{evil}/">
<form action="{evil}/form" id="sent"><input name="q"><button>Send</button></form>
<a id="runs" href="javascript:window.hit = 1">run</a>
"""


@dataclass
class Evil:
    """A host that nobody should ask for anything."""

    address: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving(handler: Any) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def evil() -> Iterator[Evil]:
    asked: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"window.hit = 1")

        def log_message(self, *_: object) -> None:
            pass

    with serving(Noting) as address:
        yield Evil(address, asked)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def at(browser: Any, folder: Path, *, served: bool) -> Iterator[tuple[Any, str]]:
    """Yield a page of a browser, and the address of a site: on a disk, or on a server."""
    context = window(browser)
    try:
        if served:
            with serving(partial(Quiet, directory=str(folder))) as address:
                yield context.new_page(), address
        else:
            yield context.new_page(), folder.as_uri()
    finally:
        context.close()


def attacked(site: Site, to: Path, evil: str, *, guarded: bool) -> Path:
    """Return a copy of a site whose pages hold the payload; without their policy on demand."""
    shutil.copytree(site.folder, to)
    for path in to.rglob("*.html"):
        page = path.read_text().replace("<main", PAYLOAD.format(evil=evil) + "<main", 1)
        if not guarded:
            page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        path.write_text(page)
    return to


#: Notes what the policy of a page refuses: the browser tells it once it has decided.
NOTING = """window.refused = new Set();
addEventListener("securitypolicyviolation", (one) => refused.add(one.effectiveDirective));"""


@pytest.mark.parametrize("served", [False, True], ids=["file", "http"])
def test_what_got_into_a_page_neither_runs_nor_asks_anybody(
    browser: object, site: Site, evil: Evil, tmp_path: Path, *, served: bool
) -> None:
    pages = ["index.html", "map.html", f"documents/{site.numbers['control']}.html"]
    for turn in ("unguarded", "guarded"):
        guarded = turn == "guarded"
        folder = attacked(site, tmp_path / turn, f"{evil.address}/{turn}", guarded=guarded)
        for path in pages:
            with at(browser, folder, served=served) as (page, address):
                page.add_init_script(NOTING)
                page.goto(f"{address}/{path}", wait_until="load")
                page.locator("#runs").click()
                page.locator("#sent button").click(no_wait_after=True)
                if guarded:
                    page.wait_for_function("window.refused.has('form-action')")
                    assert page.evaluate("window.hit") is None
                else:
                    page.wait_for_url(f"{evil.address}/unguarded/form*")
    assert any(path.startswith("/unguarded/") for path in evil.asked)
    assert not [path for path in evil.asked if path.startswith("/guarded/")]


@pytest.mark.parametrize("served", [False, True], ids=["file", "http"])
def test_the_site_itself_works_where_it_is_served_and_where_it_lies(
    browser: object, site: Site, served: bool
) -> None:
    with at(browser, site.folder, served=served) as (page, address):
        page.goto(f"{address}/index.html")
        page.get_by_label("Search titles and texts").fill("zebra")
        page.wait_for_function("() => document.querySelectorAll('#register .excerpt').length === 1")
        assert page.locator("#register tbody tr:visible").count() == 1


# --- words that nobody expects, everywhere ------------------------------------------------------

NAMES = f"{HOSTILE}</style>*{{display:none}}/*'; {'W' * 200}"


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a firm in which everything that has a name has a bad one."""
    folder = tmp_path_factory.mktemp("spoilt")
    with tempfile.TemporaryDirectory() as scratch, Firm.found(Path(scratch) / "acme") as firm:
        firm.change_control(firm.ada.control().but(organization=NAMES, notice=NAMES))
        told = Process(name=NAMES, owner=NAMES, inputs=(NAMES,), outputs=(NAMES,), feeds=(NAMES,))
        manual = Manual(title=NAMES, subtitle=NAMES, processes_map=(told,))
        norm = ExternalDocument(title=NAMES, exportable=False, licence=NAMES, source=NAMES)
        words = Procedure(title=NAMES, summary=NAMES, keywords=(NAMES,), processes=(NAMES,))
        for document in (manual, norm, words):
            body = f"{TEXT}\n## {'Z' * 900}\n\n{NAMES}\n"
            number = firm.by("ben").new(document, body).number
            for step in ("submit", "sign", "release"):
                getattr(firm, step)(number)
        firm.ada.suspend(number, reason=NAMES, instruction=NAMES)
        firm.reach(State.WITHDRAWN, title=NAMES)
        firm.reach(State.SCHEDULED, title=NAMES)
        firm.ada.publish(folder / "site")
    return folder / "site"


@pytest.mark.parametrize("width", [1200, 640, 360])
def test_bad_names_run_nothing_and_no_page_out_of_its_window(
    browser: Any, spoilt: Path, width: int
) -> None:
    context = window(browser, viewport={"width": width, "height": 800})
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text))
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for path in sorted(spoilt.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate(wide) <= 0, path.name
        assert page.evaluate("window.hit") is None, path.name
        assert page.evaluate("document.body.checkVisibility()"), path.name
    assert complaints == []
    context.close()


# --- words of every language --------------------------------------------------------------------

TEXTS = {
    "istanbul": "HELLO FROM \u0130STANBUL",
    "korean": "안녕하세요 여러분",
    "other korean": "앙냥 하세요",
    "crows": "カラスがいる",
    "glass": "ガラス板",
    "greek": "\N{GREEK CAPITAL LETTER OMICRON}\u0394\u039f\u03a3 \u0391\u03a5\u03a4\u0397",
    "decomposed": "les e\u0301migre\u0301s",
    "pointed": "שָׁלוֹם עולם",
    "vowelled": "مَرْحَبًا بكم",
    "chinese": "質量管理体系",
    "standard": "ISO 9001:2015, pre-start, L\u2019atelier, 12 gauges, \u201cright first time\u201d",
    "german": "Stra\u00dfe und \u0152uvre, \u00e6rlig r\u00f8r",
    "defined": "\u0648\u0627\u0644\u0633\u0644\u0627\u0645\u0629"
    " \u05d5\u05d4\u05de\u05e4\u05e2\u05dc",
    "code": "C++ (c) [x]^$ a|b {9} \\d",
}

ASKED = {
    "hello from istanbul": {"istanbul"},
    "안녕": {"korean"},
    "カラス": {"crows"},
    "ガラス": {"glass"},
    "\u03bf\u03b4\u03bf\u03c2": {"greek"},
    "\u03bf\u03b4\u03bf\u03c3": {"greek"},
    "émigrés": {"decomposed"},
    "emigres": {"decomposed"},
    "e\u0301migre\u0301s": {"decomposed"},
    "שלום": {"pointed"},
    "مرحبا": {"vowelled"},
    "管理": {"chinese"},
    "iso9001": {"standard"},
    "ISO-9001": {"standard"},
    "9001:2015": {"standard"},
    "prestart": set(),
    "pre\u2011start": {"standard"},
    "l'atelier": {"standard"},
    "gauge's": {"standard"},
    "\u201cfirst time\u201d": {"standard"},
    "\u201ctime first\u201d": set(),
    "12gauge": {"standard"},
    "strasse oeuvre": {"german"},
    "STRA\u1e9eE": {"german"},
    "aerlig ror": {"german"},
    "\u0633\u0644\u0627\u0645\u0629": {"defined"},
    "\u0627\u0644\u0633\u0644\u0627\u0645\u0629": {"defined"},
    "\u05de\u05e4\u05e2\u05dc": {"defined"},
    "\u0644\u0627\u0645\u0629": set(),
    "c++ {9} \\d ^$ a|b": {"code"},
}


@pytest.fixture(scope="module")
def worldly(site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, str]]:
    """Return the site with other texts, one under the number of each row, and what is where."""
    folder = tmp_path_factory.mktemp("worldly") / "site"
    shutil.copytree(site.folder, folder)
    home = folder / "index.html"
    row = re.findall(r'<tr id="[^"]+".*?</tr>\n', home.read_text(), re.DOTALL)[1]
    number = re.findall('id="([^"]+)"', row)[0]
    names = {name: f"{number}-{at}" for at, name in enumerate(TEXTS)}
    rows = "".join(row.replace(number, one) for one in names.values())
    page = re.sub(
        "<tbody>.*</tbody>", lambda _: f"<tbody>{rows}</tbody>", home.read_text(), flags=16
    )
    shards = re.findall('data-shards="([^"]*)"', page)[0].split()
    home.write_text(page)
    for name in shards:
        (folder / "search" / f"{name}.js").write_bytes(shard({}))
    words = shard({names[name]: text for name, text in TEXTS.items()})
    (folder / "search" / f"{shards[0]}.js").write_bytes(words)
    return Site(folder, site.numbers, site.made), names


@pytest.mark.parametrize("asked", ASKED)
def test_words_are_found_as_people_of_that_language_type_them(
    browser: object, worldly: tuple[Site, dict[str, str]], asked: str
) -> None:
    site, names = worldly
    with Reader.at(browser, site) as reader:
        found = reader.open().search(asked)

    assert {*found} == {names[one] for one in ASKED[asked]}


# --- what is looked at ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1200, 1000, 360])
def test_the_map_shows_its_last_column_where_there_is_room(
    browser: object, site: Site, width: int
) -> None:
    with Reader.at(browser, site, viewport={"width": width, "height": 800}) as reader:
        reader.open("map.html")
        cut = reader.page.evaluate(
            "() => { const one = document.querySelector('.map');"
            " return [one.scrollWidth - one.clientWidth, one.clientWidth]; }"
        )
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.page.evaluate(wide) <= 0
    assert cut[0] <= 0 or width == 360


@pytest.mark.parametrize("path", ["index.html", "processes.html", "map.html", "reviews.html", ""])
def test_everything_can_be_read_at_twice_the_size(browser: object, site: Site, path: str) -> None:
    """WCAG 2, 1.4.4 and 1.4.10: a window of 1280 pixels at 200 % has 640."""
    path = path or f"documents/{site.numbers['hostile']}.html"
    with Reader.at(browser, site, viewport={"width": 640, "height": 450}) as reader:
        reader.open(path)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.page.evaluate(wide) <= 0


def test_nothing_moves_for_those_who_want_no_motion(browser: object, site: Site) -> None:
    with Reader.at(browser, site, reduced_motion="reduce") as reader:
        reader.open("map.html")
        moving = "() => document.getAnimations().length"
        assert reader.page.evaluate(moving) == 0
