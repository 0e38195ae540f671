"""The forms of signing in and of one's own account, in our words."""

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

from fairs.letterboxes import await_proof
from fairs.models import Person

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("The eight digits from the letter"),
}
LONG_ENOUGH = _("At least 10 characters. Three or four words that only you would put together are a good choice.")


class InOurWords:
    """Labels in sentence case; no placeholder repeats a label."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
        if "password" in self.fields:
            self.fields["password"].help_text = ""
        if "password1" in self.fields:
            self.fields["password1"].help_text = LONG_ENOUGH
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "12", "class": "short n"}


class SignInForm(InOurWords, allauth.LoginForm):
    """E-mail and password."""


class SignUpForm(InOurWords, allauth.SignupForm):
    """Name, e-mail, and a password for those who want one."""

    field_order = ["full_name", "email", "phone", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("At least 10 characters. Empty: you sign in with a code by e-mail.")


class RequestCodeForm(InOurWords, allauth.RequestLoginCodeForm):
    """The e-mail that gets a code."""

    def clean_email(self) -> str:
        """A code opens the account whose own e-mail this is, and proves it."""
        email: str = super().clean_email()
        self._user = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
        if self._user:
            await_proof(self._user)
        return email


class ConfirmCodeForm(InOurWords, allauth.ConfirmLoginCodeForm):
    """The code that came."""


class ConfirmEmailForm(InOurWords, allauth.ConfirmEmailVerificationCodeForm):
    """The code that came to a new e-mail; one that has become somebody else's in the meantime is refused."""


class ChangeEmailForm(InOurWords, allauth.AddEmailForm):
    """A new e-mail instead of the old one, once it has answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail")
        self.fields["email"].help_text = _("We send a code to it, so that we know it is yours.")


class ChangePasswordForm(InOurWords, allauth.ChangePasswordForm):
    """The old password, and a new one twice."""


class SetPasswordForm(InOurWords, allauth.SetPasswordForm):
    """A first password, twice."""


class ForgottenPasswordForm(InOurWords, allauth.ResetPasswordForm):
    """The e-mail that gets a link."""


class NewPasswordForm(InOurWords, allauth.ResetPasswordKeyForm):
    """A new password, twice."""


class AgainForm(InOurWords, allauth.ReauthenticateForm):
    """The password once more, before something that matters."""
