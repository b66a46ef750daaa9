"""What a move asks before it is made: each guard is named by the moves of the programme's data.

A guard looks like a rule: it takes (view, record id, data as the move would leave them) and yields
Problems. Only a guard with a published source, or one about the form, may block; every other one
warns and asks for a reason.
"""

import importlib
import pkgutil

from app.services.rules import Rule

GUARDS: dict[str, Rule] = {}


def guard(function: Rule) -> Rule:
    """Register a function as the guard of its name."""
    GUARDS[function.__name__] = function
    return function


def _register_all() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


_register_all()
