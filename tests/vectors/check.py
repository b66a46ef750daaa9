"""Read the vectors with the standard library alone, as an outside program would, and compare.

Run: python3 check.py. Shares no code with the application; docs/bundle-format.md describes the
line. Prints one row a file; exit code 1 when a file is not read as expected.
"""

import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).parent


def canonical(value):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def once(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key is given twice")
    return dict(pairs)


def no_float(text):
    raise ValueError(f"{text} is not a whole number")


def read(raw):
    """Give header, rev and whether there is a body; raises ValueError for a wrong line."""
    line = json.loads(raw, object_pairs_hook=once, parse_float=no_float)
    if canonical(line) != raw or set(line) not in ({"h"}, {"h", "b"}):
        raise ValueError("not the canonical form of a line")
    if "b" in line and sha256(canonical(line["b"])) != line["h"]["digest"]:
        raise ValueError("the digest is not the body's")
    return line["h"], sha256(canonical(line["h"])), "b" in line


def summary(raws):
    """Compute all that expected.json says of one file and that needs no merging."""
    lines = [read(raw) for raw in raws]
    known, named, places = defaultdict(set), defaultdict(set), defaultdict(set)
    for header, rev, _ in lines:
        record = f"{header['type']} {header['id']}"
        known[record].add(rev)
        named[record].update(header["parents"])
        places[header["replica"], header["epoch"], header["seq"]].add(rev)
    heads = {record: sorted(known[record] - named[record]) for record in known}
    before = (places.get((h["replica"], h["epoch"], h["seq"] - 1), {""}) for h, _, _ in lines)
    state = "".join(f"{record} {','.join(revs)}\n" for record, revs in sorted(heads.items()))
    return {
        "lines": [{"rev": rev, "digest": h["digest"], "body": body} for h, rev, body in lines],
        "heads": heads,
        "chain": all(h["prev"] in revs for (h, _, _), revs in zip(lines, before, strict=True)),
        "forks": [[*place, sorted(revs)] for place, revs in places.items() if len(revs) > 1],
        "state_digest": sha256(state.encode()),
    }


def main():
    wrong = 0
    for name, expected in json.loads((FOLDER / "expected.json").read_text("utf-8")).items():
        found = summary((FOLDER / f"{name}.ndjson").read_bytes().split(b"\n")[:-1])
        differing = [key for key in found if found[key] != expected[key]]
        wrong += bool(differing)
        print(f"{name}:", "differs in " + ", ".join(differing) if differing else "ok")
    for why, raw in json.loads((FOLDER / "refused.json").read_text("utf-8")).items():
        try:
            read(raw.encode())
        except ValueError:
            print(f"{why}: refused, ok")
        else:
            wrong += 1
            print(f"{why}: is not refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
