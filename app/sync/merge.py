"""What a record shows when several hands wrote it: a pure function of its lines, without a clock.

Merging never writes a line. Whatever the order in which lines arrive, however often, and from
whichever desk, the same lines show the same record; docs/bundle-format.md, "Merging", has the rule.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.json_text import canonical
from app.core.line import DELETE, ERASE, Data, Header, Line

NONE, DIFFERENT, SAME = "", "different", "same"  # how deep the heads of a record disagree


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are taken together from one hand, and whose hand goes first until it is settled.

    `owner` tells from a head's header whether its writer is the one whose word counts.
    """

    fields: tuple[str, ...]
    owner: Callable[[Header], bool] = lambda _header: False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Fields in which the heads differ, with what each head says.

    `level` is DIFFERENT when only one hand touched them, so that nothing needs deciding, else
    SAME. `versions` are (rev of the head, {field: value}) sorted by rev; a field that a head does
    not have is absent; None stands for a head without content (deleted, erased or withheld).
    `taken` is the head whose version is shown, provisionally. No `fields` means the whole record.
    """

    fields: tuple[str, ...]
    level: str
    versions: tuple[tuple[str, Data | None], ...]
    taken: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a record shows; `data` is None when it was undone, erased or is withheld.

    `heads` are the revs that no other line stands on, sorted; `level` is the deepest of the
    conflicts, NONE where there are none.
    """

    data: Data | None
    heads: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def level(self) -> str:
        """The deepest level of the conflicts: NONE, DIFFERENT or SAME."""
        return max((conflict.level for conflict in self.conflicts), key=_DEPTH.index, default=NONE)


@dataclass(frozen=True, slots=True)
class Fork:
    """Several lines in the one place of a chain: a cloned or restored desk went on writing."""

    replica: str
    epoch: str
    seq: int
    revs: tuple[str, ...]


def heads(headers: Iterable[Header]) -> tuple[str, ...]:
    """Return the revs that no header names as a parent, sorted: the record's latest versions."""
    known: set[str] = set()
    named: set[str] = set()
    for header in headers:
        known.add(header.rev)
        named.update(header.parents)
    return tuple(sorted(known - named))


def shown(lines: Iterable[Line], groups: Iterable[Group] = ()) -> Shown:
    """Compute what one record shows from all of its lines, bodies read as the newest schema.

    A single head shows itself. Of several, an erasure hides all; a deletion gives way to a
    version that someone still wrote on; else each field shows the version of the only head that
    touched it, and where several did, that of the group's owner, the deeper, the larger rev.
    Lines that are missing only make more fields count as touched; they heal when they arrive.
    """
    history = _History(lines)
    readable = history.readable()
    conflicts = _over_existence(history, readable)
    if not readable:
        return Shown(None, history.heads, tuple(conflicts))
    data: Data = {}
    for group in _units(groups, [history.data(rev) or {} for rev in readable]):
        version, conflict = _settle(history, readable, group)
        data |= version
        conflicts += [conflict] if conflict else []
    return Shown(data, history.heads, tuple(conflicts))


def forks(headers: Iterable[Header]) -> tuple[Fork, ...]:
    """List the places of chains that hold more than one line, sorted by place."""
    places = defaultdict(set)
    for header in headers:
        places[header.replica, header.epoch, header.seq].add(header.rev)
    return tuple(
        Fork(*place, tuple(sorted(revs))) for place, revs in sorted(places.items()) if len(revs) > 1
    )


def state_digest(records: Iterable[tuple[str, str, Iterable[str]]]) -> str:
    """Hash (type, id, heads) of all records: equal wherever the same lines were merged.

    SHA-256, 64 hex digits, over the sorted rows `type SP id SP rev[,rev...] LF`. Sorts by itself:
    databases disagree about the order of text.
    """
    return digest_of_sorted(sorted((type, id, tuple(sorted(revs))) for type, id, revs in records))


def digest_of_sorted(records: Iterable[tuple[str, str, Iterable[str]]]) -> str:
    """Hash as state_digest does what comes sorted already, byte by byte: millions, one by one.

    No letter of a type or an id comes before the space, so the order of the rows is that of the
    records.
    """
    rows = (f"{type} {id} {','.join(revs)}\n" for type, id, revs in records)
    digest = hashlib.sha256()
    for row in rows:
        digest.update(row.encode())
    return digest.hexdigest()


_DEPTH = (NONE, DIFFERENT, SAME)


class _History:
    """The lines of one record as a graph."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines: dict[str, Line] = {}
        for line in lines:
            rev = line.header.rev
            if rev not in self.lines or line.body is not None:
                self.lines[rev] = line
        named = {parent for line in self.lines.values() for parent in line.header.parents}
        self.heads = tuple(sorted(set(self.lines) - named))
        self._ancestors: dict[str, list[str]] = {}

    def data(self, rev: str) -> Data | None:
        """Return the data in a line; None for an empty or missing line."""
        line = self.lines.get(rev)
        if line is None or line.body is None or line.header.op in (DELETE, ERASE):
            return None
        return line.body.data

    def readable(self) -> tuple[str, ...]:
        """Return the heads that show something; an erasure leaves none."""
        if any(self.lines[rev].header.op == ERASE for rev in self.heads):
            return ()
        return tuple(rev for rev in self.heads if self.data(rev) is not None)

    def ancestors(self, rev: str) -> list[str]:
        """Return a line and all it stands on, each after its parents; missing ones are left out."""
        if rev not in self._ancestors:
            ordered: dict[str, None] = {}
            path = [(rev, False)]
            while path:
                at, parents_done = path.pop()
                if parents_done:
                    ordered[at] = None
                elif at in self.lines and at not in ordered:
                    path.append((at, True))
                    path += [(parent, False) for parent in self.lines[at].header.parents]
            self._ancestors[rev] = list(ordered)
        return self._ancestors[rev]

    def origins(self, head: str, fields: tuple[str, ...]) -> frozenset[str]:
        """Return the lines that wrote what a head says of some fields: who touched them last.

        A line inherits from its parents what all of them say alike; where they disagree it has
        decided, and is an origin itself.
        """
        found: dict[str, frozenset[str]] = {}
        for rev in self.ancestors(head):
            said = [self.data(parent) for parent in self.lines[rev].header.parents]
            mine = _text(self.data(rev), fields)
            if said and all(each is not None and _text(each, fields) == mine for each in said):
                parents = self.lines[rev].header.parents
                found[rev] = frozenset().union(*(found[parent] for parent in parents))
            else:
                found[rev] = frozenset([rev])
        return found[head]


def _units(groups: Iterable[Group], versions: list[Data]) -> list[Group]:
    """Return the groups, and each field that is in none as a group of its own, in a fixed order."""
    given = list(groups)
    grouped = {name for group in given for name in group.fields}
    single = sorted({name for data in versions for name in data} - grouped)
    return [*given, *(Group((name,)) for name in single)]


def _settle(
    history: _History, readable: tuple[str, ...], group: Group
) -> tuple[Data, Conflict | None]:
    """Choose the version of one group of fields, and say so where the heads differ."""
    versions = {rev: _part(history.data(rev), group.fields) for rev in readable}
    texts = {rev: _text(history.data(rev), group.fields) for rev in readable}
    if len(set(texts.values())) == 1:
        return versions[readable[0]], None
    standing = _standing(history, texts, group.fields)
    taken = max(standing, key=lambda rev: _rank(history.lines[rev].header, rev, group))
    is_settled = all(texts[rev] == texts[taken] for rev in standing)
    level = DIFFERENT if is_settled else SAME
    conflict = Conflict(group.fields, level, tuple(sorted(versions.items())), taken)
    return versions[taken], conflict


def _standing(history: _History, texts: Mapping[str, bytes], fields: tuple[str, ...]) -> list[str]:
    """Leave out the heads whose version another head has seen and replaced."""
    origins = {rev: history.origins(rev, fields) for rev in texts}
    seen = {rev: set(history.ancestors(rev)) for rev in texts}
    return [
        rev
        for rev in texts
        if not any(texts[other] != texts[rev] and origins[rev] <= seen[other] for other in texts)
    ]


def _over_existence(history: _History, readable: tuple[str, ...]) -> list[Conflict]:
    """Say where some heads end or hide the record and another still shows something."""
    versions = tuple((rev, history.data(rev)) for rev in history.heads)
    if len(readable) == len(versions) or all(data is None for _rev, data in versions):
        return []
    ops = {rev: history.lines[rev].header.op for rev in history.heads}
    taken = max(readable or [rev for rev in ops if ops[rev] == ERASE])
    return [Conflict((), SAME, versions, taken)]


def _rank(header: Header, rev: str, group: Group) -> tuple[bool, int, str]:
    return group.owner(header), header.depth, rev


def _part(data: Mapping[str, Any] | None, fields: tuple[str, ...]) -> Data:
    return {name: data[name] for name in fields if data and name in data}


def _text(data: Mapping[str, Any] | None, fields: tuple[str, ...]) -> bytes:
    """Return the bytes to compare: in Python True equals 1, in a line they are different values."""
    return canonical(_part(data, fields))
