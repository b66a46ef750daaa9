"""The door to bundles: seal one, open one, or look at one from outside (docs/bundle-format.md)."""

from app.sync.bag import Step
from app.sync.envelope import DELTA, FULL, RECEIPT, VERSION, Envelope, Facts, Inside, Run
from app.sync.refused import Refused
from app.sync.seal import Sealed, no_step, seal
from app.sync.unbag import Limits
from app.sync.unseal import Bundle, Entry, inspect, open_bundle

__all__ = [
    "DELTA",
    "FULL",
    "RECEIPT",
    "VERSION",
    "Bundle",
    "Entry",
    "Envelope",
    "Facts",
    "Inside",
    "Limits",
    "Refused",
    "Run",
    "Sealed",
    "Step",
    "inspect",
    "no_step",
    "open_bundle",
    "seal",
]
