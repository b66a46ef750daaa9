"""The power goes while a clerk saves: nothing that was acknowledged is lost."""

from pathlib import Path

import pytest

from bench import kill

KILLS = 5  # dev.py bench kill has fifty


@pytest.mark.long
def test_scenario_30_no_acknowledged_save_is_lost_to_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))

    outcome = kill.run(tmp_path / "desk", KILLS, seed=KILLS)

    assert outcome.kills == KILLS and outcome.acknowledged >= KILLS
    assert outcome.lost == 0
    assert outcome.beyond <= KILLS
