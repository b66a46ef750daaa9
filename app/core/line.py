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

from app.core import ids, schema
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.json_text import NotJson, canonical, parsed, refuse_uncanonical

Data = dict[str, Any]

PUT, DELETE, ERASE = "put", "del", "erase"
MOST_BYTES = 1_000_000
MOST_DATA_BYTES = 900_000  # leaves room for a header that names a thousand parents
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
    refuse_uncanonical(data, _DEPTH_OF_DATA)
    if len(canonical(data)) > MOST_DATA_BYTES:
        raise Invalid(_("The record is too long to be kept."), code="line_too_long")
    return Body(secrets.token_hex(16), data)


def parse_line(raw: bytes) -> Line:
    """Read one line and check its form: nothing about it is believed before.

    Raises Invalid with the codes "line_too_long", "line_form", "line_header" or "line_digest".
    """
    if len(raw) > MOST_BYTES:
        raise Invalid(_("A line of the file is too long."), code="line_too_long")
    whole = _parsed(raw)
    has_body = type(whole) is dict and "b" in whole
    if type(whole) is not dict or "h" not in whole or len(whole) > 1 + has_body:
        refuse_uncanonical(whole, 0)
        raise _wrong_form()
    if has_body:
        refuse_uncanonical(whole["b"], 1)
    header, form = _parse_header(whole["h"])
    body, expected = None, b'{"h":' + form + b"}"
    if has_body:
        body = _parse_body(whole["b"])
        content = canonical(whole["b"])
        if hashlib.sha256(content).hexdigest() != header.digest:
            raise Invalid(_("The content of a line does not match its digest."), code="line_digest")
        expected = b'{"b":' + content + b',"h":' + form + b"}"
    if expected != raw:
        # also catches a key given twice, which the parser would swallow
        raise _wrong_form()
    return Line(header, body)


def parse_header(value: Any) -> Header:
    """Check the form of a header. Raises Invalid with the code "line_header"."""
    return _parse_header(value)[0]


def header_of(raw: bytes) -> Header | None:
    """Return the header of a line that parse_line refuses, where it has one at least."""
    try:
        return parse_header(_parsed(raw)["h"])
    except (KeyError, TypeError, Invalid):
        return None


def _parse_header(value: Any) -> tuple[Header, bytes]:
    """Return a header and its canonical bytes, of which one pattern proves the whole form."""
    form = canonical(value)
    if not _HEADER_BYTES.fullmatch(form) or untied(value) is not None:
        refuse_uncanonical(value, 1)
        steps = schema.also(HEADER, untied).fault(value)
        raise Invalid(
            _("The header of a line is not in the known form (at {place}).").format(
                place=schema.Unfit(steps or ()).place
            ),
            code="line_header",
        )
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


def untied(value: Data) -> schema.Steps | None:
    """Find a field that does not go with another one."""
    parents = value["parents"]
    if (value["prev"] == "") != (value["seq"] == 1):
        return ("prev",)
    if (value["depth"] == 1) != (not parents):
        return ("depth",)
    if len(parents) > 1 and parents != sorted(set(parents)):
        return ("parents",)
    return None


HEADER = schema.record(
    {
        "act": schema.text(ids.FORM),
        "at": schema.text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
        "by": schema.text("[0-9a-z][0-9a-z:-]{0,63}"),
        "depth": schema.number(1),
        "digest": schema.hex64,
        "epoch": schema.hex32,
        "id": schema.text(ids.FORM),
        "office": schema.office,
        "op": schema.one_of(PUT, DELETE, ERASE),
        "parents": schema.many(schema.hex64, most=1000),
        "prev": schema.text("(?:[0-9a-f]{64})?"),
        "replica": schema.hex32,
        "seq": schema.number(1),
        "type": schema.type_name,
        "v": schema.number(1),
    }
)
BODY = schema.record({"salt": schema.hex32, "data": schema.record({}, others=True)})


def _bytes_of(rule: schema.Schema) -> str:
    """Return the pattern of the canonical bytes of what a rule of the header lets in."""
    if "enum" in rule:
        return '"(?:' + "|".join(rule["enum"]) + ')"'
    if rule["type"] == "array":
        each, more = _bytes_of(rule["items"]), rule["maxItems"] - 1
        return rf"\[(?:{each}(?:,{each}){{0,{more}}})?\]"
    if rule["type"] == "integer":
        return "[1-9][0-9]{0,15}"  # canonical() refuses 2^53 and more
    return f'"{rule["pattern"][1:-1]}"'


_HEADER_BYTES = re.compile(
    (
        r"\{"
        + ",".join(
            f'"{name}":{_bytes_of(rule)}'
            for name, rule in sorted(HEADER.schema["properties"].items())
        )
        + r"\}"
    ).encode()
)


def _parse_body(value: Any) -> Body:
    if BODY.fault(value) is not None:
        raise _wrong_form()
    return Body(value["salt"], value["data"])


def _parsed(raw: bytes) -> Any:
    try:
        return parsed(raw)
    except NotJson as error:
        raise _wrong_form() from error


def _wrong_form() -> Invalid:
    return Invalid(_("A line of the file is not in the known form."), code="line_form")
