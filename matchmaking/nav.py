"""The places of meetings and contracts in the navigation."""

from django.utils.translation import gettext_lazy as _

from fairs.discovery import NavItem, add_nav

DESK = frozenset({"matchmaking_desk", "importer_desk", "reports"})

add_nav(
    [
        NavItem("exhibitor", 35, _("Meetings"), "matchmaking:agenda", "calendar"),
        NavItem("exhibitor", 50, _("Contracts"), "matchmaking:deals", "heart-handshake"),
        NavItem("importer", 20, _("Agenda"), "matchmaking:agenda", "calendar"),
        NavItem("importer", 50, _("Deals"), "matchmaking:deals", "heart-handshake"),
        NavItem("desk", 60, _("Meetings"), "matchmaking:meetings_desk", "calendar", DESK),
        NavItem("desk", 70, _("Contracts"), "matchmaking:deals_desk", "heart-handshake", frozenset({"reports"})),
    ]
)
