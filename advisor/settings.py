"""Settings, driven by the environment. Production is the default; ADVISOR_LOCAL=1 opts into one's own machine.

ADVISOR_LOCAL only relaxes what needs HTTPS and a domain name; `make run` and the tests set it.
"""

from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.utils.translation import get_language_info, to_language
from redis.backoff import NoBackoff
from redis.retry import Retry

from advisor import environment
from advisor.catalog.admin_site import UNFOLD  # noqa: F401  # the admin's menu
from advisor.web import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("ADVISOR_VAR", str(BASE_DIR / "var"))).resolve()
RUNTIME_DIR = embedded.runtime_folder(VAR_DIR)

LOCAL = environment.flag("ADVISOR_LOCAL")
DEBUG = environment.flag("DEBUG")
EMBEDDED_DATABASE = not environment.text("DATABASE_URL", "")
SECRET_KEY = environment.secret_key("SECRET_KEY", keep_in=VAR_DIR if LOCAL or EMBEDDED_DATABASE else None)
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = environment.names("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = environment.whole_number("TRUSTED_PROXIES", 0)  # how many of our own proxies stand in front

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "import_export",
    "simple_history",
    "template_partials",
    "advisor.web",
    "advisor.accounts",
    "advisor.catalog",
    "advisor.assessments",
    "advisor.reports",
    "advisor.effects",
    "advisor.assistant",
]

MIDDLEWARE = [
    "advisor.web.stack_room.stack_room",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "advisor.web.csp.ContentSecurityPolicy",
    "advisor.web.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "advisor.web.english_admin.EnglishAdmin",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "advisor.accounts.sessions.end_old_sessions",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # form fields are drawn by our own templates

ROOT_URLCONF = "advisor.urls"
WSGI_APPLICATION = "advisor.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Database. Every thread here keeps one connection open, and there is one in a process (WEB_THREADS: a few with the
# assistant); a pool would only add waiting threads.
DATABASES = {
    "default": environment.database("DATABASE_URL", embedded.postgres_address(RUNTIME_DIR))
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis or Valkey: broker and cache. Short times and no retries, because a broker that accepts but never answers blocks
# the request.
REDIS_URL = environment.redis_address("REDIS_URL", embedded.valkey_address(RUNTIME_DIR))
REDIS_LIMITS = {"socket_connect_timeout": 2, "socket_timeout": 5, "retry": Retry(NoBackoff(), 0)}
CACHES = {
    "default": {
        "BACKEND": "advisor.web.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "advisor",
        "OPTIONS": REDIS_LIMITS,
    }
}

# Celery. The database row is the job and the message only a bell: early ack, no results, no retries (advisor/reports).
# The times must stay in this order: soft limit < hard limit < lease < visibility timeout.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, "visibility_timeout": 600}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
REPORT_LEASE_SECONDS = 180
EFFECT_LEASE_SECONDS = REPORT_LEASE_SECONDS  # of a preview of what publishing would change
EFFECT_KEEP_DAYS = 30  # such previews are deleted then; assumed: longer than anybody thinks about one publication
REPORT_KEEP_DAYS = 90  # finished reports are then deleted; asking again makes the same one anew
FACTS_USED_IN = "advisor.assessments.reach.facts_used_in"  # asked by the catalog, which does not know results
BEFORE_ASSESSMENT_DELETED = ["advisor.reports.files.delete_with_assessment"]  # called with the row's id
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = True  # what somebody waits for is not behind messages fetched ahead (Redis only)
# Celery would connect anew for each task, which costs PostgreSQL more than all that a report asks of it. Connections
# are kept as those of requests are (CONN_MAX_AGE, advisor/celery.py); so many tasks later Celery closes them once.
CELERY_DB_REUSE_MAX = 1_000_000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kB; a child that grew beyond this is replaced after its task
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # nothing to remember between starts
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "advisor.web.tasks.heartbeat", "schedule": 15.0, "options": {"expires": 60}},
    "sweep": {"task": "advisor.reports.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "links": {"task": "advisor.catalog.tasks.check_links", "schedule": 3600.0, "options": {"expires": 600}},
    "sweep-effects": {"task": "advisor.effects.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
}

# Accounts: made by an administrator, never by sign-up. Owners of a business need none.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # a sign-in ends with the browser at the latest
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "AI adoption advisor"
ACCOUNT_ADAPTER = "advisor.accounts.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SESSION_COOKIE_AGE = 14 * 24 * 3600  # a visitor without an account finds back to an assessment for two weeks
SIGNED_IN_IDLE_SECONDS = 60 * 60
SIGNED_IN_SECONDS = 12 * 3600

# Cookies, HTTPS, headers.
HTTPS = not LOCAL
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
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
# Unfold, the admin's look, evaluates expressions written in attributes (Alpine.js) and writes its colors inline.
ADMIN_SECURITY_POLICY = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}

IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True  # a cell that starts like a formula is written as text

# Where "Ask an advisor" on the result page leads; without it the page has no such link.
ADVISOR_CONTACT = environment.contact("ADVISOR_CONTACT")

# Reading from the network, which importers and the check of source addresses do. Hosts named here may have a private
# address (a hub of one's own).
FETCH_ALLOWED_HOSTS = environment.names("FETCH_ALLOWED_HOSTS")
CHECK_LINKS = environment.flag("CHECK_LINKS", default=not LOCAL)  # look whether source addresses still answer
HUB_ENDPOINT = environment.web_address("HUB_ENDPOINT", "https://huggingface.co")
HUB_TOKEN = environment.text("HUB_TOKEN", "")  # only for a hub that asks for one

# Help from an open model, off without an address: any server that speaks the OpenAI protocol (Ollama, vLLM, llama.cpp).
# A visitor's text goes to this one server, and only when the visitor presses the button. Its address may be private.
ASSISTANT_URL = environment.web_address("ASSISTANT_URL", "")
ASSISTANT_MODEL = environment.text("ASSISTANT_MODEL", None if ASSISTANT_URL else "")
ASSISTANT_KEY = environment.header_key("ASSISTANT_KEY")
# Below the 60 seconds after which proxies commonly give up (nginx: proxy_read_timeout), so that the page can say so.
ASSISTANT_SECONDS = environment.whole_number("ASSISTANT_SECONDS", 55, lowest=1)
# Waiting for the model in one web process; assumed: few ask, and a small server takes few at once.
ASSISTANT_AT_ONCE = 2
# One thread a web process for pages, which are short, and one for each visitor who may be waiting for the model.
WEB_THREADS = 1 + (ASSISTANT_AT_ONCE if ASSISTANT_URL else 0)

# What /healthz asks, after the database itself.
HEALTH_CHECKS = [
    "advisor.web.health.broker",
    "advisor.web.health.worker",
    "advisor.catalog.health.published",
    "advisor.reports.health.queue",
    "advisor.reports.health.sweeper",
]
WORKER_SILENCE_SECONDS = 120  # a worker busy with two slow reports reports after at most one hard limit

# English is in the code; each folder of locale/ is a language more. `make messages` and a test keep them complete.
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
_TRANSLATED = sorted(to_language(path.parent.name) for path in LOCALE_PATHS[0].glob("*/LC_MESSAGES"))
LANGUAGES = [(code, str(get_language_info(code)["name_local"])) for code in (LANGUAGE_CODE, *_TRANSLATED)]
USE_TZ = True
TIME_ZONE = "UTC"

# Files. Reports go to a folder that no address leads to, or to a bucket nobody else may read (S3_BUCKET, S3_ENDPOINT,
# S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY); downloads go through a view that checks each time.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = None if LOCAL else Path(environment.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
WHITENOISE_USE_FINDERS = LOCAL  # one's own machine needs no collectstatic
HASHED_STATIC_FILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": environment.s3_storage("S3")
    or {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if LOCAL else HASHED_STATIC_FILES,
    },
}

# Everything goes to standard error, where the supervisor or the container keeps it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "advisor.assessments.resume_links.WithoutTokens",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "httpx2": {"level": "WARNING"},  # one line for each request otherwise
    },
}
