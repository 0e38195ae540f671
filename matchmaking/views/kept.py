"""A form whose entries a phone keeps until there is a network: see leads.js."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from fairs.errors import DomainError
from fairs.views.base import ActionForm


class KeptForm(ActionForm):
    """Answers a script in JSON: where to go on, or why not."""

    @property
    def kept(self) -> str:
        """Whose entries they are: whoever has signed in meanwhile on that phone gets nothing of them."""
        raise NotImplementedError(f"{type(self).__name__} says whose they are")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "application/json" in request.headers.get("Accept", ""):
            return self._answer()
        return super().post(request, *args, **kwargs)

    def _answer(self) -> JsonResponse:
        if self.request.POST.get("kept", self.kept) != self.kept:
            return JsonResponse({"code": "somebody_else", "message": ""}, status=403)
        form = self.get_form()
        if not form.is_valid():
            said = " ".join(sentence for sentences in form.errors.values() for sentence in map(str, sentences))
            return JsonResponse({"code": "invalid", "message": said}, status=422)
        try:
            return JsonResponse({"url": self.act(form)})
        except DomainError as refusal:
            return JsonResponse({"code": refusal.code, "message": refusal.message}, status=refusal.status)
