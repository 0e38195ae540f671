"""The journal's verbs of the buyers, in words."""

from django.utils.translation import gettext_lazy as _

from fairs.discovery import Arrival, add_arrivals, add_verbs, add_verbs_of_many

add_verbs(
    {
        "buyers.registration.invite": _("%(actor)s invited %(company)s"),
        "buyers.registration.register": _("%(actor)s registered %(company)s"),
        "buyers.registration.enter": _("%(actor)s entered %(company)s from a sheet"),
        "buyers.registration.edit": _("%(actor)s changed the registration of %(company)s"),
        "buyers.registration.ask": _("%(actor)s asked %(company)s for more"),
        "buyers.registration.answer": _("%(actor)s answered for %(company)s"),
        "buyers.registration.give": _("%(actor)s gave evidence of %(company)s"),
        "buyers.registration.check": _("%(actor)s checked the evidence of %(company)s"),
        "buyers.hostedterms.publish": _("%(actor)s published version %(subject)s of the terms of hosting"),
        "buyers.hostedcontract.offer": _("%(actor)s offered %(company)s hosting"),
        "buyers.hostedcontract.lengthen": _("%(actor)s gave %(company)s longer to answer the offer"),
        "buyers.hostedcontract.accept": _("%(actor)s accepted hosting for %(company)s"),
        "buyers.hostedcontract.decline": _("%(actor)s declined hosting for %(company)s"),
        "buyers.hostedcontract.withdraw": _("%(actor)s withdrew %(company)s from hosting"),
        "buyers.hostedcontract.plan": _("%(actor)s wrote down costs of the journey of %(company)s"),
        "buyers.hostedcontract.arrange": _("%(actor)s arranged the journey of %(company)s"),
        "buyers.hostedcontract.arrive": _("%(company)s arrived at the fair"),
        "buyers.hostedcontract.miss": _("%(actor)s noted that %(company)s did not come"),
        "buyers.hostedcontract.fulfil": _("%(actor)s noted that %(company)s did what hosting asks"),
        "buyers.hostedcontract.fall_short": _("%(actor)s noted that %(company)s did less than hosting asks"),
        "buyers.hostedcontract.release": _("%(actor)s released the benefit of %(company)s"),
        "buyers.hostedcontract.refuse": _("%(actor)s refused the benefit of %(company)s"),
        "buyers.hostedcontract.pay_item": _("%(actor)s noted what is paid of the journey of %(company)s"),
        "buyers.hostedcontract.pay": _("%(actor)s paid the benefit of %(company)s"),
        "buyers.hostedcontract.close": _("%(actor)s closed the hosting of %(company)s"),
        "buyers.evidenceitem.add": _("%(actor)s put “%(subject)s” on the checklist"),
        "buyers.evidenceitem.change": _("%(actor)s changed “%(subject)s” on the checklist"),
        "buyers.evidenceitem.remove": _("%(actor)s took “%(subject)s” off the checklist"),
        "buyers.registration.approve": _("%(actor)s approved %(company)s"),
        "buyers.registration.decline": _("%(actor)s declined %(company)s"),
        "buyers.registration.withdraw": _("%(actor)s withdrew the registration of %(company)s"),
        "buyers.registration.grade": _("%(actor)s changed the grade of %(company)s"),
        "buyers.grade.add": _("%(actor)s added the grade %(subject)s"),
        "buyers.grade.change": _("%(actor)s changed the grade %(subject)s"),
        "buyers.grade.remove": _("%(actor)s removed the grade %(subject)s"),
        "buyers.market.add": _("%(actor)s added the market %(subject)s"),
        "buyers.market.change": _("%(actor)s changed the market %(subject)s"),
        "buyers.market.remove": _("%(actor)s removed the market %(subject)s"),
        "buyers.quota.set": _("%(actor)s set the quota %(subject)s"),
        "buyers.quota.remove": _("%(actor)s removed the quota %(subject)s"),
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
        "buyers.registration.check": _("%(actor)s checked the evidence of %(count)d importers"),
        "buyers.hostedcontract.offer": _("%(actor)s offered %(count)d importers hosting"),
        "buyers.hostedcontract.arrive": _("%(count)d hosted importers arrived at the fair"),
        "buyers.hostedcontract.miss": _("%(actor)s noted that %(count)d hosted importers did not come"),
        "buyers.hostedcontract.fulfil": _("%(actor)s noted that %(count)d importers did what hosting asks"),
        "buyers.hostedcontract.fall_short": _("%(actor)s noted that %(count)d importers did less than hosting asks"),
        "buyers.hostedcontract.release": _("%(actor)s released the benefit of %(count)d importers"),
        "buyers.hostedcontract.refuse": _("%(actor)s refused the benefit of %(count)d importers"),
        "buyers.badge.issue": _("%(actor)s issued %(count)d badges"),
        "buyers.gate.add": _("%(actor)s opened the gates %(subject)s"),
    }
)

add_arrivals([Arrival("buyers.registration.register", _("Registrations"), ("D1.registered",))])
