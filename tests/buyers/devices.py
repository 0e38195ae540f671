"""Devices at a gate, for tests: enrolled by their code, speaking by their key."""

from playwright.sync_api import expect

from buyers.actions.devices import add_device, enrol_device
from fairs import clock, live
from tests import world


def enrolled(gate, by):
    """An enrolled device of a gate with the header by which it is known."""
    _device, code = add_device(gate, name="Điện thoại xanh", by=by)
    device, key = enrol_device(code)
    return device, {"authorization": f"Device {key}"}


def enrolment(fair):
    """The address that the QR of a new device leads to."""
    with clock.at(world.FIRST_MORNING):
        _device, code = add_device(fair["gate"], name="Điện thoại xanh", by=fair["keeper"])
    return f"{fair['site']}/gate/#{code}"


def open_device(fair, window):
    """A page that was just enrolled, with its list."""
    window.page.goto(enrolment(fair))
    expect(window.page.locator("[data-screen=work]")).to_be_visible()
    expect(window.page.locator("[data-offline]")).to_be_hidden()
    expect(window.page.locator("[data-kept]")).to_be_visible()
    return window.page


def quiet(monkeypatch):
    """Say nothing: Playwright's loop runs in this thread, and announcing needs one of its own."""
    monkeypatch.setattr(live, "_muted", True)
