"""The sheet of parts: every component once, for whoever draws or tests a page."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

GROUPS = [
    ("GS", "Gốm sứ", "Ceramics", 84),
    ("SM", "Sơn mài", "Lacquerware", 41),
    ("KT", "Khảm trai", "Pearl inlay", 25),
    ("MT", "Mây tre đan", "Bamboo & rattan", 105),
    ("GO", "Gỗ mỹ nghệ", "Art woodwork", 45),
    ("LD", "Lụa và dệt", "Silk & weaving", 72),
    ("TR", "Thêu ren", "Embroidery", 48),
    ("KL", "Đồng, bạc, đá", "Bronze, silver, stone", 60),
    ("GN", "Giấy, quạt, nón", "Paper, fans, hats", 60),
    ("QT", "Quốc tế", "International", 70),
    ("HT", "Hỗ trợ kỹ thuật", "Technical support", 40),
]

SHELLS = {"desk", "exhibitor", "importer", "public", "wall", "gate"}


class SampleForm(forms.Form):
    """One field of each kind."""

    company = forms.CharField(label=gettext_lazy("Name of the workshop"))
    smallest_order = forms.IntegerField(
        label=gettext_lazy("Smallest order"),
        help_text=gettext_lazy("At least how many pieces in one order?"),
        widget=forms.TextInput,
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=[("VN", "Việt Nam"), ("JP", "日本")])
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Main product groups"),
        help_text=gettext_lazy("At most 2 groups"),
        choices=[(code, name_vi) for code, name_vi, *_rest in GROUPS[:4]],
        widget=forms.CheckboxSelectMultiple,
    )
    picture = forms.FileField(label=gettext_lazy("A picture"), required=False)
    about = forms.CharField(label=gettext_lazy("About you"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("I have read the rules of the fair"))


def sheet(request: HttpRequest) -> HttpResponse:
    """Every part with sample words, on the base page `?shell=` names; `?fresh=1` leaves the form untouched."""
    shell = request.GET.get("shell", "")
    context = _sample() | {"base": f"base/{shell if shell in SHELLS else 'desk'}.html"}
    if request.GET.get("fresh"):
        context["form"] = SampleForm()
    return render(request, "fairs/parts.html", context)


def _sample() -> dict[str, Any]:
    return {
        "groups": [SimpleNamespace(code=c, name_vi=vi, name_en=en, count=n) for c, vi, en, n in GROUPS],
        "form": SampleForm({"company": "HTX Mây Tre Phú Vinh", "smallest_order": "năm trăm", "groups": ["GS"]}),
        "figures": _figures(),
        "events": _events(),
        "steps": [
            {"label": _("Company"), "state": "done", "url": "#steps"},
            {"label": _("Products"), "state": "now"},
            {"label": _("Booths"), "state": ""},
            {"label": _("Send"), "state": ""},
        ],
        "crumbs": [{"label": _("Contracts register"), "url": "#crumbs"}, {"label": "HD-0060"}],
        "options": [
            {"label": _("All"), "url": "#all", "current": True, "count": 84},
            {"label": _("Contracts"), "url": "#contracts", "count": 61},
            {"label": _("Memoranda"), "url": "#memoranda", "count": 23},
        ],
        "days": [{"date": date(2027, 10, d), "url": f"#{d}", "current": d == 15} for d in range(14, 18)],
        "page": Paginator(range(84), 9).page(2),
        "columns": [
            {"label": _("Number"), "sort": "number"},
            {"label": _("Maker"), "sort": "maker"},
            {"label": _("Amount"), "sort": "amount", "css": "end"},
            {"label": _("Evidence"), "sort": ""},
        ],
        "rows": [
            ("HD-0061", "GS", "Gốm Giang Cao", 18400, "wait", _("Claimed by maker")),
            ("HD-0060", "MT", "Mây Tre Phú Vinh", 46210, "ok", _("Confirmed by both")),
            ("HD-0058", "GO", "Mộc Hữu Bằng", 64000, "stop", _("Amounts differ")),
        ],
        "reasons": [_("Buys rattan baskets"), _("Both free on Friday 14:30")],
        "missing": [_("No price list yet")],
        "counts": {"free": 169, "held": 9, "reserved": 79, "confirmed": 393},
    }


def _figures() -> list[dict[str, Any]]:
    return [
        {"label": _("Booths taken"), "value": "638", "of": "650", "share": 98.2, "note": "98,2%"},
        {
            "label": _("Importers present"),
            "value": "487",
            "of": "640",
            "share": 76.1,
            "due": 50,
            "note": "76,1%",
        },
        {"label": _("Visits"), "value": "8.494", "of": "18.000", "share": 47.2, "due": 45, "note": "47,2%"},
        {
            "label": _("Contracts, in USD"),
            "value": "1,74 tr",
            "of": "4 tr",
            "share": 43.6,
            "due": 44,
            "end_note": "61",
        },
    ]


def _events() -> list[dict[str, Any]]:
    return [
        {
            "title": _("Met at the fair"),
            "when": "15/10 13:20",
            "note": _("Table 22. Both sides marked it as held."),
        },
        {"kind": "wait", "title": _("Buyer corrected the quantity"), "when": "15/10 14:03"},
        {"kind": "off", "title": _("Delivered"), "when": _("due 20/2/2028")},
    ]
