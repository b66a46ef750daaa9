"""Notes among the vectors: key requests and statements of the centre, good and bad."""

import base64
from pathlib import Path

from app.core.json_text import canonical
from app.sync import keys, sshsig, trust
from app.sync.keys import SigningKey
from app.sync.refused import Refused
from devtools.pen import SEALED_AT
from devtools.vectors import CENTRE, TO_CENTRE, Pen

NEXT, FALSE = SigningKey(bytes([241]) * 32), SigningKey(bytes([242]) * 32)


def notes(folder: Path) -> None:
    """Write every note as `folder`/<code or good>--<request or trust>-<how>.txt."""
    folder.mkdir(parents=True)
    for name, text in (_requests() | _statements()).items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")


def _requests() -> dict[str, str]:
    pen = Pen(1)
    facts = {
        "format": "otg-key-request",
        "v": 1,
        "office": pen.office,
        "replica": pen.replica,
        "public_key": sshsig.public_line(pen.key.public),
        "fingerprint": keys.fingerprint(pen.key.public),
        "recipient": TO_CENTRE[1],
        "at": SEALED_AT,
    }
    rsa = base64.b64encode(b"\0\0\0\7ssh-rsa").decode()
    good = _note(facts, pen.key)
    return {
        "good--request": good,
        "good--request-with-line-ends-of-a-mail": good.replace("\n", "\r\n"),
        "note_form--request-with-another-fingerprint": _note(
            facts | {"fingerprint": keys.fingerprint(FALSE.public)}, pen.key
        ),
        "note_form--request-of-no-office": _note(facts | {"office": "ABC"}, pen.key),
        "note_form--request-with-blanks": good.replace('":', '": '),
        "note_signature--request-by-another-key": _note(facts, FALSE),
        "note_signature--request-with-another-time": good.replace("03:04:05", "03:04:06"),
        "public_key--request-of-another-kind-of-key": _note(
            facts | {"public_key": f"ssh-rsa {rsa}"}, pen.key
        ),
    }


def _statements() -> dict[str, str]:
    """Write chains of statements: the centre's first key, then the next, and what is wrong."""
    first = _stated(None, CENTRE.signing_key, CENTRE.signing_key)
    at_first = trust.follow(None, [first])
    second = _stated(at_first, CENTRE.signing_key, NEXT)
    third = _stated(trust.follow(at_first, [second]), NEXT, NEXT)
    other = _stated(at_first, CENTRE.signing_key, FALSE)
    usurped = _stated(at_first, FALSE, FALSE)
    return {
        "good--trust-of-three-statements": "".join((first, second, third)),
        "trust_gap--trust-without-the-second": first + third,
        "trust_fork--trust-with-two-seconds": first + second + other,
        "note_signature--trust-taken-over": first + usurped,
        "note_form--trust-without-a-statement": "",
        "note_form--trust-that-ends-early": (first + second)[:-20],
    }


def _stated(before: trust.Trust | None, signer: SigningKey, key: SigningKey) -> str:
    return trust.state(
        before, signer=signer, public=key.public, recipients=TO_CENTRE[:1], escrow=()
    )


def _note(facts: dict[str, object], key: SigningKey) -> str:
    line = canonical(facts)
    return f"{line.decode()}\n{key.sign(line, sshsig.KEYS).decode()}"


def said(path: Path) -> str:
    """Say what the program makes of a note: its code, or "good"."""
    try:
        if "--request" in path.name:
            trust.read_request(path)
        else:
            trust.follow(None, trust.read_trust(path))
    except Refused as refused:
        return refused.code
    return "good"
