"""A desk's dealings with the centre: keys, bundles out, receipts in."""

from app.services.bundles.incoming import Taken, import_bundle
from app.services.bundles.introduction import apply_trust, centre_fingerprint, request_key
from app.services.bundles.receipts import apply_receipt, lost, returned
from app.services.bundles.sending import Sent, acknowledged_through, export, sent, waiting

__all__ = [
    "Sent",
    "Taken",
    "acknowledged_through",
    "apply_receipt",
    "apply_trust",
    "centre_fingerprint",
    "export",
    "import_bundle",
    "lost",
    "request_key",
    "returned",
    "sent",
    "waiting",
]
