"""Every setting, each with a value that works when its environment variable is missing or empty."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.api_names import NAMES

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """The variable, or the default when it is missing or empty."""
    return os.environ.get(name) or default


def env_list(name: str, default: str = "") -> list[str]:
    """The variable's comma-separated parts."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


# Where this installation keeps its database (SQLite only) and its files. Empty: ./data
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "data")))
# Empty: developing on this machine only. "0" in production.
DEBUG = env("DEBUG", "0") == "1"
# Empty is accepted only together with DEBUG=1 or on this machine's own address; `./run serve` refuses it.
SECRET_KEY = env("SECRET_KEY", "only-for-this-machine-" + "x" * 40)
# What the database holds encrypted, such as secrets of second factors. The first key encrypts, all decrypt: to change
# it, put a new one before the old. Empty: the secret key.
ENCRYPTION_KEYS = env_list("ENCRYPTION_KEYS", SECRET_KEY)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
# The public address, used in mails and QR codes. Empty: http://127.0.0.1:8000
SITE_URL = env("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# How the clock of the fair runs, as fairs.clock.Course writes it. Empty: real time.
CHO_PHIEN_CLOCK = env("CHO_PHIEN_CLOCK")
# "1": `manage.py replay` has made this installation, and throws it away.
TRIAL = env("CHO_PHIEN_TRIAL") == "1"

INSTALLED_APPS = [
    "matchmaking",
    "booths",
    "buyers",
    "fairs",
    "config.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "template_partials",
    "rules",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "fairs.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "fairs.middleware.static_files",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fairs.middleware.PersonLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fairs.middleware.KeptByNobody",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fairs.middleware.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fairs.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "fairs.templatetags.fair",
                "fairs.templatetags.parts",
            ],
        },
    }
]

# ---- data -------------------------------------------------------------------------------------------------
# Empty: SQLite in DATA_DIR. Production: postgres://user:password@host:5432/name
DATABASES = {
    "default": dj_database_url.parse(
        env("DATABASE_URL", f"sqlite:///{DATA_DIR / 'cho-phien.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A write transaction takes its lock at once, and waits for it: read-then-write never meets "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A question that a connection asks for the sixth time is planned already: much of what a small page costs.
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 5}
# A demonstration is never migrated, only made anew: its tables are made straight from the models.
DEMO = env("CHO_PHIEN_DEMO") == "1"
if DEMO:
    MIGRATION_MODULES = {name.rpartition(".")[2]: None for name in INSTALLED_APPS} | {"django_tasks_database": None}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Empty: everything lives in this one process. Production: redis://host:6379/0
REDIS_URL = env("REDIS_URL")
if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
    CACHES = {"default": {"BACKEND": "fairs.caches.ForgetfulRedis", "LOCATION": REDIS_URL}}
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Seconds for which a process remembers what decides at the gates; a rule that is changed holds so much later.
GATES_KNOW_FOR = 5

# Empty: tasks are rows of the database, done by `manage.py db_worker`.
TASKS = {"default": {"BACKEND": env("TASKS_BACKEND", "django_tasks_db.DatabaseBackend"), "QUEUES": ["default"]}}

MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = "/files/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# ---- personal data ----------------------------------------------------------------------------------------
# How long a consent keeps the network address it came from, in days; the consent itself stays.
CONSENT_ADDRESS_DAYS = int(env("CONSENT_ADDRESS_DAYS", "730"))

# ---- money ------------------------------------------------------------------------------------------------
# Both empty: nobody is offered to pay by card. They come from Stripe's dashboard, and stand in no log and no page.
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRET = env("STRIPE_WEBHOOK_SECRET")
# Empty: Stripe itself. The demonstration and the tests talk to a stand-in on this machine.
STRIPE_API_BASE = env("STRIPE_API_BASE")
# The most that one card payment may be, for each currency: VND=99999999,USD=5000. Empty, and for every currency that is
# not named: eight digits of its smallest unit.
CARD_CEILINGS = dict(part.split("=") for part in env_list("CARD_CEILINGS", "VND=99999999"))
# How long somebody has on the card page; Stripe allows 30 minutes to a day. A hold is lengthened by as much, once.
CARD_MINUTES = int(env("CARD_MINUTES", "35"))
# After so many days without the bank's word a card payment that is on its way is given up; money that comes later
# is taken in all the same.
CARD_DAYS = int(env("CARD_DAYS", "3"))

# ---- people -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "fairs.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "fairs:welcome"
LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without a password, a code by e-mail opens the door
ACCOUNT_SIGNUP_FORM_CLASS = "fairs.forms.NewPersonForm"
ACCOUNT_FORMS = {
    "login": "fairs.entrance.SignInForm",
    "signup": "fairs.entrance.SignUpForm",
    "request_login_code": "fairs.entrance.RequestCodeForm",
    "confirm_login_code": "fairs.entrance.ConfirmCodeForm",
    "confirm_email_verification_code": "fairs.entrance.ConfirmEmailForm",
    "add_email": "fairs.entrance.ChangeEmailForm",
    "change_password": "fairs.entrance.ChangePasswordForm",
    "set_password": "fairs.entrance.SetPasswordForm",
    "reset_password": "fairs.entrance.ForgottenPasswordForm",
    "reset_password_from_key": "fairs.entrance.NewPasswordForm",
    "reauthenticate": "fairs.entrance.AgainForm",
}
ACCOUNT_ADAPTER = "fairs.accounts.AccountAdapter"
# Who works with money has a second factor. A code of the half minute before or after is taken: phones' clocks are off.
MFA_ADAPTER = "fairs.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "fairs.second_factor.CodeForm",
    "reauthenticate": "fairs.second_factor.CodeAgainForm",
    "activate_totp": "fairs.second_factor.SwitchOnForm",
}
MFA_TOTP_TOLERANCE = 1
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Long enough for a letter to reach a village's phone; three wrong codes end it all the same.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=15).total_seconds())
# Eight digits: whoever asks for codes and guesses all day, within the limits below, finds one in 35,000 days. So nobody
# needs to be locked out for a day because a stranger asked for codes in their name.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": False}
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,40/h/key",
    "confirm_email": "1/10s/key,20/h/key",
}
# One e-mail an account, and nobody comes in before it has answered: roles and companies are given to an e-mail. The
# answer is a code typed where it was asked for, so that nobody confirms by one tap what somebody else has begun.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/me/profile/"
# How many proxies stand before this server and add to X-Forwarded-For, so that limits count visitors: pages, links and
# API alike. Empty: none, and the header is not believed.
PROXIES = int(env("PROXIES", "0"))
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())

# ---- mail -------------------------------------------------------------------------------------------------
# Empty: mails are written as files into DATA_DIR/mail. Production: smtp://user:password@host:587 or smtps://…:465
EMAIL_URL = env("EMAIL_URL")
if EMAIL_URL:
    from urllib.parse import unquote, urlsplit

    _mail = urlsplit(EMAIL_URL)
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp" and EMAIL_PORT == 587
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "Chợ Phiên <cho-phien@localhost>")

# ---- banks ------------------------------------------------------------------------------------------------
# What services that watch the account show, so that transfers are known as they come. Empty: their address does not
# exist. SePay (POST /hooks/sepay/): an API key, or better the secret by which it signs; with both the signature counts.
SEPAY_API_KEY = env("SEPAY_API_KEY")
SEPAY_SECRET = env("SEPAY_SECRET")
# VietQR.vn (/hooks/vietqr/): the name and password that we gave it; empty: its addresses do not exist.
VIETQR_USERNAME = env("VIETQR_USERNAME")
VIETQR_PASSWORD = env("VIETQR_PASSWORD")

# ---- open data --------------------------------------------------------------------------------------------
# Under which licence the public totals of an edition may be used; it is written into every version.
OPEN_DATA_LICENCE = env("OPEN_DATA_LICENCE", "CC BY 4.0")
OPEN_DATA_LICENCE_URL = env("OPEN_DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/")

# ---- language and time ------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
# More languages for pages and letters that importers see, such as fr,ja; organisers' pages stay in the two above. Each
# has its catalogue in buyers/importer_locale; docs/importer_languages.md. Empty: none.
IMPORTER_LANGUAGES = env_list("IMPORTER_LANGUAGES")
IMPORTER_LOCALE_PATHS = [BASE_DIR / "buyers" / "importer_locale"]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
# A key in an address or a form must stay as it is: what a person reads is written by the filter `number`.
USE_THOUSAND_SEPARATOR = False
# Times are shown in the edition's own zone; this is the zone of everything that belongs to no edition.
TIME_ZONE = env("TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True

# ---- pages ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env("STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")},
}
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = DEBUG
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# ---- safety -----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# /healthz and /readyz are asked from this machine, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

# ---- the API ----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "fairs.api.authentication.ProgramToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "fairs.api.pages.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "login": "20/min",
        "register": "60/hour",
        "found": "30/day",
        "visa_letter": "30/hour",
        "hook": "600/min",
        "hook_wrong": "20/min",
    },
    "NUM_PROXIES": PROXIES,
    "EXCEPTION_HANDLER": "fairs.api.refusals.answer_refusal",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Chợ Phiên",
    "DESCRIPTION": "Every station of the fair, through the same actions as the pages.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "DEFAULT_GENERATOR_CLASS": "fairs.api.described.Described",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "fairs.api.described.describe_refusals",
    ],
    "ENUM_NAME_OVERRIDES": NAMES,
}

# ---- logs: one structured line a request, never a personal value ------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "fairs.middleware.JsonLine"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
        "daphne": {"level": "WARNING"},
        "stripe": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
