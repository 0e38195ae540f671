"""The page that a device at a gate keeps and opens without a network, and the script that keeps it."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from buyers.faces import OTHER
from buyers.models import Badge, Scan

SCRIPTS = (
    "buyers/gate/entering.js", "buyers/gate/codes.js", "buyers/gate/store.js", "buyers/gate/link.js",
    "buyers/gate/reading.js", "buyers/gate/app.js", "fairs/js/camera.js", "buyers/js/code_keys.js",
)  # fmt: skip
# What the page needs beside its scripts; fonts and the common styles are found in their folders.
BESIDE = ("buyers/css/gate.css", "fairs/vendor/jsqr/jsQR.js", "fairs/icons.svg", "fairs/images/mark.svg")
FOLDERS = ("fairs/css/*.css", "fairs/fonts/*.woff2", "fairs/vendor/tabler/*.css")
ICONS = (192, 512)
# How each answer looks: ground and shape (one class), icon, and whether it goes away by itself.
SIGNS = {
    "ok": ("ok", "check", True),
    "out": ("off", "door-exit", True),
    "again": ("wait", "arrows-exchange", False),
    "revoked": ("stop", "x", False),
    "expired": ("stop", "calendar-off", False),
    "wrong_day": ("later", "calendar-time", False),
    "wrong_zone": ("later", "map-pin", False),
    "unknown": ("strange", "help-circle", False),
    "refused": ("wait", "keyboard", False),
}


class GateApp(TemplateView):
    """The same for everybody: whose gate it is, the device knows."""

    template_name = "buyers/gate_app.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**contents(), **kwargs)


class GateWorker(View):
    """The service worker of the page: a new one whenever anything that it keeps has changed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        files = [reverse("buyers:gate_app"), reverse("buyers:gate_manifest"), *map(static, kept_files())]
        page = render_to_string(GateApp.template_name, contents(), request)
        given = {"files": json.dumps(files), "version": version(page)}
        script = render_to_string("buyers/gate_worker.js", given)
        return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


class GateManifest(View):
    """What a phone needs to put the page on its first screen."""

    def get(self, request: HttpRequest) -> JsonResponse:
        icons = [
            {"src": static(f"buyers/gate/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in ICONS
        ]
        manifest = {
            "name": f"Chợ Phiên – {_('Gate')}",
            "short_name": _("Gate"),
            "start_url": reverse("buyers:gate_app"),
            "scope": reverse("buyers:gate_app"),
            "display": "fullscreen",
            "background_color": "#1a0b08",
            "theme_color": "#4a180f",
            "lang": get_language(),
            "icons": icons,
        }
        return JsonResponse(manifest, content_type="application/manifest+json")


def contents() -> dict[str, Any]:
    """What the page shows in the person's language, with the other for the guest."""
    language = "vi" if (get_language() or "vi").startswith("vi") else "en"
    other = OTHER[language]
    with override(other):
        answers, kinds = words(), {kind.value: str(kind.label) for kind in Badge.Kind}
    return {
        "scripts": SCRIPTS,
        "other_language": other,
        "answers": [
            {"result": result, "sign": sign, "drawing": drawing, "by_itself": by_itself, "word": word, "say": say}
            | {"other": answers[result][0]}
            for (result, (sign, drawing, by_itself)), (word, say) in zip(SIGNS.items(), words().values(), strict=True)
        ],
        "kinds": [{"value": kind.value, "word": kind.label, "other": kinds[kind.value]} for kind in Badge.Kind],
    }


def words() -> dict[str, tuple[str, str]]:
    """The word of each answer, and what the keeper should do."""
    desk = _("Send them to the reception.")
    return {
        "ok": (str(Scan.Result.OK.label), ""),
        "out": (_("Goodbye"), ""),
        "again": (str(Scan.Result.AGAIN.label), _("If they have just been outside, press “Left and came back”.")),
        "revoked": (
            str(Scan.Result.REVOKED.label),
            _("A new badge was issued, or this one was taken back.") + " " + desk,
        ),
        "expired": (str(Scan.Result.EXPIRED.label), desk),
        "wrong_day": (str(Scan.Result.WRONG_DAY.label), _("The badge is genuine, but not for this day or hour.")),
        "wrong_zone": (str(Scan.Result.WRONG_ZONE.label), _("The badge is genuine, but does not open this gate.")),
        "unknown": (
            str(Scan.Result.UNKNOWN.label),
            _("No badge of this fair has this code. Read it again or type the eight characters under it."),
        ),
        "refused": (_("Wait a little"), ""),
    }


def kept_files() -> list[str]:
    """Every static file that the page needs without a network."""
    found = []
    for pattern in FOLDERS:
        folder, _slash, name = pattern.rpartition("/")
        place = finders.find(folder)
        found += [f"{folder}/{path.name}" for path in sorted(Path(str(place)).glob(name))]
    return [*SCRIPTS, *BESIDE, *found]


def version(page: str) -> str:
    """Twelve digits that change with the page or any file."""
    return sha256(f"{page}{_contents_of_files()}".encode()).hexdigest()[:12]


@cache
def _contents_of_files() -> str:
    digest = sha256()
    for name in kept_files():
        digest.update(Path(str(finders.find(name))).read_bytes())
    return digest.hexdigest()
