"""Small wrong changes to a module: one at a time, each a slip that a programmer could make.

Words that people read, annotations and decorators are left alone. A change is made in the syntax
tree, so lines keep their numbers and no file is touched.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

from bench._places import places_of, uses_of

_Change = tuple[ast.AST, ast.AST | None, Callable[[], None]]  # where, instead, how it is made

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}
_BORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: `function` is "" for what runs when the module is read.

    `lines` are those of its statement, `around` those of the function, `uses` those in which the
    module uses a name that such a statement gives; `change` is the text before and after; `number`
    finds it again in the source.
    """

    number: int
    function: str
    lines: range
    change: str
    around: range = range(0)
    uses: frozenset[int] = frozenset()

    @property
    def is_at_import(self) -> bool:
        """True when only reading the module anew shows the change."""
        return not self.function


def mutants(source: str) -> list[Mutant]:
    """Return every change that the operators make to a module, in the order of its lines."""
    tree = ast.parse(source)
    places, uses = places_of(tree), uses_of(tree)
    found, seen = [], dict[tuple[str, str], int]()
    for number, (where, instead, _make) in enumerate(_changes(tree)):
        at = places[where]
        before, after = _text(where), _text(instead) if instead else "(nothing)"
        change = f"{before} -> {after}"
        again = seen[at.function, change] = seen.get((at.function, change), 0) + 1
        change += f" (no. {again})" if again > 1 else ""
        used = uses.get(at.lines.start, frozenset()) if not at.function else frozenset()
        found.append(Mutant(number, at.function, at.lines, change, at.around, used))
    return sorted(found, key=lambda each: each.lines.start)


def mutated(source: str, number: int, path: str) -> CodeType:
    """Compile a module with one of its changes made."""
    tree = ast.parse(source)
    for at, (_where, _instead, make) in enumerate(_changes(tree)):
        if at == number:
            make()
            return compile(ast.fix_missing_locations(tree), path, "exec")
    raise ValueError(f"{path} has no change {number}")


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.While):
        node = node.test
    if isinstance(node, ast.comprehension):
        return " ".join(f"if {ast.unparse(test)}" for test in node.ifs) or "(no condition)"
    return " ".join(ast.unparse(node).split())


def _changes(tree: ast.Module) -> Iterator[_Change]:
    for holder, node, put in _nodes(tree):
        for instead in _instead(holder, node):
            yield node, instead, lambda put=put, new=instead: put(new)
        if isinstance(node, ast.expr):
            continue
        yield from _within(node)


_Put = Callable[[ast.AST | None], None]


def _nodes(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST, _Put]]:
    """Yield what holds each node, the node, and how another is put in its place."""
    for field, value in list(ast.iter_fields(tree)):
        if field in ("annotation", "returns", "decorator_list", "type_comment"):
            continue
        if isinstance(value, ast.AST):
            yield from _with_inner(tree, value, lambda new, field=field: setattr(tree, field, new))
        elif isinstance(value, list):
            for at, child in enumerate(value):
                if isinstance(child, ast.AST):
                    yield from _with_inner(tree, child, _into(value, at))


def _into(held: list[ast.AST], at: int) -> _Put:
    return lambda new: held.__setitem__(at, new or ast.Pass())


def _with_inner(holder: ast.AST, node: ast.AST, put: _Put) -> Iterator[tuple]:
    if _is_for_people(node) or _is_settled(node):
        return
    yield holder, node, put
    yield from _nodes(node)


def _is_for_people(node: ast.AST) -> bool:
    """Tell a sentence, a docstring, or what only a typing tool or a programmer meets."""
    match node:
        case ast.Call(func=ast.Name(id="_" | "N_")):
            return True
        case ast.Expr(value=ast.Constant(value=str() | ast.Constant())):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="AssertionError"))):
            return True
    return False


def _is_settled(node: ast.AST) -> bool:
    """Tell what changes no value: lists of names to import, imports, `strict=True` of a zip."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Global() | ast.Nonlocal():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.keyword(arg="strict"):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
    return False


def _instead(holder: ast.AST, node: ast.AST) -> Iterator[ast.AST | None]:
    """Yield what is put in the place of a node; None takes a statement out."""
    match node:
        case ast.Compare():
            yield from _other_borders(node)
        case ast.BoolOp():
            yield from _other_joins(node)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _COMPUTED and not _is_text(node):
            yield ast.copy_location(
                ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right), node
            )
        case ast.Constant():
            yield from _other_constants(holder, node)
        case ast.Call():
            yield from _other_calls(node)
        case ast.Tuple() | ast.List() | ast.Set() if isinstance(
            getattr(node, "ctx", ast.Load()), ast.Load
        ):
            yield from _one_less(node)
        case ast.Dict() if len(node.values) > 1 and all(node.keys):
            for at in range(len(node.values)):
                keys, values = list(node.keys), list(node.values)
                del keys[at], values[at]
                yield ast.copy_location(ast.Dict(keys, values), node)
        case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
            yield ast.copy_location(ast.Return(), node)
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Break() | ast.Continue():
            yield None
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield None


def _within(node: ast.AST) -> Iterator[_Change]:
    """Yield the changes to a part that is no expression: a condition, a way to add."""
    match node:
        case ast.If() | ast.While() if not _is_flipped(node.test):
            old = node.test
            new = ast.copy_location(ast.UnaryOp(ast.Not(), old), old)
            yield old, new, lambda: setattr(node, "test", new)
        case ast.comprehension():
            for at, old in enumerate(node.ifs):
                yield old, ast.Constant(True), lambda at=at: node.ifs.__delitem__(at)
        case ast.AugAssign() if type(node.op) in _COMPUTED:
            op = _COMPUTED[type(node.op)]()
            other = ast.copy_location(ast.AugAssign(node.target, op, node.value), node)
            yield node, other, lambda: setattr(node, "op", op)


def _other_borders(node: ast.Compare) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        ops = list(node.ops)
        ops[at] = _COMPARED[type(op)]()
        yield ast.copy_location(ast.Compare(node.left, ops, node.comparators), node)


def _other_joins(node: ast.BoolOp) -> Iterator[ast.AST]:
    op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield ast.copy_location(ast.BoolOp(op, node.values), node)
    for at in range(len(node.values)):
        rest = node.values[:at] + node.values[at + 1 :]
        yield rest[0] if len(rest) == 1 else ast.copy_location(ast.BoolOp(node.op, rest), node)


def _other_constants(holder: ast.AST, node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.copy_location(ast.Constant(not node.value), node)
    elif isinstance(node.value, int):
        yield ast.copy_location(ast.Constant(node.value + 1), node)
        if node.value and not isinstance(holder, ast.UnaryOp):
            yield ast.copy_location(ast.Constant(node.value - 1), node)


def _other_calls(node: ast.Call) -> Iterator[ast.AST]:
    match node.func:
        case ast.Name(id=name) if name in _CALLED and node.args:
            keywords = [] if name == "sorted" else node.keywords
            called = ast.Name(_CALLED[name], ast.Load())
            yield ast.copy_location(ast.Call(called, node.args, keywords), node)
        case ast.Attribute(value=value, attr="startswith" | "endswith" as name):
            other = "endswith" if name == "startswith" else "startswith"
            func = ast.Attribute(value, other, ast.Load())
            yield ast.copy_location(ast.Call(func, node.args, node.keywords), node)


def _one_less(node: ast.Tuple | ast.List | ast.Set) -> Iterator[ast.AST]:
    """Leave out one code of several."""
    codes = len(node.elts) > 1 and all(
        isinstance(each, ast.Constant) and isinstance(each.value, str) for each in node.elts
    )
    for at in range(len(node.elts) if codes else 0):
        rest = node.elts[:at] + node.elts[at + 1 :]
        if isinstance(node, ast.Set):
            yield ast.copy_location(ast.Set(rest), node)
        else:
            yield ast.copy_location(type(node)(rest, ast.Load()), node)


def _is_flipped(test: ast.expr) -> bool:
    """Tell a condition that another operator already turns into its contrary."""
    if isinstance(test, ast.Compare):
        return len(test.ops) == 1 and not isinstance(test.ops[0], _BORDERS)
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _is_nothing(node: ast.expr) -> bool:
    """Tell a value that is as false as None: whoever asks cannot tell them apart."""
    try:
        return not ast.literal_eval(node)
    except ValueError:
        return False
