"""Django settings of the test run: the real ones, over a data folder of its own."""

import os
import tempfile

os.environ["DIEMBAO_DATA"] = tempfile.mkdtemp(prefix="diembao-tests-")
os.environ.setdefault("DIEMBAO_PROVINCE", "demo")

from diembao import django_settings as real
from diembao.django_settings import *  # noqa: F403  (Django reads settings as names of this module)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed: no test is about hashing

if real.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in service: threads may use it at once, where a database in memory refuses one of them.
    real.DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['DIEMBAO_DATA']}/test.sqlite3"}
