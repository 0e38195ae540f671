"""The journal's verbs of the booths, in words."""

from django.utils.translation import gettext_lazy as _

from fairs.discovery import Arrival, add_arrivals, add_verbs, add_verbs_of_many

add_verbs(
    {
        "fairs.edition.lay_floor": _("%(actor)s laid the floor"),
        "booths.floordraft.begin": _("%(actor)s began to change the floor plan"),
        "booths.floordraft.drop": _("%(actor)s dropped the draft of the floor plan"),
        "booths.floordraft.take": _("%(actor)s took a sheet into the draft of the floor plan"),
        "booths.floorversion.publish": _("%(actor)s published floor plan %(subject)s"),
        "booths.floorversion.restore": _("%(actor)s took floor plan %(subject)s as the draft"),
        "booths.saleterms.set": _("%(actor)s set the sale terms"),
        "booths.opening.set": _("%(actor)s set the round “%(subject)s” of the sale"),
        "booths.opening.remove": _("%(actor)s took the round “%(subject)s” out of the sale"),
        "booths.waitingroom.set": _("%(actor)s set the waiting room"),
        "booths.waitingroom.remove": _("%(actor)s took the waiting room away"),
        "booths.waitingplace.join": _("%(company)s came to the waiting room"),
        "booths.waitingplace.let_in": _("%(company)s was let in from the waiting room"),
        "booths.waitingplace.leave": _("%(company)s left the waiting room"),
        "booths.waitingplace.lose": _("%(company)s was away, and its place in the waiting room is gone"),
        "booths.waitingplace.end": _("The time of %(company)s to choose is over"),
        "booths.rulestext.publish": _("%(actor)s published version %(subject)s of the rules"),
        "booths.price.set": _("%(actor)s set a price of “%(subject)s”"),
        "booths.booth.block": _("%(actor)s took booth %(subject)s out of the sale"),
        "booths.booth.unblock": _("%(actor)s put booth %(subject)s back on sale"),
        "booths.application.draft": _("%(actor)s began the application of %(company)s"),
        "booths.application.edit": _("%(actor)s changed the application of %(company)s"),
        "booths.application.name_households": _("%(actor)s changed the households of %(company)s"),
        "booths.application.add_household": _("%(actor)s took household %(subject)s into the group of %(company)s"),
        "booths.application.remove_household": _(
            "%(actor)s took household %(subject)s out of the group of %(company)s"
        ),
        "booths.application.submit": _("%(company)s handed in its application"),
        "booths.application.accept": _("%(actor)s accepted %(company)s"),
        "booths.application.waitlist": _("%(actor)s put %(company)s on the waiting list"),
        "booths.application.reject": _("%(actor)s turned %(company)s down"),
        "booths.application.withdraw": _("%(company)s withdrew"),
        "booths.application.ask_more": _("%(actor)s asked %(company)s for more information"),
        "booths.application.answer": _("%(company)s answered the question"),
        "booths.application.reopen": _("The application of %(company)s is under review again"),
        "booths.appeal.make": _("%(company)s appealed"),
        "booths.application.line_up": _("%(company)s has no place from the round and is on the waiting list"),
        "booths.allocationterms.set": _("%(actor)s set what allocation goes by"),
        "booths.round.begin": _("%(actor)s began allocation round %(subject)s"),
        "booths.round.finish": _("Allocation round %(subject)s is worked out"),
        "booths.round.fail": _("Allocation round %(subject)s could not be worked out"),
        "booths.round.drop": _("%(actor)s dropped allocation round %(subject)s"),
        "booths.round.publish": _("%(actor)s signed allocation round %(subject)s"),
        "booths.round.moved": _("%(actor)s moved somebody in allocation round %(subject)s"),
        "booths.round.pinned": _("%(actor)s pinned somebody in allocation round %(subject)s"),
        "booths.round.unpinned": _("%(actor)s unpinned somebody in allocation round %(subject)s"),
        "booths.round.resolved": _("%(actor)s had the rest of allocation round %(subject)s worked out again"),
        "booths.round.undo": _("%(actor)s undid a change in allocation round %(subject)s"),
        "booths.round.redo": _("%(actor)s redid a change in allocation round %(subject)s"),
        "booths.appeal.uphold": _("%(actor)s agreed to the appeal of %(company)s"),
        "booths.appeal.dismiss": _("%(actor)s dismissed the appeal of %(company)s"),
        "booths.application.review": _("%(actor)s put the application of %(company)s under review"),
        "booths.criterion.set": _("%(actor)s set the criterion “%(subject)s”"),
        "booths.criterion.remove": _("%(actor)s removed the criterion “%(subject)s”"),
        "booths.threshold.set": _("%(actor)s set a threshold"),
        "booths.threshold.remove": _("%(actor)s removed a threshold"),
        "booths.review.assign": _("%(actor)s gave the application of %(company)s to a juror"),
        "booths.review.score": _("%(actor)s scored the application of %(company)s"),
        "booths.review.correct": _("%(actor)s corrected the score of %(company)s"),
        "booths.review.step_aside": _("%(actor)s stepped aside from the application of %(company)s"),
        "booths.reservation.lengthen": _("The hold of %(company)s on booth %(subject)s lasts while it is paid by card"),
        "booths.price.remove": _("%(actor)s removed a price of “%(subject)s”"),
        "booths.reservation.hold": _("%(company)s holds booth %(subject)s"),
        "booths.reservation.reserve": _("%(company)s keeps booth %(subject)s and has to pay"),
        "booths.reservation.confirm": _("Booth %(subject)s is confirmed for %(company)s"),
        "booths.reservation.hand_over": _("%(actor)s handed booth %(subject)s over to %(company)s"),
        "booths.reservation.release": _("Booth %(subject)s of %(company)s was given back"),
        "booths.reservation.reopen": _("Booth %(subject)s of %(company)s is to be paid again"),
        "booths.reservation.give_permit": _("%(company)s has the permit %(subject)s"),
        "booths.reservation.withdraw_permit": _("The permit %(subject)s of %(company)s was withdrawn"),
        "booths.reservation.lapse": _("The hold of %(company)s on booth %(subject)s ran out"),
        "booths.offer.make": _("%(actor)s offered %(company)s a place"),
        "booths.offer.take": _("%(company)s took its offer"),
        "booths.offer.decline": _("%(company)s declined its offer"),
        "booths.offer.expire": _("The offer to %(company)s ran out"),
        "booths.offer.take_back": _("%(actor)s took the offer to %(company)s back"),
    }
)

add_verbs(
    {
        "booths.manualtask.set": _("%(actor)s set the task “%(subject)s” of the manual"),
        "booths.manualtask.remove": _("%(actor)s took the task “%(subject)s” out of the manual"),
        "booths.handin.tick": _("%(company)s ticked a task of the manual"),
        "booths.handin.pass": _("A task of the manual does not concern %(company)s, as it says"),
        "booths.handin.reopen": _("%(company)s took its answer to a task of the manual back"),
        "booths.handin.hand_in": _("%(company)s handed in a file for the manual"),
        "booths.handin.accept": _("%(actor)s found a file of %(company)s in order"),
        "booths.handin.return": _("%(actor)s returned a file to %(company)s"),
        "booths.houserules.set": _("%(actor)s set the house rules"),
        "booths.application.accept_rules": _("%(company)s accepted the changed rules"),
        "booths.application.declare_goods": _("%(company)s declared its special goods"),
        "booths.specialgoods.check": _("%(actor)s checked “%(subject)s” of %(company)s"),
        "booths.coexhibitor.ask": _("%(company)s named %(subject)s as co-exhibitor"),
        "booths.coexhibitor.approve": _("%(actor)s let %(subject)s share the booth of %(company)s"),
        "booths.coexhibitor.refuse": _("%(actor)s did not let %(subject)s share the booth of %(company)s"),
        "booths.coexhibitor.withdraw": _("%(company)s took its co-exhibitor %(subject)s back"),
    }
)

# ---- moving in and out ----
add_verbs(
    {
        "booths.movewindow.set": _("%(actor)s set hours for vehicles at %(subject)s"),
        "booths.movewindow.remove": _("%(actor)s took hours for vehicles at %(subject)s away"),
        "booths.vehiclepass.book": _("%(company)s booked a vehicle, pass %(subject)s"),
        "booths.vehiclepass.change": _("%(company)s changed its vehicle, pass %(subject)s"),
        "booths.vehiclepass.cancel": _("%(company)s called a vehicle off, pass %(subject)s"),
        "booths.vehiclepass.arrive": _("A vehicle of %(company)s came in, pass %(subject)s"),
        "booths.vehiclepass.leave": _("A vehicle of %(company)s left, pass %(subject)s"),
        "booths.vehiclepass.miss": _("A vehicle of %(company)s did not come, pass %(subject)s"),
        "booths.vehiclepass.forget": _("The driver on pass %(subject)s of %(company)s was forgotten"),
        "booths.boothcheck.note": _("%(actor)s checked booth %(subject)s"),
        "booths.fault.find": _("%(actor)s found a fault in booth %(subject)s of %(company)s"),
        "booths.fault.mend": _("%(actor)s says the fault in booth %(subject)s is mended"),
        "booths.breach.record": _("%(actor)s recorded a breach of the rules with booth %(subject)s"),
        "booths.breach.confirm": _("%(actor)s confirmed the breach of the rules with booth %(subject)s"),
        "booths.breach.drop": _("%(actor)s dropped the breach of the rules with booth %(subject)s"),
        "booths.reservation.take_back": _("Booth %(subject)s was taken back from %(company)s"),
    }
)

add_verbs_of_many(
    {
        "booths.offer.make": _("%(actor)s offered places to %(count)d exhibitors"),
        "booths.application.draft": _("%(actor)s began %(count)d applications"),
        "booths.application.accept": _("%(actor)s accepted %(count)d applications"),
        "booths.application.review": _("%(actor)s put %(count)d applications under review"),
        "booths.application.reject": _("%(actor)s turned %(count)d applications down"),
        "booths.review.score": _("%(actor)s scored %(count)d applications"),
        "booths.review.assign": _("%(actor)s gave %(count)d applications to the jury"),
        "booths.application.waitlist": _("%(actor)s put %(count)d applications on the waiting list"),
        "booths.booth.block": _("%(actor)s took booths %(subject)s out of the sale"),
        "booths.booth.unblock": _("%(actor)s put booths %(subject)s back on sale"),
        "booths.reservation.lengthen": _(
            "The holds of %(company)s on booths %(subject)s last while they are paid by card"
        ),
        "booths.reservation.hold": _("%(company)s holds booths %(subject)s"),
        "booths.reservation.reserve": _("%(company)s keeps booths %(subject)s and has to pay"),
        "booths.reservation.confirm": _("Booths %(subject)s are confirmed for %(company)s"),
        "booths.reservation.hand_over": _("%(actor)s handed booths %(subject)s over to %(company)s"),
        "booths.reservation.release": _("Booths %(subject)s of %(company)s were given back"),
        "booths.reservation.lapse": _("The holds of %(company)s on booths %(subject)s ran out"),
    }
)

add_arrivals([Arrival("booths.application.submit", _("Applications"), ("B1.allocated", "C1.companies"))])

add_verbs(
    {
        "booths.serviceitem.set": _("%(actor)s set the service “%(subject)s”"),
        "booths.serviceitem.stop": _("%(actor)s took the service “%(subject)s” out of the catalogue"),
        "booths.circuit.set": _("%(actor)s set circuit %(subject)s"),
        "booths.circuit.remove": _("%(actor)s removed circuit %(subject)s"),
        "booths.flamezone.set": _("%(actor)s set how many open flames zone “%(subject)s” bears"),
        "booths.serviceorder.order": _("%(company)s ordered services for booth %(subject)s"),
        "booths.serviceorder.confirm": _("The services of %(company)s for booth %(subject)s are paid"),
        "booths.serviceorder.reopen": _("The services of %(company)s for booth %(subject)s wait for payment again"),
        "booths.serviceorder.deliver": _("%(actor)s ticked the services for booth %(subject)s as delivered"),
        "booths.serviceorder.undeliver": _("%(actor)s took back the tick for the services of booth %(subject)s"),
        "booths.serviceorder.cancel": _("The services of %(company)s for booth %(subject)s are cancelled"),
        "booths.serviceorder.renew": _("Money came for the cancelled services of %(company)s for booth %(subject)s"),
    }
)
