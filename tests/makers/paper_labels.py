"""What each paper says, label by label, in the words of the paper: which field a label prints."""

import re
from collections.abc import Sequence

PLACE = "{group.address:line}"
NAMED = "ชื่อ-สกุล {0} อายุ {0.birth_date:age} ปี สัญชาติ {0.nationality}"
NUMBER = "เลขประจำตัวประชาชน {0.id_no}"
REGISTERED = "ที่อยู่ตามทะเบียนบ้าน เลขที่ {0.address:rows}"
REACHED = "โทรศัพท์ {0.phone} อาชีพ {0.occupation}"
PERSON = (NAMED, NUMBER, REGISTERED, REACHED)
GROUP_HEAD = ("กลุ่มผู้ยื่น {group}", f"ที่ตั้งสถานที่ผลิต {PLACE}")
PRODUCT = "ผลิตภัณฑ์ {product.name} ตรา {product.brand} ชนิด ไม่ใช่อาหาร"
VISIT = (
    "วันที่ตรวจเยี่ยม {0.visited_on:long}",
    "คณะผู้ตรวจเยี่ยม {0.team}",
    "ผลการดำเนินงาน {0.progress}",
    "รายได้ต่อเดือนปัจจุบัน {0.income:baht} บาท",
    "รายละเอียด {0.obstacles.text}",
    "ความต้องการของกลุ่ม {0.needs}",
    "การดำเนินการต่อไป {0.next_step}",
    "กำหนดแล้วเสร็จ {0.due_on:long}",
    "ภาพ {0.photos.title}",
)
INQUIRY = (
    "วันที่ตรวจเยี่ยม {0.visited_on:long}",
    "ผู้ตรวจเยี่ยม {0.team}",
    "ความก้าวหน้า {0.progress}",
    "ปัญหาอุปสรรค ตลาด {0.obstacles.text}",
)
MONEY = (
    "ขอกู้เป็นเงิน {0.amount_requested:baht} บาท",
    "รวม 2 งวด รอบเงินกู้",
    "โอนเข้าบัญชีธนาคาร {0.bank} เลขที่บัญชี {0.account_no}",
    "ชื่อบัญชี {0.account_name}",
    "1 {0.purpose_lines.item} 3 {0.purpose_lines.unit_price:baht} {0.amount_requested:baht}",
)
SURETY = (
    "1 {surety} {surety.id_no:id} {surety.birth_date:age} พนักงานบริษัท {0.employer} "
    "{0.salary:baht} {surety.phone}"
)
CONTRACT = "ผู้กู้ {0} สัญญาเลขที่ {1.contract_no} ลงวันที่ {1.contract_on:%s}"
CARD = (
    CONTRACT % "short",
    "โอนเงิน {1.disbursed_on:short}",
    "{2.paid_on:short} {2.receipt_no} เงินสดที่สำนักงาน {2.amount:baht}",
    "ได้รับชำระจาก {0}",
    "วันที่ชำระ {2.paid_on:long} ใบเสร็จเลขที่ {2.receipt_no}",
)
CLASS = "หลักสูตร Social Commerce For Business รุ่น {class.class_no}"
HELD = "ระหว่างวันที่ {class.start_on:long} ถึงวันที่ {class.end_on:long}"
CERTIFIED = (
    "ใบรับรองเลขที่ {0.cert_no} แสดงเครื่องหมายบนฉลากตั้งแต่ {0.mark_used_on:long}",
    "วันที่ออก {0.issued_on:long} วันหมดอายุ {0.expires_on:long}",
)
LODGED = (
    "วันที่ยื่นคำขอ {0.submitted_on:long} วันที่ตรวจสถานที่ {0.inspected_on:long}",
    "ข้อบกพร่อง {0.defects}",
    "1 {0.items.text}",
)


def of(*names: str, lines: Sequence[str]) -> tuple[str, ...]:
    """Write lines about the records of these names."""
    return tuple(
        re.sub(r"\{(\d)", lambda found: "{" + names[int(found[1])], line) for line in lines
    )


# (form, record) -> what the paper says, label by label
LABELS: dict[tuple[str, str], tuple[str, ...]] = {
    ("group_registration", "group"): (
        "วันที่ {group.registered_on:long}",
        "ชื่อกลุ่ม {group.name} รหัสกลุ่ม {group.group_no}",
        "ที่ตั้งกลุ่ม เลขที่ {group.address:rows}",
        "โทรศัพท์ {group.phone} ก่อตั้งเมื่อ {group.founded_on:short} สมาชิก 3 คน",
        "ผู้รับงานไปทำที่บ้าน {registration.number} {registration.issued_on:short} {registration.issuer}",
        "ผลิตภัณฑ์หรือบริการ {group.products}",
        "กำลังผลิต {group.capacity}",
        "ช่องทางขาย {group.sales_channels}",
        "ทุนหรือทรัพย์สินของกลุ่ม {group.capital:baht} บาท",
        "รายได้ต่อเดือนก่อนเข้าโครงการ {group.income_before:baht} บาท "
        "ข้อมูลเมื่อ {group.income_before_on:short}",
        "รายได้ต่อเดือนปัจจุบัน {group.income_after:baht} บาท ข้อมูลเมื่อ {group.income_after_on:short}",
        "1 {leader} {leader.id_no:id} {leader.birth_date:age} ผู้นำกลุ่ม {leader.phone}",
        "2 {deputy} {deputy.id_no:id} {deputy.birth_date:age} รองผู้นำกลุ่ม {deputy.phone}",
        "ปัญหาและอุปสรรค {group.problems}",
        "ความต้องการของกลุ่ม {group.needs}",
        "ผู้นำกลุ่ม ( {leader} )",
    ),
    ("member_list", "group"): (
        "ชื่อกลุ่ม {group.name} รหัสกลุ่ม {group.group_no}",
        f"ที่ตั้งกลุ่ม {PLACE}",
        *(
            f"{number} {{{who}}} {{{who}.id_no:id}} {{{who}.birth_date:age}} "
            f"{{{who}.current_address:line}} {role} {{{who}.phone}}"
            for number, who, role in (
                (1, "leader", "ผู้นำกลุ่ม"),
                (2, "deputy", "รองผู้นำกลุ่ม"),
                (3, "member", "สมาชิก"),
            )
        ),
        "ผู้รับรอง ( {leader} )",
    ),
    ("loan_application", "file"): (
        "วันที่ {file.submitted_on:long}",
        *of("borrower", lines=PERSON),
        "รายได้เฉลี่ยต่อเดือน {borrower.income:baht} บาท "
        "ทรัพย์สินหรือเงินทุน {file.borrower_capital:baht} บาท",
        *of("file", lines=MONEY),
        *of("file surety", lines=(SURETY,)),
        "ผู้ขอกู้ ( {borrower} )",
    ),
    ("loan_application", "group file"): (
        "วันที่ {group file.submitted_on:long}",
        "ชื่อกลุ่ม {group.name} รหัสกลุ่ม {group.group_no}",
        "ก่อตั้งเมื่อ {group.founded_on:short} สมาชิก 3 คน",
        "เลขทะเบียนผู้รับงานไปทำที่บ้าน {registration.number}",
        "ที่ตั้งกลุ่ม เลขที่ {group.address:rows}",
        "รายได้ของกลุ่มต่อเดือน {group.income_after:baht} บาท "
        "ทุนหรือทรัพย์สินของกลุ่ม {group.capital:baht} บาท",
        *of("leader", lines=PERSON),
        *of("group file", lines=MONEY),
        *(
            f"{number} {{{who}}} {{{who}.id_no:id}} {{{who}.birth_date:age}} "
            f"{{{who}.current_address:line}} {{{who}.phone}}"
            for number, who in ((1, "deputy"), (2, "member"))
        ),
        *of("group file surety", lines=(SURETY,)),
        "1 {leader} ผู้นำกลุ่ม 2 {deputy} ผู้กู้ร่วม 3 {member} ผู้กู้ร่วม",
    ),
    ("loan_budget_plan", "file"): (
        "{borrower}", "{borrower.occupation}", "{borrower.income:baht}",
        "1 {file.purpose_lines.item} 3 {file.purpose_lines.unit_price:baht}",
    ),
    ("loan_budget_plan", "group file"): (
        "{group.name}", "{group.income_after:baht}",
        "1 {group file.purpose_lines.item} 3 {group file.purpose_lines.unit_price:baht}",
    ),
    ("group_resolution", "group file"): (
        "กลุ่ม {group.name} รหัสกลุ่ม {group.group_no}",
        f"ที่ตั้งกลุ่ม {PLACE}",
        "สมาชิกทั้งหมด 3 คน",
        "ให้กลุ่มกู้ยืมเงินจากกองทุน {group file.amount_requested:baht} บาท",
        "เพื่อ {group file.purpose_lines.item}",
        "ผู้รับมอบอำนาจ {leader}",
        "1 {leader} ผู้นำกลุ่ม 2 {deputy} รองผู้นำกลุ่ม 3 {member} สมาชิก",
    ),
    ("guarantee_offer", "file"): (
        *of("surety", lines=PERSON),
        "หน่วยงาน {file surety.employer} เงินเดือน {file surety.salary:baht} บาท",
        "ผู้กู้ {borrower} ผ่อนชำระ 2 งวด",
        "จำนวนเงิน {file.amount_requested:baht} บาท",
        "ผู้ค้ำประกัน ( {surety} )",
    ),
    ("loan_checklist", "file"): (
        "ผู้ขอกู้ {borrower} ขอกู้ {file.amount_requested:baht} บาท",
        "ยื่นคำขอ {file.submitted_on:short} เอกสารครบ {file.docs_complete_on:short}",
        "1 สำเนาบัตรประจำตัวประชาชน / / {file document.note}",
        "สำเนาบัตรประจำตัวประชาชน {surety}",
        "สำเนาทะเบียนบ้าน {surety}",
        "หนังสือรับรองเงินเดือนผู้ค้ำประกัน {surety}",
        "หนังสือยินยอมของคู่สมรส (ถ้ามี) {surety}",
        "รับคำขอวันที่ {file.submitted_on:long}",
    ),
    ("loan_inquiry", "file"): (
        *of("file visit", lines=INQUIRY),
        "ชื่อ {borrower} อาชีพ {borrower.occupation}",
        "ที่ตั้ง {borrower.current_address:line}",
        "ผู้ให้ข้อมูล {borrower} โทรศัพท์ {borrower.phone}",
        "รายได้ต่อเดือน {borrower.income:baht} บาท ทุนหรือทรัพย์สิน {file.borrower_capital:baht} บาท",
        "ผู้ค้ำประกัน {surety}",
        "1 {file.purpose_lines.item} 3 {file.purpose_lines.unit_price:baht}",
        "ผู้ให้ข้อมูล ( {borrower} )",
    ),
    ("loan_inquiry", "group file"): (
        *of("group file visit", lines=INQUIRY),
        "ชื่อ {group.name}",
        f"ที่ตั้ง {PLACE}",
        "ผู้ให้ข้อมูล {leader} โทรศัพท์ {leader.phone} สมาชิก 3 คน",
        "รายได้ต่อเดือน {group.income_after:baht} บาท ทุนหรือทรัพย์สิน {group.capital:baht} บาท",
        "ผู้ค้ำประกัน {surety}",
        "1 {group file.purpose_lines.item} 3 {group file.purpose_lines.unit_price:baht}",
        "ผู้ให้ข้อมูล ( {leader} )",
    ),
    ("instalment_table", "file"): (
        *of("borrower", "file", lines=(CONTRACT % "long",)),
        "1 2 ม.ค. 2574 111.00 0.00 0 111.00 333.00 2 3 ก.พ. 2574 333.00 44.00 3 377.00 0.00",
    ),
    ("instalment_table", "group file"): of("group", "group file", lines=(CONTRACT % "long",)),
    ("payment_card", "file"): of("borrower", "file", "file payment", lines=CARD),
    ("payment_card", "group file"): of("group", "group file", "group file payment", lines=CARD),
    ("field_visit", "visit"): (
        "ชื่อกลุ่ม {group.name} รหัสกลุ่ม {group.group_no}",
        f"ที่ตั้งกลุ่ม {PLACE}",
        *of("visit", lines=VISIT),
        "ผู้นำกลุ่ม ( {leader} )",
    ),
    ("field_visit", "later visit"): (
        "ชื่อกลุ่ม {group.name} รหัสกลุ่ม {group.group_no}",
        f"ที่ตั้งกลุ่ม {PLACE}",
        *of("later visit", lines=VISIT),
        "ครั้งก่อนเมื่อ {visit.visited_on:short}",
        "ครั้งก่อนนัดหมายว่า {visit.next_step}",
        "ผู้นำกลุ่ม ( {leader} )",
    ),
    ("field_visit", "file visit"): (
        "ผู้กู้ {borrower}",
        "ที่อยู่ {borrower.current_address:line}",
        "แฟ้มเงินกู้ {file.file_no}",
        *of("file visit", lines=VISIT),
        "ผู้กู้ ( {borrower} )",
    ),
    ("privacy_notice", "borrower"): (
        "เจ้าของข้อมูล {borrower} เลขประจำตัว {borrower.id_no:id}",
        "ที่อยู่ {borrower.current_address:line} โทรศัพท์ {borrower.phone}",
        "ตอบเมื่อ {consent.given_on:short}",
        "เจ้าของข้อมูล ( {borrower} )",
    ),
    ("data_request", "borrower"): (
        "เจ้าของข้อมูล {borrower} เลขประจำตัว {borrower.id_no:id}",
        "ที่อยู่ {borrower.current_address:line} โทรศัพท์ {borrower.phone}",
        "ยินยอมเมื่อ {consent.given_on:short}",
    ),
    ("training_application", "enrolment"): (
        "หลักสูตร Social Commerce For Business จำนวน {class.hours} ชั่วโมง",
        HELD + " รุ่น {class.class_no}",
        "ชื่อ-สกุล (นาย/นาง/นางสาว) {trainee}",
        "ชื่อ-สกุล (ภาษาอังกฤษ) {trainee.first_en} {trainee.last_en}",
        *of("trainee", lines=(NUMBER, REGISTERED)),
        "สัญชาติ {trainee.nationality} วันเกิด {trainee.birth_date:long}",
        "อายุ {trainee.birth_date:age} ปี",
        "โทรศัพท์ {trainee.phone} อีเมล (ถ้ามี) {trainee.email}",
        "สาขา {trainee.major}",
        "อาชีพ {trainee.occupation} ตำแหน่ง {trainee.position} อายุงาน {trainee.work_years} ปี",
        "สถานที่ทำงาน {enrolment.workplace} กลุ่มอุตสาหกรรม {enrolment.industry}",
        "ผู้สมัคร ( {trainee} )",
        "วันที่รับสมัคร {enrolment.applied_on:long}",
    ),
    ("attendance_sheet", "running class"): (
        CLASS.replace("class.", "running class."),
        "สถานที่ {running class.place} วิธีฝึก ปกติ (ในสถานที่)",
        "วันที่ {running class.days.day:long}",
        "ชั่วโมง วิทยากร {running class.trainer}",
        "1 {trainee} {trainee.id_no:mask}",
        "วิทยากร ( {running class.trainer} )",
    ),
    ("training_results", "class"): (
        CLASS,
        HELD + " จำนวน {class.hours} ชั่วโมง",
        "สถานที่ {class.place}",
        "1 {trainee} {trainee.id_no:id}",
        "{enrolment.score:points} สำเร็จการฝึก {enrolment.certificate_no} "
        "{enrolment.certificate_on:short}",
    ),
    ("certification_fda", "fda_product"): (
        *GROUP_HEAD, PRODUCT,
        "เลขสถานที่ผลิต {fda_product.place_no}",
        *of("fda_product", lines=(*LODGED, *CERTIFIED)),
        "ผู้ยื่น ( {leader} )",
    ),
    ("certification_tcps", "tcps"): (
        *GROUP_HEAD, PRODUCT,
        "เลขมาตรฐาน {tcps.standard_no} เลขสถานที่ผลิต (อาหาร) {tcps.place_no}",
        *of("tcps", lines=(*LODGED, *CERTIFIED)),
        "วันที่เก็บตัวอย่าง {tcps.sampled_on:long} จำนวน {tcps.sample_count} ตัวอย่าง",
        "ห้องปฏิบัติการ {tcps.lab} ผลทดสอบ ผ่าน วันที่ทราบผล {tcps.result_on:long}",
        "{tcps.follow_ups.year} {tcps.follow_ups.on:long} ไม่ผ่าน {tcps.follow_ups.note}",
        "ผู้ยื่น ( {leader} )",
    ),
    ("certification_other", "halal"): (
        *GROUP_HEAD, PRODUCT,
        *of("halal", lines=(*LODGED, *CERTIFIED)),
        "ผู้ยื่น ( {leader} )",
    ),
}  # fmt: skip
