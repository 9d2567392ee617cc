"""The commands of the register and of the thresholds, as they are typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from archive.models import Finding, RegisterEntry
from cases.decisions import decide
from cases.models import SignalSetting
from cases.signals import Setting, change, in_force
from classifiers.signals.calibration import floor, score
from diembao.cli import main
from tests.archive.register_maker import person
from tests.web.factory import find, make_article, make_outlet

pytestmark = pytest.mark.django_db
HEADER = "province_old,indicator,value,unit,as_of,valid_from,valid_to\n"
ROWS = HEADER + "LG,dân số,2486300,người,07/2025,2025-07-01,\nHB,bưu cục,26,b,2017,2017-01-01,2018-06-30\n"


@pytest.fixture(autouse=True)
def _migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test database is migrated already, and a migration cannot run inside a test's transaction."""
    for module in ("register", "recalibrate"):
        monkeypatch.setattr(f"diembao.commands.{module}.migrate", lambda: None)


def write(folder: Path, text: str, name: str = "so.csv") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_a_file_is_imported_in_somebodys_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lan = person("lan")
    assert main(["register", "import", write(tmp_path, ROWS), "--user", "lan"]) == 0
    assert "2 new" in capsys.readouterr().out
    assert RegisterEntry.objects.get(status="draft").created_by == lan


def test_check_says_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    assert main(["register", "import", write(tmp_path, ROWS), "--check"]) == 0
    assert not RegisterEntry.objects.exists()


def test_wrong_rows_are_named_on_stderr_and_nothing_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, ROWS + "LG,x,1.930,y,2025,2025-01-01,\n")
    assert main(["register", "import", path]) == 2
    assert "so.csv, hàng 4, cột value: " in capsys.readouterr().err
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize(
    "arguments, says",
    [
        (["import", "khong-co.csv"], "khong-co.csv"),
        (["import", "so.csv", "--user", "ai"], '"ai"'),
        (["export", "so.pdf"], ".csv and .xlsx"),
    ],
)
def test_wrong_usage_says_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    says: str,
) -> None:
    write(tmp_path, ROWS)
    monkeypatch.chdir(tmp_path)
    assert main(["register", *arguments]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("name", ["so.csv", "so.xlsx"])
def test_an_export_can_be_imported_again(tmp_path: Path, name: str) -> None:
    main(["register", "import", write(tmp_path, ROWS, "a.csv")])
    assert main(["register", "export", str(tmp_path / name)]) == 0
    assert main(["register", "import", str(tmp_path / name)]) == 0
    assert RegisterEntry.objects.count() == 2
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_the_profiles_own_register_is_loaded_approved_and_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", "import", "--province", "phu-tho"]) == 0
    count = RegisterEntry.objects.filter(status="approved").count()
    assert count > 0 and count == RegisterEntry.objects.count()
    assert main(["register", "import", "--province", "phu-tho"]) == 0
    assert RegisterEntry.objects.count() == count


def verdicts(count: int) -> None:
    article = make_article(make_outlet())
    for number in range(count):
        low = number % 5 == 0
        finding = find(article, "signal", "S1", score=0.6 if low else 0.9)
        verdict = "false-alarm" if low else "needs-reply"
        decide(finding.pk, verdict, "x", by=person("lan"), now=timezone.now(), seen=None)


def test_recalibrate_shows_the_trade_off_and_saves_only_when_told(capsys: pytest.CaptureFixture[str]) -> None:
    verdicts(30)
    assert main(["recalibrate"]) == 0
    shown = capsys.readouterr().out
    assert "0.900     24      1.000" in shown and "<- proposed" in shown and "Nothing was saved" in shown
    assert in_force()["S1"] == Setting()
    assert main(["recalibrate", "--save"]) == 0
    assert "Saved: S1 from 0.900" in capsys.readouterr().out
    assert in_force()["S1"] == Setting(True, 0.9)
    assert main(["recalibrate", "--save"]) == 0
    assert "Nothing to save" in capsys.readouterr().out


WRONG_PLACE = "Lũ quét tràn vào xã Thượng Trạch, huyện Lệ Thủy, tỉnh Quảng Bình sáng 14/5."


def test_recalibrate_lowers_a_threshold_and_counts_what_that_would_show(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIEMBAO_PROVINCE", "demo")
    at = score("S4.parent") + 0.02
    change("S4", enabled=True, threshold=at, by=None, now=timezone.now(), reason="thử")
    article = make_article(make_outlet(), text="Không có gì.")
    for _ in range(40):
        finding = find(article, "signal", "S4", score=0.95)
        decide(finding.pk, "needs-reply", "x", by=person("lan"), now=timezone.now(), seen=None)
    make_article(make_outlet(), text=WRONG_PLACE, published_at=datetime(2017, 5, 14, tzinfo=UTC))
    before = Finding.objects.count()
    assert main(["recalibrate"]) == 0
    shown = capsys.readouterr().out
    assert "last 90 days: gained 1, lost 0 findings (in 2 of 2 articles compared again)" in shown
    assert "40 of 40, at least 0.912 (95 %)" in shown and "Nothing was saved" in shown
    assert in_force()["S4"] == Setting(True, at)
    assert main(["recalibrate", "--save", "--sample", "1"]) == 0
    assert "in 1 of 2 articles" in capsys.readouterr().out
    assert in_force()["S4"] == Setting(True, round(max(floor("S4"), at - 0.05), 4))
    assert "cận dưới 95 %: 0.912" in SignalSetting.objects.order_by("pk").last().reason
    assert Finding.objects.count() == before


def test_recalibrate_says_how_many_recent_findings_a_higher_threshold_loses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    verdicts(30)
    assert main(["recalibrate"]) == 0
    shown = capsys.readouterr().out
    assert "last 90 days: gained 0, lost 6 findings; right of those decided on: 24 of 24" in shown


def test_recalibrate_without_verdicts_or_with_few_proposes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["recalibrate"]) == 0
    assert "no decisions yet" in capsys.readouterr().out
    verdicts(10)
    assert main(["recalibrate", "--save"]) == 0
    assert "Nothing to save" in capsys.readouterr().out
    assert main(["recalibrate", "--signal", "S11"]) == 2


@pytest.mark.parametrize("argument", ["--target=2", "--target=x", "--least=0", "--least=x"])
def test_recalibrate_refuses_what_makes_no_sense(argument: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["recalibrate", argument])
    assert ended.value.code == 2
