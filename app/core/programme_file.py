"""Reading a file of programme data so that whatever is wrong is named by file and key."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from app.core.errors import UserError
from app.core.i18n import _

Read = TypeVar("Read")


def open_file(path: Path) -> "Node":
    """Open a file and check what each begins with: version, valid dates, the names of sources.

    Raises UserError with the code "programme_data", as every method of Node does.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise Node(path.name, "", None).damage("*") from error
    whole = Node(path.name, "", value)
    whole.whole("version")
    begins = whole.day("valid_from")
    whole.maybe("valid_to", lambda key: whole.day(key, least=begins))
    whole.names("sources")
    return whole


@dataclass(frozen=True, slots=True)
class Node:
    """One object of a file; `place` is where it stands ("rounds.0.tiers."), "" for the whole."""

    file: str
    place: str
    value: Any

    def damage(self, key: str) -> UserError:
        """Make the error that says which key of which file is wrong."""
        return UserError(
            _("The programme data {file} is damaged at {key}. Install the program again.").format(
                file=self.file, key=f"{self.place}{key}"
            ),
            code="programme_data",
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys there are, in the order of the file; none for what is not an object."""
        return tuple(self.value) if isinstance(self.value, dict) else ()

    def of(self, key: str, *types: type) -> Any:
        """Return the value of a key, which must be there and of exactly one of the types."""
        found = self.value[key] if key in self.keys else None
        if type(found) not in types:
            raise self.damage(key)
        return found

    def maybe(self, key: str, read: Callable[[str], Read]) -> Read | None:
        """Read a key that may be null but must not be left out."""
        return None if key in self.keys and self.value[key] is None else read(key)

    def text(self, key: str) -> str:
        """Read a text that is not blank."""
        found: str = self.of(key, str)
        if not found.strip():
            raise self.damage(key)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        found = tuple(self.of(key, list))
        if not all(isinstance(text, str) for text in found):
            raise self.damage(key)
        return found

    def one_of(self, key: str, choices: tuple[str, ...]) -> str:
        """Read a text that is one of the choices."""
        found = self.text(key)
        if found not in choices:
            raise self.damage(key)
        return found

    def whole(self, key: str) -> int:
        """Read a whole number from 0."""
        found: int = self.of(key, int)
        if found < 0:
            raise self.damage(key)
        return found

    def hundredths(self, key: str) -> int:
        """Read a number from 0 with at most two decimals as hundredths: baht become satang."""
        found = self.of(key, int, Decimal) * 100
        if found < 0 or found != int(found):
            raise self.damage(key)
        return int(found)

    def flag(self, key: str) -> bool:
        """Read true or false."""
        found: bool = self.of(key, bool)
        return found

    def day(self, key: str, *, least: date = date.min) -> date:
        """Read an ISO date that is not before `least`."""
        try:
            found = date.fromisoformat(self.text(key))
        except ValueError as error:
            raise self.damage(key) from error
        if found < least:
            raise self.damage(key)
        return found

    def inner(self, key: str) -> "Node":
        """Step into an object."""
        return Node(self.file, f"{self.place}{key}.", self.of(key, dict))

    def each(self, key: str) -> list["Node"]:
        """Step into each entry of a list."""
        return [
            Node(self.file, f"{self.place}{key}.{number}.", row)
            for number, row in enumerate(self.of(key, list))
        ]

    def names(self, key: str) -> dict[str, str]:
        """Read an object of texts."""
        inner = self.inner(key)
        return {name: inner.text(name) for name in inner.keys}

    def cited(self, key: str, names: dict[str, str]) -> dict[str, tuple[str, ...]]:
        """Read which sources stand behind which key, by name; each must be one of `names`."""
        inner = self.inner(key)
        cited = {}
        for subject in inner.keys:
            sources = inner.texts(subject)
            if not set(sources) <= set(names):
                raise inner.damage(subject)
            cited[subject] = tuple(names[source] for source in sources)
        return cited
