"""The root of the URLs: every page belongs to ``web``."""

from django.urls import include, path

urlpatterns = [path("", include("web.urls"))]
