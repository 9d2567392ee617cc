"""The ASGI application."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diembao.django_settings")

# WhiteNoise hands static files over as a synchronous iterator, which Django then reads in a thread. Our
# files are small, so that costs nothing worth a warning in an operator's terminal.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

application = get_asgi_application()
