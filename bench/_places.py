"""Where in a module a piece of its syntax stands, and where its constants are used."""

import ast
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """The function of a piece, "" for none; the lines of its statement and of that function."""

    function: str = ""
    lines: range = range(0)
    around: range = range(0)


def places_of(tree: ast.Module) -> dict[ast.AST, Place]:
    """Return the place of each node."""
    found: dict[ast.AST, Place] = {}

    def walk(node: ast.AST, names: tuple[str, ...], at: Place) -> None:
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            at = replace(at, lines=range(node.lineno, max(last, node.lineno) + 1))
        found[node] = at
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = (*names, node.name)
        for field, value in ast.iter_fields(node):
            inside = at
            if isinstance(node, ast.FunctionDef) and field == "body":
                around = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                inside = Place(".".join(names), at.lines, around)
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    walk(child, names, inside)

    walk(tree, (), Place())
    return found


def uses_of(tree: ast.Module) -> dict[int, frozenset[int]]:
    """Return for the first line of each constant of the module the lines that use it."""
    of_name: dict[str, set[int]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            of_name.setdefault(node.id, set()).add(node.lineno)
    return {
        statement.lineno: frozenset(of_name.get(target.id, ()))
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
