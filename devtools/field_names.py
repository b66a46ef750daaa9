"""A plugin of mypy: a name that no field of a shape has is an error wherever a record is read.

mypy itself lets `record.get("tpyo")` pass, for a TypedDict may have further keys; and it does not
know that `View.where` and some functions take the names of fields.
"""

from collections.abc import Callable, Sequence
from functools import partial

from mypy.errorcodes import TYPEDDICT_ITEM
from mypy.nodes import Expression
from mypy.plugin import FunctionContext, MethodContext, Plugin
from mypy.plugins.default import typed_dict_get_callback
from mypy.subtypes import is_subtype
from mypy.typeops import try_getting_str_literals
from mypy.types import Instance, NoneType, Type, TypedDictType, UnionType, get_proper_type

Context = FunctionContext | MethodContext

_ASKING = {
    f"app.services.records.{view}.{name}"
    for view in ("record_view.View", "planned_view.Ahead")
    for name in ("where", "voided")
}
_NAMING = {  # the place of the record among the arguments, and that of the names of its fields
    "app.services.printing.gathering.texts": (0, 1),
    "app.services.printing.gathering.shown": (2, 1),
}


class FieldNames(Plugin):
    """Look at the calls that read a shape, or ask for records, by the name of a field."""

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """Return what looks at the calls of a method, None for one that needs no look."""
        if fullname == "typing.Mapping.get":
            return _got
        return _asked if fullname in _ASKING else None

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Return what looks at the calls of a function, None for one that needs no look."""
        return partial(_named, *_NAMING[fullname]) if fullname in _NAMING else None


def plugin(version: str) -> type[Plugin]:
    """Return the plugin; mypy calls this function by its name."""
    return FieldNames


def _got(ctx: MethodContext) -> Type:
    _check(ctx, ctx.type, ctx.args[0], ctx.arg_types[0])
    return typed_dict_get_callback(ctx)


def _named(record: int, names: int, ctx: FunctionContext) -> Type:
    for shape in ctx.arg_types[record]:
        _check(ctx, shape, ctx.args[names], ctx.arg_types[names])
    return ctx.default_return_type


def _asked(ctx: MethodContext) -> Type:
    """Check the columns of `view.where(TYPE, column=value)`; None asks for what is not filled."""
    shape = _shape_of(ctx.arg_types[0])
    for name, given, at in zip(ctx.arg_names[-1], ctx.arg_types[-1], ctx.args[-1], strict=True):
        if shape is None or name is None:
            continue
        if name not in shape.items:
            _fail(ctx, shape, name, at)
        elif not is_subtype(given, UnionType([shape.items[name], NoneType()])):
            message = f'The field "{name}" is {shape.items[name]}, not {given}'
            ctx.api.fail(message, at, code=TYPEDDICT_ITEM)
    return ctx.default_return_type


def _shape_of(types: Sequence[Type]) -> TypedDictType | None:
    """Return the shape that a record type carries."""
    asked = get_proper_type(types[0])
    shape = get_proper_type(asked.args[0]) if isinstance(asked, Instance) and asked.args else None
    return shape if isinstance(shape, TypedDictType) else None


def _check(ctx: Context, shape: Type, names: Sequence[Expression], types: Sequence[Type]) -> None:
    """Report each name, where it is known, that no field of a shape has."""
    shape = get_proper_type(shape)
    if isinstance(shape, TypedDictType):
        for at, type_ in zip(names, types, strict=True):
            for name in try_getting_str_literals(at, type_) or ():
                if name not in shape.items:
                    _fail(ctx, shape, name, at)


def _fail(ctx: Context, shape: TypedDictType, name: str, at: Expression) -> None:
    message = f'"{shape.fallback.type.name}" has no field "{name}"'
    ctx.api.fail(message, at, code=TYPEDDICT_ITEM)
