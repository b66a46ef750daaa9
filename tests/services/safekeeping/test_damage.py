"""A damaged copy of a desk opens with everything, or it is said that not everything is there."""

from pathlib import Path

from bench import damage

COPIES = 40  # dev.py bench damage has more


def test_nothing_is_missing_in_silence_from_a_damaged_copy(tmp_path: Path) -> None:
    tally = damage.run(tmp_path, COPIES, seed=COPIES)

    assert tally.astray == []
    assert sum(tally.counts.values()) == COPIES
    assert all(tally.of(each) for each in (damage.SAME, damage.DOOR, damage.NOTICE, damage.READ))
