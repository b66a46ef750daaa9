"""Draw the rooms of the program and who imports whom into docs/pictures/rooms.svg."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
BANDS = (("cli",), ("ui",), ("services",), ("models", "reports", "sync"), ("core",))
HOLDS = {
    "cli": "commands",
    "ui": "the window; alone knows Qt",
    "services": "one use case is one function and one transaction",
    "models": "what is stored",
    "reports": "printed forms",
    "sync": "sealed files, merge",
    "core": "fields, lines, dates, money, errors",
}
WIDTH, MARGIN, GAP = 1200, 16, 12
NARROW = 150  # a layer of few rooms beside another one
BOX, HIGH, ROW = 104, 28, 62  # width and height of a room, from one row to the next
HEAD = 58  # the title of a layer

Edges = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Block:
    """Rooms that import each other, or a single one; `level` counts from the bottom."""

    rooms: tuple[str, ...]
    level: int


def main(words: list[str]) -> int:
    """Write the picture, or with "check" only tell whether it is stale; return the exit code."""
    svg = drawn(imports())
    if words == ["check"]:
        if PICTURE.exists() and PICTURE.read_text(encoding="utf-8") == svg:
            return 0
        name = PICTURE.relative_to(ROOT)
        print(f"{name} is stale. Run: .venv/bin/python -m devtools.rooms", file=sys.stderr)
        return 1
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(svg, encoding="utf-8", newline="\n")
    print(PICTURE)
    return 0


def imports() -> dict[str, Edges]:
    """Map each layer to its rooms, and each room to the rooms of its layer that it imports."""
    graph = grimp.build_graph("app", cache_dir=None)
    layers: dict[str, Edges] = {layer: defaultdict(set) for band in BANDS for layer in band}
    for module in graph.modules:
        if (place := _room(graph, module)) is None:
            continue
        layer, room = place
        there = {_room(graph, each) for each in graph.find_modules_directly_imported_by(module)}
        beside = {each[1] for each in there if each and each[0] == layer}
        layers[layer][room] |= beside - {room}
    return layers


def _room(graph: grimp.ImportGraph, module: str) -> tuple[str, str] | None:
    """Return the layer and the room of a module; None for a layer's own and for loose modules.

    An area may be a single module (models/groups.py), but only where areas stand: in models and
    services.
    """
    _app, *parts = module.split(".")
    if len(parts) < 2 or parts[0] not in HOLDS:
        return None
    is_area = parts[0] in ("models", "services")
    if is_area or graph.find_children(f"app.{parts[0]}.{parts[1]}"):
        return parts[0], parts[1]
    return None


def blocks(edges: Edges) -> list[Block]:
    """Return the rooms of a layer in blocks: who imports each other is in one."""
    reach = {room: set(_reached(edges, room)) for room in edges}
    found: list[Block] = []
    levels: dict[str, int] = {}
    for room in sorted(edges, key=lambda each: (len(reach[each] | {each}), each)):
        if room in levels:
            continue
        rooms = tuple(sorted({room} | {other for other in reach[room] if room in reach[other]}))
        below = {other for each in rooms for other in edges[each]} - set(rooms)
        level = 1 + max((levels[other] for other in below), default=-1)
        levels |= dict.fromkeys(rooms, level)
        found.append(Block(rooms, level))
    return found


def _reached(edges: Edges, room: str) -> Iterator[str]:
    """Yield the rooms that a room imports, directly or by others."""
    seen, waiting = set(edges[room]), list(edges[room])
    while waiting:
        yield (one := waiting.pop())
        new = edges[one] - seen
        seen |= new
        waiting += new


def arrows(edges: Edges, found: list[Block]) -> list[tuple[Block, Block]]:
    """Return the imports between blocks, without those that a longer way implies."""
    of = {room: block for block in found for room in block.rooms}
    direct = {
        block: {of[other] for room in block.rooms for other in edges[room]} - {block}
        for block in found
    }
    reach: dict[Block, set[Block]] = {}
    for block in sorted(found, key=lambda each: each.level):
        reach[block] = direct[block].union(*(reach[each] for each in direct[block]))
    pairs = [
        (block, below)
        for block in found
        for below in direct[block]
        if not any(below in reach[other] for other in direct[block] - {below})
    ]
    return sorted(pairs, key=lambda pair: (pair[0].rooms, pair[1].rooms))


def drawn(layers: dict[str, Edges]) -> str:
    """Return the picture; the same imports give the same text."""
    parts: list[str] = []
    y = MARGIN
    for band in BANDS:
        x, rest = MARGIN, WIDTH - 2 * MARGIN - (len(band) - 1) * (NARROW + GAP)
        wide = dict.fromkeys(band, NARROW) | {band[0]: rest}
        layouts = {layer: blocks(layers[layer]) for layer in band}
        high = max(_height(found, wide[layer]) for layer, found in layouts.items())
        for layer, found in layouts.items():
            parts += _layer(layer, (x, y, wide[layer], high), layers[layer], found)
            x += wide[layer] + GAP
        y += high + GAP
    return "\n".join((_HEAD.format(width=WIDTH, height=y - GAP + MARGIN), *parts, "</svg>", ""))


def _rows(found: Iterable[Block], wide: int) -> list[list[Block]]:
    """Return the blocks row by row, the highest level first; a level that is too wide is broken."""
    rows: list[list[Block]] = []
    by_level: dict[int, list[Block]] = defaultdict(list)
    for block in sorted(found, key=lambda each: each.rooms):
        by_level[block.level].append(block)
    for level in sorted(by_level, reverse=True):
        rows.append([])
        for block in by_level[level]:
            if rows[-1] and sum(map(_wide, [*rows[-1], block])) > wide:
                rows.append([])
            rows[-1].append(block)
    return rows


def _per_row(block: Block) -> int:
    return min(len(block.rooms), 7)


def _wide(block: Block) -> int:
    return _per_row(block) * (BOX + GAP) + _inset(block) * 2


def _inset(block: Block) -> int:
    """Return the room that the frame of a circle needs on each side."""
    return GAP if len(block.rooms) > 1 else 0


def _tall(block: Block) -> int:
    lines = -(-len(block.rooms) // _per_row(block))
    return lines * (HIGH + GAP) - GAP


def _height(found: list[Block], wide: int) -> int:
    between = ROW - HIGH
    rows = [max(map(_tall, row)) + between for row in _rows(found, wide)]
    return HEAD + sum(rows) - (between - MARGIN if rows else 0)


def _layer(
    layer: str, frame: tuple[int, int, int, int], edges: Edges, found: list[Block]
) -> Iterator[str]:
    x, y, wide, high = frame
    yield f'<rect class="layer" x="{x}" y="{y}" width="{wide}" height="{high}" rx="6"/>'
    yield f'<text class="name" x="{x + 12}" y="{y + 22}">{layer}</text>'
    holds = escape(HOLDS[layer])
    yield f'<text class="holds" x="{x + 12}" y="{y + 40}">{holds}</text>'
    places: dict[Block, tuple[int, int, int, int]] = {}
    top = y + HEAD
    for row in _rows(found, wide):
        free = wide - sum(map(_wide, row))
        between = min(free // (len(row) + 1), BOX)  # apart, so that a long arrow finds its way
        left = x + (free - between * (len(row) - 1)) // 2
        for block in row:
            places[block] = (left, top, _wide(block), _tall(block))
            left += _wide(block) + between
        top += max(map(_tall, row)) + ROW - HIGH
    for above, below in arrows(edges, found):
        yield _arrow(places[above], places[below])
    for block, place in places.items():
        yield from _boxes(block, place)


def _arrow(above: tuple[int, int, int, int], below: tuple[int, int, int, int]) -> str:
    x1, y1 = above[0] + above[2] // 2, above[1] + above[3]
    half = max(below[2] // 2 - 30, 0)
    middle = below[0] + below[2] // 2
    x2, y2 = min(max(x1, middle - half), middle + half), below[1] - 6
    past = (y2 - y1) // ROW  # the rows between: a long arrow goes round them, to the outer side
    bow = past * BOX * (1 if x1 + x2 > WIDTH else -1)
    curve = f"C{x1 + bow} {y1 + ROW} {x2 + bow} {y2 - ROW} {x2} {y2}" if past else f"L{x2} {y2}"
    return f'<path class="to" d="M{x1} {y1} {curve}" marker-end="url(#to)"/>'


def _boxes(block: Block, place: tuple[int, int, int, int]) -> Iterator[str]:
    x, y, wide, tall = place
    if len(block.rooms) > 1:
        yield (
            f'<rect class="circle" x="{x + 4}" y="{y - 6}" width="{wide - 8}"'
            f' height="{tall + 12}" rx="6"/>'
        )
    for number, room in enumerate(block.rooms):
        left = x + GAP // 2 + _inset(block) + number % _per_row(block) * (BOX + GAP)
        top = y + number // _per_row(block) * (HIGH + GAP)
        yield f'<rect class="room" x="{left}" y="{top}" width="{BOX}" height="{HIGH}" rx="4"/>'
        yield f'<text class="room" x="{left + BOX // 2}" y="{top + 19}">{escape(room)}</text>'


_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"\
 viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">
<title>The rooms of the program: a layer imports those below, a room those its arrow meets</title>
<style>
rect.layer {{ fill: #f3f6fa; stroke: #b8c4d2 }} rect.room {{ fill: #ffffff; stroke: #33557c }}
rect.circle {{ fill: none; stroke: #b4651e; stroke-dasharray: 5 4 }}
text.name {{ font-weight: bold; font-size: 15px }} text.holds {{ fill: #55606d }}
text.room {{ text-anchor: middle }} path.to {{ fill: none; stroke: #33557c; stroke-width: 1.2 }}
</style>
<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"\
 orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#33557c"/></marker></defs>
<rect width="{width}" height="{height}" fill="#ffffff"/>"""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
