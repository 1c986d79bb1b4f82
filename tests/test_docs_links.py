"""No link of the manual leads nowhere: not to a file that is not there, nor to a heading that is not."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

_FENCE = re.compile(r"^(`{3,})(?!`).*?^\1$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\[[^\]\[]*\]\(\s*([^()\s]+)\s*\)")
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_NOT_IN_AN_ANCHOR = re.compile(r"[^\w\- ]")


def prose(text):
    return _FENCE.sub("", text)


def links(text):
    return _LINK.findall(_CODE.sub("code", prose(text)))


def anchors(text):
    """The anchors that GitHub makes of headings: small letters, hyphens, a number where one comes again."""
    found: list[str] = []
    for heading in _HEADING.findall(prose(text)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        anchor = _NOT_IN_AN_ANCHOR.sub("", words.lower()).replace(" ", "-")
        again = sum(re.fullmatch(rf"{re.escape(anchor)}(-\d+)?", other) is not None for other in found)
        found.append(f"{anchor}-{again}" if again else anchor)
    return set(found)


def mistake(page, link):
    """What is wrong with a link on a page, or nothing."""
    if re.match(r"[a-z]+:", link):
        return ""
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    if not target.exists():
        return f"{link}: there is no such file"
    if anchor and anchor not in anchors(target.read_text("utf-8")):
        return f"{link}: there is no such heading"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page):
    assert list(filter(None, (mistake(page, link) for link in links(page.read_text("utf-8"))))) == []


def test_every_page_of_the_manual_is_linked_from_another_one():
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in links(page.read_text("utf-8"))
        if link.partition("#")[0]
    }
    assert [page.name for page in ROOT.glob("docs/*.md") if page.resolve() not in linked] == []


def test_links_in_code_are_none():
    text = "[a](b.md)\n\n```text\n[c](d.md)\n```\n\n`[e](f.md)` and [`g`](h.md#i)\n"
    assert links(text) == ["b.md", "h.md#i"]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## The main job: apply", "the-main-job-apply"),
        ("# `not_inside`, `unless` & co", "not_inside-unless--co"),
        ("### See [flags](flags.md#x)", "see-flags"),
        ("## Again\n\n## Again", "again-1"),
    ],
)
def test_anchors_are_those_of_github(heading, anchor):
    assert anchor in anchors(heading)


def test_dead_links_are_told(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One\n\n```text\n# Two\n```\n", "utf-8")
    assert mistake(page, "#one") == mistake(page, "page.md#one") == mistake(page, "https://x.org/#y") == ""
    assert mistake(page, "#two") == "#two: there is no such heading"
    assert mistake(page, "other.md") == "other.md: there is no such file"
