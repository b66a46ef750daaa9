"""The central office: it enrols desks, takes their bundles, decides, and answers with receipts."""

from app.services.central.answers import answer, export_office, write_receipts
from app.services.central.apart import Fault
from app.services.central.code_tables import put_table
from app.services.central.deciding import Decided, allot, announce_round, decide
from app.services.central.erasing import Erased, erase
from app.services.central.figures import Figures, figures
from app.services.central.found import Centre, enrol, initialise
from app.services.central.inbox import Inbox, watch
from app.services.central.ingest import FAULT, Ingested, ingest, take_in, unanswered
from app.services.central.keyring import Key, known_keys, release, revoke, roll
from app.services.central.opening import open_centre
from app.services.central.persons import duplicates
from app.services.central.rebuilding import Rebuilt, rebuild
from app.services.central.status import Status, status
from app.services.central.transferring import Transferred, transfer

__all__ = [
    "FAULT",
    "Centre",
    "Decided",
    "Erased",
    "Fault",
    "Figures",
    "Inbox",
    "Ingested",
    "Key",
    "Rebuilt",
    "Status",
    "Transferred",
    "allot",
    "announce_round",
    "answer",
    "decide",
    "duplicates",
    "enrol",
    "erase",
    "export_office",
    "figures",
    "ingest",
    "initialise",
    "known_keys",
    "open_centre",
    "put_table",
    "rebuild",
    "release",
    "revoke",
    "roll",
    "status",
    "take_in",
    "transfer",
    "unanswered",
    "watch",
    "write_receipts",
]
