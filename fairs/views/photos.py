"""Photos of products, sent by ourselves: the public ones, and those that a person carries through a form."""

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.generic import View

from fairs.actions.photos import SIZES, small_name, unsigned
from fairs.models import Participation, Product

A_YEAR = 365 * 24 * 3600


class PublicPhoto(View):
    """A product of a company that exhibits at an edition which the public sees."""

    def get(self, request: HttpRequest, token: str, size: str) -> FileResponse:
        exhibits = Participation.objects.filter(
            company=OuterRef("company"),
            role="exhibitor",
            state="active",
            edition__published=True,
        )
        product = get_object_or_404(Product.objects.filter(Exists(exhibits)), photo=f"products/{token}-large.jpg")
        return _sent(product.photo.name, size, shared=True)


class CarriedPhoto(View):
    """A photo whose signed name the person was given, such as that of a draft; for others it does not exist."""

    def get(self, request: HttpRequest, signed: str, size: str) -> FileResponse:
        return _sent(unsigned(signed, request.user), size, shared=False)


def _sent(name: str | None, size: str, *, shared: bool) -> FileResponse:
    """A name stands for one content for ever, so that a browser asks once."""
    if not name or size not in SIZES:
        raise Http404
    try:
        file = default_storage.open(name if size == "large" else small_name(name))
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"{'public' if shared else 'private'}, max-age={A_YEAR}, immutable"
    return response
