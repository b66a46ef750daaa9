"""A desk's dealings with the centre: keys, bundles out, receipts in."""

from app.services.bundles.following import (
    RecordState,
    Returned,
    records_returned,
    returned_lines,
    state_of,
)
from app.services.bundles.introduction import apply_trust, centre_fingerprint, request_key
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
from app.services.bundles.preflight import Finding, Preflight, preflight
from app.services.bundles.receipts import apply_receipt, returned
from app.services.bundles.sending import acknowledged_through, export

__all__ = [
    "Finding",
    "Preflight",
    "RecordState",
    "Returned",
    "Sent",
    "Waiting",
    "acknowledged_through",
    "apply_receipt",
    "apply_trust",
    "centre_fingerprint",
    "check_code",
    "copy_again",
    "export",
    "hand_over",
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
]
