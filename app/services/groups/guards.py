"""What a group's steps ask: a leader, members, six tracks, a visit, no loan left open."""

from collections.abc import Iterator

from app.core.codes.loan import ENDED
from app.core.errors import Problem
from app.core.fields import Field, show
from app.core.i18n import _
from app.models import shapes
from app.models.groups import TRACKS, Group
from app.models.records.base import fields_of
from app.services.groups.rules import living_members_of, members_of
from app.services.people.ages import is_alive
from app.services.records.guards import guard
from app.services.records.record_view import View
from app.services.records.sources import S4

LEAST_MEMBERS = 5  # of the nearest official model, the home-worker group (S4)


@guard(shapes.GROUP)
def the_group_has_a_leader(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Refuse a group that no living member leads (S4)."""
    leads = [
        person
        for membership, person in members_of(view, record_id)
        if membership.get("role") == "leader" and is_alive(person)
    ]
    if not leads:
        yield Problem(
            "", _("The group has no leader: enter one among its members."), "no_leader", S4
        )


@guard(shapes.GROUP)
def the_group_has_members(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Warn of fewer members than the nearest official model asks for (S4)."""
    count = len(living_members_of(view, record_id))
    if count < LEAST_MEMBERS:
        yield Problem(
            "",
            _("The group has {count} members, fewer than {least}.").format(
                count=count, least=LEAST_MEMBERS
            ),
            "few_members",
            S4,
            warning=True,
        )


@guard(shapes.GROUP)
def every_track_is_done(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Warn of tracks that are not done: training and product must be, others may not apply.

    "Fully developed" has no published definition; this one is the program's own.
    """
    open_tracks = [track for track in tracks() if not _is_done(track, data)]
    if open_tracks:
        named = ", ".join(
            f"{_(each.label)} ({show(each, _state(each, data))})" for each in open_tracks
        )
        yield Problem(
            open_tracks[0].name,
            _("Not done yet: {tracks}.").format(tracks=named),
            "open_tracks",
            warning=True,
        )


@guard(shapes.GROUP)
def the_head_confirms(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Ask who of the office found the group fully developed: no published text says when it is."""
    yield Problem(
        "",
        _("The head of the office confirms this step by hand: write who confirmed it, and when."),
        "head_confirms",
        warning=True,
    )


@guard(shapes.GROUP)
def the_group_was_visited(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Warn of a group that nobody visited, neither as a group nor for a loan file of its own."""
    files = [file_id for file_id, _file in view.where(shapes.LOAN_FILE, group=record_id)]
    seen = view.where(shapes.FIELD_VISIT, group=record_id) or any(
        view.where(shapes.FIELD_VISIT, loan_file=file_id) for file_id in files
    )
    if not seen:
        yield Problem("", _("No visit to the group is entered."), "not_visited", warning=True)


@guard(shapes.GROUP)
def no_loan_is_open(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Warn where a group with a loan file that has not ended is dissolved."""
    numbers = [
        file.get("file_no", "-")
        for _id, file in view.where(shapes.LOAN_FILE, group=record_id)
        if file.get("status") not in ENDED
    ]
    if numbers:
        yield Problem(
            "",
            _("The group has loan files that have not ended: {numbers}.").format(
                numbers=", ".join(numbers)
            ),
            "open_loan",
            warning=True,
        )


def tracks() -> tuple[Field, ...]:
    """List the six tracks of a group's development, in the order of the form."""
    return tuple(each for each in fields_of(Group) if each.name in TRACKS)


def _is_done(track: Field, data: shapes.Group) -> bool:
    state = _state(track, data)
    may_not_apply = track.name not in ("track_training", "track_product")
    return state == "done" or (may_not_apply and state == "not_applicable")


def _state(track: Field, data: shapes.Group) -> str:
    return str(data.get(track.name) or track.default)
