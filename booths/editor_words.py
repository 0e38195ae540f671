"""What the editor of the plan says in the browser."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from booths.models import Facility

DRAWN = {"wall": Facility.Kind.WALL, "pillar": Facility.Kind.PILLAR, "power": Facility.Kind.POWER,
         "door": Facility.Kind.DOOR, "exit": Facility.Kind.EXIT}  # fmt: skip


def editor_words() -> dict[str, Any]:
    """Sentences and names by what the editor needs them for."""
    return {
        "names": {"hall": _both(lambda: _("Hall"))}
        | {tool: _both(lambda kind=kind: str(kind.label)) for tool, kind in DRAWN.items()},
        "kinds": {kind.value: str(kind.label) for kind in Facility.Kind},
        "hall": _("Hall"),
        "several": _("{count} chosen"),
        "different": _("different"),
        "notFound": _("No booth has this code."),
        "area": _("Area"),
        "sides": _("Open sides"),
        "side": {"N": _("north"), "E": _("east"), "S": _("south"), "W": _("west")},
        "none": pgettext("open sides", "none"),
        "corner": pgettext("booth", "corner"),
        "island": pgettext("booth", "island"),
        "holder": _("Exhibitor"),
        "blocked": _("Not let"),
        "undone": _("Taken back."),
        "redone": _("Done again."),
        "states": {
            "saved": _("Saved"),
            "unsaved": _("Not saved yet"),
            "saving": _("Saving"),
            "offline": _("No connection: it will be saved as soon as there is one"),
            "refused": _("Not saved, the last change was taken back"),
            "newer": _("A colleague has changed the plan too; both changes are here now"),
            "gone": _("This draft is published or dropped. Reload the page"),
        },
    }


def _both(word: Any) -> dict[str, str]:
    """A name in both languages, for a thing that everybody will see."""
    found = {}
    for language in ("vi", "en"):
        with translation.override(language):
            found[language] = str(word())
    return found
