"""Where in a module a piece of its syntax stands, and where its constants are used."""

import ast


def places_of(tree: ast.Module) -> dict[ast.AST, tuple[str, range]]:
    """Return for each node its function, "" outside of all, and the lines of its statement."""
    found: dict[ast.AST, tuple[str, range]] = {}

    def walk(node: ast.AST, names: tuple[str, ...], function: str, lines: range) -> None:
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            lines = range(node.lineno, max(last, node.lineno) + 1)
        found[node] = function, lines
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = (*names, node.name)
        for field, value in ast.iter_fields(node):
            inside = function
            if isinstance(node, ast.FunctionDef) and field == "body":
                inside = ".".join(names)
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    walk(child, names, inside, lines)

    walk(tree, (), "", range(0))
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
