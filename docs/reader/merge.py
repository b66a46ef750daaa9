"""What a record shows when several hands wrote it: "Merging" of docs/bundle-format.md.

Lines are given as {rev: (header, body, taken)} of one record; body is None where it is withheld or
erased, and a line that was held or rejected is not taken. It uses the standard library alone.
"""

import graphlib
import hashlib
import json

ABSENT = object()


def canonical(value):
    """Write the one text of a value; a lone surrogate is a UnicodeEncodeError, a ValueError."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def sha256(data):
    """Give the hash in 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def heads_of(lines):
    """Give the taken lines on which no taken line stands; a line not taken is looked through."""
    stood, left = set(), [p for h, _body, taken in lines.values() if taken for p in h["parents"]]
    while left:
        rev = left.pop()
        if rev not in stood:
            stood.add(rev)
            left += lines[rev][0]["parents"] if rev in lines and not lines[rev][2] else []
    return sorted(rev for rev, (_h, _body, taken) in lines.items() if taken and rev not in stood)


def ancestors(rev, headers):
    """Give a line and all that it stands on, of those that are here."""
    seen, left = set(), [rev]
    while left:
        at = left.pop()
        if at in headers and at not in seen:
            seen.add(at)
            left += headers[at]["parents"]
    return seen


def origins(headers, data, field):
    """Rule 2 of "Merging": for every line, who last wrote what it says of a field."""
    known = {rev: [p for p in h["parents"] if p in headers] for rev, h in headers.items()}
    found = {}
    for rev in graphlib.TopologicalSorter(known).static_order():
        parents = headers[rev]["parents"]
        said = [None if data.get(p) is None else data[p].get(field, ABSENT) for p in parents]
        mine = (data[rev] or {}).get(field, ABSENT)
        same = said and all(
            data.get(p) is not None and said_as(value) == said_as(mine)
            for p, value in zip(parents, said, strict=True)
        )
        found[rev] = frozenset().union(*(found[p] for p in parents)) if same else frozenset([rev])
    return found


def said_as(value):
    """Compare as JSON does: true is not 1."""
    return ABSENT if value is ABSENT else canonical(value)


def merge(lines):
    """Give what a record shows, None for nothing, and the conflicts: rules 1 to 4."""
    headers = {rev: h for rev, (h, _body, taken) in lines.items() if taken}
    data = {
        rev: body["data"] if body and headers[rev]["op"] == "put" else None
        for rev, (_h, body, taken) in lines.items()
        if taken
    }
    heads, conflicts, shown = heads_of(lines), [], {}
    erased = [rev for rev in heads if headers[rev]["op"] == "erase"]
    readable = [] if erased else [rev for rev in heads if data[rev] is not None]
    if len(readable) < len(heads) and any(data[rev] is not None for rev in heads):
        versions = {rev: data[rev] for rev in heads}
        taken = max(erased or readable)
        conflicts.append({"fields": [], "level": "same", "versions": versions, "taken": taken})
    seen = {rev: ancestors(rev, headers) for rev in readable}
    for field in sorted({name for rev in readable for name in data[rev]}):
        values = {rev: said_as(data[rev].get(field, ABSENT)) for rev in readable}
        standing = readable
        if len({*values.values()}) > 1:
            wrote = origins(headers, data, field)
            standing = [
                rev
                for rev in readable
                if not any(values[o] != values[rev] and wrote[rev] <= seen[o] for o in readable)
            ]
        taken = max(standing, key=lambda rev: (headers[rev]["depth"], rev))
        shown |= {field: data[taken][field]} if field in data[taken] else {}
        if len({*values.values()}) > 1:
            level = "same" if len({values[rev] for rev in standing}) > 1 else "different"
            versions = {rev: {n: v for n, v in data[rev].items() if n == field} for rev in readable}
            conflicts.append(
                {"fields": [field], "level": level, "versions": versions, "taken": taken}
            )
    return (shown if readable else None), conflicts
