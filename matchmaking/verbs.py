"""The journal's verbs of meetings and deals, in words."""

from django.utils.translation import gettext_lazy as _

from fairs.discovery import add_verbs

add_verbs(
    {
        "matchmaking.meeting.request": _("%(actor)s asked for a meeting: %(subject)s"),
        "matchmaking.meeting.accept": _("%(actor)s agreed to a meeting: %(subject)s"),
        "matchmaking.meeting.decline": _("%(actor)s declined a meeting: %(subject)s"),
        "matchmaking.meeting.expire": _("Nobody answered in time: %(subject)s"),
        "matchmaking.meeting.cancel": _("%(actor)s called off a meeting: %(subject)s"),
        "matchmaking.meeting.mark_held": _("%(actor)s noted that they met: %(subject)s"),
        "matchmaking.meeting.mark_no_show": _("%(actor)s noted who did not come: %(subject)s"),
        "matchmaking.meeting.walk_in": _("%(actor)s noted a meeting that was not booked: %(subject)s"),
        "matchmaking.meetingrules.set": _("%(actor)s set the rules of meetings"),
        "matchmaking.wish.say": _("%(company)s said whom they would like to meet or not"),
        "matchmaking.wish.take_back": _("%(company)s took a wish about a meeting back"),
        "matchmaking.matchingterms.set": _("%(actor)s set how proposals of meetings are weighed"),
        "matchmaking.agendalink.open": _("%(actor)s opened a calendar link"),
        "matchmaking.agendalink.revoke": _("%(actor)s closed a calendar link"),
        "matchmaking.lead.note": _("%(actor)s noted a visitor at the booth of %(company)s"),
        "matchmaking.lead.note_again": _("%(actor)s noted that a visitor came back to %(company)s"),
        "matchmaking.lead.write": _("%(actor)s wrote about a visitor of %(company)s"),
        "matchmaking.lead.do_step": _("%(actor)s did the next step for a visitor of %(company)s"),
        "matchmaking.lead.hand_over": _("A visitor agreed that %(company)s has their details"),
        "matchmaking.lead.take_back": _("A visitor took their details back from %(company)s"),
        "matchmaking.boothcard.make": _("%(actor)s made the card for the table of %(company)s"),
        "matchmaking.boothcard.revoke": _("%(actor)s ended the card of %(company)s"),
        "matchmaking.deal.record": _("%(company)s recorded %(subject)s"),
        "matchmaking.deal.confirm": _("The other side confirmed %(subject)s"),
        "matchmaking.deal.dispute": _("The other side says that %(subject)s differs"),
        "matchmaking.deal.agree": _("%(actor)s agreed to the other side’s value of %(subject)s"),
        "matchmaking.deal.cancel": _("%(actor)s took %(subject)s back"),
    }
)
