"""The demonstration's jury: what it judges by, how it works through the applications, and one applicant who appeals."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from booths import demo_rules
from booths.actions.appeals import dismiss_appeal, make_appeal
from booths.actions.applications import draft_application, reject_application, submit_application
from booths.actions.criteria import set_criterion, set_threshold
from booths.actions.reviews import assign_reviews, score_review, step_aside
from booths.models import BoothClass, Criterion, Review
from fairs import clock
from fairs.actions.people import found_company, know_person
from fairs.demo.stages import moment
from fairs.demo.world import SEED, Demo, planner
from fairs.models import ProductGroup, Province

FIRST_DAY, LAST_DAY = moment("2018-05-02 17:30"), moment("2018-09-30 17:30")
CRITERIA = [
    ("Chất lượng và tay nghề", "Quality and skill", "Đường nét, độ bền, hoàn thiện", "Line, strength, finish", 3),
    ("Nét riêng của mẫu mã", "Originality of design", "Không sao chép mẫu có sẵn", "No copy of a known design", 2),
    (
        "Khả năng xuất khẩu",
        "Ready to export",
        "Năng lực, giấy tờ, đơn hàng đã có",
        "Capacity, papers, orders so far",
        2,
    ),
    (
        "Gắn với làng nghề",
        "Bond with the craft village",
        "Nguyên liệu, người làm, câu chuyện",
        "Material, makers, story",
        1,
    ),
]
COMMENTS = [
    "Hàng làm kỹ, nên xếp gần lối chính.",
    "Mẫu mã đẹp nhưng trùng với hai cơ sở cùng làng.",
    "Cần hỏi thêm về năng lực khi có đơn hàng lớn.",
    "Sản phẩm tiêu biểu của làng nghề.",
]
TIES = ["Tôi từng tư vấn mẫu cho cơ sở này.", "Người nhà tôi làm việc ở đây."]
LEFT_OPEN = timedelta(days=5)  # the juror with a login still has these to score when the demonstration opens


@planner(order=15)
def set_the_jury_up(demo: Demo) -> None:
    """Criteria and thresholds before the call, then an evening's work on every day of it."""
    demo.timeline.at(moment("2018-04-10 10:00"), lambda: _set_up(demo))
    day, chance = FIRST_DAY, demo.chance("jury")
    while day <= LAST_DAY:
        demo.timeline.at(day, lambda: _hand_out(demo))
        demo.timeline.at(day + timedelta(hours=2, minutes=5), lambda: _sit(demo, chance))
        day += timedelta(days=1)
    _somebody_appeals(demo)


def _set_up(demo: Demo) -> None:
    desk = demo.officers["booth_desk"]
    for order, (name_vi, name_en, about_vi, about_en, weight) in enumerate(CRITERIA, 1):
        set_criterion(
            demo.edition,
            name_vi=name_vi,
            name_en=name_en,
            about_vi=about_vi,
            about_en=about_en,
            weight=Decimal(weight),
            order=order,
            by=desk,
        )
    set_threshold(demo.edition, least=Decimal(50), by=desk)
    for code, least in (("ceramics", 60), ("lacquer", 60), ("textile", 55)):
        group = ProductGroup.objects.filter(code=code).first()
        if group:
            set_threshold(demo.edition, product_group=group, least=Decimal(least), by=desk)


def _hand_out(demo: Demo) -> None:
    assign_reviews(demo.edition, each=2, by=demo.officers["booth_desk"])


def _sit(demo: Demo, chance: Random) -> None:
    """Whatever is open is scored in one sitting; now and then somebody steps aside, and the next day another looks."""
    rows = Review.objects.filter(application__edition=demo.edition, state=Review.State.ASSIGNED).open()
    criteria = list(Criterion.objects.filter(edition=demo.edition).values_list("pk", flat=True))
    waits = clock.now() > demo.timeline.end - LEFT_OPEN
    for review in rows.select_related("application__edition", "reviewer").order_by("reviewer_id", "pk"):
        if waits and review.reviewer == demo.officers["reviewer"]:
            continue
        if chance.random() < 0.02:
            step_aside(review, reason=chance.choice(TIES), by=review.reviewer)
            continue
        _score(review, criteria, chance)


def _score(review: Review, criteria: list[int], chance: Random) -> None:
    """Both jurors of an application mean about the same, and every application of the call is worth a booth."""
    level = Random(f"{SEED}/score/{review.application_id}").triangular(6.2, 9.6, 8)
    points = {key: Decimal(min(10, max(5, round(chance.gauss(level, 0.9))))) for key in criteria}
    comment = chance.choice(COMMENTS) if chance.random() < 0.2 else ""
    score_review(review, points=points, comment=comment, by=review.reviewer)


def _somebody_appeals(demo: Demo) -> None:
    """A maker of plastic goods is refused, appeals, and is told why once more; they never take part."""
    story: dict[str, Any] = {}

    def apply() -> None:
        desk = demo.officers["booth_desk"]
        contact = know_person(
            email="lien.he@nhuatanhung.example",
            full_name="Trịnh Văn Hưng",
            given_name="Hưng",
            phone="0243 825 0101",
            by=desk,
        )
        company = found_company(
            by=contact,
            contact=contact,
            name_vi="Công ty TNHH Nhựa gia dụng Tân Hưng",
            name_en="Tan Hung Household Plastics Co., Ltd",
            country="VN",
            province=Province.objects.on(clock.today(demo.edition)).filter(code="01").first(),
            phone="0243 825 0101",
            about_vi="Sản xuất đồ nhựa gia dụng bằng máy ép.",
            about_en="Makes household plastics by injection moulding.",
        )
        kind = BoothClass.objects.get(edition=demo.edition, code="domestic-standard")
        application = draft_application(demo.edition, company=company, contact=contact, booth_class=kind, by=contact)
        story["application"] = submit_application(application, by=contact, rules_version=demo_rules.VERSION)

    def refuse() -> None:
        reason = "Hàng làm bằng máy, không phải hàng thủ công mỹ nghệ."
        reject_application(story["application"], reason=reason, by=demo.officers["booth_desk"])

    def appeal() -> None:
        application = story["application"]
        text = "Chúng tôi có một xưởng đan tay từ sợi nhựa tái chế, xin hội đồng xem lại."
        story["appeal"] = make_appeal(application, text=text, by=application.contact)

    def answer() -> None:
        reason = "Ảnh gửi kèm cho thấy phần lớn là hàng ép khuôn. Mời bạn gửi riêng hàng đan tay vào kỳ sau."
        dismiss_appeal(story["appeal"], answer=reason, by=demo.officers["booth_desk"])

    for text, deed in (
        ("2018-08-13 09:20", apply),
        ("2018-08-16 15:10", refuse),
        ("2018-08-20 08:45", appeal),
        ("2018-08-23 10:30", answer),
    ):
        demo.timeline.at(moment(text), deed)
