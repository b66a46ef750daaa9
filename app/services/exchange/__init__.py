"""A desk's dealings with the centre and with other desks: keys, bundles out and in, receipts."""

from app.services.exchange.from_centre import (
    Decision,
    FromCentre,
    GroupMoved,
    KnownRound,
    LastReceipt,
    from_centre,
)
from app.services.exchange.incoming import Taken, import_bundle
from app.services.exchange.introduction import (
    apply_trust,
    centre_fingerprint,
    own_fingerprint,
    request_key,
)
from app.services.exchange.left_out_lines import LeftOut, lines_left_out
from app.services.exchange.mail_parts import Gathered, export_parts, gathered, join, whole
from app.services.exchange.outbox import (
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
from app.services.exchange.preflight import Finding, Preflight, preflight
from app.services.exchange.receipts import apply_receipt, code_table, lost, returned
from app.services.exchange.record_states import (
    RecordState,
    Returned,
    records_returned,
    returned_lines,
    state_of,
)
from app.services.exchange.sending import acknowledged_through, export, left_out
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
