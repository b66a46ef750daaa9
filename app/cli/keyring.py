"""Commands about the keys that the central office knows."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from app.cli import paths
from app.cli.centre_words import KEY_STATES, worded
from app.cli.output import Output
from app.cli.parser import Add
from app.core.i18n import N_, _
from app.services import central

Open = Callable[[Namespace], central.Centre]


def add_commands(add: Add, open_centre: Open) -> None:
    """Declare the commands with `add`; `open_centre` opens the centre that the options name."""
    add("keys", partial(_keys, open_centre))
    revoke = add("revoke", partial(_revoke, open_centre))
    for name, value, help_ in (
        ("office", N_("CODE"), N_("office, as 15")),
        ("key-id", N_("KEY"), N_("the key, as central keys gives it")),
        ("reason", N_("REASON"), N_("why")),
    ):
        revoke.add_argument(f"--{name}", required=True, metavar=value, help=help_)
    release = add("release", partial(_release, open_centre))
    release.add_argument("file", type=paths.file_or_digest, help=N_("the file, or its SHA-256"))
    release.add_argument("--reason", required=True, metavar=N_("REASON"), help=N_("why"))
    roll = add("roll", partial(_roll, open_centre))
    roll.add_argument(
        "--what",
        choices=("signing", "recipient", "both"),
        default="both",
        help=N_("the key that signs, the one that opens files, or both"),
    )


def _keys(open_centre: Open, options: Namespace, output: Output) -> None:
    known = central.known_keys(open_centre(options))
    output.rows((_in_words(key), asdict(key)) for key in known)


def _in_words(key: central.Key) -> tuple[str, ...]:
    whose = _("Office {code}").format(code=key.office) if key.office else _("The centre")
    return whose, key.key_id, worded(KEY_STATES, key.status), key.fingerprint


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
