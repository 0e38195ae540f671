"""The addresses of the booth pages."""

from django.urls import path

from booths.views import (
    applying,
    desk,
    exhibitors,
    floor_editor,
    floor_files,
    floor_publish,
    mine,
    plan,
    set_up,
    taking,
)

app_name = "booths"
floor = "<slug:edition>/desk/floor/"
urlpatterns = [
    path(floor, floor_editor.FloorEditor.as_view(), name="floor_editor"),
    path(f"{floor}begin/", floor_editor.BeginDraft.as_view(), name="begin_draft"),
    path(f"{floor}drop/", floor_editor.DropDraft.as_view(), name="drop_draft"),
    *(path(f"{floor}{name}/", edit.as_view(), name=f"plan_{name}") for name, edit in floor_editor.EDITS.items()),
    path(f"{floor}publish/", floor_publish.Publish.as_view(), name="publish_floor"),
    path(f"{floor}plan.svg", floor_files.FloorSvg.as_view(), name="floor_svg"),
    path(f"{floor}plan.pdf", floor_files.FloorPdf.as_view(), name="floor_pdf"),
    path(f"{floor}plan.csv", floor_files.FloorCsv.as_view(), name="floor_csv"),
    path(f"{floor}versions/", floor_publish.Versions.as_view(), name="floor_versions"),
    path(f"{floor}versions/<int:number>/restore/", floor_publish.RestoreVersion.as_view(), name="restore_floor"),
    path("<slug:edition>/plan/", plan.PlanPage.as_view(), name="plan"),
    path("<slug:edition>/plan/table/", plan.PlanTable.as_view(), name="plan_table"),
    path("<slug:edition>/plan/signs.json", plan.PlanSigns.as_view(), name="plan_signs"),
    path("<slug:edition>/plan/changes/<int:version>.json", plan.PlanChange.as_view(), name="plan_change"),
    path("<slug:edition>/plan/hold/", taking.Hold.as_view(), name="hold"),
    path("<slug:edition>/plan/<code>/", plan.BoothPage.as_view(), name="booth"),
    path("<slug:edition>/exhibitors/", exhibitors.Exhibitors.as_view(), name="exhibitors"),
    path("<slug:edition>/exhibitors/<int:pk>/", exhibitors.Exhibitor.as_view(), name="exhibitor"),
    path("<slug:edition>/apply/", applying.ApplyCompany.as_view(), name="apply"),
    path("<slug:edition>/apply/products/", applying.ApplyProducts.as_view(), name="apply_products"),
    path("<slug:edition>/apply/booths/", applying.ApplyBooths.as_view(), name="apply_booths"),
    path("<slug:edition>/apply/send/", applying.ApplySend.as_view(), name="apply_send"),
    path("<slug:edition>/my-booths/", mine.MyBooths.as_view(), name="application"),
    path("<slug:edition>/my-booths/permit.pdf", mine.Permit.as_view(), name="permit_pdf"),
    path("<slug:edition>/my-booths/reserve/", taking.Reserve.as_view(), name="reserve"),
    path("<slug:edition>/my-booths/release/", taking.Release.as_view(), name="release"),
    path("<slug:edition>/my-booths/withdraw/", applying.Withdraw.as_view(), name="withdraw"),
    path("<slug:edition>/desk/applications/", desk.ApplicationsDesk.as_view(), name="applications_desk"),
    path("<slug:edition>/desk/applications/accept/", desk.AcceptMany.as_view(), name="accept_many"),
    path("<slug:edition>/desk/applications/new/", desk.EnterApplication.as_view(), name="enter_application"),
    path("<slug:edition>/desk/applications/<int:pk>/", desk.ApplicationDesk.as_view(), name="application_desk"),
    path("<slug:edition>/desk/set-up/classes/<int:pk>/<audience>/", set_up.SetPrice.as_view(), name="set_price"),
    path("<slug:edition>/desk/set-up/sale-terms/", set_up.SetSaleTerms.as_view(), name="set_sale_terms"),
    path("<slug:edition>/desk/booths/", desk.BoothsDesk.as_view(), name="booths_desk"),
    path("<slug:edition>/desk/booths/<code>/hand-over/", desk.HandOver.as_view(), name="hand_over"),
    path("<slug:edition>/desk/booths/<code>/take-back/", desk.TakeBack.as_view(), name="take_back"),
    path("<slug:edition>/desk/booths/<code>/block/", desk.Block.as_view(), name="block"),
    path("<slug:edition>/desk/booths/<code>/unblock/", desk.Unblock.as_view(), name="unblock"),
]
