"""The bundled profiles load and hold what they promise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from provinces.loader import load_outlets, load_province, province_names
from provinces.records import Scope

REAL = ("bac-ninh", "dien-bien", "ha-tinh", "phu-tho")
NATIONAL = Path("provinces/national/outlets.toml")
SECTION_PAGES = {
    "baochinhphu_list.json": "bao-chinh-phu",
    "cafef_list.json": "cafef",
    "tuoitre_list.json": "tuoi-tre",
    "vietnamnet_list.json": "vietnamnet",
    "vnexpress_list.json": "vnexpress",
}


def test_bundled_profiles_are_the_four_real_ones_and_the_demo() -> None:
    assert province_names() == sorted([*REAL, "demo"])


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_every_profile_has_its_landmarks_agencies_and_outlets(name: str) -> None:
    province = load_province(name)
    assert province.id == name
    assert province.full_name == f"Tỉnh {province.name}"
    assert len(province.landmarks) >= 40
    assert len({landmark.kind for landmark in province.landmarks}) >= 8
    assert any(outlet.scope is Scope.LOCAL for outlet in province.outlets)
    for outlet in province.outlets:
        assert outlet.provenance, f"{outlet.id} does not say where its address comes from"


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_press_passed_from_one_department_to_the_other_on_1_march_2025(name: str) -> None:
    agencies = {agency.id: agency for agency in load_province(name).agencies}
    former = agencies["so-tttt"]
    assert former.valid_to == date(2025, 2, 28)
    assert agencies[former.successor].name.startswith("Sở Văn hóa, Thể thao và Du lịch")
    assert agencies["so-nnmt"].valid_from == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("name", "code", "merged"),
    [
        ("bac-ninh", "24", {"Bắc Giang": "24"}),
        ("phu-tho", "25", {"Hòa Bình": "17", "Vĩnh Phúc": "26"}),
        ("ha-tinh", "42", {}),
        ("dien-bien", "11", {}),
    ],
)
def test_codes_and_predecessors(name: str, code: str, merged: dict[str, str]) -> None:
    province = load_province(name)
    assert province.code == code
    assert {old.name: old.code for old in province.predecessors} == merged
    assert all(old.until == date(2025, 6, 30) for old in province.predecessors)


def test_agencies_of_a_merged_province_end_with_it() -> None:
    agencies = {agency.name: agency for agency in load_province("phu-tho").agencies}
    assert agencies["Sở Y tế tỉnh Hòa Bình"].valid_to == date(2025, 6, 30)
    assert agencies["Sở Y tế tỉnh Phú Thọ"].valid_to is None


def test_old_outlets_name_their_successor() -> None:
    for name, old, new in [
        ("phu-tho", "bao-hoa-binh", "bao-phu-tho"),
        ("phu-tho", "bao-vinh-phuc", "bao-phu-tho"),
        ("bac-ninh", "bao-bac-giang", "bao-bac-ninh"),
    ]:
        outlets = {outlet.id: outlet for outlet in load_province(name).outlets}
        assert outlets[old].successor == new
        assert outlets[old].note


def test_central_outlets_come_with_every_real_profile_but_not_with_the_demo() -> None:
    central = {outlet.id for outlet in load_outlets(NATIONAL)}
    assert len(central) >= 20
    for name in REAL:
        assert central <= {outlet.id for outlet in load_province(name).outlets}
    assert not central & {outlet.id for outlet in load_province("demo").outlets}


def test_only_feeds_that_somebody_saw_working_are_called_verified() -> None:
    for name in REAL:
        for outlet in load_province(name).outlets:
            seen = "seen working on 17 July 2026" in outlet.provenance
            assert (outlet.status == "verified") == seen, outlet.id


def test_real_profiles_have_no_loopback_address_and_the_demo_has_no_other() -> None:
    for name in [*REAL, "demo"]:
        for outlet in load_province(name).outlets:
            for url in (outlet.home, *outlet.feeds, *outlet.sitemaps, *outlet.listings):
                assert (urlsplit(url).hostname == "127.0.0.1") == (name == "demo"), url


@pytest.mark.parametrize(
    ("outlet", "profile", "article", "other"),
    [
        (
            "bao-ha-tinh",
            "ha-tinh",
            "https://baohatinh.vn/mua-lon-post123456.html",
            "https://baohatinh.vn/kinh-te/",
        ),
        (
            "bao-phu-tho",
            "phu-tho",
            "https://baophutho.vn/mua-lon-o-xa-245678.htm",
            "https://baophutho.vn/kinh-te",
        ),
        (
            "bao-bac-ninh",
            "bac-ninh",
            "https://baobacninhtv.vn/mua-lon-postid421234.bbg",
            "https://baobacninhtv.vn/kinh-te.bbg",
        ),
        (
            "bao-dien-bien-phu",
            "dien-bien",
            "https://baodienbienphu.vn/tin-bai/kinh-te/mua-lon",
            "https://baodienbienphu.vn/tin-bai/kinh-te",
        ),
    ],
)
def test_local_article_patterns(outlet: str, profile: str, article: str, other: str) -> None:
    pattern = next(found.article_url for found in load_province(profile).outlets if found.id == outlet)
    assert re.search(pattern, article)
    assert not re.search(pattern, other)


@pytest.mark.corpus
@pytest.mark.parametrize("page", sorted(SECTION_PAGES))
def test_central_article_patterns_find_the_links_of_real_section_pages(page: str, shared_data: Path) -> None:
    expected = json.loads((shared_data / "pages" / page).read_text(encoding="utf-8"))
    pattern = next(found.article_url for found in load_outlets(NATIONAL) if found.id == SECTION_PAGES[page])
    assert [url for url in expected["links"] if not re.search(pattern, url)] == []
    assert [url for url in expected["not_articles"] or [] if re.search(pattern, url)] == []


@pytest.mark.corpus
def test_replay_sources_file_loads(tmp_path: Path, shared_tools: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"id": "1", "title": "Mưa", "lead": "Mưa lớn.", "body": "Mưa."}\n', encoding="utf-8")
    sources = tmp_path / "sources.toml"
    script = (
        "import sys, runpy; sys.dont_write_bytecode = True; sys.argv[0] = sys.argv[1]; del sys.argv[1];"
        "import http.server as h; h.ThreadingHTTPServer.__init__ = lambda *a, **k: None;"
        "h.ThreadingHTTPServer.serve_forever = h.ThreadingHTTPServer.shutdown = lambda *a, **k: None;"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    subprocess.run(
        [
            sys.executable,
            "-c",
            script,
            str(shared_tools / "press_replay.py"),
            "--corpus",
            str(corpus),
            "--write-sources",
            str(sources),
            "--seconds",
            "0.01",
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    outlets = load_outlets(sources)
    assert len(outlets) == 12
    assert {outlet.status for outlet in outlets} == {"verified"}
