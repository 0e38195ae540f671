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
        "matchmaking.meeting.move": _("%(actor)s moved a meeting: %(subject)s"),
        "matchmaking.meeting.substitute": _("%(actor)s sends somebody else to a meeting: %(subject)s"),
        "matchmaking.proposal.propose": _("%(actor)s proposed another time: %(subject)s"),
        "matchmaking.proposal.take": _("%(actor)s took the other time: %(subject)s"),
        "matchmaking.proposal.refuse": _("%(actor)s did not take the other time: %(subject)s"),
        "matchmaking.proposal.withdraw": _("The other time is no longer asked about: %(subject)s"),
        "matchmaking.proposal.lapse": _("Nobody answered about the other time: %(subject)s"),
        "matchmaking.seat.add": _("%(actor)s named who meets for %(company)s"),
        "matchmaking.seat.change": _("%(actor)s changed who meets for %(company)s"),
        "fairs.participation.set_away": _("%(actor)s said when somebody of %(company)s is away"),
        "fairs.participation.stop_nudges": _("%(company)s wants no more reminders of meetings"),
        "fairs.edition.add_tables": _("%(actor)s set up tables for meetings"),
        "matchmaking.table.use": _("%(actor)s put a table to use again"),
        "matchmaking.table.close": _("%(actor)s took a table out of use"),
        "matchmaking.interpreter.add": _("%(actor)s took an interpreter onto the list"),
        "matchmaking.interpreter.use": _("%(actor)s lets an interpreter be booked again"),
        "matchmaking.interpreter.close": _("%(actor)s lets an interpreter no longer be booked"),
        "matchmaking.interpreter.set_hours": _("%(actor)s set the hours of an interpreter"),
        "matchmaking.meetingrules.set": _("%(actor)s set the rules of meetings"),
        "matchmaking.mustmeet.add": _("%(company)s put an exhibitor onto the list of those to meet"),
        "matchmaking.mustmeet.remove": _("%(company)s took an exhibitor off the list of those to meet"),
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
