"""A pencil for line drawings: lines, shapes, letters and arrows, in millimetres on paper.

`draw_pictures.py` uses it. Needs matplotlib and Pillow, which docctl itself does not.
"""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from operator import mul
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Polygon
from PIL import Image

mpl.use("agg")
mpl.rcParams["hatch.linewidth"] = 0.4

#: The width of every picture on paper.
WIDTH = 120.0
#: Colours that stay apart when printed in black and white.
INK, GREY, PALE, WATER, STEEL = "#1a1a1a", "#6b6b6b", "#f0f0f0", "#cfe2f0", "#c4c4c4"
#: Widths of lines, in points.
THICK, THIN, HAIR = 1.3, 0.8, 0.5
#: One height in the pile for everything, so that later strokes cover earlier ones.
FLAT = 2

Point = tuple[float, float]


def line(ax: Axes, *points: Point, width: float = THIN, style: str | tuple = "-") -> None:
    """Draw a line through *points*; *style* is one of matplotlib's."""
    ax.plot(*zip(*points, strict=True), color=INK, linewidth=width, linestyle=style, zorder=FLAT)


def curve(ax: Axes, *points: Point, width: float = THIN) -> None:
    """Draw a smooth curve through four points that pull it: start, two pulls, end."""
    steps = [step / 24 for step in range(25)]
    pulls = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3) for t in steps]
    xs, ys = zip(*points, strict=True)
    path = [(sum(map(mul, pull, xs)), sum(map(mul, pull, ys))) for pull in pulls]
    line(ax, *path, width=width)


def shape(
    ax: Axes, points: Sequence[Point], *, fill: str = "white", hatch: str = "", width: float = THIN
) -> None:
    """Draw a closed outline, filled or hatched."""
    look = {"facecolor": fill, "edgecolor": INK, "linewidth": width, "hatch": hatch}
    ax.add_patch(Polygon(points, zorder=FLAT, **look))


def bar(x0: float, y0: float, x1: float, y1: float) -> tuple[Point, ...]:
    """Return the outline of a rectangle between two opposite corners."""
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def box(ax: Axes, low: Point, high: Point, *, fill: str = "white", hatch: str = "") -> None:
    """Draw a rectangle between its lower left and its upper right corner."""
    shape(ax, bar(*low, *high), fill=fill, hatch=hatch)


def disc(ax: Axes, centre: Point, radius: float, *, fill: str = "white") -> None:
    """Draw a circle."""
    ax.add_patch(Circle(centre, radius, facecolor=fill, edgecolor=INK, linewidth=THIN, zorder=FLAT))


def say(ax: Axes, at: Point, text: str, *, size: float = 7, side: str = "center") -> None:
    """Write the lines of *text* around a point; *side* says which edge of them stands there."""
    lines = text.split("\n")
    for row, words in enumerate(lines):
        y = at[1] + ((len(lines) - 1) / 2 - row) * size * 0.46 - size * 0.12
        ax.text(at[0], y, words, fontsize=size, ha=side, va="baseline", color=INK, zorder=FLAT)


def title(ax: Axes, at: Point, text: str, *, size: float = 7.5) -> None:
    """Write a short bold text, centred."""
    look = {"ha": "center", "va": "center_baseline", "color": INK, "weight": "bold"}
    ax.text(*at, text, fontsize=size, zorder=FLAT, **look)


def arrow(ax: Axes, start: Point, end: Point, *, heads: str = "-|>") -> None:
    """Draw an arrow; *heads* is `-|>` for one head, `<|-|>` for two."""
    look = {"color": INK, "linewidth": THIN, "mutation_scale": 7, "shrinkA": 0, "shrinkB": 0}
    ax.add_patch(FancyArrowPatch(start, end, arrowstyle=heads, zorder=FLAT, **look))


def mark(ax: Axes, at: Point, text: str, *, towards: Point | None = None) -> None:
    """Draw a letter or number in a ring, with a leader that ends in a dot *towards* a place."""
    if towards:
        line(ax, at, towards, width=HAIR)
        ax.plot(*towards, "o", color=INK, markersize=2.2, zorder=FLAT)
    disc(ax, at, 2.6)
    title(ax, at, text, size=7)


def legend(ax: Axes, at: Point, entries: Iterable[tuple[str, str]], *, step: float = 6.4) -> None:
    """List marks with their meaning, downwards from *at*."""
    for row, (sign, text) in enumerate(entries):
        y = at[1] - row * step
        mark(ax, (at[0], y), sign)
        say(ax, (at[0] + 4.4, y), text, size=6.8, side="left")


def mirrored(
    ax: Axes, axis: float, part: Sequence[Point], *, fill: str = "white", hatch: str = ""
) -> None:
    """Draw a turned part in section twice: above the level *axis*, and its mirror image."""
    for sign in (1, -1):
        shape(ax, [(x, axis + sign * r) for x, r in part], fill=fill, hatch=hatch)


def save(path: Path, height: float, picture: Callable[[Axes], None]) -> None:
    """Save one picture as a small PNG, 300 dots to the inch."""
    figure = Figure(figsize=(WIDTH / 25.4, height / 25.4), dpi=300)
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, height), aspect="equal")
    ax.set_axis_off()
    picture(ax)
    raw = BytesIO()
    figure.savefig(raw, format="png")
    image = Image.open(raw).convert("RGB").quantize(16)
    image.save(path, optimize=True, dpi=(300, 300))
