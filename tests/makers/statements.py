"""Statements compiled once for all databases of a process: a test opens several of its own."""

from typing import Any

from sqlalchemy import Connection, Engine, event

_MOST = 4000


class _Compiled(dict[Any, Any]):
    """What was compiled for one kind of database, whichever engine asked first."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        if len(self) >= _MOST:  # a migration describes its tables anew each time
            self.clear()
        super().__setitem__(key[1:], compiled)


def share() -> None:
    """Let all engines of a kind share what they compile: SQLAlchemy does it for each of its own.

    A key begins with the engine's dialect, of which there is one for each engine.
    """
    kinds: dict[str, _Compiled] = {}

    def use(connection: Connection) -> None:
        kind = f"{connection.dialect.name} {connection.dialect.driver}"
        connection.execution_options(compiled_cache=kinds.setdefault(kind, _Compiled()))

    event.listen(Engine, "engine_connect", use)
