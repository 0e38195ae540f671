"""The journal's verbs of the common ground, in words."""

from django.utils.translation import gettext_lazy as _

from fairs.discovery import add_verbs, add_verbs_of_many

add_verbs(
    {
        "fairs.edition.create": _("%(actor)s began the edition"),
        "fairs.edition.copy": _("%(actor)s copied the set-up of an earlier edition"),
        "fairs.edition.change": _("%(actor)s changed the edition"),
        "fairs.edition.set_targets": _("%(actor)s set targets"),
        "fairs.edition.set_days": _("%(actor)s set the opening days"),
        "fairs.legalpaper.add": _("%(actor)s registered the paper %(subject)s"),
        "fairs.programmeitem.add": _("%(actor)s added to the programme"),
        "fairs.programmeitem.change": _("%(actor)s changed the programme"),
        "fairs.programmeitem.remove": _("%(actor)s took something off the programme"),
        "fairs.officer.appoint": _("%(actor)s gave somebody the role %(subject)s"),
        "fairs.officer.dismiss": _("%(actor)s took back the role %(subject)s"),
        "fairs.supportrule.set": _("%(actor)s set a support rule"),
        "fairs.bankaccount.set": _("%(actor)s set the bank account for transfers"),
        "fairs.exchangerate.set": _("%(actor)s entered an exchange rate"),
        "fairs.exchangerate.correct": _("%(actor)s corrected an exchange rate"),
        "fairs.person.enter": _("%(actor)s entered a person"),
        "fairs.person.change": _("%(actor)s changed what we know of a person"),
        "fairs.person.close": _("%(actor)s closed an account"),
        "fairs.product.add": _("%(actor)s entered a product of %(company)s"),
        "fairs.product.change": _("%(actor)s changed a product of %(company)s"),
        "fairs.product.photograph": _("%(actor)s changed the photo of a product of %(company)s"),
        "fairs.product.remove": _("%(actor)s removed a product of %(company)s"),
        "fairs.company.found": _("%(actor)s entered %(company)s"),
        "fairs.company.change": _("%(actor)s changed what %(company)s says about itself"),
        "fairs.company.merge": _("%(actor)s merged “%(subject)s” into %(company)s"),
        "fairs.company.end": _("%(actor)s merged %(company)s into “%(subject)s”"),
        "fairs.company.add_member": _("%(actor)s added a person to %(company)s"),
        "fairs.company.remove_member": _("%(actor)s removed a person from %(company)s"),
        "fairs.invitation.send": _("%(actor)s invited a person to act for %(company)s"),
        "fairs.invitation.accept": _("%(actor)s agreed to act for %(company)s"),
        "fairs.invitation.end": _("%(actor)s ended an invitation to act for %(company)s"),
        "fairs.notice.issue": _("Payment notice %(subject)s for %(company)s"),
        "fairs.notice.settle": _("%(company)s paid %(subject)s in full"),
        "fairs.notice.cancel": _("%(actor)s cancelled the payment notice %(subject)s"),
        "fairs.notice.reopen": _("%(subject)s of %(company)s is not paid in full any more"),
        "fairs.notice.credit": _("%(actor)s credited all of %(subject)s to %(company)s"),
        "fairs.notice.remind": _("%(actor)s reminded %(company)s of %(subject)s"),
        "fairs.einvoice.record": _("%(actor)s wrote down the e-invoice %(subject)s for %(company)s"),
        "fairs.einvoice.set_status": _("%(actor)s changed the status of the e-invoice %(subject)s"),
        "fairs.creditnote.issue": _("%(actor)s issued the credit note %(subject)s to %(company)s"),
        "fairs.payment.receive": _("%(actor)s recorded the receipt %(subject)s from %(company)s"),
        "fairs.payment.assign": _("%(actor)s put %(subject)s onto a notice of %(company)s"),
        "fairs.payment.take_off": _("%(actor)s took %(subject)s off a notice of %(company)s"),
        "fairs.payment.void": _("%(actor)s made the receipt %(subject)s void"),
        "fairs.refund.ask": _("%(actor)s asked for the refund %(subject)s to %(company)s"),
        "fairs.refund.send": _("The refund %(subject)s to %(company)s is on its way"),
        "fairs.refund.finish": _("The refund %(subject)s to %(company)s is done"),
        "fairs.refund.fail": _("The refund %(subject)s to %(company)s did not go through"),
        "fairs.upload.receive": _("%(actor)s uploaded the sheet %(subject)s"),
        "fairs.upload.correct": _("%(actor)s corrected the sheet %(subject)s"),
        "fairs.upload.begin": _("%(actor)s began to import %(subject)s"),
        "fairs.upload.stop": _("The import of %(subject)s was stopped"),
        "fairs.upload.finish": _("%(actor)s imported %(subject)s"),
        "fairs.upload.drop": _("%(actor)s put the sheet %(subject)s away"),
    }
)

add_verbs_of_many(
    {
        "fairs.company.found": _("%(actor)s entered %(count)d companies"),
        "fairs.legalpaper.add": _("%(actor)s registered the papers %(subject)s"),
        "fairs.notice.remind": _("%(actor)s sent %(count)d reminders"),
        "fairs.officer.appoint": _("%(actor)s gave %(count)d roles: %(subject)s"),
        "fairs.person.enter": _("%(actor)s entered %(count)d people"),
        "fairs.product.add": _("%(actor)s entered %(count)d products of %(company)s"),
        "fairs.programmeitem.add": _("%(actor)s added %(count)d items to the programme"),
        "fairs.supportrule.set": _("%(actor)s set %(count)d support rules"),
    }
)
