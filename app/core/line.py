"""The journal line: header, body, canonical bytes, digest and rev; shared by journal and bundle.

A line is a header and a body. The header says who changed which record when and carries the
digest of the body; the body holds the whole record. Dropping the body (a withheld or an erased
line) leaves digest, rev and chain verifiable. Format: docs/bundle-format.md, "The line".
"""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from app.core.errors import Invalid
from app.core.i18n import _

Data = dict[str, Any]

PUT, DELETE, ERASE = "put", "del", "erase"
MOST_BYTES = 1_000_000
MOST_DATA_BYTES = 900_000  # leaves room for a header that names a thousand parents
MOST_DEPTH = 8
_DEPTH_OF_DATA = 2  # line, body, data

_HEX64 = re.compile(r"[0-9a-f]{64}")
_HEX32 = re.compile(r"[0-9a-f]{32}")
_TYPE = re.compile(r"[a-z][a-z_]{0,40}")
_OFFICE = re.compile(r"[0-9]{2}[A-J]?")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """Everything about a change but its content.

    `replica` and `epoch` are 32 hex digits, `seq` counts from 1 without a gap within them;
    `parents` are the revs this revision stands on (none for a creation, all heads for a
    resolution), sorted; `prev` is the rev of the line before in the same epoch, "" for the first;
    `depth` is one more than the deepest parent's; `by` is the user's id; `at` is UTC with
    milliseconds; `v` is the schema version of the type; `digest` is the body's.
    """

    id: str
    type: str
    office: str
    replica: str
    epoch: str
    seq: int
    act: str
    op: str
    parents: tuple[str, ...]
    prev: str
    depth: int
    by: str
    at: str
    v: int
    digest: str

    def as_data(self) -> Data:
        """Give the header as the plain object that is hashed and sent."""
        return {
            "id": self.id,
            "type": self.type,
            "office": self.office,
            "replica": self.replica,
            "epoch": self.epoch,
            "seq": self.seq,
            "act": self.act,
            "op": self.op,
            "parents": list(self.parents),
            "prev": self.prev,
            "depth": self.depth,
            "by": self.by,
            "at": self.at,
            "v": self.v,
            "digest": self.digest,
        }

    @property
    def rev(self) -> str:
        """SHA-256 of the canonical header, 64 hex digits: the name of this revision."""
        return hashlib.sha256(canonical(self.as_data())).hexdigest()


_HEADER_NAMES = tuple(Header.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a line: the whole record, and a salt that keeps its digest from guessing."""

    salt: str
    data: Data

    def as_data(self) -> Data:
        """Give the body as the plain object that is hashed and sent."""
        return {"salt": self.salt, "data": self.data}

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical body, 64 hex digits."""
        return hashlib.sha256(canonical(self.as_data())).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """A header and, unless it was withheld or erased, its body."""

    header: Header
    body: Body | None

    def to_bytes(self) -> bytes:
        """Give the canonical bytes of the line, without the line feed."""
        whole: Data = {"h": self.header.as_data()}
        if self.body is not None:
            whole["b"] = self.body.as_data()
        return canonical(whole)


def new_body(data: Data) -> Body:
    """Salt the data of a record.

    Raises Invalid for all that parse_line would refuse, so that what is kept can also be sent.
    """
    _refuse_uncanonical(data, _DEPTH_OF_DATA)
    if len(canonical(data)) > MOST_DATA_BYTES:
        raise Invalid(_("The record is too long to be kept."), code="line_too_long")
    return Body(secrets.token_hex(16), data)


def canonical(value: Any) -> bytes:
    """Write the one form of a value that is hashed: RFC 8785 for the values that we allow.

    Allowed are objects with ASCII keys, lists, text, true, false, null and integers below 2^53.
    orjson writes exactly these bytes for them; floats are refused where data enters (new_body,
    parse_line). Raises Invalid for anything else.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)
    except (orjson.JSONEncodeError, UnicodeError) as error:
        raise Invalid(
            _("The record holds a value that cannot be kept."), code="uncanonical"
        ) from error


def parse_line(raw: bytes) -> Line:
    """Read one line and check its form: nothing about it is believed before.

    Raises Invalid with the codes "line_too_long", "line_form", "line_header" or "line_digest".
    """
    if len(raw) > MOST_BYTES:
        raise Invalid(_("A line of the file is too long."), code="line_too_long")
    whole = _loads(raw)
    if not isinstance(whole, dict) or not {"h"} <= set(whole) <= {"h", "b"}:
        raise Invalid(_("A line of the file is not in the known form."), code="line_form")
    header = parse_header(whole["h"])
    body = _parse_body(whole["b"]) if "b" in whole else None
    if body is not None and body.digest != header.digest:
        raise Invalid(_("The content of a line does not match its digest."), code="line_digest")
    if canonical(whole) != raw:
        # also catches a key given twice, which the parser would swallow
        raise Invalid(_("A line of the file is not in the known form."), code="line_form")
    return Line(header, body)


def parse_header(value: Any) -> Header:
    """Check the form of a header. Raises Invalid with the code "line_header"."""
    if not isinstance(value, dict) or set(value) != set(_HEADER_NAMES) or not _header_holds(value):
        raise Invalid(_("The header of a line is not in the known form."), code="line_header")
    return Header(**{**value, "parents": tuple(value["parents"])})


def _header_holds(value: Mapping[str, Any]) -> bool:
    for name, matches in _MATCHES:
        text = value[name]
        if type(text) is not str or not matches(text):
            return False
    parents = value["parents"]
    return (
        all(type(value[name]) is int and value[name] >= 1 for name in ("seq", "depth", "v"))
        and value["op"] in (PUT, DELETE, ERASE)
        and type(parents) is list
        and len(parents) <= 1000
        and all(type(parent) is str and _HEX64.fullmatch(parent) for parent in parents)
        and parents == sorted(set(parents))
        and (value["prev"] == "") == (value["seq"] == 1)
        and (value["depth"] == 1) == (not parents)
    )


_PATTERNS = {
    "id": _ID,
    "type": _TYPE,
    "office": _OFFICE,
    "replica": _HEX32,
    "epoch": _HEX32,
    "act": _ID,
    "prev": re.compile(r"([0-9a-f]{64})?"),
    "by": re.compile(r"[0-9a-z][0-9a-z:-]{0,63}"),
    "at": _AT,
    "digest": _HEX64,
}
_MATCHES = tuple((name, pattern.fullmatch) for name, pattern in _PATTERNS.items())


def _parse_body(value: Any) -> Body:
    if (
        not isinstance(value, dict)
        or set(value) != {"salt", "data"}
        or not isinstance(value["salt"], str)
        or not _HEX32.fullmatch(value["salt"])
        or not isinstance(value["data"], dict)
    ):
        raise Invalid(_("A line of the file is not in the known form."), code="line_form")
    return Body(value["salt"], value["data"])


def _loads(raw: bytes) -> Any:
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Invalid(
            _("A line of the file is not in the known form."), code="line_form"
        ) from error
    _refuse_uncanonical(value, 0)
    return value


def _refuse_uncanonical(value: Any, depth: int) -> None:
    """Refuse what canonical() would write without a word, or could not write back the same."""
    kind = type(value)
    if kind is dict and depth < MOST_DEPTH and _has_plain_keys(value):
        inside = value.values()
    elif kind is list and depth < MOST_DEPTH:
        inside = value
    elif kind in _SCALARS:
        return
    else:
        raise Invalid(_("The record holds a value that cannot be kept."), code="uncanonical")
    for inner in inside:
        if type(inner) not in _SCALARS:  # most values are; a call for each is most of the time
            _refuse_uncanonical(inner, depth + 1)


def _has_plain_keys(value: Data) -> bool:
    try:
        return all(map(str.isascii, value))
    except TypeError:  # a key that is no text
        return False


_SCALARS = frozenset({str, int, bool, type(None)})
