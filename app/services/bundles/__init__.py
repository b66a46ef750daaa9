"""A desk's dealings with the centre: keys, bundles out, receipts in."""

from app.services.bundles.introduction import apply_trust, centre_fingerprint, request_key
from app.services.bundles.parts import Gathered, export_parts, gathered, join, whole
from app.services.bundles.receipts import apply_receipt, returned
from app.services.bundles.sending import Sent, acknowledged_through, export, sent, waiting
from app.sync.parts import MEGABYTES

__all__ = [
    "MEGABYTES",
    "Gathered",
    "Sent",
    "acknowledged_through",
    "apply_receipt",
    "apply_trust",
    "centre_fingerprint",
    "export",
    "export_parts",
    "gathered",
    "join",
    "request_key",
    "returned",
    "sent",
    "waiting",
    "whole",
]
