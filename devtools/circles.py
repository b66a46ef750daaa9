"""Find circles among imports: those inside a function and those for types alone count, too."""

import ast
from collections import deque
from collections.abc import Iterator
from pathlib import Path

Edges = dict[str, set[str]]


def imports(root: Path, package: str) -> Edges:
    """Map each module of a package below `root` to the modules of the package that it imports.

    A name that is read from a package is its module, where it has one of that name. What
    importlib reads by its name is no import: so a registry names those that fill it.
    """
    files = {_module(path.relative_to(root)): path for path in (root / package).rglob("*.py")}
    return {
        module: {name for name in _named(path.read_text(encoding="utf-8"), files) if name != module}
        for module, path in files.items()
    }


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _named(source: str, modules: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{each.name}" for each in node.names}
            yield from inner & set(modules)
            if inner - set(modules) and node.module in modules:
                yield node.module


def rooms(edges: Edges) -> Edges:
    """Return the imports from room to room: a room is what lies in a layer, app.ui.fields."""
    found: Edges = {}
    for module, imported in edges.items():
        if room := _room(module):
            beside = {each for other in imported if (each := _room(other))}
            found.setdefault(room, set()).update(beside - {room})
    return found


def _room(module: str) -> str:
    """Return the room of a module; "" for a layer itself, which looks into its rooms."""
    parts = module.split(".")
    return ".".join(parts[:3]) if len(parts) > 2 else ""


def circles(edges: Edges) -> list[str]:
    """Return the shortest circle through each name that is in one: "a > b > a", each once."""
    found: dict[frozenset[str], str] = {}
    for name in sorted(edges):
        if way := _way_back(edges, name):
            found.setdefault(frozenset(way), " > ".join([*way, name]))
    return list(found.values())


def _way_back(edges: Edges, start: str) -> list[str]:
    """Return the shortest way from a name over others until one imports it; [] for none."""
    came_from = {start: ""}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        if start in edges.get(name, ()):
            way = [name]
            while way[0] != start:
                way.insert(0, came_from[way[0]])
            return way
        for other in sorted(edges.get(name, set()) - set(came_from)):
            came_from[other] = name
            waiting.append(other)
    return []
