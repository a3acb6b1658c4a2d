"""The one settings file. Variables are read in config/env.py and listed in docs/running.md."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = env.folder("VUNGCAO_HOME", BASE_DIR / "var")

DEBUG = env.flag("VUNGCAO_DEBUG", False)
ALLOWED_HOSTS = env.text("VUNGCAO_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")


def _secret_key() -> str:
    """The key from the environment, else one made once and kept (mode 600) in VUNGCAO_HOME."""
    said = env.text("VUNGCAO_SECRET_KEY", "")
    if said:
        return said
    kept = HOME / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text().strip()


SECRET_KEY = _secret_key()

ROOMS = [
    "vungcao.ui",
    "vungcao.users",
    "vungcao.evidence",
    "vungcao.law",
    "vungcao.territory",
    "vungcao.bodies",
    "vungcao.programme",
    "vungcao.ledger",
    "vungcao.monitoring",
    "vungcao.office",
    "vungcao.intake",
    "vungcao.cube",
    "vungcao.reports",
    "vungcao.desk",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    *ROOMS,  # before allauth: where both have a template of a name, ours is taken
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vungcao.ui.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "vungcao.users.middleware.SecureHeaders",
    "django_htmx.middleware.HtmxMiddleware",
    "vungcao.users.middleware.SessionAge",
    "allauth.account.middleware.AccountMiddleware",
    "vungcao.users.kept_form.SignInFirst",
    "vungcao.users.middleware.FirstPassword",
    "vungcao.desk.second_factor.RequiredSecondFactor",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vungcao.desk.navigation.who_looks",
            ],
            "builtins": ["vungcao.ui.templatetags.vungcao"],
        },
    }
]

DATABASES = {
    "default": environ.Env.db_url_config(env.text("VUNGCAO_DATABASE_URL", f"sqlite:///{HOME / 'vungcao.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # DEFERRED loses writers under load; IMMEDIATE takes the one write lock at the start of a transaction.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = 300  # opening SQLite anew for each page costs more than the page
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "users.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "sign-in"

# The sign-in: docs/decisions/0010-sign-in.md says why.
HTTPS = env.flag("VUNGCAO_HTTPS", False)
PROXIES = int(env.text("VUNGCAO_PROXIES", "0"))  # how many of our own stand in front of the site
REQUIRE_MFA = [role.strip() for role in env.text("VUNGCAO_REQUIRE_MFA", "").split(",") if role.strip()]
OIDC_URL = env.text("VUNGCAO_OIDC_URL", "").rstrip("/")
OIDC_PROVIDER = "dinh-danh"  # the name under which subjects are linked to accounts

ACCOUNT_ADAPTER = "vungcao.users.adapters.OfficeAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; the library wants the two to agree
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}  # axes and users.locks count, in the database
ACCOUNT_FORMS = {
    "login": "vungcao.users.forms.SignInForm",
    "change_password": "vungcao.users.forms.NewPasswordForm",
    "reauthenticate": "vungcao.users.forms.PasswordAgainForm",
}
MFA_ADAPTER = "vungcao.users.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: clocks of phones differ
MFA_FORMS = {
    "authenticate": "vungcao.users.forms.SecondStepForm",
    "reauthenticate": "vungcao.users.forms.CodeAgainForm",
    "activate_totp": "vungcao.users.forms.TurnOnCodesForm",
    "add_webauthn": "vungcao.users.forms.AddPasskeyForm",
    "edit_webauthn": "vungcao.users.forms.RenamePasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "vungcao.users.adapters.LinkedOnly"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # only addresses that the office has linked: users.adapters
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC_PROVIDER,
                "name": env.text("VUNGCAO_OIDC_NAME", "Hệ thống định danh"),
                "client_id": env.text("VUNGCAO_OIDC_CLIENT", "vungcao"),
                "secret": env.text("VUNGCAO_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # users.SignInEvent is the log
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "vungcao.users.client.address"
AXES_LOCKOUT_CALLABLE = "vungcao.users.locks.locked_page"
AXES_SENSITIVE_PARAMETERS = ["username", "password", "oldpassword", "password1", "password2", "code", "credential"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "vungcao" / "locale"]
FORMAT_MODULE_PATH = ["vungcao.kernel.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

FONTS = env.text("VUNGCAO_FONTS", "")  # one more folder of fonts for charts and PDF

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
if OIDC_URL:  # the form of the sign-in is sent on to the provider
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL)))
SESSION_ENGINE = "vungcao.users.sessions"
SESSION_COOKIE_AGE = 60 * int(env.text("VUNGCAO_SESSION_MINUTES", "120"))  # without use
DOOR_LOG_DAYS = int(env.text("VUNGCAO_DOOR_LOG_DAYS", "400"))  # how long a line of the log of the door is kept
SESSION_LONGEST = 12 * 3600  # used or not
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "vungcao.users.kept_form.stale"
SECURE_HSTS_SECONDS = 365 * 86400 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False  # other names of the province's domain are not ours
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The web server in front sends http on to https; whether the domain's other names speak https is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # a folder sent whole: its workbooks are counted by intake, with a sentence
