"""Commands end with the right code and one clear line."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from diembao.cli import main
from diembao.commands import COMMANDS
from diembao.config import Config, current
from diembao.errors import CommandError
from tests.conftest import ROOT


def test_wrong_usage_ends_with_2(capsys):
    with pytest.raises(SystemExit) as end:
        main(["fly"])
    assert end.value.code == 2
    assert "fly" in capsys.readouterr().err


def test_a_failed_command_ends_with_1_and_one_line(monkeypatch, capsys):
    def fail(args):
        raise CommandError("the index is locked; stop the other service")

    monkeypatch.setattr(COMMANDS["init"], "run", fail)
    assert main(["init"]) == 1
    assert capsys.readouterr().err == "diembao: the index is locked; stop the other service\n"


def test_an_unknown_province_is_named_with_those_there_are(capsys):
    assert main(["sources", "check", "--province", "atlantis"]) == 2
    error = capsys.readouterr().err
    assert "atlantis" in error
    assert "ha-tinh" in error


def test_a_missing_sources_file_is_named(capsys, tmp_path):
    assert main(["sources", "check", "--sources", str(tmp_path / "none.toml")]) == 2
    assert "none.toml" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_malformed_query_ends_with_2_and_says_where(capsys, monkeypatch):
    monkeypatch.setattr("diembao.commands.search.migrate", lambda: None)
    assert main(["search", '"lũ quét']) == 2
    assert "ký tự 1" in capsys.readouterr().err


def predict(monkeypatch, capsys, kind: str, lines: bytes):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    code = main(["predict", kind])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_predict_keeps_the_order_and_skips_empty_lines(monkeypatch, capsys):
    rows = [{"id": n, "published": "2026-11-20", "text": "Tin từ xã Kỳ Khang, Hà Tĩnh."} for n in (3, 1, 2)]
    code, out, _ = predict(monkeypatch, capsys, "places", "\n\n".join(map(json.dumps, rows)).encode())
    assert code == 0
    assert [row["id"] for row in out] == [3, 1, 2]
    assert out[0]["about_provinces_now"] == ["Hà Tĩnh"]


@pytest.mark.parametrize("line", [b"not json", b"[1]", b'{"id": 1, "text": 5}', b"\xff\xfe"])
def test_a_bad_line_is_named(monkeypatch, capsys, line: bytes):
    good = json.dumps({"id": 1, "published": "2026-11-20", "text": ""}).encode()
    code, out, err = predict(monkeypatch, capsys, "places", good + b"\n" + line + b"\n")
    assert code == 2
    assert len(out) == 1
    assert "stdin:2" in err


def test_predict_topics_gives_provinces_and_topics(monkeypatch, capsys):
    row = {
        "id": "a",
        "title": "Lũ quét ở Hà Tĩnh",
        "lead": "",
        "body": "Mưa lớn gây lũ quét tại xã Kỳ Khang.",
    }
    code, out, _ = predict(monkeypatch, capsys, "topics", json.dumps(row).encode())
    assert code == 0
    assert set(out[0]) == {"id", "about", "mentions", "topics"}


@pytest.mark.parametrize("place", ["file/var", "file"])
def test_a_data_folder_that_cannot_be_made_is_named(capsys, monkeypatch, tmp_path, place: str):
    (tmp_path / "file").write_text("not a folder")
    config = Config(current())
    config["DIEMBAO_DATA"] = str(tmp_path / place)
    monkeypatch.setattr("diembao.bootstrap.current", lambda: config)
    assert main(["doctor"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("diembao: setting DIEMBAO_DATA: ")
    assert str(tmp_path / place) in error
    assert error.count("\n") == 1


def test_predict_signals_compares_with_a_register(monkeypatch, capsys):
    register = str(ROOT / "provinces" / "demo" / "register.csv")
    article = {
        "id": "a",
        "outlet": "Báo Lam Giang",
        "published": "2026-03-10T08:00:00+07:00",
        "title": "Giảm nghèo ở Lam Giang",
        "lead": "",
        "body": "Cuối năm 2025, tỷ lệ hộ nghèo của tỉnh Lam Giang là 7,84%, theo báo cáo tại hội nghị.",
    }
    line = json.dumps({"id": 1, "target": 0, "articles": [article]}).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(line)))
    assert main(["predict", "signals", "--register", register]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [finding["signal"] for finding in found] == ["S1"]
    assert "7,84%" in found[0]["span"]
    assert "4.87" in found[0]["evidence"]
