"""The two drawings with a pump in them: the pressure rig and the section."""

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
    bar,
    box,
    curve,
    disc,
    legend,
    line,
    mark,
    mirrored,
    say,
    shape,
    title,
)

CAST, CAST_BACK = "////", "\\\\\\\\"

# --- the rig for the pressure test ------------------------------------------------------------


def valve(ax: Axes, at: Point, name: str, label: Point) -> None:
    """Draw a stop valve in a level pipe, and its name."""
    x, y = at
    shape(ax, [(x - 2.4, y - 1.6), (x + 2.4, y + 1.6), (x + 2.4, y - 1.6), (x - 2.4, y + 1.6)])
    title(ax, label, name, size=6.8)


def upright_valve(ax: Axes, at: Point, name: str, label: Point) -> None:
    """Draw a stop valve in an upright pipe, and its name."""
    x, y = at
    shape(ax, [(x - 1.6, y - 2.4), (x + 1.6, y + 2.4), (x - 1.6, y + 2.4), (x + 1.6, y - 2.4)])
    title(ax, label, name, size=6.8)


def gauge(ax: Axes, at: Point, name: str) -> None:
    """Draw a pressure gauge above a pipe."""
    x, y = at
    line(ax, (x, y), (x, y + 6))
    disc(ax, (x, y + 10), 4)
    title(ax, (x, y + 10), name, size=6)


def pressure_rig(ax: Axes) -> None:
    """Draw the rig for the hydrostatic test of casings."""
    box(ax, (4, 9), (30, 28))
    box(ax, (4, 9), (30, 23), fill=WATER)
    say(ax, (17, 16), "tank T1, 200 l\nfresh water")
    line(ax, (30, 13), (37, 13), (37, 21), width=THICK)
    line(ax, (37, 29), (37, 43), (76, 43), width=THICK)
    disc(ax, (37, 25), 4.2)
    shape(ax, ((37, 29.2), (33.9, 23.0), (40.1, 23.0)), fill=STEEL)
    say(ax, (42.6, 25), "pump P1,\nair driven", size=6.6, side="left")
    line(ax, (37, 43), (37, 58), (17, 58))
    arrow(ax, (17, 58), (17, 28.4))
    line(ax, (27, 58), (27, 59.6), (25.8, 60.3), (28.2, 61.3), (25.8, 62.3), (28.2, 63.3),
         (27, 64))  # fmt: skip
    valve(ax, (27, 58), "V2", (27, 53.4))
    say(ax, (27, 67.4), "relief valve, set to 44 bar", size=6.6)
    valve(ax, (45, 43), "V1", (45, 38.6))
    gauge(ax, (54, 43), "PG1")
    gauge(ax, (65, 43), "PG2")
    say(ax, (51.5, 61), "test gauge", size=6.6)
    say(ax, (67.4, 61), "control gauge", size=6.6)
    line(ax, (71, 43), (71, 26))
    upright_valve(ax, (71, 26), "V4", (66.6, 26))
    arrow(ax, (71, 23.6), (71, 9))
    say(ax, (71, 6), "drain, back to T1", size=6.6)
    casing(ax)
    line(ax, (80, 10), (80, 68), width=THICK, style=(0, (6, 2, 1.5, 2)))
    say(ax, (80, 71.4), "screen, 12 mm", size=6.6)
    say(ax, (102, 6), "no one within 2 m\nabove 10 bar", size=6.6)


def casing(ax: Axes) -> None:
    """Draw the casing under test, its blanks, its vent and the hose that feeds it."""
    curve(ax, (76, 43), (83, 43.4), (82, 35.4), (90, 35.6), width=3.2)
    box(ax, (74.6, 41.4), (76.4, 44.6), fill=STEEL)
    say(ax, (85.6, 43.4), "hose", size=6.6)
    box(ax, (93, 14), (98, 22), fill=STEEL)
    box(ax, (106, 14), (111, 22), fill=STEEL)
    box(ax, (90, 12), (114, 14), fill=STEEL)
    shape(ax, bar(105, 34, 115.4, 52), fill=PALE)
    disc(ax, (102, 33.5), 13.4, fill=PALE)
    box(ax, (104, 52), (116.4, 54.2), fill=STEEL)
    box(ax, (104, 54.4), (116.4, 56.8), fill=GREY)
    line(ax, (110.2, 56.8), (110.2, 67))
    upright_valve(ax, (110.2, 62), "V3", (105.8, 62))
    say(ax, (106, 70.4), "vent, highest point", size=6.6)
    disc(ax, (102, 33.5), 8.4, fill=GREY)
    disc(ax, (102, 33.5), 5.6, fill=STEEL)
    for x, y in ((0, 7), (0, -7), (7, 0), (-7, 0), (5, 5), (-5, 5), (5, -5), (-5, -5)):
        disc(ax, (102 + x, 33.5 + y), 0.9)
    say(ax, (102, 33.5), "blank", size=6.4)


# --- the pump in section -----------------------------------------------------------------------

AXIS = 62.0
MEANING = {
    "A": "wear ring clearance",
    "B": "impeller: bore, neck, blades",
    "C": "run-out under the seal",
    "D": "gasket faces",
    "E": "bearing seats on the shaft",
    "F": "end float of the shaft",
    "G": "run-out at the coupling",
}
POINTS: tuple[tuple[str, Point, Point], ...] = (
    ("A", (27, 12.9), (13, 28)),
    ("B", (36.6, -6.2), (14, -30)),
    ("C", (52, -4.6), (65, -29)),
    ("D", (46, 30), (57, 35)),
    ("E", (75.6, 5.4), (80, 28)),
    ("F", (99.4, 5.4), (94, 28)),
    ("G", (109, 4), (112, 20)),
)


def pump_section(ax: Axes) -> None:
    """Draw an end-suction pump in section with the measuring points of the strip-down."""
    for x0, x1, x2, x3 in ((31.4, 33, 36, 36), (45.4, 43.8, 40.8, 40.8)):
        stem = ((x0, 31), (x1, 37), (x2, 37), (x3, 31))
        shape(ax, [(x, AXIS + r) for x, r in stem], hatch=CAST)
    cast = ((6, 10.6), (23, 10.6), (23, 15.4), (30, 15.4), (30, 28), (46, 28), (46, 32), (26.6, 32),
            (25.6, 20), (20, 14), (9.5, 14), (9.5, 20), (6, 20))  # fmt: skip
    mirrored(ax, AXIS, cast, hatch=CAST)
    ax.fill(*zip(*bar(36, AXIS + 27.4, 40.8, AXIS + 36), strict=True), color="white", zorder=2)
    for x in (36, 40.8):
        line(ax, (x, AXIS + 28), (x, AXIS + 37))
    box(ax, (30, AXIS + 37), (36, AXIS + 39.6), hatch=CAST)
    box(ax, (40.8, AXIS + 37), (46.8, AXIS + 39.6), hatch=CAST)
    cover = ((46, 10), (62, 10), (62, 13), (50.4, 13), (50.4, 32), (46, 32))
    mirrored(ax, AXIS, cover, hatch=CAST_BACK)
    mirrored(ax, AXIS, bar(23.4, 13.2, 30, 15.4), fill=GREY)
    front = ((24.4, 11), (30.6, 11), (37, 24), (37, 25.4), (34.6, 25.4), (29.2, 12.6), (24.4, 12.6))
    back = ((28, 4), (43.4, 4), (43.4, 8), (43.6, 25.4), (41.4, 25.4), (39.6, 9), (28, 6.6))
    for part in (front, back):
        mirrored(ax, AXIS, part, fill=STEEL)
    mirrored(ax, AXIS, bar(49, 4.6, 55, 8.2), fill=PALE)
    mirrored(ax, AXIS, bar(55, 4.6, 61.6, 9.6), fill=GREY)
    mirrored(ax, AXIS, bar(62, 5.6, 64.6, 13), hatch=CAST)
    lantern = ((50.4, 25), (54, 25), (70, 18), (101, 18), (101, 14), (69, 14), (54, 20.6),
               (50.4, 20.6))  # fmt: skip
    mirrored(ax, AXIS, lantern, hatch=CAST)
    mirrored(ax, AXIS, bar(69, 6.4, 72, 14), hatch=CAST_BACK)
    mirrored(ax, AXIS, bar(98, 6.4, 101, 14), hatch=CAST_BACK)
    shaft(ax)
    for sign, (x, r), (at, height) in POINTS:
        mark(ax, (at, AXIS + height), sign, towards=(x, AXIS + r))
    legend(ax, (7, 22), [(sign, MEANING[sign]) for sign in "ABCD"])
    legend(ax, (66, 22), [(sign, MEANING[sign]) for sign in "EFG"])


def shaft(ax: Axes) -> None:
    """Draw the shaft, its bearings, the impeller nut and the centre line."""
    turned = ((24.6, 2.4), (28, 2.4), (28, 4), (44, 4), (44, 4.6), (66, 4.6), (66, 5.4),
              (100, 5.4), (100, 4), (115, 4))  # fmt: skip
    shape(ax, [(x, AXIS + r) for x, r in turned] + [(x, AXIS - r) for x, r in turned[::-1]])
    nut = ((21.4, 0), (22.6, 3.4), (28, 3.4), (28, -3.4), (22.6, -3.4))
    shape(ax, [(x, AXIS + r) for x, r in nut], fill=STEEL)
    for x in (72.4, 91.2):
        mirrored(ax, AXIS, bar(x, 5.4, x + 6.4, 14))
        for sign in (1, -1):
            disc(ax, (x + 3.2, AXIS + sign * 9.7), 2.3, fill=PALE)
    line(ax, (2, AXIS), (119, AXIS), width=HAIR, style="-.")
