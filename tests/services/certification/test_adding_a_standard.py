"""One JSON file adds a standard: lists, checklist, rules, guards and paper follow from it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from app.core import paths
from app.core.errors import Invalid
from app.core.schemes import schemes as known_schemes
from app.services.certification import expiry, templates
from app.services.office.desk import Desk
from app.services.printing import printing
from tests.makers.certification import answer, begin, data_of, file_draft, lodge, product, step
from tests.makers.office import group, looking, said

PAGE = Path(__file__).parents[3] / "docs" / "scheme-example.md"


@pytest.fixture(autouse=True)
def _installed_with_pgs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the program once more, with the file that the documentation adds."""
    root = tmp_path / "program"
    shutil.copytree(paths.resource("programme"), root / "resources" / "programme")
    diff = PAGE.read_text(encoding="utf-8").partition("```diff\n")[2].partition("```")[0]
    (root / "added.diff").write_text(diff, encoding="utf-8")
    subprocess.run(["git", "apply", "added.diff"], cwd=root, check=True)
    (root / "build").symlink_to(paths.built())
    monkeypatch.setattr(paths, "_ROOT", root)
    known_schemes.cache_clear()
    yield
    known_schemes.cache_clear()


def test_the_standard_stands_among_the_others(desk: Desk) -> None:
    with looking(desk, "2026-11-20") as view:
        codes = [code for code, _name in templates.choices(view)]
        assert dict(templates.choices(view))["pgs"] == "เกษตรอินทรีย์ PGS"
    assert codes.index("pgs") == codes.index("organic") + 1


def test_a_file_goes_its_way_with_the_checklist_and_the_guards_of_the_standard(desk: Desk) -> None:
    made = product(desk)
    file = begin(desk, made, "pgs")
    assert [row["code"] for row in data_of(desk, file)["items"]] == [
        "application", "land_owner", "land_lease", "farm_map", "peer_review",
    ]  # fmt: skip

    answer(desk, file, application="present", land_lease="present")
    with pytest.raises(Invalid) as asked:
        step(desk, file, "apply", submitted_on="2025-02-01")
    told = {problem.code: problem.message for problem in asked.value.problems}
    assert "ผังแปลงและแนวกันชน" in told["checklist"] and "โฉนด" not in told["checklist"]
    assert "GAP" in told["place_first"]

    answer(desk, file, application="present", land_lease="present", farm_map="present")
    lodge(desk, file, "2025-02-01", place_first="ปลูกข้าวไว้กินเอง")
    with pytest.raises(Invalid) as lacking:
        step(desk, file, "certify", issued_on="2025-02-28")
    assert [problem.code for problem in lacking.value.problems] == ["missing"]
    step(desk, file, "certify", issued_on="2025-02-28", cert_no="PGS 7/2568")

    assert data_of(desk, file)["expires_on"] == "2026-02-28"
    with looking(desk, "2025-12-01") as view:
        assert [ending.id for ending in expiry.endings(view, view.today)] == [file]


def test_a_service_is_warned_off_by_the_kinds_of_the_standard(desk: Desk) -> None:
    massage = product(desk, "service", of=group(desk, "กลุ่มนวดสปา"), name="นวดแผนไทย")
    assert said(desk, "certification", file_draft(massage, "pgs"))["not_for_kind"].warning


def test_the_checklist_of_the_standard_is_printed_as_p9(desk: Desk) -> None:
    file = begin(desk, product(desk), "pgs")
    answer(desk, file, application="present", peer_review="not_applicable")

    data = data_of(desk, file)
    assert [form.number for form in printing.forms_of("certification", data)] == ["P9"]
    document = PdfDocument(printing.draw(desk.store, "certification_other", file).pdf)
    text = "".join(document[0].get_textpage().get_text_bounded().split())
    document.close()

    assert "แบบตรวจรายการเอกสารขอรับรองเกษตรอินทรีย์แบบมีส่วนร่วม(PGS)" in text
    assert "ผลการเยี่ยมแปลงโดยเพื่อนสมาชิก" in text and "รวมรายการ101ยังไม่ตอบ3" in text
