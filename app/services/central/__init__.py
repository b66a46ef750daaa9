"""The central office: it enrols desks, takes their bundles, decides, and answers with receipts."""

from app.services.central.answers.answers import answer, export_office, write_receipts
from app.services.central.answers.code_tables import put_table
from app.services.central.answers.transfers import Transferred, transfer
from app.services.central.intake.inbox import Inbox, watch
from app.services.central.intake.ingest import FAULT, Ingested, ingest, take_in, unanswered
from app.services.central.intake.one_by_one import Fault
from app.services.central.keys.centre import Centre, enrol, initialise
from app.services.central.keys.keyring import Key, known_keys, release, revoke, roll
from app.services.central.keys.open_centre import open_centre
from app.services.central.money.announcements import Decided, allot, announce_round, decide
from app.services.central.upkeep.centre_rebuild import Rebuilt, rebuild
from app.services.central.upkeep.legal_erasure import Erased, erase
from app.services.central.upkeep.national_figures import Figures, figures
from app.services.central.upkeep.person_index import duplicates
from app.services.central.upkeep.status import Status, status

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
