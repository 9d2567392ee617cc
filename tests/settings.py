"""Django settings of the test run: the real ones, over a data folder of its own."""

import os
import tempfile

os.environ["DIEMBAO_DATA"] = tempfile.mkdtemp(prefix="diembao-tests-")
os.environ.setdefault("DIEMBAO_PROVINCE", "demo")

from diembao.django_settings import *  # noqa: F403  (the environment must be set first)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed: no test is about hashing
