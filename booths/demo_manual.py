"""The demonstration's exhibitor manual: ten tasks, what exhibitors do about them, special goods, co-exhibitors."""

from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from booths.actions.co_exhibitors import approve_co_exhibitor, ask_co_exhibitor
from booths.actions.goods import Flags, check_goods, declare_goods
from booths.actions.house_rules import set_house_rules
from booths.actions.manual import accept_hand_in, hand_in_file, pass_task, return_hand_in, tick_task
from booths.actions.manual_tasks import set_task
from booths.goods import looks_at
from booths.manual import Cell, exhibitors_with_tasks, progress_of
from booths.models import Application, CoExhibitor, HandIn, ManualTask
from fairs.demo.stages import moment
from fairs.demo.world import SEED, Demo, planner
from fairs.text import name_key

BEGINS = moment("2018-07-02 09:00")
WORKDAYS = [moment("2018-07-16 10:00") + timedelta(days=7 * week) for week in range(14)]
SKETCH = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj
4 0 obj<</Length 42>>stream
1 w 100 400 300 300 re S 100 500 m 400 500 l S
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""
DONE, FILE, FORM = "tick", "file", "form"
# title and text in both languages, last day, what is asked, more columns
TASKS: list[tuple[str, str, str, str, str, str, dict[str, Any]]] = [
    ("Danh mục sản phẩm", "Product list", "Ghi từng sản phẩm mang đến hội chợ, kèm mã HS nếu có.",
     "List each product you bring, with its HS code if you know it.", "2018-08-15", FORM, {"form": "products"}),
    ("Lời giới thiệu trong danh mục hội chợ", "Words for the catalogue",
     "Vài câu giới thiệu cơ sở bằng tiếng Việt và tiếng Anh.",
     "A few sentences about your workshop in Vietnamese and English.", "2018-08-31", FORM, {"form": "about"}),
    ("Nội quy dựng gian và phòng cháy", "House rules for building and fire",
     "Đọc kỹ: chiều cao tối đa 2,5 m, lối đi thông thoáng, bình chữa cháy ở nơi có lửa.",
     "Read them: at most 2.5 m high, aisles free, an extinguisher wherever something burns.", "2018-09-15", DONE, {}),
    ("Bản vẽ gian tự dựng", "Drawing of a stand built on bare floor", "Mặt bằng, chiều cao và vật liệu của gian.",
     "Floor plan, height and materials of the stand.", "2018-09-07", FILE, {"audience": "raw"}),
    ("Khai báo lửa trần", "Declaration of open flames", "Lò nung, bếp, nến: đốt gì, khi nào, che chắn ra sao.",
     "Kilns, stoves, candles: what burns, when, how it is guarded.", "2018-09-20", FILE, {"audience": "flames"}),
    ("Khai báo hàng tạm nhập, hàng so sánh", "Declaration of special goods",
     "Cho biết có hàng tạm nhập hoặc hàng giả trưng bày để so sánh hay không.",
     "Say whether you bring goods imported for the fair only, or counterfeits shown for comparison.", "2018-09-20",
     FORM, {"form": "goods", "audience": "abroad"}),
    ("Bảo hiểm hàng hóa và trách nhiệm", "Insurance of goods and liability",
     "Gửi bản chụp giấy chứng nhận bảo hiểm; cơ sở không mua thì báo không liên quan.",
     "Send a copy of the certificate; without an insurance say that it does not concern you.", "2018-09-25", FILE,
     {"audience": "abroad", "may_not_concern": True}),
    ("Nộp đủ tiền gian hàng", "Booth paid in full", "Giấy phép dựng gian chỉ cấp khi đã nộp đủ 100 %.",
     "The permit to build is given only when everything is paid.", "2018-10-10", FORM, {"form": "paid"}),
    ("Thẻ cho nhân viên", "Passes for the staff", "Đăng ký thẻ cho từng người đứng gian.",
     "Name everybody who works at the booth.", "2018-10-12", FORM, {"form": "passes"}),
    ("Giờ vận chuyển và nhận gian", "Hours of delivery and handover",
     "Đọc lịch xe vào và giờ nhận gian, báo cho người vận chuyển.",
     "Read when vehicles may enter and when booths are handed over, and tell your carrier.", "2018-10-14", DONE, {}),
]  # fmt: skip


@planner(order=30)
def write_the_manual(demo: Demo) -> None:
    """In July; from then on exhibitors work on it every week, and the desk looks at what came."""
    demo.timeline.at(BEGINS, partial(_set_tasks, demo))
    for day in WORKDAYS:
        demo.timeline.at(day, partial(_work, demo, day.date()))
        demo.timeline.at(day + timedelta(days=2), partial(_check, demo))
    demo.timeline.at(moment("2018-09-10 10:00"), partial(_share_booths, demo))
    demo.timeline.at(moment("2018-10-17 11:00"), partial(_look_at_goods, demo))


def _set_tasks(demo: Demo) -> None:
    desk = demo.officers["booth_desk"]
    set_house_rules(demo.edition, withdraw_days=50, by=desk)
    for title_vi, title_en, text_vi, text_en, due_on, asks, more in TASKS:
        set_task(
            demo.edition, title_vi=title_vi, title_en=title_en, text_vi=text_vi, text_en=text_en,
            due_on=date.fromisoformat(due_on), asks=asks, remind_days=[14, 7, 1], by=desk, **more,
        )  # fmt: skip


def _work(demo: Demo, today: date) -> None:
    """Each does a task in a week of its own, most in time."""
    for progress in progress_of(demo.edition, exhibitors_with_tasks(demo.edition)):
        for cell in progress.to_do:
            chance = Random(f"{SEED}/manual/{progress.application.company.name_vi}/{cell.task.number}")
            if today >= cell.task.due_on - timedelta(days=chance.triangular(-9, 45, 12)):
                _do(cell, chance)


def _do(cell: Cell, chance: Random) -> None:
    application, by = cell.application, cell.application.contact
    if cell.task.asks == ManualTask.Asks.TICK:
        tick_task(application, task=cell.task, by=by)
    elif cell.task.form == ManualTask.Form.GOODS:
        _declare(application, chance)
    elif cell.task.may_not_concern and chance.random() < 0.8:
        pass_task(application, task=cell.task, by=by)
    elif cell.task.asks == ManualTask.Asks.FILE:
        data = SKETCH + f"%{application.company_id} {cell.today}\n".encode()
        hand_in_file(application, task=cell.task, data=data, by=by)


def _declare(application: Application, chance: Random) -> None:
    """Most exhibitors from abroad bring something for the fair only; one in eight shows a counterfeit beside it."""
    products = list(application.company.products.all()[:3])
    flags = {one.pk: Flags(True, False, f"TN-{one.pk:05d}") for one in products if chance.random() < 0.5}
    if products and chance.random() < 1 / 8:
        flags[products[-1].pk] = Flags(counterfeit=True)
    declare_goods(application, flags=flags, by=application.contact)


def _check(demo: Demo) -> None:
    """The desk looks at what waits, but for the last two, and returns one in six."""
    desk, waiting = demo.officers["booth_desk"], HandIn.objects.filter(task__edition=demo.edition).to_check()
    for row in list(waiting)[:-2]:
        number = row.files.all()[0].number
        if Random(f"{SEED}/check/{row.pk}/{number}").random() < 1 / 6:
            return_hand_in(row, version=number, reason="Bản chụp bị mờ, xin gửi lại.", by=desk)
        else:
            accept_hand_in(row, version=number, by=desk)


def _share_booths(demo: Demo) -> None:
    """Three exhibitors share their booth with a smaller workshop; the last still waits for the desk."""
    names = [("Tổ thêu Quất Động", "Tranh thêu tay"), ("Gốm Phù Lãng nhỏ", "Gốm da lươn"), ("Nón Chuông", "Nón lá")]
    for application, (name, shows) in zip(exhibitors_with_tasks(demo.edition)[3::40], names, strict=False):
        row: CoExhibitor = ask_co_exhibitor(application, name=name, shows=shows, no_rent=True, by=application.contact)
        if row.key != name_key(names[-1][0]):
            approve_co_exhibitor(row, by=demo.officers["booth_desk"])


def _look_at_goods(demo: Demo) -> None:
    """The day before the opening an officer has seen two of three, one of them with a fault."""
    desk = demo.officers["booth_desk"]
    for number, look in enumerate(looks_at(demo.edition)):
        if number % 3 == 2:
            continue
        found, notes = dict.fromkeys(map(str, look.goods.points), True), {}
        if number == 1:
            found["labelled"], notes["labelled"] = False, "Thiếu nhãn phụ tiếng Việt"
        check_goods(look.goods, found=found, notes=notes, by=desk)
