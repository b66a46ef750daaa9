"""What a column can't say: ceilings, ages, who may be what. RULES[type] lists the functions.

A rule takes (view, record id, data) and yields Problems. Only a rule with a published source may
block; every other one warns and asks for a reason. The rules stand in docs/rules.md.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator

from app.core.errors import Problem
from app.core.line import Data
from app.services.view import View

Rule = Callable[[View, str, Data], Iterator[Problem]]

RULES: dict[str, list[Rule]] = {}


def rule(type_: str) -> Callable[[Rule], Rule]:
    """Register a function as a rule of a record type."""

    def register(function: Rule) -> Rule:
        RULES.setdefault(type_, []).append(function)
        return function

    return register


def problems(
    view: View, type_: str, record_id: str, data: Data, more: Iterable[Rule] = ()
) -> list[Problem]:
    """List what the rules of a type, and some more, say of its data; each thing once."""
    asked = [*RULES.get(type_, []), *more]
    return list(dict.fromkeys(problem for each in asked for problem in each(view, record_id, data)))


def _register_all() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


_register_all()
