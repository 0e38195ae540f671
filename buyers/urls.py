"""The addresses of the buyer pages."""

from django.urls import path

from buyers.views import badges, companions, desk, gate, invitations, invited, register, registration

app_name = "buyers"
urlpatterns = [
    path("<slug:edition>/register/", register.Register.as_view(), name="register"),
    path("<slug:edition>/my-registration/", registration.OwnRegistration.as_view(), name="registration"),
    path("<slug:edition>/my-registration/withdraw/", registration.Withdraw.as_view(), name="withdraw"),
    path("<slug:edition>/my-registration/companions/", companions.OwnCompanions.as_view(), name="companions"),
    path(
        "<slug:edition>/my-registration/companions/<int:companion>/end/",
        companions.EndOwnCompanion.as_view(),
        name="end_own_companion",
    ),
    path("<slug:edition>/invited/<str:invitation>/", invited.Invited.as_view(), name="invited"),
    path(
        "<slug:edition>/invited/<str:invitation>/no-more/",
        invited.RefuseInvitations.as_view(),
        name="refuse_invitations",
    ),
    path("<slug:edition>/badge/", badges.OwnBadge.as_view(), name="badge"),
    path("<slug:edition>/badges/<int:pk>.pdf", badges.BadgePdf.as_view(), name="badge_pdf"),
    path("<slug:edition>/passes/", badges.Passes.as_view(), name="passes"),
    path("<slug:edition>/passes/<int:pk>/end/", badges.EndPass.as_view(), name="end_pass"),
    path("<slug:edition>/desk/importers/", desk.ImportersDesk.as_view(), name="importers_desk"),
    path("<slug:edition>/desk/importers/invite/", desk.Invite.as_view(), name="invite"),
    path("<slug:edition>/desk/importers/badges.pdf", badges.BadgeSheets.as_view(), name="badge_sheets"),
    path("<slug:edition>/desk/importers/invitations/", invitations.Campaigns.as_view(), name="campaigns"),
    path("<slug:edition>/desk/importers/invitations/new/", invitations.NewCampaign.as_view(), name="new_campaign"),
    path("<slug:edition>/desk/importers/invitations/<int:pk>/", invitations.CampaignView.as_view(), name="campaign"),
    path(
        "<slug:edition>/desk/importers/invitations/<int:pk>/stop/",
        invitations.StopCampaign.as_view(),
        name="stop_campaign",
    ),
    path(
        "<slug:edition>/desk/importers/invitations/<int:pk>/resume/",
        invitations.ResumeCampaign.as_view(),
        name="resume_campaign",
    ),
    path("<slug:edition>/desk/importers/companions/", companions.CompanionRulesPage.as_view(), name="companion_rules"),
    path(
        "<slug:edition>/desk/importers/<int:pk>/companions/",
        companions.CompanionsAtTheDesk.as_view(),
        name="companions_desk",
    ),
    path(
        "<slug:edition>/desk/importers/<int:pk>/companions/<int:companion>/end/",
        companions.EndCompanionAtTheDesk.as_view(),
        name="end_companion",
    ),
    path("<slug:edition>/desk/importers/<int:pk>/", desk.ImporterDesk.as_view(), name="importer_desk"),
    path("<slug:edition>/desk/badges/<int:pk>/reissue/", badges.Reissue.as_view(), name="reissue_badge"),
    path("<slug:edition>/desk/badges/<int:pk>/revoke/", badges.Revoke.as_view(), name="revoke_badge"),
    path("<slug:edition>/gate/", gate.Gates.as_view(), name="gate"),
    path("<slug:edition>/gate/counter/", gate.Counter.as_view(), name="gate_counter"),
    path("<slug:edition>/gate/<int:gate>/scan/", gate.Scanning.as_view(), name="scan"),
]
