"""A real PostgreSQL of the tests' own: in a temporary folder, on loopback, on a free port."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from app.models.central import tables
from app.services.central.upkeep.update import update
from tests.makers.emptied import Emptied

USER, PASSWORD = "centre", "ตัวอย่าง-2568"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # what these tests kill are processes, not computers
    "log_timezone": "UTC",
    "max_connections": "20",
    "shared_buffers": "32MB",
}


class Server:
    """A running server; `stop` and `start` are a fault and its end."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.settings = _SETTINGS | settings
        self.folder = folder
        self.data = folder / "data"
        self._bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent)
        self.port = _free_port()
        self._tables = ""  # the address of a database that is only copied
        self._free: list[Emptied] = []
        self._initialise()
        self.start()

    def _initialise(self) -> None:
        word = self.folder / "password"
        word.write_text(PASSWORD, encoding="utf-8")
        self._own(word)
        self._run(
            "initdb",
            *("--username", USER, "--pwfile", str(word)),
            *("--auth", "md5"),  # scram would cost more than a query
            *("--encoding", "UTF8", "--locale", "C", "--wal-segsize", "1", "--no-sync"),
        )
        rows = [f"{name} = '{value}'\n" for name, value in self.settings.items()]
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines([*rows, f"port = {self.port}\n"])

    def start(self, *, most_bytes: int | None = None) -> None:
        """Start; `most_bytes` is what no file of it may outgrow, as on a disk that is full."""
        limit = ("prlimit", f"--fsize={most_bytes}:") if most_bytes else ()
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--wait", "--silent", "--log", log, before=limit)

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode", mode)

    def new_database(self) -> str:
        """Give the address of a new empty database."""
        return copy_database(self.url("template1"))

    def new_centre(self) -> str:
        """Give the address of a new database that has a centre's tables and nothing in them."""
        if not self._tables:
            made = self.new_database()
            engine = tables.open_centre(made)
            with tables.writing(engine) as connection:
                update(connection)
            engine.dispose()
            self._tables = made
        return copy_database(self._tables)

    @contextmanager
    def centre(self) -> Iterator[str]:
        """Lend the address of a database as `new_centre` makes it.

        A database costs a second, and to empty one some hundredths: so one serves many tests. One
        whose tables a test has changed is dropped.
        """
        lent = self._free.pop() if self._free else Emptied(self.new_centre())
        try:
            yield lent.url
        finally:
            if lent.empty():
                self._free.append(lent)
            else:
                drop_database(lent.url)

    def url(self, name: str, *, user: str = USER, password: str = PASSWORD) -> str:
        return f"postgresql+psycopg://{user}:{password}@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str) -> None:
        _execute(self.url("postgres"), statement)

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *words: str, before: tuple[str, ...] = ()) -> None:
        command = [*before, str(self._bin / program), *words, "--pgdata", str(self.data)]
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=program != "pg_ctl",  # what it starts would keep the pipe open
            env={**os.environ, "LC_ALL": "C"},
            check=False,
            **_other_user(),
        )
        assert done.returncode == 0, done.stderr

    def _own(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, *_other_user().values())


def new_server(**settings: str) -> Server:
    """Make a server in a folder of its own; a folder of pytest's is closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix="otg-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, *_other_user().values())
    return Server(folder, **settings)


def copy_database(url: str) -> str:
    """Give the address of a new database that holds what another holds; nobody may be in that."""
    server, _slash, source = url.rpartition("/")
    name = f"centre_{secrets.token_hex(4)}"
    _execute(url, f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
    return f"{server}/{name}"


def drop_database(url: str) -> None:
    _execute(url, f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    """Run a statement that stands outside of transactions on the server of a database."""
    address = url.replace("+psycopg", "").rpartition("/")[0] + "/postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def _other_user() -> dict[str, str]:
    """Name whom the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup"}


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
