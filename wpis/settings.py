"""All settings of WPIS: every variable of the environment is read here, at the top, and nowhere else."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from wpis.processes import logs, server_urls, web_addresses
from wpis.processes.environment import flag, json_object, number, secret, secret_names, secret_words, words
from wpis.rate_limits.rates import read_rate

BASE_DIR = Path(__file__).resolve().parent.parent

# --- the environment -------------------------------------------------------------------------------
WPIS_SURFACE = os.environ.get("WPIS_SURFACE", "owner")
DATABASE_URL = secret("DATABASE_URL")
REDIS_URL = secret("REDIS_URL")
WPIS_REDIS_MASTER = os.environ.get("WPIS_REDIS_MASTER", "")  # which master the sentinels in REDIS_URL watch
REDIS_SENTINEL_PASSWORD = secret("WPIS_REDIS_SENTINEL_PASSWORD")  # of the sentinels themselves
WPIS_REDIS_CA_FILE = server_urls.authority(
    "WPIS_REDIS_CA_FILE", os.environ.get("WPIS_REDIS_CA_FILE", "")
)  # with sentinels: TLS, by this authority
SECRET_KEY = secret("WPIS_SECRET_KEY")
SECRET_KEY_FALLBACKS = secret_words("WPIS_SECRET_KEY_FALLBACKS")  # former keys: sessions and links stay valid
SECURE = flag("WPIS_SECURE")  # behind TLS: secure cookies, HSTS
ALLOWED_HOSTS = web_addresses.hosts(words("WPIS_HOSTS", "localhost,127.0.0.1,[::1]"), secure=SECURE)
CSRF_TRUSTED_ORIGINS = web_addresses.origins(words("WPIS_ORIGINS"), secure=SECURE)
WPIS_FIELD_KEYS: dict[str, str] = secret_names("WPIS_FIELD_KEYS")
WPIS_DIGEST_KEYS: dict[str, str] = secret_names("WPIS_DIGEST_KEYS")
WPIS_INDEX_KEY = secret("WPIS_INDEX_KEY")
WPIS_INDEX_KEY_FORMER = secret("WPIS_INDEX_KEY_FORMER")  # while `rebuild_index` works: both keys find
WPIS_PERMIT_KEY: dict[str, str] = secret_names("WPIS_PERMIT_KEY")
WPIS_PERMIT_PUBLIC_KEYS: dict[str, str] = secret_names("WPIS_PERMIT_PUBLIC_KEYS")
WPIS_PORTAL_URL = web_addresses.base(
    "WPIS_PORTAL_URL", os.environ.get("WPIS_PORTAL_URL", "http://localhost:8001"), secure=SECURE
)
WPIS_OFFICE_URL = web_addresses.base(
    "WPIS_OFFICE_URL", os.environ.get("WPIS_OFFICE_URL", "http://localhost:8002"), secure=SECURE
)
WPIS_PROTECTION_URL = web_addresses.base(
    "WPIS_PROTECTION_URL", os.environ.get("WPIS_PROTECTION_URL", "http://localhost:8003"), secure=SECURE
)
WPIS_EMAIL_DIR = os.environ.get("WPIS_EMAIL_DIR", "")
EMAIL_HOST = server_urls.mail_host(os.environ.get("WPIS_EMAIL_HOST", "localhost"))
EMAIL_PORT = number("WPIS_EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = os.environ.get("WPIS_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = secret("WPIS_EMAIL_PASSWORD")
EMAIL_TLS = os.environ.get("WPIS_EMAIL_TLS", "")  # starttls, tls, or empty for a server beside this process
# who signed the mail server's certificate
WPIS_EMAIL_CA_FILE = server_urls.authority("WPIS_EMAIL_CA_FILE", os.environ.get("WPIS_EMAIL_CA_FILE", ""))
EMAIL_FROM = os.environ.get("WPIS_EMAIL_FROM") or "Work permit service <no-reply@workpermit.am>"
WPIS_CLAMD = server_urls.scanner(os.environ.get("WPIS_CLAMD", ""))
WPIS_METRICS_TOKEN = secret("WPIS_METRICS_TOKEN")
HEARTBEAT_FILE = os.environ.get("WPIS_HEARTBEAT_FILE", "")  # touched by a background process while it works
METRICS_DIR = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")  # where processes of one server add up theirs
WPIS_PROXIES = number("WPIS_PROXIES", 0)  # trusted proxies in front of this process
CHECK_REQUESTS = number("WPIS_CHECK_REQUESTS", 300, least=1)  # permit checks a network, 5 minutes
WPIS_DEMO = flag("WPIS_DEMO")  # development: allows demo accounts, `manage.py code` and a moved clock
API_RATE = os.environ.get("WPIS_API_RATE", "60/min")  # requests of one account to the interface for programs
WPIS_TOKEN_DAYS = number("WPIS_TOKEN_DAYS", 180)  # how long a token for a program works
# How long the oldest job of each table may wait before people are told.
WPIS_WAITING_SECONDS: dict[str, int] = {
    "permits_feeditem": 300,
    "wpis_errand": 900,
    "documents_filecheck": 900,
    "documents_checkedfile": 300,
    "referral_reminder": 1800,
}
# How much may be sent: attached to an application; by a company and by an account, each (`wpis.documents.quotas`).
WPIS_UPLOAD_QUOTAS: dict[str, int] = {
    "files_of_application": 30,
    "megabytes_of_application": 100,
    "waiting": 40,  # files that have not been checked yet
    "files_an_hour": 300,
    "files_a_day": 1500,
    "megabytes_a_day": 3000,
}
STATIC_DIR = os.environ.get("WPIS_STATIC_DIR", "")  # where collectstatic put its files; the image sets it
LOG_LEVEL = os.environ.get("WPIS_LOG_LEVEL", "INFO")
WPIS_ENROLMENT_HOURS = number("WPIS_ENROLMENT_HOURS", 72)  # how long an enrolment code works
WPIS_STAFF_REQUEST_DAYS = number("WPIS_STAFF_REQUEST_DAYS", 14)  # how long a second person may confirm
WPIS_PASSKEY_ONLY = flag("WPIS_PASSKEY_ONLY")  # staff of protection sign in with passkeys and nothing else
WPIS_HELP_EMAIL = os.environ.get("WPIS_HELP_EMAIL", "")  # how people reach the ones who run this surface;
WPIS_HELP_PHONE = os.environ.get("WPIS_HELP_PHONE", "")  # what is not set does not stand on the help page
WPIS_HELP_HOURS = os.environ.get("WPIS_HELP_HOURS", "")  # of the telephone on working days: 09:00-18:00

SURFACES = ("portal", "office", "protection", "files", "owner")  # files: only looks into uploaded files
if WPIS_SURFACE not in SURFACES:
    raise ImproperlyConfigured(f"WPIS_SURFACE is {WPIS_SURFACE!r}; it must be one of {', '.join(SURFACES)}")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set WPIS_SECRET_KEY (make demo and make test do it for you)")
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
    raise ImproperlyConfigured("WPIS_LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL")
if WPIS_DEMO and SECURE:
    raise ImproperlyConfigured("WPIS_DEMO is for development: it must not be set where WPIS_SECURE is")
try:
    read_rate(API_RATE)
except ValueError as problem:
    raise ImproperlyConfigured(f"WPIS_API_RATE: {problem}") from None
if not 1 <= WPIS_TOKEN_DAYS <= 366:
    raise ImproperlyConfigured("WPIS_TOKEN_DAYS must be from 1 to 366: no token works for longer than a year")
for _table, _seconds in json_object("WPIS_WAITING_SECONDS").items():
    if _table not in WPIS_WAITING_SECONDS or type(_seconds) is not int or _seconds < 1:
        raise ImproperlyConfigured(
            f"WPIS_WAITING_SECONDS: {_table} must be one of its tables, with whole seconds"
        )
    WPIS_WAITING_SECONDS[_table] = _seconds
for _quota, _most in json_object("WPIS_UPLOAD_QUOTAS").items():
    if _quota not in WPIS_UPLOAD_QUOTAS or type(_most) is not int or _most < 1:
        raise ImproperlyConfigured(
            f"WPIS_UPLOAD_QUOTAS: {_quota} must be one of {', '.join(WPIS_UPLOAD_QUOTAS)}, with a whole number"
        )
    WPIS_UPLOAD_QUOTAS[_quota] = _most
if METRICS_DIR:  # before the first metric is made: each lives in a file there
    Path(METRICS_DIR).mkdir(parents=True, exist_ok=True)
if not 1 <= WPIS_ENROLMENT_HOURS <= 336:
    raise ImproperlyConfigured(
        "WPIS_ENROLMENT_HOURS must be from 1 to 336: no enrolment code works for longer"
    )
if not 1 <= WPIS_STAFF_REQUEST_DAYS <= 90:
    raise ImproperlyConfigured(
        "WPIS_STAFF_REQUEST_DAYS must be from 1 to 90: later nobody remembers what was asked"
    )
if not REDIS_URL and WPIS_SURFACE != "owner":
    raise ImproperlyConfigured("Set REDIS_URL: the broker through which workers are told that there is work")

# --- the database ----------------------------------------------------------------------------------
DATABASES = {"default": server_urls.database(DATABASE_URL, WPIS_SURFACE)}
CACHES = {"default": {"BACKEND": "wpis.rate_limits.cache.UsedOnceCache"}}  # nothing is kept per process
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- what a surface is made of ---------------------------------------------------------------------
_GROUND = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "guardian",
    "pgtrigger",
    "django_filters",
    "django_prometheus",
    "django_structlog",
    "csp",
    "wpis",
    "wpis.accounts",
    "wpis.audit",
    "wpis.documents",
    "wpis.ui",
    "permits",
]
_API = ["rest_framework", "drf_spectacular"]
_RESTRICTED = ["alerts", "referral"]
_DEVELOPMENT = (
    ["wpis.development"] if (BASE_DIR / "wpis/development/apps.py").exists() else []
)  # not in the image
INSTALLED_APPS = {
    "portal": [*_GROUND, *_API],
    "office": _GROUND,
    "protection": [*_GROUND, *_API, *_RESTRICTED],
    "files": [app for app in _GROUND if app != "permits"],
    "owner": [*_GROUND, *_API, *_RESTRICTED, *_DEVELOPMENT],
}[WPIS_SURFACE]
ROOT_URLCONF = f"wpis.urls.{'portal' if WPIS_SURFACE == 'owner' else WPIS_SURFACE}"
WSGI_APPLICATION = "wpis.wsgi.application"

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wpis.ui.middleware.SecurityHeadersMiddleware",  # before WhiteNoise: static files carry the headers too
    "csp.middleware.CSPMiddleware",
    "wpis.ui.middleware.CompressionMiddleware",  # before WhiteNoise: the demo's static files too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wpis.accounts.browser.responses.BrowserMiddleware",
    "wpis.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "wpis.accounts.browser.entering.EntryMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wpis.accounts.middleware.SessionLimitsMiddleware",
    "wpis.accounts.middleware.SecondFactorMiddleware",
    "wpis.ui.middleware.OneNotFoundMiddleware",
    "wpis.ui.middleware.UnreadableRecordMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

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
                "wpis.ui.context.surface",
            ],
        },
    }
]
FORM_RENDERER = "wpis.ui.forms.Renderer"

# --- sign-in ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: nobody anonymous holds a grant
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "wpis.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "wpis.ui.sign_in.LoginForm",
    "signup": "wpis.ui.sign_in.SignupForm",
    "add_email": "wpis.ui.sign_in.AddEmailForm",
    "change_password": "wpis.ui.sign_in.ChangePasswordForm",
    "set_password": "wpis.ui.sign_in.SetPasswordForm",
    "reset_password": "wpis.ui.sign_in.ResetPasswordForm",
    "reset_password_from_key": "wpis.ui.sign_in.ResetPasswordKeyForm",
    "user_token": "wpis.ui.sign_in.ResetLinkForm",
    "reauthenticate": "wpis.ui.sign_in.ReauthenticateForm",
    "confirm_email_verification_code": "wpis.ui.sign_in.EmailCodeForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",  # sign-ins of a whole office behind one address
    "confirm_email": "1/10s/key,10/h/key",
    "reset_password": "20/m/ip,5/m/key,20/h/key",
    "login_failed": "5/5m/key",  # codes of the second step; passwords: wpis.rate_limits.guesses
}
WPIS_GUESSES = {  # what is guessed, by whom -> tries, and in how many minutes
    "passwords tried by a network": (10, 5),
    "passwords tried by strangers": (300, 60),
    "passwords tried on a known device": (10, 5),
    "enrolment codes": (5, 15),
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 1800  # seconds; letters can be slow
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 5  # new codes for one sign-up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = (
    True  # a letter in either case: the same work, and its reader is not left waiting
)
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "wpis.accounts.signing_up.reset_links.ResetKeyGenerator"  # noqa: S105  a class
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an e-mail address is added, made the main one or removed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds that a fresh authentication counts as one
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "wpis.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "wpis.ui.sign_in.AuthenticateForm",
    "reauthenticate": "wpis.ui.sign_in.ConfirmForm",
    "activate_totp": "wpis.ui.sign_in.ActivateTOTPForm",
    "authenticate_webauthn": "wpis.ui.sign_in.AuthenticateKeyForm",
    "login_webauthn": "wpis.ui.sign_in.SignInKeyForm",
    "reauthenticate_webauthn": "wpis.ui.sign_in.ConfirmKeyForm",
    "add_webauthn": "wpis.ui.sign_in.AddKeyForm",
    "edit_webauthn": "wpis.ui.sign_in.RenameKeyForm",
}
WPIS_PASSKEY_ONLY = WPIS_PASSKEY_ONLY and WPIS_SURFACE == "protection"
MFA_SUPPORTED_TYPES = ["webauthn"] if WPIS_PASSKEY_ONLY else ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Work permits of Armenia"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # localhost of the demo has no TLS
AXES_LOCKOUT_PARAMETERS = [
    ["username", "ip_address"]
]  # an office behind one address is not locked out as one
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_CALLABLE = "wpis.accounts.lockout.account_tried"
AXES_LOCKOUT_CALLABLE = "wpis.ui.errors.too_many_tries"
AXES_RESET_ON_SUCCESS = True
AXES_WHITELIST_CALLABLE = "wpis.accounts.lockout.on_known_device"
AXES_CLIENT_IP_CALLABLE = "wpis.accounts.lockout.address_tried"
ALLAUTH_TRUSTED_PROXY_COUNT = WPIS_PROXIES  # nothing else in X-Forwarded-For counts
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # one table for all surfaces; sign-ins go to the audit trail instead
AXES_VERBOSE = False

# --- sessions: one table, one cookie and one time limit per surface ---------------------------------
SESSION_ENGINE = "wpis.accounts.sessions"
_COOKIE = {
    "portal": "wp_portal",
    "office": "wp_office",
    "protection": "wp_desk",
    "files": "",
    "owner": "wp_owner",
}[WPIS_SURFACE]
SESSION_COOKIE_NAME = f"__Host-{_COOKIE}" if SECURE else _COOKIE
WPIS_DEVICE_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_device"
SESSION_COOKIE_AGE = {"portal": 30, "office": 15, "protection": 10, "files": 1, "owner": 15}[
    WPIS_SURFACE
] * 60  # idle
WPIS_SESSION_WARNING = {"portal": 5, "office": 2, "protection": 2}  # minutes before the end
WPIS_SESSION_HOURS = {"portal": 12, "office": 12, "protection": 8, "files": 1, "owner": 8}[
    WPIS_SURFACE
]  # absolute
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax" if WPIS_SURFACE == "portal" else "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = f"{_COOKIE}_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wpis.ui.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- headers ---------------------------------------------------------------------------------------
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if WPIS_PROXIES else None
SECURE_REFERRER_POLICY = (
    "same-origin"  # "no-referrer" makes browsers send "Origin: null": no form would pass CSRF
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# What `check --deploy` would ask for, and why it is answered elsewhere.
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options is set by our own middleware, for static files too
    "security.W008",  # the proxy in front redirects to HTTPS
    "security.W021",  # whether the domain is on the preload list of browsers is the operator's decision
]

# --- languages -------------------------------------------------------------------------------------
LANGUAGE_CODE = "hy"
LANGUAGES = [("hy", "Հայերեն"), ("en", "English"), ("ru", "Русский")]
LANGUAGE_COOKIE_NAME = "wp_language"
LOCALE_PATHS = [BASE_DIR / "wpis" / "locale"]
FORMAT_MODULE_PATH = ["wpis.ui.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Yerevan"

# --- static files and uploads ----------------------------------------------------------------------
STATIC_URL = "/static/"
_STATIC = BASE_DIR / "static"
WPIS_STATIC = {  # a bundle for each surface: its process neither holds nor serves a file of another one
    "portal": [_STATIC / "shared"],
    "office": [_STATIC / "shared", _STATIC / "staff"],
    "protection": [_STATIC / "shared", _STATIC / "staff", _STATIC / "protection"],
    "files": [],
    "owner": [_STATIC / "shared"],
}
STATIC_ROOT = str(Path(STATIC_DIR) / WPIS_SURFACE) if STATIC_DIR else None
STATICFILES_DIRS = WPIS_STATIC[WPIS_SURFACE]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "wpis.processes.static_files.SignInFinder",
]
WHITENOISE_USE_FINDERS = not STATIC_DIR  # the demo needs no collectstatic; the image has it done
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_DIR
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WPIS_UPLOAD_MAX_BYTES = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 0

# --- mail ------------------------------------------------------------------------------------------
EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend" if WPIS_EMAIL_DIR else "wpis.letters.smtp.EmailBackend"
)
EMAIL_FILE_PATH = WPIS_EMAIL_DIR or None
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS, EMAIL_USE_SSL = server_urls.mail_encryption(
    EMAIL_TLS,
    host=EMAIL_HOST,
    user=EMAIL_HOST_USER,
    password=EMAIL_HOST_PASSWORD,
    ca_file=WPIS_EMAIL_CA_FILE,
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = server_urls.sender(EMAIL_FROM)

# --- the doorbell ----------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_IMPORTS = ["wpis.documents.checking.tasks"]
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 110  # below the visibility timeout, or long tasks run twice (celery #5935)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
    "health_check_interval": 10,
    **server_urls.broker(
        REDIS_URL,
        master=WPIS_REDIS_MASTER,
        sentinel_password=REDIS_SENTINEL_PASSWORD,
        ca_file=WPIS_REDIS_CA_FILE,
    ),
}
CELERY_BROKER_USE_SSL = server_urls.broker_tls(WPIS_REDIS_CA_FILE) or None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = TIME_ZONE

# --- the interfaces for programs: employers on the portal, partner agencies on protection, none in the office ---
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # each interface names its own; what names none lets nobody in
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "wpis.api.strict.Pages",
    "PAGE_SIZE": 25,
    "EXCEPTION_HANDLER": "wpis.api.errors.handle",
    "DEFAULT_THROTTLE_CLASSES": ["wpis.api.throttling.ProgramThrottle"],
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # JSON only: `?format=` is a parameter that does not exist
}
SPECTACULAR_SETTINGS = {  # title and description: each surface its own, see wpis.api.schema
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "ENUM_NAME_OVERRIDES": {"ReadingLanguage": "wpis.classifications.languages.LANGUAGES"},
}

# --- logs without personal data --------------------------------------------------------------------
DJANGO_STRUCTLOG_CELERY_ENABLED = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": logs.render,
            "foreign_pre_chain": logs.foreign_chain,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
    },
}
