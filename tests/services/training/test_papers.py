"""The papers of training say what the records say, and no more than a person agreed to."""

from pypdfium2 import PdfDocument

from app.reports.forms.training_application import TrainingApplication
from app.services.office.desk import Desk
from app.services.printing import gathering, printing
from app.services.records import records
from app.services.training import classes
from app.services.training.attendance import mark
from tests.makers.office import id_number, person
from tests.makers.papers import text_of
from tests.makers.training import enrol, step, trainee, training_class

DAYS = [f"2025-03-{day}" for day in range(17, 22)]


def application(desk: Desk, enrolment: str) -> TrainingApplication:
    found = gathering.gather(desk.store, "training_application", enrolment)
    assert isinstance(found, TrainingApplication)
    return found


def test_one_person_record_fills_the_application(desk: Desk) -> None:
    who = person(
        desk, title_th="นางสาว", first_en="Somsri", last_en="Sample", sex="female",
        phone="0812345678", education="vocational", major="บัญชี", work_status="working",
        work_sector="farmer", income_band="5001-9000", occupation="ทำนา", work_years=12,
        address={"house_no": "9/1", "moo": "4", "subdistrict": "150107", "postcode": "14000"},
    )  # fmt: skip
    made = enrol(
        desk, training_class(desk), who, heard_from="internet", job_help="none", industry="เกษตร"
    )

    data = application(desk, made)
    text = text_of(printing.draw(desk.store, "training_application", made).pdf)

    assert (data.purpose, data.link_consent, data.heard_from) == (
        "upgrading", "agrees", "internet",
    )  # fmt: skip
    one = data.applicant
    assert (one.education, one.work_sector, one.income_band) == (
        "vocational", "farmer", "5001-9000",
    )  # fmt: skip
    assert not data.is_minor
    for word in ("นางสาวสมาชิก1 ตัวอย่าง", "Somsri Sample", "บัญชี", "ทำนา", "9/1", "15 มีนาคม 2520"):
        assert word in text
    assert "".join(text.split()).find(id_number(1)) > 0
    assert "ผู้ปกครอง" not in text


def test_a_guardian_signs_for_a_minor_and_where_the_age_is_open(desk: Desk) -> None:
    class_id = training_class(desk)
    young = enrol(desk, class_id, person(desk, 1, birth_date="2006-01-01"))
    unsure = enrol(desk, class_id, person(desk, 2, birth_date=None))

    for each in (young, unsure):
        assert application(desk, each).is_minor
        assert "ผู้ปกครอง" in text_of(printing.draw(desk.store, "training_application", each).pdf)


def test_disability_is_printed_by_explicit_consent_alone(desk: Desk) -> None:
    who = person(desk)
    made = enrol(desk, training_class(desk), who)
    kinds = {"person": who, "kinds": [{"kind": "seeing"}]}
    reasons = {"no_consent": "รอคำตอบของเจ้าของข้อมูล"}
    entered = records.save(desk.store, "disability", kinds, reasons=reasons)
    one = application(desk, made).applicant
    assert (one.body, one.disabilities) == ("", ())

    agreed = {"person": who, "purpose": "disability", "agrees": True, "given_on": "2025-03-01"}
    records.save(desk.store, "consent", agreed)
    one = application(desk, made).applicant
    assert (one.body, one.disabilities) == ("disabled", ("seeing",))

    opened = records.get(desk.store, "disability", entered.id)
    records.save(desk.store, "disability", {"person": who}, record_id=entered.id, base=opened.heads)
    assert application(desk, made).applicant.body == "normal"

    records.save(desk.store, "consent", agreed | {"agrees": False, "given_on": "2025-03-02"})
    assert application(desk, made).applicant.body == ""


def test_the_sign_in_sheet_has_a_page_for_each_day_and_hides_the_numbers(desk: Desk) -> None:
    class_id = training_class(desk, trainer="นางวิไล ตัวอย่างสอน")
    trainee(desk, class_id)
    enrol(desk, class_id, person(desk, 2))

    pdf = printing.draw(desk.store, "attendance_sheet", class_id).pdf
    text = text_of(pdf)

    assert len(PdfDocument(pdf)) == 5
    for day in range(17, 22):
        assert f"{day} มีนาคม 2568" in text
    assert text.count("สมาชิก1 ตัวอย่าง") == 5 and "สมาชิก2" not in text
    assert "x-xxxx-xxxxx-" in text and id_number(1) not in "".join(text.split()).replace("-", "")
    number = records.get(desk.store, "training_class", class_id).data["class_no"]
    assert f"เลขที่แฟ้ม {number}" in text


def test_the_results_show_time_share_score_and_certificate(desk: Desk) -> None:
    class_id = training_class(desk)
    good, short = trainee(desk, class_id, 1), trainee(desk, class_id, 2)
    enrol(desk, class_id, person(desk, 3))
    full = dict.fromkeys(DAYS, 360)
    mark(desk.store, class_id, {good: full, short: full | {DAYS[0]: 0, DAYS[1]: 330}})
    classes.judge_time(desk.store, class_id)
    classes.assess(desk.store, class_id, {good: 8_225})
    issued = {"certificate_no": "อท 7/2568", "certificate_on": "2025-03-31"}
    step(desk, "enrolment", good, "certificate", **issued)

    text = " ".join(text_of(printing.draw(desk.store, "training_results", class_id).pdf).split())

    for word in ("30:00", "100.00", "82.25", "อท 7/2568", "31 มี.ค. 2568", "23:30", "78.33"):
        assert word in text
    assert "เวลาไม่ครบ" in text and "สมาชิก3" not in text


def test_a_class_of_a_course_that_is_not_here_still_prints(desk: Desk) -> None:
    own = {
        "code": "WEAVE",
        "name": "ทอผ้า",
        "provider": "สนพ.",
        "type": "supplementary",
        "hours": 30,
    }
    course = records.save(desk.store, "course", own)
    class_id = training_class(desk, course="WEAVE")
    made = trainee(desk, class_id)
    records.void(desk.store, "course", course.id, "เลิกใช้")
    for form, record in (
        ("attendance_sheet", class_id),
        ("training_results", class_id),
        ("training_application", made),
    ):
        assert "None" not in text_of(printing.draw(desk.store, form, record).pdf)
