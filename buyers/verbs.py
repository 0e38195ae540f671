"""The journal's verbs of the buyers, in words."""

from django.utils.translation import gettext_lazy as _

from fairs.discovery import Arrival, add_arrivals, add_verbs, add_verbs_of_many

add_verbs(
    {
        "buyers.registration.invite": _("%(actor)s invited %(company)s"),
        "buyers.registration.register": _("%(actor)s registered %(company)s"),
        "buyers.registration.enter": _("%(actor)s entered %(company)s from a sheet"),
        "buyers.registration.edit": _("%(actor)s changed the registration of %(company)s"),
        "buyers.registration.approve": _("%(actor)s approved %(company)s"),
        "buyers.registration.decline": _("%(actor)s declined %(company)s"),
        "buyers.registration.withdraw": _("%(actor)s withdrew the registration of %(company)s"),
        "buyers.registration.grade": _("%(actor)s changed the grade of %(company)s"),
        "buyers.campaign.begin": _("%(actor)s began the invitations “%(subject)s”"),
        "buyers.campaign.stop": _("%(actor)s stopped the invitations “%(subject)s”"),
        "buyers.campaign.resume": _("%(actor)s went on with the invitations “%(subject)s”"),
        "buyers.campaign.finish": _("The invitations “%(subject)s” are sent"),
        "buyers.invitee.refuse": _("Somebody of %(company)s asked for no more invitations"),
        "buyers.companionrules.set": _("%(actor)s set how many may come with an importer"),
        "buyers.companion.add": _("%(actor)s named somebody who comes with %(company)s"),
        "buyers.companion.approve": _("%(actor)s approved somebody who comes with %(company)s"),
        "buyers.companion.leave": _("%(actor)s noted that somebody does not come with %(company)s"),
        "buyers.badge.issue": _("%(actor)s issued a badge"),
        "buyers.badge.revoke": _("%(actor)s revoked a badge"),
        "buyers.gate.add": _("%(actor)s opened the gate %(subject)s"),
        "buyers.area.add": _("%(actor)s named the area %(subject)s"),
        "buyers.accessrule.add": _("%(actor)s set when badges open a gate"),
        "buyers.accessrule.remove": _("%(actor)s removed a time in which badges open a gate"),
        "buyers.gaterules.edit": _("%(actor)s changed the rules of the gates"),
        "buyers.device.add": _("%(actor)s prepared the device %(subject)s for a gate"),
        "buyers.device.enrol": _("The device %(subject)s was taken into use"),
        "buyers.device.cut_off": _("%(actor)s cut off the device %(subject)s"),
        "buyers.printrun.begin": _("%(actor)s had %(subject)s badges drawn for printing"),
        "buyers.printrun.finish": _("%(subject)s badges are ready to print"),
        "buyers.printrun.stop": _("%(actor)s stopped the printing of %(subject)s badges"),
        "buyers.printrun.fail": _("%(subject)s badges could not be drawn for printing"),
    }
)

add_verbs_of_many(
    {
        "buyers.registration.invite": _("%(actor)s invited %(count)d companies"),
        "buyers.registration.enter": _("%(actor)s entered %(count)d importers from a sheet"),
        "buyers.registration.approve": _("%(actor)s approved %(count)d importers"),
        "buyers.registration.decline": _("%(actor)s declined %(count)d importers"),
        "buyers.badge.issue": _("%(actor)s issued %(count)d badges"),
        "buyers.gate.add": _("%(actor)s opened the gates %(subject)s"),
    }
)

add_arrivals([Arrival("buyers.registration.register", _("Registrations"), ("D1.registered",))])
