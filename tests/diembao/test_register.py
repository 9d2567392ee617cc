"""The commands of the register and of the thresholds, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from archive.models import RegisterEntry
from cases.decisions import decide
from cases.signals import Setting, in_force
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
