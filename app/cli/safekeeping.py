"""Commands of safe-keeping: backups, and a desk that is put back, made anew or joined."""

from argparse import Namespace

from app.cli import console, paths
from app.cli.exchange import say_left_out
from app.cli.output import Output, password, progress, recovery_text, sign_in
from app.cli.parser import Add
from app.core.i18n import N_, _
from app.services import exchange
from app.services.records import verify as verifying
from app.services.safekeeping import backups, rebuilding, restoring


def add_commands(add: Add) -> None:
    """Declare the commands of this module with their arguments."""
    add("backup", _backup).add_argument(
        "--out", type=paths.folder_to_write, required=True, help=N_("where the file is written")
    )
    add("begin-anew", _begin_anew)
    add("restore", _restore).add_argument("file", type=paths.to_read, help=N_("the backup"))
    for name, run in (("rebuild", _rebuild), ("join", _join)):
        making = add(name, run)
        making.add_argument(
            "file", type=paths.to_read_or_folder, help=N_("the file, or the folder of its parts")
        )
        making.add_argument(
            "--recovery-file",
            type=paths.to_read,
            required=True,
            help=N_("file with the text of the recovery sheet"),
        )


def _backup(options: Namespace, output: Output) -> int:
    desk = sign_in(options)
    try:
        made = backups.back_up(desk.store, options.out, step=progress)
    finally:
        desk.close()
    if made.notice:
        console.tell(made.notice)
    output.say(
        _("Backed up and verified: {file}").format(file=made.path),
        file=str(made.path),
        lost_scans=[each.name for each in made.lost],
    )
    return 1 if made.lost else 0


def _begin_anew(options: Namespace, output: Output) -> None:
    """Take this desk out of a chain that a copy goes on writing in, or that has lost its end."""
    sign_in(options, go_on=True).close()
    output.say(
        _(
            "This desk goes on under a new key: send a key request to the central office with the "
            "next file."
        ),
        ok=True,
    )


def _restore(options: Namespace, output: Output) -> None:
    desk = restoring.restore(
        options.data, options.file, user=options.user, password=password(options)
    )
    if desk.notice:
        console.tell(desk.notice)
    try:
        verdict = verifying.verify(desk.store)
        sentence = _(
            "The backup is in its place with {lines} lines. The desk goes on under a new key: send "
            "a key request to the central office with the next file."
        )
        output.say(sentence.format(lines=verdict.lines), ok=verdict.ok, lines=verdict.lines)
    finally:
        desk.close()


def _rebuild(options: Namespace, output: Output) -> int:
    recovery = recovery_text(options)
    with exchange.whole(options.file) as file:
        desk = rebuilding.rebuild(
            options.data,
            file,
            recovery=recovery,
            user=options.user,
            password=password(options),
        )
    try:
        verdict = verifying.verify(desk.store)
        fingerprint = exchange.centre_fingerprint(desk.store)
        output.say(
            _(
                "The desk is rebuilt with {lines} lines from the centre {fingerprint}: compare it "
                "by telephone, then send a key request before the next bundle."
            ).format(lines=verdict.lines, fingerprint=fingerprint),
            ok=verdict.ok,
            lines=verdict.lines,
            fingerprint=fingerprint,
        )
        return say_left_out(exchange.lines_left_out(desk.store), output)
    finally:
        desk.close()


def _join(options: Namespace, output: Output) -> int:
    recovery = recovery_text(options)
    with exchange.whole(options.file) as file:
        desk, fingerprint = rebuilding.join(
            options.data,
            file,
            recovery=recovery,
            user=options.user,
            password=password(options),
        )
    left_out = exchange.lines_left_out(desk.store)
    desk.close()
    output.say(
        _(
            "This desk has joined the office. Compare {fingerprint} with the other desk, and send "
            "a key request to the central office."
        ).format(fingerprint=fingerprint),
        fingerprint=fingerprint,
    )
    return say_left_out(left_out, output)
