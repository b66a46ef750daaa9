"""The shapes in app/models/shapes: the described fields of each record type, said to mypy.

`write` makes them anew from the columns of app/models; `check` fails when one is not what they say.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.core import holding
from app.core.fields import ADDRESS_PARTS, Field, Kind
from app.core.kind_rules import RULES
from app.models.records.base import Record, entities, fields_of

ROOT = Path(__file__).parents[1]
SHAPES = ROOT / "app" / "models" / "shapes"


def main(task: str) -> int:
    """Run write or check; return the exit code."""
    if task == "write":
        return write()
    wanted = modules()
    stale = [path for path, text in wanted.items() if _text(path) != text]
    stale += sorted(set(SHAPES.glob("*.py")) - set(wanted))
    for path in stale:
        print(f"{path.relative_to(ROOT)} is not what the columns say.", file=sys.stderr)
    if stale:
        print("Run: .venv/bin/python -m devtools.shapes write", file=sys.stderr)
    return 1 if stale else 0


def write() -> int:
    """Write the shapes anew, remove those of an area that is gone; return 0."""
    wanted = modules()
    SHAPES.mkdir(exist_ok=True)
    for path in set(SHAPES.glob("*.py")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def modules() -> dict[Path, str]:
    """Return the text of each module: one for each area, one for the parts that all share."""
    areas = defaultdict(list)
    for type_, entity in entities().items():
        areas[entity.__module__.split(".")[2]].append((type_, entity))
    texts = {"parts": _parts()} | {area: _area(area, found) for area, found in areas.items()}
    texts["__init__"] = _all(sorted(texts))
    return {SHAPES / f"{name}.py": text for name, text in texts.items()}


def _all(names: list[str]) -> str:
    rows = [f'"""The shape of every record type. {_MADE}"""', ""]
    rows += [f"from app.models.shapes.{name} import *  # noqa: F403" for name in names]
    return "\n".join(rows) + "\n"


def _parts() -> str:
    of_any = [rule.field for rule in holding.of_any_record().values()]
    rows = [f'"""What the shapes share. {_MADE}"""', "", "from typing import TypedDict"]
    rows += _class("Address", "TypedDict", "An address.", ADDRESS_PARTS)
    rows += _class("AnyRecord", "TypedDict", "The marks that any record may have.", of_any)
    return "\n".join(rows) + "\n"


def _area(area: str, found: list[tuple[str, type[Record]]]) -> str:
    classes = [row for type_, entity in found for row in _entity(type_, entity)]
    shared = ["Address"] if any(row.endswith(": Address") for row in classes) else []
    shared.append("AnyRecord")
    rows = [f'"""The shapes of the records of {area}. {_MADE}"""', ""]
    if any("(TypedDict" in row for row in classes):
        rows += ["from typing import TypedDict", ""]
    rows += ["from app.models.records.record_type import RecordType"]
    rows += [f"from app.models.shapes.parts import {', '.join(shared)}"]
    return "\n".join([*rows, *classes]) + "\n"


def _entity(type_: str, entity: type[Record]) -> Iterator[str]:
    """Yield the shape of a type after the shapes of its rows, and the type itself."""
    name, fields = entity.__name__, fields_of(entity)
    for each in fields:
        if each.rows:
            said = f"A row of {each.name}."
            yield from _class(_row(name, each), "TypedDict", said, each.rows)
    yield from _class(name, "AnyRecord", f"{entity.label}.", fields, name)
    yield from ("", "", f'{type_.upper()} = RecordType[{name}]("{type_}")')


def _class(name: str, base: str, said: str, fields: Iterable[Field], of: str = "") -> Iterator[str]:
    yield from ("", "", f"class {name}({base}, total=False):", f'    """{said}"""', "")
    yield from (f"    {each.name}: {_type(each, of)}{_unit(each)}" for each in fields)


def _type(field: Field, of: str) -> str:
    """Return the annotation of a field of `of`: the type of its kind, or the shape within it."""
    if field.kind is Kind.ADDRESS:
        return "Address"
    if field.kind is Kind.ROWS:
        return f"list[{_row(of, field)}]"
    if field is holding.REASON:
        return "dict[str, str]"
    return RULES[field.kind].type.__name__


def _row(of: str, field: Field) -> str:
    return of + "".join(word.capitalize() for word in field.name.split("_")) + "Row"


def _unit(field: Field) -> str:
    if field.target:
        return f"  # the id of a {field.target}"
    return _UNITS.get(field.kind, "")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


_MADE = "Written by devtools.shapes, never by hand."
_UNITS = {Kind.BAHT: "  # satang", Kind.POINTS: "  # hundredths"}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
