"""The demonstration's official report: its words, a first version after the accounts, a second with the remarks."""

from functools import partial

from fairs.actions.report_frames import set_report_frame
from fairs.actions.signing import sign_report
from fairs.demo.stages import moment
from fairs.demo.world import Demo, planner

REMARKS_VI = (
    "Công tác mời nhà nhập khẩu, bố trí gian hàng và giao thương được chuẩn bị theo đúng kế hoạch; số liệu khách được "
    "ghi nhận bằng quét thẻ tại cổng.\n"
    "Một số đơn vị chưa khai đủ hợp đồng ký tại hội chợ; Ban Tổ chức tiếp tục theo dõi sau hội chợ.\n"
    "Đề nghị tiếp tục bố trí kinh phí hỗ trợ làng nghề tham gia kỳ sau."
)
REMARKS_EN = (
    "Inviting importers, giving out booths and arranging meetings went as planned; visitors are counted by badges read "
    "at the gates.\n"
    "Some makers have not declared all contracts signed at the fair; the organisers go on asking them.\n"
    "We propose to support craft villages at the next edition too."
)


@planner(order=90)
def the_report_is_signed(demo: Demo) -> None:
    """Its words before the fair closes, version 1 nineteen days after it, version 2 once the remarks are written."""
    demo.timeline.at(moment("2018-10-15 09:00"), partial(_words, demo))
    demo.timeline.at(moment("2018-11-09 10:00"), partial(_sign, demo, "Đã khóa sổ thu."))
    demo.timeline.at(moment("2018-11-16 09:00"), partial(_remarks, demo))
    demo.timeline.at(moment("2018-11-16 10:00"), partial(_sign, demo, "Bổ sung đánh giá, kiến nghị."))


def _words(demo: Demo) -> None:
    set_report_frame(
        demo.edition,
        by=demo.officers["director"],
        superior_vi="Sở Công Thương Hà Nội",
        superior_en="Hanoi Department of Industry and Trade",
        place_vi="Hà Nội",
        place_en="Hanoi",
        addressee_vi="Sở Công Thương Hà Nội",
        addressee_en="Hanoi Department of Industry and Trade",
        office_vi="Giám đốc",
        office_en="Director",
        copies_vi="Như trên;\nLưu: VT.",
        copies_en="As above;\nFile.",
    )


def _remarks(demo: Demo) -> None:
    set_report_frame(demo.edition, by=demo.officers["director"], remarks_vi=REMARKS_VI, remarks_en=REMARKS_EN)


def _sign(demo: Demo, note: str) -> None:
    sign_report(demo.edition, by=demo.officers["director"], key=f"demo-{note}", note=note)
