"""URLs of the pages. Vietnamese, short, and stable: officers put them into documents."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.views.i18n import set_language

from web.converters import RowId
from web.views import (
    account,
    alerts,
    appearance,
    article,
    comparison,
    dashboard,
    decisions,
    deliveries,
    evidence,
    help,
    precision,
    register,
    register_files,
    rules,
    search,
    sources,
    story,
    targets,
    topics,
)

register_converter(RowId, "row")

app_name = "web"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("hom-nay/", dashboard.live, name="dashboard-live"),
    path("tim-kiem/", search.search, name="search"),
    path("tim-kiem/tai-ve/<slug:form>/", search.export, name="export"),
    path("bai/<row:pk>/", article.article, name="article"),
    path("bai/<row:pk>/so-sanh/", comparison.comparison, name="comparison"),
    path("bai/<row:pk>/chu-de/", topics.correct, name="topics"),
    path("doi-chieu/", decisions.queue, name="decisions"),
    path("doi-chieu/<row:pk>/ket-luan/", decisions.conclude, name="conclude"),
    path("do-chinh-xac/", precision.precision, name="precision"),
    path("dau-hieu/", precision.signals, name="signals"),
    path("dau-hieu/<slug:signal>/", precision.set_signal, name="set-signal"),
    path("so-lieu/", register.register, name="register"),
    path("so-lieu/moi/", register.new, name="register-new"),
    path("so-lieu/nhap/", register_files.import_file, name="register-import"),
    path("so-lieu/tai-ve/<slug:form>/", register_files.export_file, name="register-export"),
    path("so-lieu/muc/<row:pk>/", register.entry, name="register-entry"),
    path("so-lieu/muc/<row:pk>/sua/", register.edit, name="register-edit"),
    path("so-lieu/muc/<row:pk>/duyet/", register.approve, name="register-approve"),
    path("so-lieu/muc/<row:pk>/rut/", register.withdraw, name="register-withdraw"),
    path("chuyen/<row:pk>/", story.story, name="story"),
    path("chuyen/<row:pk>/so-sanh/", story.compare, name="story-comparison"),
    path("chuyen/<row:pk>/gop/", story.merge_with, name="story-merge"),
    path("chuyen/<row:pk>/tach/", story.split_off, name="story-split"),
    path("chuyen/<row:pk>/giu-rieng/", story.hold_apart, name="story-apart"),
    path("canh-bao/", alerts.inbox, name="alerts"),
    path("canh-bao/<row:pk>/", alerts.alert, name="alert"),
    path("canh-bao/<row:pk>/nhan/", alerts.take, name="alert-take"),
    path("canh-bao/<row:pk>/dong/", alerts.finish, name="alert-close"),
    path("quy-tac/", rules.rules, name="rules"),
    path("quy-tac/moi/", rules.new, name="rule-new"),
    path("quy-tac/thu/", rules.preview, name="rule-replay"),
    path("quy-tac/<row:pk>/", rules.edit, name="rule"),
    path("noi-nhan/", targets.targets, name="targets"),
    path("noi-nhan/moi/", targets.new, name="target-new"),
    path("noi-nhan/<row:pk>/", targets.edit, name="target"),
    path("truc/", targets.duty, name="duty"),
    path("thu-gui/", deliveries.deliveries, name="deliveries"),
    path("thu-gui/<row:pk>/gui-lai/", deliveries.send_again, name="resend"),
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
