"""What the papers of training share: the lists of the training application, hours and results."""

PURPOSES = (
    ("preparation", "ฝึกเตรียมเข้าทำงาน"),
    ("upgrading", "ฝึกยกระดับฝีมือแรงงาน"),
    ("supplementary", "ฝึกอาชีพเสริม"),
    ("ship_cook", "ฝึกคนครัวบนเรือ"),
    ("skill_test", "ทดสอบมาตรฐานฝีมือแรงงาน"),
)
SEX = (("male", "ชาย"), ("female", "หญิง"))
EDUCATION = (
    ("primary", "ประถมศึกษา"),
    ("lower_secondary", "มัธยมศึกษาตอนต้น"),
    ("upper_secondary", "มัธยมศึกษาตอนปลาย"),
    ("diploma", "อนุปริญญา"),
    ("vocational", "ปวช."),
    ("higher_vocational", "ปวส./ปวท."),
    ("bachelor", "ปริญญาตรีขึ้นไป"),
    ("unfinished", "ไม่จบการศึกษา"),
)
BODY = (("normal", "ปกติ"), ("disabled", "พิการ"))
DISABILITIES = (
    ("seeing", "การเห็น"),
    ("hearing", "การได้ยินหรือสื่อความหมาย"),
    ("movement", "การเคลื่อนไหวหรือทางร่างกาย"),
    ("mind", "ทางจิตใจหรือพฤติกรรม"),
    ("intellect", "ทางสติปัญญา"),
    ("learning", "การเรียนรู้"),
    ("autism", "ทางออทิสติก"),
)
SECTORS = (
    ("private", "ภาคเอกชน"),
    ("state_enterprise", "รัฐวิสาหกิจ"),
    ("government", "ภาครัฐ"),
    ("community_enterprise", "วิสาหกิจชุมชน"),
    ("farmer", "เกษตรกร"),
    ("freelance", "Freelance"),
)
INCOMES = (
    ("1-5000", "1-5,000"),
    ("5001-9000", "5,001-9,000"),
    ("9001-15000", "9,001-15,000"),
    ("15001-20000", "15,001-20,000"),
    ("20001-30000", "20,001-30,000"),
    ("30001-40000", "30,001-40,000"),
    ("40001-", "40,001 ขึ้นไป"),
)
UNEMPLOYED = (
    ("looking", "อยู่ระหว่างหางาน"),
    ("student", "นักเรียน/นักศึกษา"),
    ("laid_off", "ผู้ประกันตนที่ถูกเลิกจ้าง"),
    ("prisoner", "ผู้ต้องขัง"),
    ("conscript", "ทหารก่อนปลด"),
    ("other", "อื่น ๆ"),
)
HEARD_FROM = (
    ("office", "สำนักงานจัดหางาน/พัฒนาฝีมือแรงงาน"),
    ("local_authority", "อปท./ผู้ใหญ่บ้าน"),
    ("group", "กลุ่มหรือเพื่อน"),
    ("internet", "อินเทอร์เน็ต"),
    ("media", "วิทยุ โทรทัศน์ สิ่งพิมพ์"),
    ("other", "อื่น ๆ"),
)
CONSENT = (("agrees", "ยินยอม"), ("refuses", "ไม่ยินยอม"))
JOB_HELP = (
    ("none", "ไม่ต้องการ"),
    ("domestic", "ต้องการทำงานในประเทศ"),
    ("abroad", "ต้องการทำงานต่างประเทศ"),
)
MODES = {
    "on_site": "ปกติ (ในสถานที่)",
    "live_online": "ทางไกลผ่านสื่ออิเล็กทรอนิกส์",
    "self_paced": "ด้วยตนเองผ่านสื่ออิเล็กทรอนิกส์",
}
RESULTS = {
    "applied": "สมัคร",
    "checked": "ตรวจคุณสมบัติแล้ว",
    "selected": "ผ่านคัดเลือก",
    "reserve": "สำรอง",
    "not_selected": "ไม่ผ่านคัดเลือก",
    "training": "กำลังฝึก",
    "assessable": "มีสิทธิประเมิน",
    "passed": "สำเร็จการฝึก",
    "certificated": "สำเร็จการฝึก",
    "short_of_time": "เวลาไม่ครบ",
    "failed": "ไม่จบการฝึก",
    "resigned": "ลาออก",
    "died": "เสียชีวิต",
    "unqualified": "ขาดคุณสมบัติ",
    "dismissed": "ให้พ้นสภาพ",
}
COMPLETED = ("passed", "certificated")


def hours_and_minutes(minutes: int) -> str:
    """Write a time as it stands in the books of a class: 23:30."""
    return f"{minutes // 60:,}:{minutes % 60:02}"
