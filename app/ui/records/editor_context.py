"""What the fields of a window may ask its desk for."""

from collections.abc import Callable
from functools import partial

from app.services.office import attachments
from app.services.office.desk import Desk
from app.services.records import naming, search
from app.ui.fields.around import Around
from app.ui.fields.pick_edit import Offer
from app.ui.frame.jobs import Jobs
from app.ui.records import adding


def around_of(desk: Desk, jobs: Jobs, added: Callable[[str], object]) -> Around:
    """Let fields look into a desk; `added` is told the type of a record that one of them added."""
    store = desk.store

    def find(type_: str, words: str) -> list[Offer]:
        hits = search.find(store, words, types=(type_,), limit=20)
        return [(hit.id, "   ".join(filter(None, (hit.title, hit.detail)))) for hit in hits]

    return Around(
        jobs,
        find,
        partial(naming.named, store),
        partial(attachments.attach, store),
        partial(attachments.content, store),
        home=desk.office[:2],
        adds=adding.adds(desk, added),
    )
