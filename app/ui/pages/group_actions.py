"""What a group goes through over the years: it splits, merges with another, chooses a leader."""

from collections.abc import Callable, Mapping

from app.core.fields import Draft, Field, Kind, today
from app.core.i18n import N_, _
from app.models.office.store import Store
from app.services.groups import changes
from app.services.records.records import Record, Saved
from app.ui.records.act_dialog import ActDialog
from app.ui.records.page import OnRecord
from app.ui.widgets.menu import Menu

_Do = Callable[[Store, str, Draft, Mapping[str, str]], Saved]

_ON = Field("on", N_("On"), Kind.DATE, required=True)
_NAME = Field("name", N_("Group name"), Kind.TEXT, required=True, most=200)
_PEOPLE = Field(
    "people",
    N_("Members who go over"),
    Kind.ROWS,
    required=True,
    most=100,
    rows=(Field("person", N_("Person"), Kind.RECORD, target="person", required=True),),
)
_OTHER = Field("others", N_("Group that joins"), Kind.RECORD, target="group", required=True)
_REASON = Field("reason", N_("Reason"), Kind.NOTE, required=True, most=500)
_LEADER = Field("person", N_("New leader"), Kind.RECORD, target="person", required=True)


def offer(page: OnRecord) -> None:
    """Offer what the group in the form may go through; 1 to 3 choose."""
    record = page.record
    if record is None:
        return
    menu = Menu(page.window())
    for number, (words, fields, do) in enumerate(_ACTS, 1):
        action = menu.addAction(f"&{number}  {_(words)}")
        action.triggered.connect(
            lambda _on=False, words=words, fields=fields, do=do: _begin(
                page, record, _(words), fields, do
            )
        )
    page.pop_up(menu)


def _begin(page: OnRecord, record: Record, title: str, fields: tuple[Field, ...], do: _Do) -> None:
    store = page.desk.store
    dialog = ActDialog(
        title,
        fields,
        lambda draft, reasons: do(store, record.id, draft, reasons),
        page.around,
        page.window(),
    )
    dialog.done_with.connect(page.acted)
    dialog.begin(record.title, {"on": today().isoformat()})


def _split(store: Store, group: str, draft: Draft, reasons: Mapping[str, str]) -> Saved:
    people = [row.get("person", "") for row in draft.get("people") or ()]
    return changes.split(
        store, group, name=_text(draft, "name"), people=people, on=_text(draft, "on"),
        reasons=reasons,
    )  # fmt: skip


def _merge(store: Store, group: str, draft: Draft, reasons: Mapping[str, str]) -> Saved:
    both = [group, *filter(None, [_text(draft, "others")])]
    return changes.merge(
        store, both, name=_text(draft, "name"), on=_text(draft, "on"),
        reason=_text(draft, "reason"), reasons=reasons,
    )  # fmt: skip


def _lead(store: Store, group: str, draft: Draft, reasons: Mapping[str, str]) -> Saved:
    return changes.choose_leader(
        store, group, _text(draft, "person"), on=_text(draft, "on"), reasons=reasons
    )


def _text(draft: Draft, name: str) -> str:
    return str(draft.get(name) or "")


_ACTS: tuple[tuple[str, tuple[Field, ...], _Do], ...] = (
    (N_("Split the group"), (_ON, _NAME, _PEOPLE), _split),
    (N_("Merge with another group"), (_ON, _OTHER, _NAME, _REASON), _merge),
    (N_("Choose a new leader"), (_ON, _LEADER), _lead),
)
