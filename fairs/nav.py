"""The common pages' places in the navigation."""

from django.utils.translation import gettext_lazy as _

from fairs.discovery import NavItem, add_nav

add_nav(
    [
        NavItem("public", 0, _("The fair"), "fairs:home", "home"),
        NavItem("desk", 0, _("Overview"), "fairs:desk", "home"),
        NavItem("desk", 50, _("Money"), "fairs:money_desk", "receipt", frozenset({"finance", "booth_desk"})),
        NavItem("desk", 80, _("Report"), "fairs:report", "file-text", frozenset({"reports", "finance"})),
        NavItem("desk", 90, _("Set-up"), "fairs:set_up", "settings", frozenset({"director"})),
        NavItem("exhibitor", 30, _("Payments"), "fairs:notices", "receipt"),
    ]
)
