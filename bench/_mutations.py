"""What the fuzzer does to bytes and to JSON: small acts that can be drawn, printed and shrunk."""

import json
from typing import Any

from hypothesis import strategies as st

# JSON that a writer of ours can't produce, put in by its text
RAW = (
    b"1.5", b"-0", b"-0.0", b"1e5", b"1e999", b"9007199254740993", b"18446744073709551617",
    b'"\\ud800"', b'"\xed\xa0\x80"', b'"\\u0e01"', b'{"a":1,"a":2}', b'{"b":1,"a":2}', b"NaN",
    b"[" * 300 + b"]" * 300, b"[" * 2000, b" 1", b"", b"1,1", b'""""',
)  # fmt: skip
VALUES = (
    None, True, False, 0, 1, -1, 2**31, 2**53 - 1, 2**63, "", " ", "\0", "ก", "\u202e", "x" * 3000,
    "a" * 64, "0" * 32, "0" * 64, "9" * 13, "2568-13-01", "2025-02-30T99:99:99.999Z", "../x",
    [], {}, [[]], [{}], [None], {"a": {}}, [1, "1"], "[" * 50, "put", "del", "erase", "person",
)  # fmt: skip
NUMBERS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff", b"\0\0", b"\x7f\xff\xff\xff", b"\1\0\0\0")

places = st.integers(0, 1 << 20)
pieces = st.one_of(
    st.binary(max_size=8),
    st.sampled_from([b"\n", b"\r\n", b"\0", b"PK\1\2", b"PK\5\6", b"PK\6\7", b"\n--- ", b"-> "]),
    st.sampled_from(NUMBERS),
)
byte_acts = st.lists(
    st.tuples(st.sampled_from(["flip", "put", "insert", "cut", "double", "end"]), places, pieces),
    min_size=1,
    max_size=3,
)
json_acts = st.lists(
    st.tuples(
        st.sampled_from(["near", "near", "value", "raw", "drop", "add", "swap", "text"]),
        places,
        st.one_of(
            st.integers(0, len(VALUES) + len(RAW)),
            st.text(max_size=20),
            st.integers(-(2**65), 2**65),
        ),
    ),
    min_size=1,
    max_size=3,
)


def change_bytes(raw: bytes, acts: list[tuple[str, int, bytes]]) -> bytes:
    """Apply byte acts; a place counts modulo the length, so that every act hits something."""
    for act, where, piece in acts:
        at = where % (len(raw) or 1)
        if act == "flip":
            raw = raw[:at] + bytes([(raw[at] if raw else 0) ^ (piece or b"\1")[0]]) + raw[at + 1 :]
        elif act == "put":
            raw = raw[:at] + piece + raw[at + len(piece) :]
        elif act == "insert":
            raw = raw[:at] + piece + raw[at:]
        elif act == "cut":
            raw = raw[:at] + raw[at + 1 + len(piece) * 20 :]
        elif act == "double":
            raw = raw[:at] + raw[at : at + 200] * 2 + raw[at + 200 :]
        else:
            raw = raw[:at]
    return raw


def change_json(value: Any, acts: list[tuple[str, int, Any]]) -> bytes:
    """Apply acts to a JSON value and write it, sorted and without blanks."""
    value = json.loads(json.dumps(value))
    raw: list[bytes] = []
    for act, where, what in acts:
        spots = list(_spots(value))
        holder, key = spots[where % len(spots)] if spots else ([0], 0)
        if act == "drop":
            del holder[key]
        elif act == "swap":
            other, other_key = spots[(where * 7 + 1) % len(spots)] if spots else ([0], 0)
            holder[key], other[other_key] = (
                json.loads(json.dumps(other[other_key])),
                json.loads(json.dumps(holder[key])),
            )
        elif act == "add" and isinstance(holder, dict):
            holder["a" if isinstance(what, int) else what] = _value(what)
        elif act == "raw":
            holder[key] = f"@@{len(raw)}@@"
            raw.append(RAW[what % len(RAW)] if isinstance(what, int) else what.encode())
        elif act == "near":
            holder[key] = _near(holder[key], where)
        elif act == "text" and isinstance(holder[key], str):
            holder[key] = str(what) + holder[key][len(str(what)) :]
        else:
            holder[key] = _value(what)
    return _written(value, raw)


def _written(value: Any, raw: list[bytes]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    written = text.encode("utf-8", "surrogatepass")
    for place, piece in enumerate(raw):
        written = written.replace(b'"@@%d@@"' % place, piece)
    return written


def _near(value: Any, where: int) -> Any:
    """Give a value of the same form, so that only a check of what it means can find it."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + 1 if where % 2 else max(value - 1, 0)
    if isinstance(value, str) and value:
        at = where % len(value)
        other = {"0": "1", "a": "b", "-": "-"}.get(value[at], "0" if value[at].isdigit() else "a")
        return value[:at] + other + value[at + 1 :]
    return value * 2 if isinstance(value, list) else value


def _value(what: Any) -> Any:
    known = isinstance(what, int) and 0 <= what < len(VALUES)
    return json.loads(json.dumps(VALUES[what])) if known else what


def _spots(value: Any) -> list[tuple[Any, Any]]:
    """List every place in a JSON value as its holder and its key there."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        found = [(value, key) for key in value]
    elif isinstance(value, list):
        found = [(value, place) for place in range(len(value))]
    return found + [spot for holder, key in found for spot in _spots(holder[key])]
