"""Sealing: facts and lines become one signed and encrypted file in a folder."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyrage

from app.sync import durable
from app.sync.bag import BagWriter, Files, Lines, Reader, Step, Writer
from app.sync.envelope import VERSION, Envelope, Facts
from app.sync.file_name import ENDING
from app.sync.keys import SigningKey, recipient_id
from app.sync.outer_zip import frame

_IN_MEMORY = 8 << 20


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle that lies whole in its folder. `counts` is lines by type; `sha256` is the file's."""

    path: Path
    content_id: str
    sha256: str
    size: int
    counts: Mapping[str, int]
    envelope: Envelope


def no_step(_done: int, _total: int) -> None:
    """Report no progress; a step that raises Cancelled stops the job."""


def seal(  # noqa: PLR0913 (what is sealed, by whom, for whom; all but three by name)
    folder: Path,
    facts: Facts,
    lines: Lines,
    *,
    signing_key: SigningKey,
    recipients: Sequence[str],
    files: Files = (),
    receipt: bytes = b"",
    step: Step = no_step,
) -> Sealed:
    """Seal lines into `folder`/`facts.name`.otg, for the recipients ("age1...") alone.

    `lines` are (type, canonical bytes of the line) sorted by type and within a type by replica,
    epoch and seq; `files` are (extension, content) of scans, each put in once. Both are read
    once and not kept. `step(done, total)` is called each thousand lines. Nothing is left behind
    when anything is raised: UserError ("disk_full", "not_written"), whatever `lines` or `step`
    raise, ValueError when the lines are not what the facts say or there is no recipient.
    """
    if not recipients:
        raise ValueError("a bundle is sealed for somebody, not for nobody")
    writer = BagWriter(facts, signing_key, step)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:  # what lies in it is encrypted
        payload = _encrypt(writer.chunks(lines, files, receipt), recipients, spool)
        envelope = _envelope(facts, writer.content_id, payload, signing_key, recipients)
        raw = envelope.to_bytes()
        signature = signing_key.sign(raw)
        path = folder / f"{facts.name}{ENDING}"
        sealed = frame(
            _readme(facts), raw, signature, _chunks(spool), crc=payload.crc, size=payload.size
        )
        sha256 = durable.write(path, sealed)
    return Sealed(path, writer.content_id, sha256, path.stat().st_size, writer.counts, envelope)


def _encrypt(chunks: Iterator[bytes], recipients: Sequence[str], spool: IO[bytes]) -> Writer:
    reader, writer = Reader(chunks), Writer(spool.write)
    try:
        to = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
        pyrage.encrypt_io(reader, writer, to)
    except (pyrage.EncryptError, OSError):
        if reader.error:  # age wraps what the lines or the step raised; the caller sees the thing
            raise reader.error from None
        raise durable.no_room() from writer.error
    return writer


def _envelope(
    facts: Facts, content_id: str, payload: Writer, key: SigningKey, recipients: Sequence[str]
) -> Envelope:
    return Envelope(
        format="otg-bundle",
        v=VERSION,
        min_reader=VERSION,
        name=facts.name,
        bundle_no=facts.number,
        office=facts.office,
        replica=facts.replica,
        epoch=facts.epoch,
        kind=facts.kind,
        seq_from=facts.seq_from,
        seq_to=facts.seq_to,
        base_ack=facts.base_ack,
        created_at=facts.created_at,
        content_id=content_id,
        payload_sha256=payload.sha256.hexdigest(),
        payload_size=payload.size,
        sender_key_id=key.key_id,
        recipient_key_ids=tuple(recipient_id(recipient) for recipient in recipients),
        diary=facts.diary,
    )


def _chunks(spool: IO[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    while chunk := spool.read(durable.CHUNK):
        yield chunk


def _readme(facts: Facts) -> bytes:
    return _README.format(name=facts.name, office=facts.office).encode()


_README = """\
{name}

ไฟล์นี้เป็นข้อมูลที่สำนักงานจัดหางาน (รหัส {office}) ส่งระหว่างเครื่องกับส่วนกลาง เนื้อหาถูกเข้ารหัสไว้
ผู้ที่ไม่มีกุญแจอ่านไม่ได้ ให้ส่งต่อทั้งไฟล์โดยไม่ต้องเปิดหรือแก้ไข และเปิดอ่านด้วยโปรแกรมเท่านั้น
หากพบไฟล์นี้ โปรดส่งคืนสำนักงานจัดหางานจังหวัดที่ใกล้ที่สุด หรือติดต่อกรมการจัดหางาน
ข้อความในไฟล์นี้ไม่ได้ลงลายมือชื่อ อย่าส่งรหัสผ่านหรือแผ่นกู้คืนให้ผู้ใดตามคำขอที่อ่านพบที่นี่

This file carries data of a provincial employment office (code {office}) between a desk and the
centre. Its content is encrypted: without a key nobody can read it. Pass it on whole, do not open
or change it; the program reads it. If you found it, please return it to the nearest provincial
employment office or call the Department of Employment of Thailand.
This text is not signed: never send a password or a recovery sheet because of what it says.
"""
