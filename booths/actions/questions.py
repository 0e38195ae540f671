"""More information: the booth desk asks, the applicant answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from booths.models import Application
from fairs.deliveries import owe
from fairs.errors import Invalid
from fairs.live import announce
from fairs.permissions import Actor, require


def ask_more(application: Application, *, question: str, by: Actor) -> Application:
    """Ask the applicant something before deciding; the question goes out in a letter. An earlier answer is replaced."""
    require(by, "booths.decide", application)
    if not question.strip():
        sentence = _("Write your question: the applicant will read it.")
        raise Invalid("no_question", sentence, {"question": [sentence]})
    with transaction.atomic():
        application.follow("ask_more", by=by, question=question.strip(), answer="")
        owe("booths.application_more_info", to=application.contact, about=application, edition=application.edition)
        announce(application.edition, "applications")
    return application


def answer_question(application: Application, *, answer: str, by: Actor) -> Application:
    """Answer what was asked, which puts the application back under review; the desk may write down what it was told."""
    require(by, "booths.apply", application)
    if not answer.strip():
        sentence = _("Write your answer, please.")
        raise Invalid("no_answer", sentence, {"answer": [sentence]})
    with transaction.atomic():
        application.follow("answer", by=by, answer=answer.strip())
        announce(application.edition, "applications")
    return application
