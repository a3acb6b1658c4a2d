"""Our database and models under the barest Django: no sign-in, no scope, no frame. What pages are measured against."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.web.plain"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # else its application does not begin; it does next to nothing
]
TEMPLATES[0]["DIRS"] = [BASE_DIR / "bench" / "web"]  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 600  # type: ignore[index]  # noqa: F405
