"""Keep the Thai catalogue equal to the sentences in the code, and compile it for the program."""

import ast
import io
import os
import string
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog, Message

from app.core import paths

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "app"
PO = ROOT / "resources" / "locale" / "th" / "LC_MESSAGES" / "app.po"


def main(task: str) -> int:
    """Run one of update, check and compile; give the exit code."""
    return {"update": _update, "check": _check, "compile": _compile}[task]()


def sentences(source: Path) -> set[str]:
    """Collect every message that a module under `source` marks with `_` or `N_`."""
    found = extract.extract_from_dir(
        source, method_map=[("**.py", "python")], keywords={"_": None, "N_": None}
    )
    return {str(message) for _file, _line, message, _comments, _context in found if message}


def unseen(source: Path) -> set[str]:
    """Collect the marked messages that the catalogue never reads: those within an f-string."""
    marked = {
        str(call.args[0].value)
        for path in source.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "N_")
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    return marked - sentences(source)


def merged(catalogue: Catalog, used: set[str]) -> Catalog:
    """Give `catalogue` with an entry for each used sentence, its translation kept if it has one.

    A sentence no longer used is set aside as obsolete and comes back when it is used again.
    """
    known = {str(entry.id): entry for entry in _entries(catalogue, aside=True)}
    result = Catalog(
        locale=catalogue.locale,
        header_comment="# Thai sentences of TambonDesk: made by `python3 dev.py translations`.",
        project="TambonDesk",
        version="any",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="Thai",
        creation_date=catalogue.creation_date,
        revision_date=catalogue.creation_date,
        fuzzy=False,
    )
    for sentence in used:
        result[sentence] = known.pop(sentence).clone() if sentence in known else Message(sentence)
    result.obsolete.update({key: entry.clone() for key, entry in known.items() if entry.string})
    return result


def faults(catalogue: Catalog, used: set[str]) -> list[str]:
    """Say what is wrong, one line each: missing, untranslated, fuzzy, other placeholders."""
    entries = {str(entry.id): entry for entry in _entries(catalogue)}
    aside = {str(entry.id) for entry in _entries(catalogue, aside=True)}
    found = [
        f"{'obsolete but used' if s in aside else 'missing'}: {s}" for s in used - set(entries)
    ]
    for sentence, entry in entries.items():
        thai = str(entry.string or "")
        if entry.fuzzy:
            found.append(f"fuzzy: {sentence}")
        elif not thai.strip():
            found.append(f"untranslated: {sentence}")
        elif _placeholders(thai) != _placeholders(sentence):
            found.append(f"other placeholders: {sentence}")
    return sorted(found)


def _update() -> int:
    catalogue, used = _read(PO), sentences(SOURCE)
    _write(PO, merged(catalogue, used), _po)
    left = [fault for fault in faults(_read(PO), used) if not fault.startswith("other")]
    print(f"{PO.relative_to(ROOT)}: {len(used)} sentences, {len(left)} to translate")
    return _compile()


def _check() -> int:
    used = sentences(SOURCE)
    found = faults(_read(PO), used)
    found += [f"within an f-string, where it is not found: {each}" for each in unseen(SOURCE)]
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"{len(used)} sentences, {len(found)} faults in {PO.relative_to(ROOT)}")
    return 1 if found else 0


def _compile() -> int:
    _write(paths.built("locale", "th", "LC_MESSAGES", "app.mo"), _read(PO), mofile.write_mo)
    return 0


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return pofile.read_po(file, locale="th")


def _po(file: io.BytesIO, catalogue: Catalog) -> None:
    pofile.write_po(file, catalogue, sort_output=True, no_location=True, width=100)


def _write(path: Path, catalogue: Catalog, form: Callable[[io.BytesIO, Catalog], None]) -> None:
    out = io.BytesIO()
    form(out, catalogue)
    if path.is_file() and path.read_bytes() == out.getvalue():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_bytes(out.getvalue())
    aside.replace(path)


def _entries(catalogue: Catalog, *, aside: bool = False) -> Iterator[Message]:
    # Entries in use come last, so that of two with one id the one in use wins.
    if aside:
        yield from catalogue.obsolete.values()
    yield from (entry for entry in catalogue if entry.id)


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    except ValueError:  # a lone brace: a sentence that is never formatted
        return set()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "update"))
