"""Draw the pictures of the example company: `python draw_pictures.py`.

The finished pictures are kept in `documents/pictures/`.
"""

from pathlib import Path

from matplotlib.axes import Axes
from pencil import (
    GREY,
    HAIR,
    PALE,
    STEEL,
    THICK,
    WATER,
    Point,
    arrow,
    box,
    disc,
    legend,
    line,
    mark,
    save,
    say,
    shape,
    title,
)
from pump_drawings import pressure_rig, pump_section

CAST, WOOD = "////", "----"

# --- the spill cabinet -------------------------------------------------------------------------

PLACES: tuple[Point, ...] = (
    (21, 69.4), (41.5, 69.6), (53.7, 64), (13, 45.8), (49.5, 40), (24.5, 25), (44.5, 26),
    (52.7, 24.2),
)  # fmt: skip
CONTENTS = (
    "50 absorbent sheets for oil",
    "3 rolls of waste bags, ties",
    "gloves and goggles, 2 sets",
    "5 absorbent socks, 1.2 m",
    "2 drain covers, 600 mm",
    "2 bags of granulate, 20 l",
    "folding barrier and tape",
    "broom and dustpan",
)


def spill_kit(ax: Axes) -> None:
    """Draw the spill cabinet, open, with the place of everything in it."""
    box(ax, (5, 4), (62, 76))
    box(ax, (7, 6), (60, 74), fill=PALE)
    for y in (29, 51):
        box(ax, (7, y), (60, y + 1.4), fill=STEEL)
    for row in range(6):
        box(ax, (11, 52.4 + row * 2.2), (31, 54.6 + row * 2.2))
    for x in (36, 40, 44):
        box(ax, (x, 52.4), (x + 3, 65.8))
    box(ax, (50, 52.4), (57.5, 60), hatch="xxxx")
    for x, y in ((15.5, 34.1), (23.1, 34.1), (30.7, 34.1), (19.3, 40.7), (26.9, 40.7)):
        disc(ax, (x, y), 3.7)
        disc(ax, (x, y), 1.2, fill=STEEL)
    box(ax, (42, 30.4), (57, 33.0), fill=STEEL)
    box(ax, (42, 33.0), (57, 35.6), fill=STEEL)
    for x in (9.5, 26.5):
        bag = ((0, 0), (13, 0), (12.2, 14), (10, 16), (3, 16), (0.8, 14))
        shape(ax, [(x + a, 6 + b) for a, b in bag])
        title(ax, (x + 6.5, 13), "20 l", size=6.8)
    box(ax, (43, 6), (46, 22), fill=STEEL)
    shape(ax, ((47.5, 6), (58, 6), (56, 11.6), (49.5, 11.6)))
    line(ax, (52.7, 11.6), (52.7, 21.4), width=THICK)
    for sign, place in zip("12345678", PLACES, strict=True):
        mark(ax, place, sign)
    legend(ax, (70, 70.4), list(zip("12345678", CONTENTS, strict=True)), step=8.7)


# --- the crate ---------------------------------------------------------------------------------

CRATE: tuple[tuple[str, Point, Point, str], ...] = (
    ("1", (21.5, 19.6), (4, 24), "bolts M16"),
    ("2", (17, 55.2), (20, 69), "VCI film"),
    ("3", (48.5, 49), (55, 57), "desiccant"),
    ("4", (33.5, 51), (36, 69), "blanks"),
    ("5", (50.6, 22.4), (63, 21.6), "centre of\ngravity"),
    ("6", (90.8, 50), (80, 56), "shock label"),
    ("7", (34, 8), (34, 3), "fork\nopening"),
    ("8", (88.5, 33), (83.4, 36), "plywood,\n12 mm"),
)


def packing(ax: Axes) -> None:
    """Draw a pump in its crate for transport by sea: side view, front board taken away."""
    for x in (14, 44, 74):
        box(ax, (x, 5), (x + 10, 11), hatch=CAST)
    box(ax, (8, 11), (90, 14), hatch=WOOD)
    box(ax, (8, 14), (11, 61))
    box(ax, (87, 14), (90, 61))
    box(ax, (6, 61), (92, 64), hatch=WOOD)
    box(ax, (90, 47), (91.6, 53), fill=GREY)
    film = ((15, 14.2), (83, 14.2), (83, 54), (79, 58), (19, 58), (15, 54))
    shape(ax, film, fill="#e9f1f7")
    box(ax, (18, 15), (81, 18.4), fill=STEEL)
    pump(ax)
    for x in (21.5, 77.5):
        line(ax, (x, 7.4), (x, 21.4), width=2)
        box(ax, (x - 2, 18.4), (x + 2, 20.4))
    disc(ax, (50.6, 22.4), 2.4)
    line(ax, (47.4, 22.4), (53.8, 22.4), width=HAIR)
    line(ax, (50.6, 19.2), (50.6, 25.6), width=HAIR)
    line(ax, (78, 41.5), (78, 48.4), width=HAIR)
    arrow(ax, (78, 46), (87, 46), heads="<|-|>")
    say(ax, (76.6, 46), "≥ 80 mm", size=6.4, side="right")
    for sign, target, place, _ in CRATE:
        mark(ax, place, sign, towards=target)
    legend(ax, (98, 65), [(sign, text) for sign, *_, text in CRATE], step=8.2)


def pump(ax: Axes) -> None:
    """Draw the pump and its motor on the base frame."""
    shape(ax, ((27, 18.4), (37, 18.4), (35, 24), (29, 24)), fill=STEEL)
    for x in (57, 71):
        box(ax, (x, 18.4), (x + 4, 24.5), fill=STEEL)
    disc(ax, (32, 33), 11.4)
    disc(ax, (32, 33), 4)
    box(ax, (28.4, 42), (35.6, 50))
    box(ax, (26.6, 50), (37.4, 52), fill=GREY)
    box(ax, (43, 28.5), (54, 37.5))
    box(ax, (54, 24.5), (78, 41.5))
    for y in (28, 31.4, 34.8, 38):
        line(ax, (56, y), (76, y), width=HAIR)
    box(ax, (45, 46), (52, 52))


# --- the processes -----------------------------------------------------------------------------

MANAGEMENT = ("Management\nreview and\nobjectives", "Documents\nand records", "Internal\naudit",
              "Correction and\nimprovement")  # fmt: skip
CORE = ("Order\nreview", "Strip-down\nand offer", "Overhaul", "Test and\nrelease",
        "Packing\nand\ndispatch", "Field\nservice")  # fmt: skip
SUPPORT = ("Purchasing\nand stores", "Measuring\nequipment", "People and\ncompetence",
           "Environment and\nemergencies")  # fmt: skip


def process_map(ax: Axes) -> None:
    """Draw the processes of the company and how they follow one another."""
    band(ax, 60, "Management processes", MANAGEMENT)
    title(ax, (60, 50.4), "Core processes")
    for place, text in enumerate(CORE):
        chevron(ax, 4.8 + place * 18.2, text)
    band(ax, 3, "Support processes", SUPPORT)
    for x in (16, 104):
        arrow(ax, (x, 59), (x, 48), heads="<|-|>")
        arrow(ax, (x, 27), (x, 17), heads="<|-|>")


def chevron(ax: Axes, x: float, text: str) -> None:
    """Draw one step of the core chain."""
    tip, wide, low, high = 3.4, 20.0, 28.0, 47.0
    middle = (low + high) / 2
    shape(ax, ((x, low), (x + wide - tip, low), (x + wide, middle), (x + wide - tip, high),
               (x, high), (x + tip, middle)), fill=WATER)  # fmt: skip
    say(ax, (x + wide / 2 + 0.8, middle), text, size=6.8)


def band(ax: Axes, low: float, name: str, texts: tuple[str, ...]) -> None:
    """Draw a row of management or support processes under its name."""
    title(ax, (60, low + 16.4), name)
    wide = 112 / len(texts)
    for place, text in enumerate(texts):
        x = 4 + place * wide
        box(ax, (x + 0.8, low), (x + wide - 0.8, low + 13), fill=PALE)
        say(ax, (x + wide / 2, low + 6.5), text, size=6.8)


DRAWINGS = {
    "pressure-rig": (75, pressure_rig),
    "pump-section": (104, pump_section),
    "spill-kit": (80, spill_kit),
    "packing-crate": (74, packing),
    "process-map": (80, process_map),
}

if __name__ == "__main__":
    for name, (height, picture) in DRAWINGS.items():
        save(Path(__file__).parent / "documents" / "pictures" / f"{name}.png", height, picture)
