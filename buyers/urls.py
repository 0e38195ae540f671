"""The addresses of the buyer pages."""

from django.urls import path

from buyers.views import badges, badges_desk, desk, ebadge, gate, printing, register, registration, welcome

app_name = "buyers"
urlpatterns = [
    path("<slug:edition>/register/", register.Register.as_view(), name="register"),
    path("<slug:edition>/my-registration/", registration.OwnRegistration.as_view(), name="registration"),
    path("<slug:edition>/my-registration/withdraw/", registration.Withdraw.as_view(), name="withdraw"),
    path("<slug:edition>/badge/", badges.OwnBadge.as_view(), name="badge"),
    path("<slug:edition>/badges/<int:pk>.pdf", badges.BadgePdf.as_view(), name="badge_pdf"),
    path("<slug:edition>/passes/", badges.Passes.as_view(), name="passes"),
    path("<slug:edition>/passes/<int:pk>/end/", badges.EndPass.as_view(), name="end_pass"),
    path("<slug:edition>/desk/importers/", desk.ImportersDesk.as_view(), name="importers_desk"),
    path("<slug:edition>/desk/importers/invite/", desk.Invite.as_view(), name="invite"),
    path("<slug:edition>/desk/importers/badges.pdf", badges.BadgeSheets.as_view(), name="badge_sheets"),
    path("<slug:edition>/desk/importers/<int:pk>/", desk.ImporterDesk.as_view(), name="importer_desk"),
    path("<slug:edition>/badge/worker.js", ebadge.worker, name="badge_worker"),
    path("<slug:edition>/desk/badges/", badges_desk.BadgesDesk.as_view(), name="badges_desk"),
    path("<slug:edition>/desk/badges/new/", badges_desk.IssueBadge.as_view(), name="issue_badge"),
    path("<slug:edition>/desk/badges/<int:pk>/", badges_desk.OneBadge.as_view(), name="badge_desk"),
    path("<slug:edition>/desk/badges/prints/", printing.BeginPrint.as_view(), name="begin_print"),
    path("<slug:edition>/desk/badges/prints/<int:pk>/", printing.PrintRunPage.as_view(), name="print_run"),
    path("<slug:edition>/desk/badges/prints/<int:pk>/stop/", printing.StopPrint.as_view(), name="stop_print"),
    path("<slug:edition>/desk/badges/prints/<int:pk>.pdf", printing.PrintFile.as_view(), name="print_file"),
    path("<slug:edition>/desk/welcome/", welcome.Welcome.as_view(), name="welcome"),
    path("<slug:edition>/desk/badges/<int:pk>/reissue/", badges.Reissue.as_view(), name="reissue_badge"),
    path("<slug:edition>/desk/badges/<int:pk>/revoke/", badges.Revoke.as_view(), name="revoke_badge"),
    path("<slug:edition>/gate/", gate.Gates.as_view(), name="gate"),
    path("<slug:edition>/gate/counter/", gate.Counter.as_view(), name="gate_counter"),
    path("<slug:edition>/gate/<int:gate>/scan/", gate.Scanning.as_view(), name="scan"),
]
