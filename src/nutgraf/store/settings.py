"""Django's settings: the constants hold for every desk, ``configure`` adds what differs from one to the next."""

from __future__ import annotations

INSTALLED_APPS = ["nutgraf.store", "nutgraf.web"]
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "nutgraf.web.urls"
MIDDLEWARE: list[str] = []
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
SECRET_KEY = "nothing is signed with this key yet"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
