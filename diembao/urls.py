"""The root of the URLs: the API has its own corner, every page belongs to ``web``."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("web.api.urls")), path("", include("web.urls"))]
