"""The addresses of the booth pages."""

from django.urls import path

from booths.views import (
    applications,
    applying,
    decisions,
    desk,
    exhibitors,
    jury,
    mine,
    plan,
    reviews,
    set_up,
    taking,
    writing,
)

app_name = "booths"
urlpatterns = [
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
    path("<slug:edition>/my-booths/answer/", writing.Answer.as_view(), name="answer"),
    path("<slug:edition>/my-booths/appeal/", writing.AppealPage.as_view(), name="appeal"),
    path("<slug:edition>/desk/applications/", applications.ApplicationsDesk.as_view(), name="applications_desk"),
    path("<slug:edition>/desk/applications/decide/", decisions.PreviewDecisions.as_view(), name="decide"),
    path("<slug:edition>/desk/applications/decide/now/", decisions.ConfirmDecisions.as_view(), name="decide_now"),
    path("<slug:edition>/desk/applications/new/", desk.EnterApplication.as_view(), name="enter_application"),
    path("<slug:edition>/desk/applications/<int:pk>/", applications.ApplicationDesk.as_view(), name="application_desk"),
    path("<slug:edition>/desk/reviews/", reviews.ReviewQueue.as_view(), name="reviews"),
    path("<slug:edition>/desk/reviews/<int:pk>/", reviews.ReviewView.as_view(), name="review"),
    path("<slug:edition>/desk/jury/", jury.JuryDesk.as_view(), name="jury"),
    path("<slug:edition>/desk/jury/criteria/", jury.AddCriterion.as_view(), name="add_criterion"),
    path("<slug:edition>/desk/jury/criteria/<int:pk>/", jury.ChangeCriterion.as_view(), name="change_criterion"),
    path("<slug:edition>/desk/jury/criteria/<int:pk>/remove/", jury.RemoveCriterion.as_view(), name="remove_criterion"),
    path("<slug:edition>/desk/jury/thresholds/", jury.SetThreshold.as_view(), name="set_threshold"),
    path(
        "<slug:edition>/desk/jury/thresholds/<int:pk>/remove/", jury.RemoveThreshold.as_view(), name="remove_threshold"
    ),
    path("<slug:edition>/desk/set-up/classes/<int:pk>/<audience>/", set_up.SetPrice.as_view(), name="set_price"),
    path("<slug:edition>/desk/set-up/sale-terms/", set_up.SetSaleTerms.as_view(), name="set_sale_terms"),
    path("<slug:edition>/desk/booths/", desk.BoothsDesk.as_view(), name="booths_desk"),
    path("<slug:edition>/desk/booths/<code>/hand-over/", desk.HandOver.as_view(), name="hand_over"),
    path("<slug:edition>/desk/booths/<code>/take-back/", desk.TakeBack.as_view(), name="take_back"),
    path("<slug:edition>/desk/booths/<code>/block/", desk.Block.as_view(), name="block"),
    path("<slug:edition>/desk/booths/<code>/unblock/", desk.Unblock.as_view(), name="unblock"),
]
