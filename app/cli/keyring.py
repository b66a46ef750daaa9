"""Commands about the keys that the central office knows."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from app.cli import paths
from app.cli.output import Output
from app.core.i18n import _
from app.services import central

Open = Callable[[Namespace], central.Centre]


def add_commands(add: Callable[[str, Any], ArgumentParser], open_centre: Open) -> None:
    """Register the commands with `add`; `open_centre` opens the centre that the options name."""
    add("keys", lambda *given: _keys(open_centre, *given))
    revoke = add("revoke", lambda *given: _revoke(open_centre, *given))
    for name in ("office", "key-id", "reason"):
        revoke.add_argument(f"--{name}", required=True)
    release = add("release", lambda *given: _release(open_centre, *given))
    release.add_argument("file", type=paths.file_or_digest, help="the file, or its SHA-256")
    release.add_argument("--reason", required=True)
    roll = add("roll", lambda *given: _roll(open_centre, *given))
    roll.add_argument("--what", choices=("signing", "recipient", "both"), default="both")


def _keys(open_centre: Open, options: Namespace, output: Output) -> None:
    for key in central.known_keys(open_centre(options)):
        whose = _("Office {code}").format(code=key.office) if key.office else _("The centre")
        output.row(f"{whose}  {key.key_id}  {key.status}  {key.fingerprint}", asdict(key))


def _revoke(open_centre: Open, options: Namespace, output: Output) -> None:
    key = central.revoke(open_centre(options), options.office, options.key_id, options.reason)
    output.say(
        _("The key {key} of office {office} is withdrawn. Its files wait for a person.").format(
            key=key.key_id, office=key.office
        ),
        **asdict(key),
    )


def _release(open_centre: Open, options: Namespace, output: Output) -> None:
    sha256 = central.release(open_centre(options), options.file, options.reason)
    output.say(_("The file is let in. Ingest it once more."), sha256=sha256)


def _roll(open_centre: Open, options: Namespace, output: Output) -> None:
    fingerprint = central.roll(
        open_centre(options),
        signing=options.what != "recipient",
        recipient=options.what != "signing",
    )
    output.say(
        _("The centre's key is {fingerprint} now; desks hear of it with the next receipt.").format(
            fingerprint=fingerprint
        ),
        fingerprint=fingerprint,
    )
