"""The addresses of the common pages."""

from django.urls import path

from fairs.money import vat_views as vat
from fairs.money import views as money
from fairs.money import ways_views as ways
from fairs.views import breakdowns, desk, duplicates, home, people, photos, report, set_up, support, uploads

app_name = "fairs"
urlpatterns = [
    path("", home.Start.as_view(), name="start"),
    path("filling/", home.Filling.as_view(), name="filling"),
    path("me/", home.Welcome.as_view(), name="welcome"),
    path("me/profile/", people.Profile.as_view(), name="profile"),
    path("me/companies/<int:pk>/", people.CompanyView.as_view(), name="company"),
    path("me/companies/<int:pk>/change/", people.ChangeCompany.as_view(), name="change_company"),
    path("me/companies/<int:pk>/products/", people.AddProduct.as_view(), name="add_product"),
    path("me/companies/<int:pk>/products/<int:product>/", people.ChangeProduct.as_view(), name="change_product"),
    path("me/companies/<int:pk>/products/<int:product>/remove/", people.RemoveProduct.as_view(), name="remove_product"),
    path("me/companies/<int:pk>/people/", people.AddMember.as_view(), name="add_member"),
    path("me/invitations/<int:pk>/accept/", people.AcceptInvitation.as_view(), name="accept_invitation"),
    path("me/invitations/<int:pk>/end/", people.EndInvitation.as_view(), name="end_invitation"),
    path("me/companies/<int:pk>/people/<int:member>/remove/", people.RemoveMember.as_view(), name="remove_member"),
    path("me/photos/<str:signed>/<slug:size>.jpg", photos.CarriedPhoto.as_view(), name="carried_photo"),
    path("photos/<slug:token>/<slug:size>.jpg", photos.PublicPhoto.as_view(), name="photo"),
    path("<slug:edition>/", home.Home.as_view(), name="home"),
    path("<slug:edition>/desk/", desk.Desk.as_view(), name="desk"),
    path("<slug:edition>/wall/", desk.Wall.as_view(), name="wall"),
    path("<slug:edition>/desk/journal/", desk.Journal.as_view(), name="journal"),
    path("<slug:edition>/desk/companies/duplicates/", duplicates.Duplicates.as_view(), name="duplicates"),
    path("<slug:edition>/desk/companies/<int:first>/with/<int:second>/", duplicates.Merge.as_view(), name="merge"),
    path("<slug:edition>/desk/set-up/", set_up.SetUp.as_view(), name="set_up"),
    path("<slug:edition>/desk/set-up/edition/", set_up.ChangeEdition.as_view(), name="change_edition"),
    path("<slug:edition>/desk/set-up/copy/", set_up.CopyEdition.as_view(), name="copy_edition"),
    path("<slug:edition>/desk/set-up/days/", set_up.AddDay.as_view(), name="add_day"),
    path("<slug:edition>/desk/set-up/targets/", set_up.AddTarget.as_view(), name="add_target"),
    path("<slug:edition>/desk/set-up/papers/", set_up.AddLegalPaper.as_view(), name="add_legal_paper"),
    path("<slug:edition>/desk/papers/<int:pk>.pdf", set_up.LegalPaperFile.as_view(), name="legal_paper_file"),
    path("<slug:edition>/desk/set-up/programme/", set_up.AddProgrammeItem.as_view(), name="add_programme_item"),
    path(
        "<slug:edition>/desk/set-up/programme/<int:pk>/",
        set_up.ChangeProgrammeItem.as_view(),
        name="change_programme_item",
    ),
    path(
        "<slug:edition>/desk/set-up/programme/<int:pk>/remove/",
        set_up.RemoveProgrammeItem.as_view(),
        name="remove_programme_item",
    ),
    path("<slug:edition>/desk/set-up/support/", support.AddSupportRule.as_view(), name="add_support_rule"),
    path(
        "<slug:edition>/desk/set-up/support/<int:pk>/", support.ChangeSupportRule.as_view(), name="change_support_rule"
    ),
    path(
        "<slug:edition>/desk/set-up/support/<int:pk>/remove/",
        support.RemoveSupportRule.as_view(),
        name="remove_support_rule",
    ),
    path("<slug:edition>/desk/set-up/funds/", support.AddFund.as_view(), name="add_fund"),
    path("<slug:edition>/desk/set-up/funds/<int:pk>/", support.ChangeFund.as_view(), name="change_fund"),
    path("<slug:edition>/desk/set-up/funds/<int:pk>/remove/", support.RemoveFund.as_view(), name="remove_fund"),
    path("<slug:edition>/desk/officers/", set_up.Officers.as_view(), name="officers"),
    path("<slug:edition>/desk/officers/<int:pk>/dismiss/", set_up.DismissOfficer.as_view(), name="dismiss_officer"),
    path("<slug:edition>/notices/", money.Notices.as_view(), name="notices"),
    path("<slug:edition>/notices/<int:pk>/", money.NoticeView.as_view(), name="notice"),
    path("<slug:edition>/notices/<int:pk>.pdf", money.NoticePdf.as_view(), name="notice_pdf"),
    path("<slug:edition>/notices/<int:pk>/cancel/", money.CancelNotice.as_view(), name="cancel_notice"),
    path("<slug:edition>/desk/money/", money.MoneyDesk.as_view(), name="money_desk"),
    path("<slug:edition>/desk/money/account/", money.SetBankAccount.as_view(), name="bank_account"),
    path("<slug:edition>/desk/money/ways/<slug:audience>/", ways.SetWays.as_view(), name="set_ways"),
    path("<slug:edition>/desk/money/vat/", vat.VatRates.as_view(), name="vat_rates"),
    path("<slug:edition>/desk/money/vat/<int:pk>/remove/", vat.RemoveVatRate.as_view(), name="remove_vat_rate"),
    path("<slug:edition>/desk/money/support/", support.SupportGiven.as_view(), name="support_given"),
    path("<slug:edition>/desk/report/", report.Report.as_view(), name="report"),
    path("<slug:edition>/desk/report.xlsx", report.ReportSheet.as_view(), name="report_xlsx"),
    path("<slug:edition>/desk/report.pdf", report.ReportPaper.as_view(), name="report_pdf"),
    path("<slug:edition>/desk/report/<slug:breakdown>/", breakdowns.Breakdown.as_view(), name="breakdown"),
    path(
        "<slug:edition>/desk/report/<slug:breakdown>/by/<slug:cut>/",
        breakdowns.BreakdownRows.as_view(),
        name="breakdown_rows",
    ),
    path("<slug:edition>/desk/report/<line>/<figure>/", report.ReportRows.as_view(), name="report_rows"),
    path("<slug:edition>/desk/import/", uploads.Imports.as_view(), name="imports"),
    path("<slug:edition>/desk/import/<kind>/", uploads.Uploads.as_view(), name="uploads"),
    path("<slug:edition>/desk/import/<kind>/sample.xlsx", uploads.SampleSheet.as_view(), name="upload_sample"),
    path("<slug:edition>/desk/import/<kind>/<int:pk>/", uploads.UploadPage.as_view(), name="upload"),
    path("<slug:edition>/desk/import/<kind>/<int:pk>/begin/", uploads.BeginImport.as_view(), name="begin_import"),
    path("<slug:edition>/desk/import/<kind>/<int:pk>/stop/", uploads.StopImport.as_view(), name="stop_import"),
    path("<slug:edition>/desk/import/<kind>/<int:pk>/drop/", uploads.DropUpload.as_view(), name="drop_upload"),
]
