"""Find tests that lean on other tests: what several of them need is made in tests/makers."""

import ast
from pathlib import Path

LONG = 300


def faults(path: Path, source: str) -> list[str]:
    """Say what is wrong with a file of the tests, one line each."""
    tree = ast.parse(source)
    found = [
        f"{node.lineno}: imports from {name}; move what both need to tests/makers"
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _imported(node)
        if _is_test(name)
    ]
    if path.parts[:2] != ("tests", "makers"):
        return found
    if source.count("\n") > LONG:
        found.append(f"1: {source.count(chr(10))} lines; a maker has {LONG} at most")
    if not ast.get_docstring(tree):
        found.append("1: a maker says in its first line what it makes")
    return found


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = [each.name for each in node.names]
    if isinstance(node, ast.Import):
        return names
    return [f"{'tests.' * bool(node.level)}{node.module}.{name}" for name in names]


def _is_test(name: str) -> bool:
    root, *inner = name.split(".")
    return root == "tests" and any(each.startswith("test_") for each in inner)
