"""The addresses of the meeting and contract pages."""

from django.urls import path

from matchmaking.views import agenda, confirm, deals, deals_desk, meetings, meetings_desk, must_meet

app_name = "matchmaking"
urlpatterns = [
    # Links for those who are not signed in: what they carry cannot be guessed.
    path("c/agenda/<str:token>.ics", agenda.AgendaIcs.as_view(), name="agenda_ics"),
    path("c/meeting/<str:signed>.ics", agenda.MeetingIcs.as_view(), name="meeting_ics"),
    path("c/<str:token>/", confirm.Confirm.as_view(), name="confirm"),
    path("c/<str:token>/yes/", confirm.ConfirmYes.as_view(), name="confirm_yes"),
    path("c/<str:token>/differs/", confirm.ConfirmDiffers.as_view(), name="confirm_differs"),
    path("<slug:edition>/my-registration/exhibitors/", must_meet.MustMeets.as_view(), name="must_meet"),
    path(
        "<slug:edition>/my-registration/exhibitors/<int:participation>/add/",
        must_meet.AddMustMeet.as_view(),
        name="add_must_meet",
    ),
    path(
        "<slug:edition>/my-registration/exhibitors/<int:participation>/remove/",
        must_meet.EndMustMeet.as_view(),
        name="end_must_meet",
    ),
    path("<slug:edition>/meetings/", agenda.Agenda.as_view(), name="agenda"),
    path("<slug:edition>/meetings/calendar/open/", agenda.OpenAgendaLink.as_view(), name="open_agenda_link"),
    path("<slug:edition>/meetings/calendar/revoke/", agenda.RevokeAgendaLink.as_view(), name="revoke_agenda_link"),
    path("<slug:edition>/meetings/walk-in/", meetings.WalkIn.as_view(), name="walk_in"),
    path("<slug:edition>/meetings/ask/<int:participation>/", meetings.Ask.as_view(), name="ask"),
    path("<slug:edition>/meetings/<int:pk>/", meetings.MeetingView.as_view(), name="meeting"),
    path("<slug:edition>/meetings/<int:pk>/accept/", meetings.AcceptMeeting.as_view(), name="accept_meeting"),
    path("<slug:edition>/meetings/<int:pk>/decline/", meetings.DeclineMeeting.as_view(), name="decline_meeting"),
    path("<slug:edition>/meetings/<int:pk>/cancel/", meetings.CancelMeeting.as_view(), name="cancel_meeting"),
    path("<slug:edition>/meetings/<int:pk>/held/", meetings.MarkHeld.as_view(), name="mark_held"),
    path("<slug:edition>/meetings/<int:pk>/no-show/", meetings.MarkNoShow.as_view(), name="mark_no_show"),
    path("<slug:edition>/contracts/", deals.Deals.as_view(), name="deals"),
    path("<slug:edition>/contracts/new/", deals.RecordDeal.as_view(), name="record_deal"),
    path("<slug:edition>/contracts/<int:pk>/", deals.DealView.as_view(), name="deal"),
    path("<slug:edition>/contracts/<int:pk>/confirm/", deals.ConfirmDeal.as_view(), name="confirm_deal"),
    path("<slug:edition>/contracts/<int:pk>/differs/", deals.DisputeDeal.as_view(), name="dispute_deal"),
    path("<slug:edition>/contracts/<int:pk>/agree/", deals.AgreeDeal.as_view(), name="agree_deal"),
    path("<slug:edition>/contracts/<int:pk>/cancel/", deals.CancelDeal.as_view(), name="cancel_deal"),
    path("<slug:edition>/desk/meetings/", meetings_desk.MeetingsDesk.as_view(), name="meetings_desk"),
    path("<slug:edition>/desk/meetings/ask/", meetings_desk.AskForOthers.as_view(), name="ask_for_others"),
    path("<slug:edition>/desk/meetings/rules/", meetings_desk.Rules.as_view(), name="meeting_rules"),
    path("<slug:edition>/desk/contracts/new/", meetings_desk.RecordForOthers.as_view(), name="record_for_others"),
    path("<slug:edition>/desk/contracts/", deals_desk.DealsDesk.as_view(), name="deals_desk"),
    path("<slug:edition>/desk/contracts.xlsx", deals_desk.DealsSheet.as_view(), name="deals_xlsx"),
]
