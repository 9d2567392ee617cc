"""A few cases about the made-up press, so that the pages of a first run teach something.

Made once, by two made-up officers who cannot sign in, as soon as the articles are in the archive.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from archive.models import Article, Finding, Outlet, Revision
from cases import moving
from cases.documents.fields import as_json
from cases.documents.first_draft import first_draft
from cases.drafting import approve_draft, save_draft
from cases.models import Case
from cases.opening import open_case, open_question
from cases.roles import APPROVER, OFFICER, give_role
from cases.states import Form, Kind, Outcome, State

WRONG_FIGURE = "Bức tranh giảm nghèo ở các tỉnh vừa sáp nhập"
CRITICISM = "Bờ sông Tân Rộc sạt lở, người dân nghi do tàu hút cát ban đêm"
HOSPITAL = "Hơn 100 bệnh nhân phải chuyển viện vì máy siêu âm hỏng ở Lam Giang"
FOOD = "27 trẻ mầm non Suối Lìm nhập viện nghi ngộ độc sau bữa trưa"
ASKING = "nhat-bao-ba-mien"


class DemoCases:
    """A step of the pipeline that does its work once: nothing when there is any case already."""

    name = "demo-cases"

    def __init__(self, files: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._files, self._clock = files, clock
        self._done = False

    def run(self, limit: int) -> int:
        """Make the cases when their articles are there and were compared; returns how many."""
        if self._done or Case.objects.exists():
            self._done = True
            return 0
        articles = _articles(WRONG_FIGURE, CRITICISM, HOSPITAL, FOOD)
        if articles is None or not Outlet.objects.filter(pk=ASKING).exists():
            return 0
        with transaction.atomic():
            _Office(self._clock(), self._files).make(*articles)
        self._done = True
        return Case.objects.count()


def _articles(*titles: str) -> list[Article] | None:
    """The articles that first bore these titles; None until all are there and nothing awaits a step."""
    found: list[Article] = []
    for title in titles:
        first = Revision.objects.filter(number=1, title=title).select_related("article__outlet").first()
        if first is None or first.article.needs_classify or first.article.needs_signals:
            return None
        found.append(first.article)
    return found


class _Office:
    """The made-up officers and what they did in the last days."""

    def __init__(self, now: datetime, files: Path):
        self._now, self._files = now, files
        self._officer = _person("can-bo-mau", OFFICER)
        self._approver = _person("lanh-dao-mau", APPROVER)

    def make(self, figure: Article, criticism: Article, hospital: Article, food: Article) -> None:
        """All five."""
        self._requested(figure, "Sổ số liệu ghi khác bài báo; đã gọi Sở hỏi lại.", days=2)
        self._with_an_agency(criticism)
        self._being_written(hospital)
        case = self._requested(food, "Kết luận kiểm nghiệm: bữa ăn không gây ngộ độc.", days=6)
        self._move(case, State.CLOSED, 1, "Báo đã đăng cải chính ở trang nhất.", outcome=Outcome.CORRECTED)
        self._question()

    def _requested(self, article: Article, reason: str, days: float) -> Case:
        findings = Finding.objects.filter(article=article, kind="signal").values_list("pk", flat=True)
        case = self._open(Kind.CORRECTION, article, reason, days, list(findings[:1]))
        self._move(case, State.VERIFYING, days - 0.1, "Đối chiếu với sổ số liệu và hỏi Sở.")
        self._assign(case, "so-y-te" if not findings else "so-noi-vu", days - 0.2)
        self._move(case, State.ASSIGNED, days - 0.2, "Sở giữ số liệu gốc.")
        self._move(case, State.DRAFTING, days - 0.5, "Sở đã gửi số liệu kèm văn bản.")
        self._write(case, Form.CORRECTION, days - 0.5, "Báo cáo của Sở gửi kèm")
        self._move(case, State.APPROVAL, days - 0.6, "Trình lãnh đạo duyệt.")
        approve_draft(
            case.pk,
            1,
            version=self._version(case),
            by=self._approver,
            now=self._ago(days - 0.7),
            folder=self._files,
            comment="Đồng ý.",
        )
        number = f"{case.pk + 40}/SVHTTDL-TTBC"
        self._move(case, State.REQUESTED, days - 0.8, "Văn thư đã gửi.", number=number)
        return case

    def _with_an_agency(self, article: Article) -> None:
        case = self._open(Kind.CRITICISM, article, "Phê bình có căn cứ, cần cơ quan giải quyết.", 3)
        self._move(case, State.VERIFYING, 2.9, "Hỏi xã Tân Rộc về hiện trạng bờ sông.")
        self._assign(case, "so-nnmt", 2.8)
        self._move(case, State.ASSIGNED, 2.8, "Thuộc lĩnh vực của Sở.")
        moving.set_due(
            case.pk,
            (self._now + timedelta(days=2)).date(),
            "Công văn của UBND tỉnh giao Sở kiểm tra (dữ liệu trình diễn)",
            version=self._version(case),
            by=self._officer,
            now=self._ago(2.7),
            reason="UBND tỉnh giao hạn.",
        )

    def _being_written(self, article: Article) -> None:
        case = self._open(Kind.REPLY, article, "Bệnh viện đề nghị được thông tin thêm.", 1)
        self._move(case, State.VERIFYING, 0.9, "Hỏi Sở Y tế.")
        self._assign(case, "so-y-te", 0.8)
        self._move(case, State.ASSIGNED, 0.8, "Thuộc lĩnh vực của Sở.")
        self._move(case, State.DRAFTING, 0.3, "Sở Y tế đã gửi báo cáo.")
        document = as_json(first_draft(_loaded(case), Form.REPLY, self._now))
        save_draft(
            case.pk,
            Form.REPLY,
            document,
            version=self._version(case),
            by=self._officer,
            now=self._ago(0.2),
            comment="Còn chờ con số của bệnh viện.",
        )

    def _question(self) -> None:
        open_question(
            outlet_key=ASKING,
            question="Vì sao tỉnh lộ 871B đoạn qua Gò Mây thi công chậm, bao giờ hoàn thành?",
            received_at=self._ago(16),
            agency="so-xay-dung",
            by=self._officer,
            now=self._ago(16),
            title="Báo hỏi về tiến độ tỉnh lộ 871B",
            reason="Nhận qua thư điện tử của người phát ngôn.",
        )

    def _open(
        self, kind: Kind, article: Article, reason: str, days: float, findings: list[int] | None = None
    ) -> Case:
        return open_case(
            kind,
            article_id=article.pk,
            finding_ids=findings or [],
            by=self._officer,
            now=self._ago(days),
            reason=reason,
        ).case

    def _move(
        self, case: Case, target: State, days: float, reason: str, *, outcome: str = "", number: str = ""
    ) -> None:
        moving.move(
            case.pk,
            target,
            version=self._version(case),
            by=self._officer,
            now=self._ago(days),
            reason=reason,
            outcome=outcome,
            number=number,
        )

    def _assign(self, case: Case, agency: str, days: float) -> None:
        moving.assign(
            case.pk,
            version=self._version(case),
            agency=agency,
            officer=self._officer,
            by=self._officer,
            now=self._ago(days),
            reason="Theo chức năng.",
        )

    def _write(self, case: Case, form: Form, days: float, source: str) -> None:
        cells = as_json(first_draft(_loaded(case), form, self._ago(days)))
        cells["body"] = cells["body"].replace("[GHI: số liệu, văn bản chính thức]", source)
        version, at = self._version(case), self._ago(days)
        save_draft(case.pk, form, cells, version=version, by=self._officer, now=at)

    def _version(self, case: Case) -> int:
        return Case.objects.values_list("version", flat=True).get(pk=case.pk)

    def _ago(self, days: float) -> datetime:
        return self._now - timedelta(days=days)


def _loaded(case: Case) -> Case:
    return Case.objects.select_related("article__outlet", "outlet").get(pk=case.pk)


def _person(name: str, role: str) -> User:
    user, made = User.objects.get_or_create(username=name)
    if made:
        user.set_unusable_password()
        user.save()
        give_role(user, role)
    return User.objects.get(pk=user.pk)
