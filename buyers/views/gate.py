"""The gates of an edition for those who keep them: how it goes there, the devices, who may pass when."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from buyers.access import usual_rules
from buyers.actions.devices import CODE_HOLDS, add_device, cut_off_device
from buyers.actions.gates import add_access, add_area, add_gate, remove_access, set_gate_rules
from buyers.gate_figures import gates_now, today_at_the_gates, visits_of
from buyers.gate_forms import AccessForm, AreaForm, DeviceForm, GateForm, GateRulesForm
from buyers.models import AccessRule, Area, Device, GateRules
from fairs import clock
from fairs.papers import qr
from fairs.views.base import ActionButton, ActionForm, DeskForm, DeskPage

KEEPERS = frozenset({"gate"})
READERS = frozenset({"gate", "importer_desk", "reports"})


class GatePage(DeskPage):
    """A page of the gates."""

    current = "buyers:gate"
    roles = KEEPERS


class Gates(GatePage, ActionForm):
    """How it goes at the gates now, and the devices there; a new gate is a name away."""

    template_name = "buyers/gates.html"
    form_class = GateForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**at_the_gates(self), **kwargs)

    def act(self, form: BaseForm) -> str:
        """Open a gate."""
        add_gate(self.edition, by=self.request.user, **form.cleaned_data)
        return reverse("buyers:gate", args=[self.edition.slug])


class GatesLive(GatePage, TemplateView):
    """The part of it that changes, asked for again whenever a badge was read or a device heard of."""

    template_name = "buyers/_gates_live.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**at_the_gates(self), **kwargs)


class GateFigures(GatePage, TemplateView):
    """Entries and people by day, hour, kind and country."""

    template_name = "buyers/gate_figures.html"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**visits_of(self.edition), **kwargs)


class AddDevice(GatePage, DeskForm):
    """A device for a gate; its code is shown on its own page, to whoever asked for it alone."""

    heading = _("Add a device")
    lead = _(
        "Any phone or tablet with a browser and a camera will do. It keeps names, companies and kinds of badges, and "
        "forgets them after the fair."
    )
    button = _("Go on")
    back_word = _("Gate")
    form_class = DeviceForm

    @property
    def home(self) -> str:
        """All gates and devices."""
        return reverse("buyers:gate", args=[self.edition.slug])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def act(self, form: BaseForm) -> str:
        """Prepare it; the phone in the hand becomes it at once when that was asked."""
        given = form.cleaned_data
        device, code = add_device(given["gate"], name=given["name"], by=self.person)
        if given["here"]:
            return f"{reverse('buyers:gate_app')}#{code}"
        self.request.session[_kept_as(device)] = code
        return reverse("buyers:device", args=[self.edition.slug, device.pk])


class DevicePage(GatePage, TemplateView):
    """A device: the QR that enrols it while it waits, then how it goes."""

    template_name = "buyers/device.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        device = _device(self)
        code = self.request.session.get(_kept_as(device), "")
        waits = device.state == Device.State.WAITING and device.added_at > clock.now() - CODE_HOLDS
        if code and waits:
            address = self.request.build_absolute_uri(reverse("buyers:gate_app")) + f"#{code}"
            kwargs |= {"qr": qr.svg(address, title=str(_("QR code that enrols the device"))), "address": address}
        return super().get_context_data(device=device, **kwargs)


class CutOff(GatePage, ActionButton):
    """The end of a device."""

    done = _("The device is cut off: it gets no list and nothing it sends is taken.")

    def act(self) -> str:
        """Cut it off."""
        device = cut_off_device(_device(self), by=self.person)
        return reverse("buyers:device", args=[self.edition.slug, device.pk])


class AccessPage(GatePage, ActionForm):
    """Who may pass which gates when; a rule is added here."""

    template_name = "buyers/access.html"
    form_class = AccessForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = list(AccessRule.objects.filter(edition=self.edition).select_related("area"))
        return super().get_context_data(
            rules=rules or sorted(usual_rules(self.edition), key=lambda rule: (rule.begins_at, rule.kind)),
            usual=not rules,
            areas=Area.objects.filter(edition=self.edition).prefetch_related("gates"),
            area_form=AreaForm(),
            rules_form=GateRulesForm(instance=GateRules.of(self.edition)),
            **kwargs,
        )

    def act(self, form: BaseForm) -> str:
        """Add the rule."""
        add_access(self.edition, by=self.person, **form.cleaned_data)
        return reverse("buyers:access", args=[self.edition.slug])


class RemoveAccess(GatePage, ActionButton):
    """The end of a rule."""

    done = _("The rule is removed.")

    def act(self) -> str:
        """Remove it."""
        remove_access(get_object_or_404(AccessRule, edition=self.edition, pk=self.kwargs["pk"]), by=self.person)
        return reverse("buyers:access", args=[self.edition.slug])


class AccessPart(GatePage, DeskForm):
    """A form about who may go where, and when."""

    back_word = _("Who may pass when")

    @property
    def home(self) -> str:
        """All areas and rules."""
        return reverse("buyers:access", args=[self.edition.slug])


class AddArea(AccessPart):
    """A part of the fair with gates of its own."""

    heading = _("Add an area")
    lead = _("A hall, a lounge or a yard whose doors are watched by themselves.")
    form_class = AreaForm

    def act(self, form: BaseForm) -> str:
        """Name it."""
        add_area(self.edition, by=self.person, **form.cleaned_data)
        return self.home


class ChangeGateRules(AccessPart):
    """When a badge counts again, and when devices forget."""

    heading = _("Rules of the gates")
    lead = _("They hold at every gate of this edition.")
    form_class = GateRulesForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": GateRules.of(self.edition)}

    def act(self, form: BaseForm) -> str:
        """Set them."""
        set_gate_rules(self.edition, by=self.person, **form.cleaned_data)
        return self.home


def at_the_gates(page: GatePage) -> dict[str, Any]:
    """Gates with their pace, devices with their age, the figures of today."""
    return {
        "gates": gates_now(page.edition),
        "devices": _devices(page),
        "counts": today_at_the_gates(page.edition),
        "now": clock.now(),
    }


def _devices(page: GatePage) -> QuerySet[Device]:
    there = Device.objects.filter(edition=page.edition).exclude(state=Device.State.CUT_OFF)
    return there.select_related("gate")


def _device(page: GatePage) -> Device:
    return get_object_or_404(
        Device.objects.select_related("edition", "gate"), edition=page.edition, pk=page.kwargs["pk"]
    )


def _kept_as(device: Device) -> str:
    return f"device.{device.pk}"
