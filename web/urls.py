"""URLs of the pages. Vietnamese, short, and stable: officers put them into documents."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.views.i18n import set_language

from web.converters import RowId
from web.views import account, appearance, article, comparison, dashboard, evidence, help, search, sources

register_converter(RowId, "row")

app_name = "web"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("hom-nay/", dashboard.live, name="dashboard-live"),
    path("tim-kiem/", search.search, name="search"),
    path("tim-kiem/tai-ve/<slug:form>/", search.export, name="export"),
    path("bai/<row:pk>/", article.article, name="article"),
    path("bai/<row:pk>/so-sanh/", comparison.comparison, name="comparison"),
    path("bang-chung/<row:sequence>/tai-ve/", evidence.download, name="evidence"),
    path("nguon/", sources.sources, name="sources"),
    path("nguon/<slug:key>/", sources.outlet, name="outlet"),
    path("tro-giup/", help.help_page, name="help"),
    path("dang-nhap/", account.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", LogoutView.as_view(), name="sign-out"),
    path("mat-khau/", account.ChangePassword.as_view(), name="password"),
    path("giao-dien/", appearance.theme, name="theme"),
    path("ngon-ngu/", login_not_required(set_language), name="language"),
]
