"""Opening a bundle: every check in its order, and nothing believed before the signature holds.

The order is rule 8 of docs/bundle-format.md; each check that fails raises Refused with a code of
its own.
"""

import contextlib
import hashlib
import itertools
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

import pyrage

from app.core import schema
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.line import MOST_BYTES, Header, Line, header_of, parse_line
from app.sync import bag, durable, sshsig
from app.sync.envelope import (
    RECEIPT,
    VERSION,
    Envelope,
    Inside,
    parse_envelope,
    parse_inside,
    too_new,
    wrong,
)
from app.sync.keys import EnrolledKey, Status, recipient_id, recipient_of
from app.sync.outer_zip import Frame, payload_chunks, read_frame
from app.sync.refused import Refused, too_big
from app.sync.runs import RunCheck
from app.sync.unbag import BagReader, Limits

Trusted = Mapping[str, EnrolledKey] | Callable[[str], EnrolledKey | None]

_IN_MEMORY = 8 << 20
_LEAST_LINE = 384  # bytes of the shortest header
_SPOILT = 1000  # lines that may be shorter, to be rejected one by one
_MOST_AGE_HEADER = 16 << 10  # bytes; for twenty recipients it has three thousand


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a bundle as it was found: either read, or with the problem of its form.

    `number` counts from 1 within the type's file; `raw` is without the line feed; `rev` is "" for
    a line that was not read. `header` is there for a wrong line too, where it has the form at
    least: it names the act to reject, and lines that stand on this one find it.
    """

    type: str
    number: int
    raw: bytes
    line: Line | None
    rev: str
    problem: Invalid | None
    header: Header | None


class Bundle:
    """An open bundle whose signatures, hashes and facts hold; only its lines are still to check.

    `inside` has the runs, the schema version of each type and the count of lines of each type.
    """

    def __init__(
        self, envelope: Envelope, key: EnrolledKey, content: BagReader, limits: Limits
    ) -> None:
        """Check the inside. Raises Refused: "inner_signature", "facts", "too_big", "count"."""
        self.envelope = envelope
        self.key = key
        self._bag = content
        self.content_id, self.inside = _check_inside(content, envelope, key)
        if sum(self.inside.counts.values()) > limits.lines:
            raise too_big()
        for type, count in self.inside.counts.items():
            if content.size(f"data/{type}.ndjson") < (count - _SPOILT) * _LEAST_LINE:
                raise _another_number()

    def lines(self) -> Iterator[Entry]:
        """Yield every line, type by type; one that has not the form comes with its problem.

        A wrong line never stops the others. Raises Refused ("count", "chain") at the end when
        the lines together are not what the bundle promised: take them in one transaction.
        """
        check = RunCheck(self.inside.runs)
        for type in self._bag.types:
            count = 0
            for count, raw in enumerate(_rows(self._bag.chunks(f"data/{type}.ndjson")), 1):
                if count > self.inside.counts[type]:
                    raise _another_number()
                yield self._entry(type, count, raw, check)
            if count != self.inside.counts[type]:
                raise _another_number()
        check.finish()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the scans: ("<sha256>.<extension>", content)."""
        for name in self._bag.files:
            yield name, self._bag.read(f"data/files/{name}")

    def receipt(self) -> bytes:
        """Return receipt.json as it stands. Raises Refused "not_a_receipt"."""
        if self.envelope.kind != RECEIPT or not self._bag.has("data/receipt.json"):
            raise Refused(_("This file is not a receipt of the centre."), code="not_a_receipt")
        return self._bag.read("data/receipt.json")

    def _entry(self, type: str, number: int, raw: bytes, check: RunCheck) -> Entry:
        try:
            line = parse_line(raw)
            rev = line.header.rev
            if (line.header.type, line.header.office) != (type, self.envelope.office):
                raise Invalid(
                    _("A line of the file is of another office or another type."),
                    code="line_foreign",
                )
            if self.inside.runs:
                check.take(line.header, rev)
        except Invalid as problem:
            return Entry(type, number, raw, None, "", problem, header_of(raw))
        return Entry(type, number, raw, line, rev, None, line.header)


def inspect(path: Path) -> Envelope:
    """Read what a bundle says of itself without any key: to show, not to believe.

    Raises Refused for a file that is not a bundle, UserError "not_read".
    """
    with durable.open_file(path) as file:
        return parse_envelope(read_frame(file, most_payload=Limits().sealed_bytes).envelope)


@contextlib.contextmanager
def open_bundle(
    path: Path,
    *,
    trusted: Trusted,
    identities: Sequence[str],
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Iterator[Bundle]:
    """Open a bundle sealed by an enrolled key, for one of our age identities.

    `trusted` gives the enrolled key of a key id. The plain text lies in memory or in a temporary
    file without a name, which is gone when the block ends, however it ends. Raises Refused.
    """
    with durable.open_file(path) as file:
        found = read_frame(file, most_payload=limits.sealed_bytes)
        envelope = parse_envelope(found.envelope)
        key = _enrolled(envelope, trusted)
        _check_signature(found, key)
        if envelope.min_reader > VERSION:
            raise too_new()
        _check_payload(file, found, envelope)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as plain:
            _decrypt(payload_chunks(file, found), plain, envelope, identities)
            yield Bundle(envelope, key, BagReader(plain, envelope.name, limits), limits)


def _enrolled(envelope: Envelope, trusted: Trusted) -> EnrolledKey:
    lookup = trusted.get if isinstance(trusted, Mapping) else trusted
    key = lookup(envelope.sender_key_id)
    if key is None:
        raise Refused(
            _("The file is signed with a key that is not enrolled: {key}.").format(
                key=envelope.sender_key_id
            ),
            code="unknown_key",
        )
    speaks_for_office = key.office in ("", envelope.office)
    if not speaks_for_office or (envelope.kind == RECEIPT and key.office):
        raise Refused(
            _("The file is signed with a key that may not sign for office {office}.").format(
                office=envelope.office
            ),
            code="foreign_key",
        )
    return key


def _check_signature(found: Frame, key: EnrolledKey) -> None:
    if not sshsig.holds(
        found.signature, found.envelope, public=key.public, namespace=sshsig.BUNDLE
    ):
        raise Refused(
            _("The signature of the file does not hold. Do not use it; ask for it again."),
            code="signature",
        )
    if key.status is Status.REVOKED:
        raise Refused(
            _("The file is signed with a key that was withdrawn. A person must look at it."),
            code="revoked_key",
        )


def _check_payload(file: BinaryIO, found: Frame, envelope: Envelope) -> None:
    digest, crc = hashlib.sha256(), 0
    for chunk in payload_chunks(file, found):
        digest.update(chunk)
        crc = zlib.crc32(chunk, crc)
    facts = (envelope.payload_sha256, envelope.payload_size, found.payload_crc)
    if (digest.hexdigest(), found.payload_size, crc) != facts:
        raise Refused(
            _("The content of the file was damaged on the way. Copy it again."), code="payload_hash"
        )


def _decrypt(
    chunks: Iterator[bytes], plain: IO[bytes], envelope: Envelope, identities: Sequence[str]
) -> None:
    ours = {recipient_id(recipient_of(identity)) for identity in identities}
    if not ours & set(envelope.recipient_key_ids):
        raise Refused(_("The file is not sealed for this office."), code="not_for_us")
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    first = next(chunks, b"")
    if b"\n--- " not in first[:_MOST_AGE_HEADER]:  # age takes hours for a header of megabytes
        raise _not_decrypted()
    reader = bag.Reader(itertools.chain([first], chunks))
    writer = bag.Writer(plain.write)
    try:
        pyrage.decrypt_io(reader, writer, keys)
    except (pyrage.DecryptError, OSError) as error:  # OSError is how age says "damaged" midway
        no_room = durable.no_room() if writer.error else None
        raise reader.error or no_room or _not_decrypted() from error


def _not_decrypted() -> Refused:
    return Refused(
        _("The content of the file cannot be decrypted. Ask for it again."), code="payload"
    )


def _check_inside(content: BagReader, envelope: Envelope, key: EnrolledKey) -> tuple[str, Inside]:
    tag_manifest = content.read(bag.TAG_MANIFEST)
    signature = content.read(bag.TAG_SIGNATURE)
    if not sshsig.holds(signature, tag_manifest, public=key.public, namespace=sshsig.BUNDLE):
        raise Refused(
            _("The inner signature of the file does not hold. Do not use it."),
            code="inner_signature",
        )
    inside = parse_inside(content.read("bundle.json"), envelope)
    content_id = hashlib.sha256(tag_manifest).hexdigest()
    if (
        content_id != envelope.content_id
        or set(content.types) != set(inside.counts)
        or (content.has("data/receipt.json") and envelope.kind != RECEIPT)
    ):
        raise wrong("facts", schema.WHOLE)
    return content_id, inside


def _another_number() -> Refused:
    return Refused(_("The file holds another number of lines than it says."), code="count")


def _rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Split pieces into lines; a line beyond the bound is cut, and refused as too long."""
    rest, skipping = b"", False
    for chunk in chunks:
        *rows, rest = (rest + chunk).split(b"\n")
        if rows and skipping:
            del rows[0]
            skipping = False
        yield from rows
        if skipping:
            rest = b""
        elif len(rest) > MOST_BYTES:
            yield rest[: MOST_BYTES + 1]
            rest, skipping = b"", True
    if rest:
        yield rest
