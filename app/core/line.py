"""The journal line: header, body, canonical bytes, digest and rev; shared by journal and bundle.

A line is a header and a body. The header says who changed which record when and carries the
digest of the body; the body holds the whole record. Dropping the body (a withheld or an erased
line) leaves digest, rev and chain verifiable. Format: docs/bundle-format.md, "The line".
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from app.core import ids
from app.core.errors import Invalid
from app.core.i18n import _

Data = dict[str, Any]

PUT, DELETE, ERASE = "put", "del", "erase"
MOST_BYTES = 1_000_000
MOST_DATA_BYTES = 900_000  # leaves room for a header that names a thousand parents
MOST_DEPTH = 8
MOST_GENERATIONS = 1_000_000  # the largest `depth` of a line that is taken
_DEPTH_OF_DATA = 2  # line, body, data


class _Named:
    """Room for a rev beside the fields: it follows from them and is no part of them."""

    __slots__ = ("_rev",)
    _rev: str


@dataclass(frozen=True, slots=True)
class Header(_Named):
    """Everything about a change but its content.

    `replica` and `epoch` are 32 hex digits, `seq` counts from 1 without a gap within them;
    `parents` are the revs this revision stands on (none for a creation, all heads for a
    resolution), sorted; `prev` is the rev of the line before in the same epoch, "" for the first;
    `depth` is that of next_depth; `by` is the user's id; `at` is UTC with milliseconds; `v` is the
    schema version of the type; `digest` is the body's.
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
        """Return the header as the plain object that is hashed and sent."""
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
        try:
            return self._rev
        except AttributeError:
            _name(self, canonical(self.as_data()))
            return self._rev


def _name(header: Header, form: bytes) -> None:
    """Remember the rev: it is asked for again and again, and a header never changes."""
    object.__setattr__(header, "_rev", hashlib.sha256(form).hexdigest())


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a line: the whole record, and a salt that keeps its digest from guessing."""

    salt: str
    data: Data

    def as_data(self) -> Data:
        """Return the body as the plain object that is hashed and sent."""
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
        """Return the canonical bytes of the line, without the line feed."""
        whole: Data = {"h": self.header.as_data()}
        if self.body is not None:
            whole["b"] = self.body.as_data()
        return canonical(whole)


def next_depth(depths: Iterable[int]) -> int:
    """Return the depth of a line that stands on lines of these depths.

    It counts no further than MOST_GENERATIONS: whatever another hand wrote into a header, the
    record can still be changed, and what is written is taken.
    """
    return min(1 + max(depths, default=0), MOST_GENERATIONS)


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
    if type(whole) is not dict or not {"h"} <= whole.keys() <= {"h", "b"}:
        _refuse_uncanonical(whole, 0)
        raise Invalid(_("A line of the file is not in the known form."), code="line_form")
    if "b" in whole:
        _refuse_uncanonical(whole["b"], 1)
    header, form = _parse_header(whole["h"])
    body, expected = None, b'{"h":' + form + b"}"
    if "b" in whole:
        body = _parse_body(whole["b"])
        content = canonical(whole["b"])
        if hashlib.sha256(content).hexdigest() != header.digest:
            raise Invalid(_("The content of a line does not match its digest."), code="line_digest")
        expected = b'{"b":' + content + b',"h":' + form + b"}"
    if expected != raw:
        # also catches a key given twice, which the parser would swallow
        raise Invalid(_("A line of the file is not in the known form."), code="line_form")
    return Line(header, body)


def parse_header(value: Any) -> Header:
    """Check the form of a header. Raises Invalid with the code "line_header"."""
    return _parse_header(value)[0]


def _parse_header(value: Any) -> tuple[Header, bytes]:
    """Return a header and its canonical bytes, of which one pattern proves the whole form."""
    form = canonical(value)
    if not _HEADER.fullmatch(form) or not _numbers_hold(value):
        _refuse_uncanonical(value, 1)
        raise Invalid(_("The header of a line is not in the known form."), code="line_header")
    header = Header(
        value["id"],
        value["type"],
        value["office"],
        value["replica"],
        value["epoch"],
        value["seq"],
        value["act"],
        value["op"],
        tuple(value["parents"]),
        value["prev"],
        value["depth"],
        value["by"],
        value["at"],
        value["v"],
        value["digest"],
    )
    _name(header, form)
    return header, form


def _numbers_hold(value: Data) -> bool:
    parents = value["parents"]
    return (
        (value["prev"] == "") == (value["seq"] == 1)
        and (value["depth"] == 1) == (not parents)
        and (len(parents) < 2 or parents == sorted(set(parents)))
    )


_COUNT = "[1-9][0-9]{0,15}"  # canonical() refuses 2^53 and more
_FORMS = {
    "act": f'"{ids.FORM}"',
    "at": r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"',
    "by": '"[0-9a-z][0-9a-z:-]{0,63}"',
    "depth": _COUNT,
    "digest": '"[0-9a-f]{64}"',
    "epoch": '"[0-9a-f]{32}"',
    "id": f'"{ids.FORM}"',
    "office": '"[0-9]{2}[A-J]?"',
    "op": '"(?:put|del|erase)"',
    "parents": r'\[(?:"[0-9a-f]{64}"(?:,"[0-9a-f]{64}"){0,999})?\]',
    "prev": '"(?:[0-9a-f]{64})?"',
    "replica": '"[0-9a-f]{32}"',
    "seq": _COUNT,
    "type": '"[a-z][a-z_]{0,40}"',
    "v": _COUNT,
}
_HEADER = re.compile(
    (r"\{" + ",".join(f'"{name}":{form}' for name, form in _FORMS.items()) + r"\}").encode()
)
_SALT = re.compile(r"[0-9a-f]{32}")


def _parse_body(value: Any) -> Body:
    if (
        type(value) is not dict
        or value.keys() != {"salt", "data"}
        or type(value["salt"]) is not str
        or not _SALT.fullmatch(value["salt"])
        or type(value["data"]) is not dict
    ):
        raise Invalid(_("A line of the file is not in the known form."), code="line_form")
    return Body(value["salt"], value["data"])


def _loads(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Invalid(
            _("A line of the file is not in the known form."), code="line_form"
        ) from error


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
        return "".join(value).isascii()
    except TypeError:  # a key that is no text
        return False


_SCALARS = frozenset({str, int, bool, type(None)})
