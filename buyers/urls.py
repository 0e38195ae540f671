"""The addresses of the buyer pages."""

from django.urls import path

from buyers.views import badges, desk, gate, register, registration, visa, visa_check, visa_desk

app_name = "buyers"
urlpatterns = [
    path("<slug:edition>/register/", register.Register.as_view(), name="register"),
    path("<slug:edition>/my-registration/", registration.OwnRegistration.as_view(), name="registration"),
    path("<slug:edition>/my-registration/withdraw/", registration.Withdraw.as_view(), name="withdraw"),
    path("<slug:edition>/my-visa-letter/", visa.OwnLetter.as_view(), name="visa"),
    path("<slug:edition>/my-visa-letter/withdraw/", visa.WithdrawLetter.as_view(), name="withdraw_visa"),
    path("<slug:edition>/visa-letters/<int:pk>.pdf", visa.LetterPdf.as_view(), name="visa_pdf"),
    path("<slug:edition>/visa-letters/check/<slug:token>/", visa_check.CheckLetter.as_view(), name="visa_check"),
    path("<slug:edition>/desk/visa-letters/", visa_desk.VisaDesk.as_view(), name="visa_desk"),
    path("<slug:edition>/desk/visa-letters/rules/", visa_desk.SetVisaRules.as_view(), name="visa_rules"),
    path("<slug:edition>/desk/visa-letters/<int:pk>/", visa_desk.VisaLetterDesk.as_view(), name="visa_letter"),
    path("<slug:edition>/badge/", badges.OwnBadge.as_view(), name="badge"),
    path("<slug:edition>/badges/<int:pk>.pdf", badges.BadgePdf.as_view(), name="badge_pdf"),
    path("<slug:edition>/passes/", badges.Passes.as_view(), name="passes"),
    path("<slug:edition>/passes/<int:pk>/end/", badges.EndPass.as_view(), name="end_pass"),
    path("<slug:edition>/desk/importers/", desk.ImportersDesk.as_view(), name="importers_desk"),
    path("<slug:edition>/desk/importers/invite/", desk.Invite.as_view(), name="invite"),
    path("<slug:edition>/desk/importers/badges.pdf", badges.BadgeSheets.as_view(), name="badge_sheets"),
    path("<slug:edition>/desk/importers/<int:pk>/", desk.ImporterDesk.as_view(), name="importer_desk"),
    path("<slug:edition>/desk/badges/<int:pk>/reissue/", badges.Reissue.as_view(), name="reissue_badge"),
    path("<slug:edition>/desk/badges/<int:pk>/revoke/", badges.Revoke.as_view(), name="revoke_badge"),
    path("<slug:edition>/gate/", gate.Gates.as_view(), name="gate"),
    path("<slug:edition>/gate/counter/", gate.Counter.as_view(), name="gate_counter"),
    path("<slug:edition>/gate/<int:gate>/scan/", gate.Scanning.as_view(), name="scan"),
]
