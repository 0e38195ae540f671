"""What a device at a gate asks of us, by its own key; and devices, for those who keep the gates."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.decorators import action
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from buyers import listing
from buyers.actions.devices import add_device, cut_off_device, enrol_device, hear_of
from buyers.actions.readings import Door, Reading, device_with, take_readings
from buyers.codes import normalise
from buyers.device_serializers import (
    BadgesAskedSerializer,
    CodeSerializer,
    DeviceSerializer,
    EnrolledSerializer,
    NewDeviceSerializer,
    PreparedSerializer,
    ReadingsTakenSerializer,
    SentSerializer,
)
from buyers.models import Device, Gate, GateRules, Scan
from fairs import clock
from fairs.api.base import ScopedViewSet
from fairs.errors import DomainError, Refused

# Built once: building the shape of a reading takes longer than looking at one.
CODE, ASKED, SENT = CodeSerializer(), BadgesAskedSerializer(), SentSerializer()


class DeviceKey(BaseAuthentication):
    """`Authorization: Device <key>`: not a person but a device, found by the hash of its key."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Device] | None:
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Device":
            return None
        device = device_with(key)
        if device is None or device.state == Device.State.WAITING:
            raise AuthenticationFailed(_("This device is not known. Enrol it again with a new QR code."))
        if device.state == Device.State.CUT_OFF:
            raise PermissionDenied(_("This device was cut off."), code="cut_off")
        return AnonymousUser(), device

    def authenticate_header(self, request: Request) -> str:
        return "Device"


class DeviceKeyScheme(OpenApiAuthenticationExtension):
    """The same in the description of the API."""

    target_class = DeviceKey
    name = "deviceKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Device <key>"}


class IsDevice(BasePermission):
    """Only devices, each for its own edition."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Device)


class AtTheGate(GenericViewSet[Device]):
    """What a device asks: to be enrolled, what holds, who may come in, and what became of its readings."""

    authentication_classes = [DeviceKey]
    permission_classes = [IsDevice]
    serializer_class: Any = SentSerializer

    @property
    def device(self) -> Device:
        """The device that asks."""
        return cast(Device, self.request.auth)

    @cached_property
    def door(self) -> Door:
        """What decides at the gates of the device's edition, which the device knows from then on."""
        door = Door.known(self.device.edition_id)
        self.device.edition = door.edition
        return door

    @property
    def throttle_scope(self) -> str:
        """Codes that enrol could be guessed; only they are counted."""
        return "login" if self.action == "enrol" else ""

    @extend_schema(request=CodeSerializer, responses={201: EnrolledSerializer})
    @action(detail=False, methods=["post"], permission_classes=[AllowAny], authentication_classes=[])
    def enrol(self, request: Request) -> Response:
        """Take a device into use by the code of its QR, once."""
        _device, key = enrol_device(self._given(CODE)["code"])
        return Response({"key": key}, 201)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=False, methods=["get"])
    def orders(self, request: Request) -> Response:
        """The rules of the gates, the passes that ended, and who passed in the last half hour."""
        orders = listing.orders_for(self.device)
        if not self._over():
            orders |= {"ended": listing.ended_passes(self.device), "passed": listing.recent_passages(self.device)}
        return Response(orders)

    @extend_schema(parameters=[BadgesAskedSerializer], responses=OpenApiTypes.OBJECT)
    @action(detail=False, methods=["get"])
    def badges(self, request: Request) -> Response:
        """A page of the badges with name, company and kind; refuses with `fair_over` once devices must forget them."""
        if self._over():
            raise Refused("fair_over", _("The fair is over: devices keep no list of badges any more."))
        asked = self._given(ASKED, self.request.query_params)
        since = _moment(asked["since"]) if "since" in asked else None
        return Response(listing.badges_for(self.device, since=since, after=asked["after"]))

    @extend_schema(request=SentSerializer, responses=ReadingsTakenSerializer)
    @action(detail=False, methods=["post"])
    def readings(self, request: Request) -> Response:
        """Take readings: those to be answered now, and those that were read without a network."""
        sent = self._given(SENT)
        gates = self._gates({one["gate"] for one in sent["readings"]})
        known = [one for one in sent["readings"] if one["gate"] in gates]
        readings = [self._reading(one, sent["now"], gates[one["gate"]]) for one in known]
        taken, named = take_readings(self.door, readings=readings), not self._over()
        answers = [_told(one, scan, named=named) for one, scan in zip(readings, taken, strict=True)]
        elsewhere = [{"key": one["key"], "refused": "unknown_gate"} for one in sent["readings"] if one not in known]
        listed = _moment(sent["listed"]) if "listed" in sent else None
        hear_of(self.device, unsent=sent["unsent"], gate=readings[-1].gate if readings else None, listed_at=listed)
        return Response({"now": listing.stamp(clock.now()), "readings": [*elsewhere, *answers]})

    def _gates(self, asked: set[int]) -> dict[int, Gate]:
        """Those of the edition by their keys; one that was built a moment ago is looked for."""
        known = self.door.gates
        return known if asked <= known.keys() else Door(self.door.edition).gates

    def _reading(self, one: dict[str, Any], sent_at: int, gate: Gate) -> Reading:
        """The moment by our clock: as far from the device’s own as it says of then, else as far as now."""
        now = clock.now()
        ahead = timedelta(milliseconds=one["ahead"]) if "ahead" in one else now - _moment(sent_at)
        read, live = _moment(one["at"]), "result" not in one
        gate.edition = self.door.edition
        return Reading(
            gate=gate,
            key=one["key"],
            code=normalise(one["code"]),
            direction=one["direction"],
            at=now if live else min(read + ahead, now),
            live=live,
            result=one.get("result", ""),
            device_at=read,
            device=self.device,
        )

    def _over(self) -> bool:
        return clock.now() >= GateRules.of(self.door.edition).wipe_at

    def _given(self, shape: BaseSerializer[None], data: Any = None) -> dict[str, Any]:
        return dict(shape.run_validation(self.request.data if data is None else data))


class DeviceViewSet(ScopedViewSet):
    """The devices at the gates of an edition: add one, cut one off."""

    queryset = Device.objects.select_related("edition", "gate")
    serializer_class = DeviceSerializer
    filterset_fields = ["edition__slug", "gate", "state"]

    @extend_schema(request=NewDeviceSerializer, responses={201: PreparedSerializer})
    def create(self, request: Request) -> Response:
        """Prepare a device; the code that enrols its phone is told once, here."""
        given = self.parse(NewDeviceSerializer)
        visible = Gate.objects.visible_to(request.user).select_related("edition")
        gate = get_object_or_404(visible, pk=given["gate"])
        device, code = add_device(gate, name=given["name"], by=request.user)
        return Response({"device": DeviceSerializer(device).data, "code": code}, 201)

    @extend_schema(request=None, responses=DeviceSerializer)
    @action(detail=True, methods=["post"])
    def cut_off(self, request: Request, pk: str) -> Response:
        """Nothing more from or to this device."""
        return Response(DeviceSerializer(cut_off_device(self.get_object(), by=request.user)).data)


def _told(reading: Reading, taken: Scan | DomainError, *, named: bool) -> dict[str, Any]:
    """What a device hears of one reading; once it must forget the badges it hears nothing of whose they are."""
    if isinstance(taken, DomainError):
        return {"key": reading.key, "refused": taken.code}
    told: dict[str, Any] = {"key": reading.key, "result": taken.result} | (taken.face if named else {})
    if taken.badge_id:
        told["badge"] = taken.badge_id
    if taken.result == Scan.Result.AGAIN and not reading.result and (before := taken.entry_before):
        told |= {"before": listing.stamp(before.at), "before_gate": before.gate_id}
    return told


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp / 1000, UTC)
