"""Find what a module of the program does that Windows cannot."""

import ast
import re
from collections.abc import Iterator

MODULES = {
    "fcntl": "lock through the database or QLockFile",
    "grp": "Windows has no groups of this kind",
    "pwd": "use getpass.getuser",
    "resource": "Windows has no resource limits",
    "termios": "use getpass",
    "zoneinfo": "Windows has no time zone data: Thailand is a fixed +07:00",
}
NAMES = {
    ("os", name): "POSIX only"
    for name in (
        *("chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getuid", "kill", "killpg"),
        *("mkfifo", "setsid", "setuid", "statvfs", "sync", "uname", "O_DIRECTORY"),
    )
} | {
    ("os", "rename"): "fails on Windows when the target exists: use os.replace",
    ("os", "symlink"): "needs an administrator on Windows",
    ("signal", "SIGHUP"): "POSIX only",
    ("signal", "SIGKILL"): "POSIX only",
    ("signal", "alarm"): "POSIX only",
    ("time", "tzset"): "POSIX only",
}
_ENCODING = "the encoding is Windows' own when none is given"
_TEXT_MODE = re.compile(r"[rwax]\+?t?")


def faults(source: str) -> list[str]:
    """Give "line: what; why" for each call, import or text file that does not work on Windows.

    A branch whose condition asks for the platform is left alone.
    """
    nodes = _nodes(ast.parse(source))
    found = sorted({(getattr(node, "lineno", 0), why) for node in nodes for why in _why(node)})
    return [f"{line}: {why}" for line, why in found]


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If | ast.IfExp) and _asks_for_the_platform(child.test):
            continue
        yield child
        yield from _nodes(child)


def _asks_for_the_platform(test: ast.expr) -> bool:
    asked = ("sys.platform", "os.name")
    return any(isinstance(n, ast.Attribute) and ast.unparse(n) in asked for n in ast.walk(test))


def _why(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from _modules(alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield from _modules([node.module])
        yield from _names((node.module, alias.name) for alias in node.names)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield from _names([(node.value.id, node.attr)])
    elif isinstance(node, ast.Call):
        yield from _call(node)
    elif isinstance(node, ast.With):
        # Only here is a bare open() surely a file's: a dialog opens too.
        opened = (item.context_expr for item in node.items)
        if any(ast.unparse(one).endswith(".open()") for one in opened):
            yield f"text without encoding=; {_ENCODING}"


def _modules(names: Iterator[str] | list[str]) -> Iterator[str]:
    yield from (f"import {name}; {MODULES[name]}" for name in names if name in MODULES)


def _names(names: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> Iterator[str]:
    yield from (f"{'.'.join(name)}; {NAMES[name]}" for name in names if name in NAMES)


def _call(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name == "rename" and ast.unparse(call.func) != "os.rename":
        yield "rename(); fails on Windows when the target exists: use replace()"
    if name == "strftime" and any("%-" in str(text) for text in _constants(call)):
        yield "strftime with %-; POSIX only"
    if not any(word.arg in ("encoding", None) for word in call.keywords) and _opens_text(
        call, name
    ):
        yield f"text without encoding=; {_ENCODING}"


def _opens_text(call: ast.Call, name: str) -> bool:
    given = len(call.args)
    if name in ("read_text", "write_text"):
        return given == (name == "write_text")
    named = [word.value for word in call.keywords if word.arg == "mode"]
    if isinstance(call.func, ast.Name) and call.func.id == "open":
        return all(_is_text_mode(mode) for mode in [*call.args[1:2], *named])
    # A path's mode comes first; an archive's comes after the member's name.
    return name == "open" and any(_is_text_mode(mode) for mode in call.args[:1] or named)


def _is_text_mode(mode: ast.expr) -> bool:
    return isinstance(mode, ast.Constant) and bool(_TEXT_MODE.fullmatch(str(mode.value)))


def _constants(call: ast.Call) -> list[object]:
    values = [*call.args, *(word.value for word in call.keywords)]
    return [value.value for value in values if isinstance(value, ast.Constant)]
