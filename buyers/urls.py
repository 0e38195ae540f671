"""The addresses of the buyer pages."""

from django.urls import path

from buyers.views import badges, desk, evidence, gate, grades, register, registration, vetting

app_name = "buyers"
urlpatterns = [
    path("<slug:edition>/register/", register.Register.as_view(), name="register"),
    path("<slug:edition>/my-registration/", registration.OwnRegistration.as_view(), name="registration"),
    path("<slug:edition>/my-registration/withdraw/", registration.Withdraw.as_view(), name="withdraw"),
    path("<slug:edition>/my-registration/evidence/", evidence.OwnEvidence.as_view(), name="evidence"),
    path("<slug:edition>/evidence/<int:pk>/", evidence.EvidenceFile.as_view(), name="evidence_file"),
    path("<slug:edition>/badge/", badges.OwnBadge.as_view(), name="badge"),
    path("<slug:edition>/badges/<int:pk>.pdf", badges.BadgePdf.as_view(), name="badge_pdf"),
    path("<slug:edition>/passes/", badges.Passes.as_view(), name="passes"),
    path("<slug:edition>/passes/<int:pk>/end/", badges.EndPass.as_view(), name="end_pass"),
    path("<slug:edition>/desk/importers/", desk.ImportersDesk.as_view(), name="importers_desk"),
    path("<slug:edition>/desk/importers/invite/", desk.Invite.as_view(), name="invite"),
    path("<slug:edition>/desk/importers/badges.pdf", badges.BadgeSheets.as_view(), name="badge_sheets"),
    path("<slug:edition>/desk/importers/<int:pk>/", desk.ImporterDesk.as_view(), name="importer_desk"),
    path("<slug:edition>/desk/importers/<int:pk>/evidence/", vetting.CheckEvidence.as_view(), name="check_evidence"),
    path("<slug:edition>/desk/importers/<int:pk>/ask/", vetting.AskForMore.as_view(), name="ask_for_more"),
    path("<slug:edition>/desk/importers/decide/", vetting.DecideMany.as_view(), name="decide_many"),
    path("<slug:edition>/desk/vetting/", vetting.Vetting.as_view(), name="vetting"),
    path("<slug:edition>/desk/checklist/add/", grades.AddEvidenceItem.as_view(), name="add_line"),
    path("<slug:edition>/desk/checklist/<int:pk>/", grades.EditEvidenceItem.as_view(), name="edit_line"),
    path("<slug:edition>/desk/checklist/<int:pk>/remove/", grades.RemoveEvidenceItem.as_view(), name="remove_line"),
    path("<slug:edition>/desk/grades/", grades.Grades.as_view(), name="grades"),
    path("<slug:edition>/desk/grades/add/", grades.AddGrade.as_view(), name="add_grade"),
    path("<slug:edition>/desk/grades/<int:pk>/", grades.EditGrade.as_view(), name="edit_grade"),
    path("<slug:edition>/desk/grades/<int:pk>/remove/", grades.RemoveGrade.as_view(), name="remove_grade"),
    path("<slug:edition>/desk/grades/<int:pk>/quota/", grades.SetQuota.as_view(), name="set_quota"),
    path("<slug:edition>/desk/quotas/<int:pk>/remove/", grades.RemoveQuota.as_view(), name="remove_quota"),
    path("<slug:edition>/desk/markets/add/", grades.AddMarket.as_view(), name="add_market"),
    path("<slug:edition>/desk/markets/<int:pk>/", grades.EditMarket.as_view(), name="edit_market"),
    path("<slug:edition>/desk/markets/<int:pk>/remove/", grades.RemoveMarket.as_view(), name="remove_market"),
    path("<slug:edition>/desk/badges/<int:pk>/reissue/", badges.Reissue.as_view(), name="reissue_badge"),
    path("<slug:edition>/desk/badges/<int:pk>/revoke/", badges.Revoke.as_view(), name="revoke_badge"),
    path("<slug:edition>/gate/", gate.Gates.as_view(), name="gate"),
    path("<slug:edition>/gate/counter/", gate.Counter.as_view(), name="gate_counter"),
    path("<slug:edition>/gate/<int:gate>/scan/", gate.Scanning.as_view(), name="scan"),
]
