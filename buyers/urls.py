"""The addresses of the buyer pages."""

from django.urls import path

from buyers.views import badges, desk, gate, gate_app, register, registration

app_name = "buyers"
urlpatterns = [
    path("gate/", gate_app.GateApp.as_view(), name="gate_app"),
    path("gate/sw.js", gate_app.GateWorker.as_view(), name="gate_worker"),
    path("gate/manifest.webmanifest", gate_app.GateManifest.as_view(), name="gate_manifest"),
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
    path("<slug:edition>/desk/badges/<int:pk>/reissue/", badges.Reissue.as_view(), name="reissue_badge"),
    path("<slug:edition>/desk/badges/<int:pk>/revoke/", badges.Revoke.as_view(), name="revoke_badge"),
    path("<slug:edition>/gate/", gate.Gates.as_view(), name="gate"),
    path("<slug:edition>/gate/live/", gate.GatesLive.as_view(), name="gate_live"),
    path("<slug:edition>/gate/figures/", gate.GateFigures.as_view(), name="gate_figures"),
    path("<slug:edition>/gate/devices/add/", gate.AddDevice.as_view(), name="add_device"),
    path("<slug:edition>/gate/devices/<int:pk>/", gate.DevicePage.as_view(), name="device"),
    path("<slug:edition>/gate/devices/<int:pk>/cut-off/", gate.CutOff.as_view(), name="cut_off_device"),
    path("<slug:edition>/gate/access/", gate.AccessPage.as_view(), name="access"),
    path("<slug:edition>/gate/access/<int:pk>/remove/", gate.RemoveAccess.as_view(), name="remove_access"),
    path("<slug:edition>/gate/areas/add/", gate.AddArea.as_view(), name="add_area"),
    path("<slug:edition>/gate/rules/", gate.ChangeGateRules.as_view(), name="gate_rules"),
]
