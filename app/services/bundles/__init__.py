"""A desk's dealings with the centre and with other desks: keys, bundles out and in, receipts."""

from app.services.bundles.incoming import Taken, import_bundle
from app.services.bundles.introduction import apply_trust, centre_fingerprint, request_key
from app.services.bundles.parts import Gathered, export_parts, gathered, join, whole
from app.services.bundles.receipts import apply_receipt, lost, returned
from app.services.bundles.sending import Sent, acknowledged_through, export, sent, waiting
from app.sync.parts import MEGABYTES

__all__ = [
    "MEGABYTES",
    "Gathered",
    "Sent",
    "Taken",
    "acknowledged_through",
    "apply_receipt",
    "apply_trust",
    "centre_fingerprint",
    "export",
    "export_parts",
    "gathered",
    "import_bundle",
    "join",
    "lost",
    "request_key",
    "returned",
    "sent",
    "waiting",
    "whole",
]
