"""The addresses of the meeting and contract pages."""

from django.urls import path

from matchmaking.views import agenda, booth_card, confirm, deals, deals_desk, leads, leads_desk, meetings, meetings_desk

app_name = "matchmaking"
urlpatterns = [
    # Links for those who are not signed in: what they carry cannot be guessed.
    path("c/agenda/<str:token>.ics", agenda.AgendaIcs.as_view(), name="agenda_ics"),
    path("c/meeting/<str:signed>.ics", agenda.MeetingIcs.as_view(), name="meeting_ics"),
    path("c/share/<str:signed>/", booth_card.Share.as_view(), name="share"),
    path("c/<str:token>/", confirm.Confirm.as_view(), name="confirm"),
    path("c/<str:token>/yes/", confirm.ConfirmYes.as_view(), name="confirm_yes"),
    path("c/<str:token>/differs/", confirm.ConfirmDiffers.as_view(), name="confirm_differs"),
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
    path("<slug:edition>/hello/<str:card>/", booth_card.Hello.as_view(), name="hello"),
    path("<slug:edition>/my-details/", booth_card.Makers.as_view(), name="makers"),
    path("<slug:edition>/my-details/<int:pk>/take-back/", booth_card.TakeBack.as_view(), name="take_back"),
    path("<slug:edition>/visitors/", leads.Leads.as_view(), name="leads"),
    path("<slug:edition>/visitors.xlsx", leads.LeadsSheet.as_view(), name="leads_xlsx"),
    path("<slug:edition>/visitors/scan/", leads.Scan.as_view(), name="lead_scan"),
    path("<slug:edition>/visitors/card/", booth_card.CardPage.as_view(), name="booth_card"),
    path("<slug:edition>/visitors/card.pdf", booth_card.CardPdf.as_view(), name="booth_card_pdf"),
    path("<slug:edition>/visitors/card/make/", booth_card.MakeCard.as_view(), name="make_booth_card"),
    path("<slug:edition>/visitors/card/renew/", booth_card.RenewCard.as_view(), name="renew_booth_card"),
    path("<slug:edition>/visitors/<int:pk>/", leads.LeadView.as_view(), name="lead"),
    path("<slug:edition>/visitors/<int:pk>/done/", leads.DoStep.as_view(), name="do_step"),
    path("<slug:edition>/visitors/<int:pk>/met/", leads.MeetLead.as_view(), name="meet_lead"),
    path("<slug:edition>/desk/visitors/", leads_desk.LeadsDesk.as_view(), name="leads_desk"),
    path("<slug:edition>/desk/meetings/", meetings_desk.MeetingsDesk.as_view(), name="meetings_desk"),
    path("<slug:edition>/desk/meetings/ask/", meetings_desk.AskForOthers.as_view(), name="ask_for_others"),
    path("<slug:edition>/desk/meetings/rules/", meetings_desk.Rules.as_view(), name="meeting_rules"),
    path("<slug:edition>/desk/contracts/new/", meetings_desk.RecordForOthers.as_view(), name="record_for_others"),
    path("<slug:edition>/desk/contracts/", deals_desk.DealsDesk.as_view(), name="deals_desk"),
    path("<slug:edition>/desk/contracts.xlsx", deals_desk.DealsSheet.as_view(), name="deals_xlsx"),
]
