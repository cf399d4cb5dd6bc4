# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Django's own administration pages over one model that has a field of every kind.

usage: serve.py PORT FOLDER    (PASSWORD in the environment; the user is "admin")
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    port, folder = sys.argv[1], Path(sys.argv[2])
    sys.path.insert(0, str(HERE))

    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.urls import path

    settings.configure(
        DEBUG=True,  # serves the style sheets as well
        SECRET_KEY=os.urandom(20).hex(),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        STATIC_URL="/static/",
        MEDIA_ROOT=str(folder / "media"),
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "site.sqlite")}},
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "rack",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
    )
    django.setup()

    from django.contrib import admin
    from django.contrib.auth.models import User

    global urlpatterns
    urlpatterns = [path("admin/", admin.site.urls)]
    sys.modules.setdefault(__name__, sys.modules["__main__"])
    call_command("migrate", run_syncdb=True, verbosity=0)
    User.objects.create_superuser("admin", password=os.environ["PASSWORD"])
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)


urlpatterns: list[object] = []

if __name__ == "__main__":
    main()
