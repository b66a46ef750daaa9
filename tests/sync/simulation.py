"""Offices, desks, sticks and one centre in one seeded run on real bundles: what must always hold.

A history is two dozen steps chosen by a seed: people are entered, changed on two desks, voided
and settled; files are sealed, carried in any order, lost, repeated and passed between desks; desks
are restored, carried off, cloned and crash; clocks jump. The laws are checked from the raw lines
by `tests.sync.checker`, which shares no code with the merge. Its seed alone tells a history.
"""

import os
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core.errors import Cancelled, UserError
from app.models.office import backup, machine, vault
from app.models.records import journal
from app.services import central, exchange
from app.services.office import desk as desks
from app.services.office import epochs
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import rebuilding, restoring
from tests.makers import postgres, statements
from tests.sync import checker

PASSWORD, WEAK = "ตำบลเดสก์-2568", vault.Cost(64, 1)
OFFICES = {"15": ("a", "b"), "62": ("c",)}
STEPS = 24
_MORE_THAN_ENOUGH = 12


class Broken(AssertionError):
    """A law did not hold."""


def make_world(folder: Path, url: str = "") -> None:
    """Make once what every history begins with: a centre, and enrolled desks of two offices.

    The centre's database is a file beside the desks, or the empty one at a `url` of PostgreSQL.
    """
    (folder / "mail").mkdir(parents=True)
    with _computer(folder / "making"):
        centre = central.open_centre(url or _file(folder), folder / "keys")
        central.initialise(centre)
        for office, names in OFFICES.items():
            recovery = ""
            for name in names:
                if recovery:
                    made = _second(folder, name, recovery)
                else:
                    made, recovery = desks.create(
                        folder / name, office=office, user="ก", password=PASSWORD, cost=WEAK
                    )
                request = exchange.request_key(made.store, folder / "mail")
                _print, answer = central.enrol(centre, request, folder / "mail")
                exchange.apply_trust(made.store, answer)
                if len(names) > 1:
                    exchange.export(made.store, folder / "mail", full=True)
                made.close()
        centre.engine.dispose()
    shutil.rmtree(folder / "mail")


def _second(folder: Path, name: str, recovery: str) -> Desk:
    (whole,) = (folder / "mail").glob("*-F.otg")
    made, _print = rebuilding.join(
        folder / name, whole, recovery=recovery, user="ข", password=PASSWORD, cost=WEAK
    )
    return made


def _file(folder: Path) -> str:
    return f"sqlite:///{folder / 'centre.db'}"


class History:
    """One run of one seed, in a copy of the world; `url` is of its own copy of the database."""

    def __init__(self, seed: int, world: Path, folder: Path, url: str = "") -> None:
        self.random = random.Random(seed)
        self.folder = folder
        shutil.copytree(world, folder)
        (folder / "mail").mkdir()
        self.centre = central.open_centre(url or _file(folder), folder / "keys")
        self.desks: dict[str, Desk] = {}
        self.office = {name: office for office, names in OFFICES.items() for name in names}
        self.computer = dict.fromkeys(self.office, "")
        self.mail: list[Path] = []
        self.accepted: set[str] = set()
        self.clock = 0
        self.log: list[str] = []

    def run(self, steps: int = STEPS) -> None:
        """Live through the history and check the laws at every step and at the end."""
        with _computer(self.folder / "state"), self._clock():
            try:
                for name in self.office:
                    self._open(name)
                for _step in range(steps):
                    self._step()
                self._bring_together()
                self._check_the_end()
            finally:
                for desk in self.desks.values():
                    desk.close()
                self.centre.engine.dispose()

    def _step(self) -> None:
        name = self.random.choice(sorted(self.desks))
        does, _weight = zip(*_STEPS, strict=True)
        chosen = self.random.choices(does, [weight for _name, weight in _STEPS])[0]
        self.log.append(f"{chosen} {name}")
        getattr(self, f"_{chosen}")(name)

    def _enter(self, name: str) -> None:
        number = self.random.randrange(10**9)
        draft = {
            "id_kind": "passport",
            "passport_no": f"X{number}",
            "first_th": f"สมาชิก{number}",
            "nationality": "ไทย",
        }
        self._save(name, "", draft, ())

    def _change(self, name: str) -> None:
        found = self._person(name)
        if found:
            field = self.random.choice(("occupation", "position", "major"))
            draft = found.data | {field: f"{name}{self.random.randrange(1000)}"}
            self._save(name, found.id, draft, found.opened_from)

    def _settle(self, name: str) -> None:
        disputed = [each for each in self._people(name) if len(each.heads) > 1]
        if disputed:
            found = self.random.choice(disputed)
            draft = found.data | {"note": f"ตกลงโดย {name}"}
            self._save(name, found.id, draft, found.heads)

    def _void(self, name: str) -> None:
        found = self._person(name)
        if found and not found.void_reason:
            records.void(self.desks[name].store, "person", found.id, "ข้อมูลตัวอย่าง")

    def _seal(self, name: str) -> None:
        self._export(name, full=self.random.random() < 0.15)

    def _crash(self, name: str) -> None:
        """Stop in the middle of sealing, and start the program again."""

        def stop(_done: int, _total: int) -> None:
            raise Cancelled

        with suppress(Cancelled, UserError):
            exchange.export(self.desks[name].store, self.folder / "mail", step=stop)
        self._reopen(name)

    def _carry(self, _name: str) -> None:
        """Carry some file to the centre; most are taken off the pile, some are copies."""
        files = [path for path in self.mail if path.stem[-1] in "DF" and path.exists()]
        if files:
            path = self.random.choice(files)
            self._ingest(path)
            if self.random.random() < 0.7:
                self.mail.remove(path)

    def _lose(self, _name: str) -> None:
        if self.mail:
            self.mail.remove(self.random.choice(self.mail))

    def _answer(self, _name: str) -> None:
        for sealed in central.write_receipts(self.centre, self.folder / "mail"):
            self.mail.append(sealed.path)

    def _read(self, name: str) -> None:
        """Apply some receipt of the office, old or new."""
        mine = [path for path in self.mail if path.name.startswith(f"OTG-{self.office[name]}-")]
        receipts = [path for path in mine if path.stem.endswith("-R") and path.exists()]
        if receipts:
            self._apply(name, self.random.choice(receipts))

    def _pass_on(self, name: str) -> None:
        """Give a file of another desk of the office to this one."""
        mine = [path for path in self.mail if path.name.startswith(f"OTG-{self.office[name]}-")]
        files = [path for path in mine if path.stem[-1] in "DF" and path.exists()]
        if files:
            self._import(name, self.random.choice(files))

    def _back_up(self, name: str) -> None:
        target = self.folder / "backups" / name
        target.parent.mkdir(exist_ok=True)
        backup.write(self.desks[name].store.main, target)

    def _restore(self, name: str) -> None:
        kept = sorted((self.folder / "backups" / name).glob("*.backup.zip"))
        if not kept:
            return
        self.desks[name].close()
        path = self.random.choice(kept)
        user = self.desks[name].user
        self.desks[name] = restoring.restore(self.folder / name, path, user=user, password=PASSWORD)

    def _move(self, name: str) -> None:
        """Carry the database to another computer."""
        self.computer[name] += "+"
        self._reopen(name)

    def _clone(self, name: str) -> None:
        """Copy the whole disk: two computers go on as one desk until the centre sees it."""
        twin = f"{name}{len(self.desks)}"
        if len(self.desks) >= len(self.office) + 2:
            return
        self.desks[name].close()
        shutil.copytree(self.folder / name, self.folder / twin)
        self.office[twin] = self.office[name]
        self.computer[twin] = self.computer[name]
        machine.forget_below(self.folder)
        self._open(name)
        machine.forget_below(self.folder)
        self._open(twin)

    def _clock_jumps(self, _name: str) -> None:
        self.clock = self.random.choice((-400 * 86400, -3600, 0, 3600, 900 * 86400))

    def _save(
        self, name: str, record_id: str, draft: dict[str, object], base: tuple[str, ...]
    ) -> None:
        store = self.desks[name].store
        problems = records.check(store, "person", draft, record_id=record_id)
        reasons = {problem.code: "ข้อมูลตัวอย่าง" for problem in problems}
        records.save(store, "person", draft, record_id=record_id, base=base, reasons=reasons)

    def _people(self, name: str) -> list[records.Record]:
        store = self.desks[name].store
        return [records.get(store, "person", each) for each in checker.ids_of(store, "person")]

    def _person(self, name: str) -> records.Record | None:
        found = self._people(name)
        return self.random.choice(found) if found else None

    def _export(self, name: str, *, full: bool = False) -> Path | None:
        mail = self.folder / "mail" / f"{len(self.log)}-{name}"
        mail.mkdir(parents=True, exist_ok=True)
        try:
            sealed = exchange.export(self.desks[name].store, mail, full=full)
        except UserError as refused:
            if refused.code != "nothing_new":
                raise Broken(f"{name} may not seal: {refused.code}") from refused
            return None
        for request in mail.glob("*-key-request.txt"):
            central.enrol(self.centre, request, mail)
        self.mail.append(sealed.path)
        return sealed.path

    def _ingest(self, path: Path) -> None:
        done = central.ingest(self.centre, path)
        if done.status == "quarantined":
            raise Broken(f"{path.name} is refused: {done.code} {done.reason}")
        if done.held or done.rejected:
            raise Broken(f"{path.name}: {done.held} held, {done.rejected} rejected")
        if self.random.random() < 0.3:
            before = checker.revs_of_centre(self.centre)
            again = central.ingest(self.centre, path)
            if again.status != "duplicate" or checker.revs_of_centre(self.centre) != before:
                raise Broken(f"{path.name} twice is not once")
        self._look_at_the_centre(path.name.split("-")[1])

    def _apply(self, name: str, path: Path) -> bool:
        try:
            exchange.apply_receipt(self.desks[name].store, path)
        except UserError as refused:
            return self._after(name, refused, {"not_made_here"})
        return True

    def _import(self, name: str, path: Path) -> bool:
        try:
            exchange.import_bundle(self.desks[name].store, path)
        except UserError as refused:
            return self._after(name, refused, {"not_made_here", "unknown_key"})
        return True

    def _after(self, name: str, refused: UserError, expected: set[str]) -> bool:
        """Do what the sentence says: a desk that meets its twin begins anew. The file waits."""
        if refused.code not in expected:
            raise Broken(f"{name}: {refused.code} {refused.sentence}") from refused
        if refused.code == "not_made_here":
            epochs.start_anew(self.desks[name].store)
        return False

    def _open(self, name: str) -> None:
        with _at(self.folder / "state", self.computer[name]):
            self.desks[name] = desks.open_desk(self.folder / name, user="", password=PASSWORD)

    def _reopen(self, name: str) -> None:
        self.desks[name].close()
        self._open(name)

    @contextmanager
    def _clock(self) -> Iterator[None]:
        """Let the desks' clock be wrong by as much as the history says."""
        right = journal.utc_now
        journal.utc_now = lambda: checker.shifted(right(), self.clock)  # type: ignore[assignment]
        try:
            yield
        finally:
            journal.utc_now = right  # type: ignore[assignment]

    def _look_at_the_centre(self, office: str) -> None:
        """What was accepted stays, and every conflict is seen, after every file."""
        here = checker.revs_of_centre(self.centre)
        if self.accepted - here:
            raise Broken(f"the centre lost {sorted(self.accepted - here)[:3]}")
        self.accepted = here
        lines = checker.lines_of_centre(self.centre, office)
        status = central.status(self.centre, office=office)
        if status.state_digest != checker.state_digest(lines):
            raise Broken(f"office {office}: the digest is not that of its lines")
        if status.conflicts != len(checker.disputed(lines)):
            raise Broken(f"office {office}: {status.conflicts} conflicts are shown")

    def _bring_together(self) -> None:
        """Let everybody send and read until nothing is new: no file is lost any more."""
        for path in [path for path in self.mail if path.stem[-1] in "DF" and path.exists()]:
            self._ingest(path)
        behind = set(self.office.values())
        for turn in range(_MORE_THAN_ENOUGH):
            for name in sorted(self.desks):
                path = self._export(name)
                if path:
                    self._ingest(path)
                    behind.add(self.office[name])
            if not behind:
                return
            behind = {office for office in sorted(behind) if not self._all_read(turn, office)}
        raise Broken("there is no end to sending")

    def _all_read(self, turn: int, office: str) -> bool:
        """Give every desk of an office its receipt and full file; tell whether all took both."""
        if not checker.revs_of_centre(self.centre, office):
            return True
        mail = self.folder / "mail" / f"end-{turn}-{office}"
        (receipt,) = central.write_receipts(self.centre, mail, office=office)
        whole = central.export_office(self.centre, office, mail).path
        both = ((self._apply, receipt.path), (self._import, whole))
        names = sorted(each for each in self.desks if self.office[each] == office)
        took = [take(name, path) for name in names for take, path in both]
        return all(took)

    def _check_the_end(self) -> None:
        """Everybody holds the same, nothing that was saved is gone, every conflict is listed."""
        for office in set(self.office.values()):
            lines = checker.lines_of_centre(self.centre, office)
            expected = checker.state_digest(lines)
            for name in [each for each in self.desks if self.office[each] == office]:
                store = self.desks[name].store
                if exchange.waiting(store):
                    raise Broken(f"{name} waits to send what the centre has")
                verdict = verify(store)
                if not verdict.ok:
                    raise Broken(f"{name}: {verdict.reason}")
                missing = checker.revs_of_desk(store) - set(lines)
                if missing:
                    raise Broken(f"{name} has {len(missing)} lines that never arrived")
                if state_digest(store) != expected:
                    raise Broken(f"{name} and the centre differ")
                shown = {each.id for each in self._people(name) if len(each.heads) > 1}
                listed = {record for type_, record in checker.disputed(lines) if type_ == "person"}
                if shown != listed:
                    raise Broken(f"{name} shows {shown}, disputed are {listed}")


_STEPS = (
    ("enter", 14),
    ("change", 22),
    ("settle", 5),
    ("void", 2),
    ("seal", 16),
    ("carry", 16),
    ("lose", 3),
    ("answer", 5),
    ("read", 8),
    ("pass_on", 8),
    ("back_up", 3),
    ("restore", 3),
    ("move", 2),
    ("clone", 1),
    ("crash", 2),
    ("clock_jumps", 2),
)


@contextmanager
def _computer(state: Path) -> Iterator[None]:
    """Give the computers of a world a memory of their own."""
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = str(state)
    try:
        yield
    finally:
        os.environ.pop("XDG_STATE_HOME")
        if before is not None:
            os.environ["XDG_STATE_HOME"] = before


@contextmanager
def _at(state: Path, computer: str) -> Iterator[None]:
    """Sit at a computer: its number is another where the name is."""
    state.mkdir(parents=True, exist_ok=True)
    number = state / "machine-id"
    number.write_text(f"computer{computer}", encoding="ascii")
    before, machine.ID_FILES = machine.ID_FILES, (number,)
    try:
        yield
    finally:
        machine.ID_FILES = before


def main(world: Path, folder: Path, first: int, count: int, url: str = "") -> int:
    """Live through some histories; tell each that breaks a law, with its steps.

    `url` is that of the world's database on PostgreSQL: each history gets a copy of its own.
    """
    statements.share()
    os.fsync = lambda _file: None  # what crashes here are processes, not computers
    broken = 0
    for seed in range(first, first + count):
        here = folder / str(seed)
        own = postgres.copy_database(url) if url else ""
        history = History(seed, world, here, own)
        try:
            history.run()
        except Exception as error:  # whatever it is, it broke the history
            broken += 1
            steps = "\n  ".join(history.log)
            print(f"seed {seed}: {type(error).__name__}: {error}\n  {steps}", flush=True)
        shutil.rmtree(here, ignore_errors=True)
        if own:
            postgres.drop_database(own)
    print(f"{count} histories, {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    world, folder, first, count, *url = sys.argv[1:]
    raise SystemExit(main(Path(world), Path(folder), int(first), int(count), *url))
