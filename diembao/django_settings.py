"""Django's settings, derived from the settings table. Nothing here reads the environment itself."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from diembao.config import CHOSEN_FILE, current
from diembao.database import databases
from diembao.secret_key import secret_key
from diembao.wiring import alert_config, search_config

CONFIG = current()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA = CONFIG.data
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = secret_key(CONFIG.text("DIEMBAO_SECRET_KEY"), DATA)
DEBUG = False
ALLOWED_HOSTS = list(CONFIG.names("DIEMBAO_ALLOWED_HOSTS"))
_PUBLIC_URL = CONFIG.text("DIEMBAO_PUBLIC_URL")
CSRF_TRUSTED_ORIGINS = [_PUBLIC_URL.rstrip("/")] if _PUBLIC_URL else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "archive",
    "cases",
    "alerts",
    "briefings",
    "web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "web.packed_static.PackedStatic",
    "web.compression.Compression",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "web.middleware.note_downloads",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "diembao.urls"
ASGI_APPLICATION = "diembao.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

DATABASES = databases(CONFIG.text("DATABASE_URL"), DATA)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "web.password_length.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "web:sign-in"
LOGIN_REDIRECT_URL = "web:dashboard"
LOGOUT_REDIRECT_URL = "web:sign-in"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _PUBLIC_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = CONFIG.text("DIEMBAO_LANGUAGE")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True  # served from the packages: no collectstatic step to forget
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

DIEMBAO_SNAPSHOTS = DATA / "snapshots"
DIEMBAO_ATTACHMENTS = DATA / "attachments"
DIEMBAO_SEARCH = search_config(CONFIG)
DIEMBAO_ALERTS = alert_config(CONFIG)
DIEMBAO_API_LIMITS = {
    "read": CONFIG.whole("DIEMBAO_API_READS"),
    "write": CONFIG.whole("DIEMBAO_API_WRITES"),
    "export": CONFIG.whole("DIEMBAO_API_EXPORTS"),
}  # requests a minute, by web.api.limits.Kind
DIEMBAO_PROVINCE = CONFIG.text("DIEMBAO_PROVINCE")
DIEMBAO_PROVINCE_FIXED = "DIEMBAO_PROVINCE" in CONFIG.given
DIEMBAO_CHOSEN = DATA / CHOSEN_FILE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": CONFIG.text("DIEMBAO_LOG_LEVEL").upper()},
    "loggers": {"scrapy": {"level": "WARNING"}, "apscheduler": {"level": "WARNING"}},
}
