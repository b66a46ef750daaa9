"""A desk's dealings with the centre and with other desks: keys, bundles out and in, receipts."""

from app.services.bundles.following import (
    RecordState,
    Returned,
    records_returned,
    returned_lines,
    state_of,
)
from app.services.bundles.from_centre import (
    Decision,
    FromCentre,
    GroupMoved,
    KnownRound,
    LastReceipt,
    from_centre,
)
from app.services.bundles.incoming import Taken, import_bundle
from app.services.bundles.introduction import (
    apply_trust,
    centre_fingerprint,
    own_fingerprint,
    request_key,
)
from app.services.bundles.leaving_out import LeftOut, lines_left_out
from app.services.bundles.outbox import (
    Sent,
    Waiting,
    check_code,
    copy_again,
    hand_over,
    receivers,
    records_waiting,
    sent,
    take_back_hand_over,
    waiting,
    waiting_by_type,
)
from app.services.bundles.parts import Gathered, export_parts, gathered, join, whole
from app.services.bundles.preflight import Finding, Preflight, preflight
from app.services.bundles.receipts import apply_receipt, code_table, lost, returned
from app.services.bundles.sending import acknowledged_through, export, left_out
from app.sync.parts import MEGABYTES

__all__ = [
    "MEGABYTES",
    "Decision",
    "Finding",
    "FromCentre",
    "Gathered",
    "GroupMoved",
    "KnownRound",
    "LastReceipt",
    "LeftOut",
    "Preflight",
    "RecordState",
    "Returned",
    "Sent",
    "Taken",
    "Waiting",
    "acknowledged_through",
    "apply_receipt",
    "apply_trust",
    "centre_fingerprint",
    "check_code",
    "code_table",
    "copy_again",
    "export",
    "export_parts",
    "from_centre",
    "gathered",
    "hand_over",
    "import_bundle",
    "join",
    "left_out",
    "lines_left_out",
    "lost",
    "own_fingerprint",
    "preflight",
    "receivers",
    "records_returned",
    "records_waiting",
    "request_key",
    "returned",
    "returned_lines",
    "sent",
    "state_of",
    "take_back_hand_over",
    "waiting",
    "waiting_by_type",
    "whole",
]
