"""The catalogue's upkeep: what is extracted, what is kept, what is a fault."""

import gettext
import io

import pytest
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from hypothesis import given
from hypothesis import strategies as st

from devtools import catalogue

SENTENCES = st.sets(st.sampled_from([f"Sentence {n}" for n in range(12)]))


def test_marked_sentences_are_found_and_no_others(tmp_path):
    (tmp_path / "page.py").write_text(
        "field(N_('Amount (baht)'), Kind.BAHT)\n"
        "raise UserError(_('The USB drive is full. '\n    'Free {need} MB.').format(need=1))\n"
        "log('not for the clerk')\n"
    )

    assert catalogue.sentences(tmp_path) == {
        "Amount (baht)",
        "The USB drive is full. Free {need} MB.",
    }


def test_a_translated_catalogue_has_no_fault():
    assert catalogue.faults(_catalogue({"Save {count}": "บันทึก {count}"}), {"Save {count}"}) == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ({}, "missing: Save"),
        ({"Save": ""}, "untranslated: Save"),
        ({"Save": "บันทึก {count}"}, "other placeholders: Save"),
    ],
)
def test_a_sentence_the_clerk_would_not_get_in_thai_is_a_fault(entries, fault):
    assert catalogue.faults(_catalogue(entries), {"Save"}) == [fault]


def test_a_fuzzy_sentence_is_a_fault():
    made = _catalogue({})
    made["Save"] = Message("Save", "บันทึก", flags={"fuzzy"})

    assert catalogue.faults(made, {"Save"}) == ["fuzzy: Save"]


def test_a_sentence_set_aside_but_used_is_a_fault_until_it_is_merged():
    aside = catalogue.merged(_catalogue({"Save": "บันทึก"}), set())

    assert catalogue.faults(aside, {"Save"}) == ["obsolete but used: Save"]
    assert catalogue.faults(catalogue.merged(aside, {"Save"}), {"Save"}) == []


@given(before=SENTENCES, now=SENTENCES)
def test_merging_keeps_every_translation_and_lists_what_is_used(before, now):
    made = catalogue.merged(_catalogue({s: f"ไทย {s}" for s in before}), now)

    again = catalogue.merged(_reread(made), before | now)

    assert {str(entry.id) for entry in made if entry.id} == now
    assert {str(entry.id): entry.string for entry in again if entry.string and entry.id} == {
        s: f"ไทย {s}" for s in before
    }


@given(now=SENTENCES)
def test_merging_twice_writes_the_same_file(now):
    made = catalogue.merged(_catalogue(dict.fromkeys(now, "ไทย")), now)

    assert _text(catalogue.merged(_reread(made), now)) == _text(made)


def test_a_compiled_sentence_is_read_back_in_thai(tmp_path):
    path = tmp_path / "th" / "LC_MESSAGES" / "app.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        mofile.write_mo(file, catalogue.merged(_catalogue({"Save": "บันทึก"}), {"Save"}))

    assert gettext.translation("app", tmp_path, ["th"]).gettext("Save") == "บันทึก"


def _catalogue(entries: dict[str, str]) -> Catalog:
    made = Catalog(locale="th", fuzzy=False)
    for sentence, thai in entries.items():
        made.add(sentence, thai)
    return made


def _text(made: Catalog) -> bytes:
    out = io.BytesIO()
    pofile.write_po(out, made, sort_output=True, no_location=True, width=100)
    return out.getvalue()


def _reread(made: Catalog) -> Catalog:
    return pofile.read_po(io.BytesIO(_text(made)), locale="th")


def test_a_sentence_within_an_f_string_is_named_because_nobody_finds_it(tmp_path):
    (tmp_path / "page.py").write_text("by = f\"{name or _('unknown')} {_(title)}\" + _('by')\n")

    assert catalogue.unseen(tmp_path) == {"unknown"}
