"""The one settings file. Variables are read in config/env.py and listed in docs/running.md."""

from __future__ import annotations

import secrets
from pathlib import Path

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
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vungcao.ui.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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
                "vungcao.desk.pages.who_looks",
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
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 300
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
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk:overview"
LOGOUT_REDIRECT_URL = "sign-in"

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
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("VUNGCAO_HTTPS", False)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
