"""Makes the theme's fonts: takes the complete families from npm packages, keeps the
weight axis from 400 to 700 and the characters a book needs, and writes

    NAME.woff2       the characters of nearly every page (Latin, punctuation, arrows, signs)
    NAME-more.woff2  further Latin and Greek, fetched by browsers only where they occur
    NAME.ttf         both together, with the weight axis, for measuring labels (two families)
    ../styles/00-fonts.css  the @font-face rules, so that the ranges are written once

Usage: python subset.py NODE_MODULES     (README.md lists the packages and versions)
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent
WEIGHTS = (400, 700)

# What nearly every page uses, and what must not make a page fetch a second file (the Greek letters
# of queueing theory among it).
COMMON = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2C6, 0x2C6), (0x2DC, 0x2DC),
    (0x2009, 0x200B), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
    (0x202F, 0x202F), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044),
    (0x394, 0x394), (0x3A3, 0x3A3), (0x3A9, 0x3A9), (0x3B1, 0x3B5), (0x3B8, 0x3B8), (0x3BB, 0x3BC),
    (0x3C0, 0x3C1), (0x3C3, 0x3C4), (0x3C6, 0x3C6), (0x3C9, 0x3C9), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122),
    (0x2190, 0x2199), (0x21A9, 0x21A9), (0x21B5, 0x21B5), (0x21D0, 0x21D4),
    (0x2206, 0x2206), (0x220F, 0x220F), (0x2211, 0x2212), (0x2215, 0x2215), (0x2219, 0x221A),
    (0x221E, 0x221E), (0x222B, 0x222B), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
    (0x25A0, 0x25A1), (0x25B2, 0x25B2), (0x25B6, 0x25B6), (0x25BC, 0x25BC), (0x25C0, 0x25C0),
    (0x25CB, 0x25CB), (0x25CF, 0x25CF), (0x2713, 0x2713), (0x2717, 0x2717),
]
# Console output draws trees, tables and bars.
CONSOLE = [(0x2500, 0x257F), (0x2580, 0x2593), (0x25AA, 0x25AA), (0x25B8, 0x25B8), (0x25BE, 0x25BE)]
# Names from other Latin scripts, Greek, raised and lowered digits.
FURTHER = [
    (0x100, 0x130), (0x132, 0x151), (0x154, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1CD, 0x1DC),
    (0x218, 0x21B), (0x237, 0x237), (0x2BB, 0x2BC), (0x2C7, 0x2C7), (0x2D8, 0x2DB), (0x2DD, 0x2DD),
    (0x300, 0x304), (0x306, 0x308), (0x30A, 0x30C), (0x327, 0x328), (0x384, 0x38A), (0x38C, 0x38C),
    (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9),
    (0x2070, 0x2071), (0x2074, 0x208E), (0x20A3, 0x20AB), (0x20AD, 0x20BF), (0x2113, 0x2113),
]
# Contextual alternates would turn "->" in code and prose into arrows nobody typed.
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "frac"]

# file name, family name in CSS, style, source under NODE_MODULES, pinned axes, extra characters, .ttf too
FACES = [
    ("source-serif-4", "Labbook Serif", "normal", "source-serif/VAR/SourceSerif4Variable-Roman.ttf", {"opsz": 16}, [], False),
    ("source-serif-4-italic", "Labbook Serif", "italic", "source-serif/VAR/SourceSerif4Variable-Italic.ttf", {"opsz": 16}, [], False),
    ("inter", "Labbook Sans", "normal", "inter-ui/variable/InterVariable.woff2", {"opsz": 14}, [], True),
    ("jetbrains-mono", "Labbook Mono", "normal", "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2", {}, CONSOLE, True),
]
# The variable JetBrains Mono on npm is cut into scripts, and none has arrows or lines. These and the
# further letters come from the still Regular of the same family: same width, same design, one weight.
MONO_STILL = "jetbrains-mono/fonts/webfonts/JetBrainsMonoNL-Regular.woff2"


def characters(ranges):
    """The code points of a list of inclusive ranges."""
    return {point for first, last in ranges for point in range(first, last + 1)}


def add_still_glyphs(font, still, points):
    """Copies the outlines of `points` that `font` lacks from the unvarying font `still`."""
    outlines, names = still.getGlyphSet(), still.getBestCmap()
    order, known = list(font.getGlyphOrder()), font.getBestCmap()
    for point in sorted(points - known.keys()):
        if point not in names:
            continue
        whole, pen, name = DecomposingRecordingPen(outlines), TTGlyphPen(None), f"still{point:04X}"
        outlines[names[point]].draw(whole)
        whole.replay(pen)
        order.append(name)
        font["glyf"].glyphs[name] = pen.glyph()
        font["hmtx"].metrics[name] = still["hmtx"].metrics[names[point]]
        font["gvar"].variations[name] = []
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[point] = name
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    font["maxp"].numGlyphs = len(order)
    # Every glyph of a monospaced family keeps its width, so nothing is lost with this table.
    if "HVAR" in font:
        del font["HVAR"]
    return font


def open_source(modules, source, pinned, points):
    """The family with only the weight axis, 400 to 700."""
    font = TTFont(modules / source, recalcTimestamp=False)
    if "jetbrains-mono" in source:
        font = add_still_glyphs(font, TTFont(modules / MONO_STILL), points)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS, **pinned})
    # The instancer forgets glyphs that never vary (spaces); the subsetter wants every glyph listed.
    for name in font.getGlyphOrder():
        if name not in font["gvar"].variations:
            font["gvar"].variations[name] = []
    return font


def cut(font, points, target, flavor):
    """Writes the part of `font` that `points` need."""
    options = subset.Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14], notdef_outline=True)
    options.flavor = flavor
    tool = subset.Subsetter(options)
    tool.populate(unicodes=points)
    tool.subset(font)
    font.flavor = flavor
    font.save(target)
    return target.stat().st_size


def rename(font, family, style):
    """"Source" is a reserved font name: a changed font has to be called something else."""
    full = f"{family} {style.title()}"
    names = {1: family, 2: style.title(), 3: full, 4: full, 6: full.replace(" ", "")}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


def written_ranges(points):
    """A set of code points as a CSS unicode-range value."""
    runs = []
    for point in sorted(points):
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def face_rule(file, family, style, points):
    """One @font-face rule."""
    return (
        f'@font-face {{\n  font-family: "{family}";\n  font-style: {style};\n  font-weight: {WEIGHTS[0]} {WEIGHTS[1]};\n'
        f'  font-display: swap;\n  src: url({file}) format("woff2");\n  unicode-range: {written_ranges(points)};\n}}\n'
    )


def main(modules):
    rules = ["/* Written by ../fonts/subset.py: change it there. Browsers fetch a file only when a page uses its range. */\n"]
    for name, family, style, source, pinned, extra, measured in FACES:
        common = characters(COMMON + extra)
        wanted = {"": common, "-more": characters(FURTHER) - common}
        for suffix, points in wanted.items():
            font = open_source(modules, source, pinned, common | characters(FURTHER))
            rename(font, family, style)
            present = points & font.getBestCmap().keys()
            file = f"{name}{suffix}.woff2"
            size = cut(font, present, HERE / file, "woff2")
            rules.append(face_rule(file, family, style, present))
            print(f"{file:36} {len(present):5} characters {size:7} bytes")
        if measured:
            font = open_source(modules, source, pinned, common | characters(FURTHER))
            rename(font, family, style)
            size = cut(font, common | characters(FURTHER), HERE / f"{name}.ttf", None)
            print(f"{name + '.ttf':36} {size:24} bytes")
    (HERE.parent / "styles" / "00-fonts.css").write_text("\n".join(rules))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
