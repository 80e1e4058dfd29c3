"""README and docs: their size, their folders, their links, and what they say of the command lines."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest
import yaml

from .commands import BIN, REPOSITORY, check_install, check_options, find_check, iter_commands, list_options
from .pages import (
    CHECKED,
    DOCS,
    PAGES,
    README,
    ROOT,
    RUNNABLE,
    iter_links,
    list_anchors,
    list_blocks,
    name_page,
    parse,
)

LANGUAGES: Final = {"python", "sh", "toml", "yaml", "text"}
REFERENCE: Final = DOCS / "reference"
EXAMPLE: Final = Path(__file__).with_name("example")
COMMANDS: Final = {
    "orchestrator-codegen": ("generate", "check", "stubs", "diff", "lint"),
    "orchestrator-conformance": ("run", "serve", "list", "score"),
}
TUTORIAL: Final = DOCS / "tutorials" / "write-a-backend.md"


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_the_readme_is_short() -> None:
    assert len(read(README).splitlines()) <= 150


def test_the_docs_have_the_four_kinds_of_pages() -> None:
    folders = {each.name for each in DOCS.iterdir() if each.is_dir()}
    assert folders == {"tutorials", "how-to", "reference", "explanation", "pictures"}
    assert all(list((DOCS / each).glob("*.md")) for each in folders - {"pictures"})


def test_the_index_lists_every_page() -> None:
    listed = {(DOCS / each.partition("#")[0]).resolve() for each in iter_links(DOCS / "README.md")}
    assert set(DOCS.rglob("*.md")) - {DOCS / "README.md"} <= listed


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in iter_links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in list_anchors(target), link


@pytest.mark.parametrize("name", ["passing", "failing"])
def test_the_pictures_fetch_nothing(name: str) -> None:
    picture = read(DOCS / "pictures" / f"{name}.svg")
    assert f"A&#160;{name}&#160;run" in picture
    assert re.findall(r"@font-face|@import|<script|<image|href=|url\((?!#)", picture) == []


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_address_of_the_repository_is_the_same(page: Path) -> None:
    assert set(re.findall(r"https://github\.com/[^/\s]+/orchestrator-v2", read(page))) <= {REPOSITORY}


@pytest.mark.parametrize("page", [*RUNNABLE, *CHECKED], ids=name_page)
def test_every_block_has_a_known_language(page: Path) -> None:
    assert {each.language for each in list_blocks(page)} <= LANGUAGES
    assert [each.map for each in parse(page) if each.type == "code_block"] == []


@pytest.mark.parametrize("page", RUNNABLE, ids=name_page)
def test_every_saved_file_is_used_by_a_later_command(page: Path) -> None:
    blocks = list_blocks(page)
    for number, block in enumerate(blocks):
        # Read by pre-commit, which is not installed here: `test_every_hook_exists` looks at it.
        if not block.title or block.title == ".pre-commit-config.yaml":
            continue
        later = "".join(each.text for each in blocks[number:] if each.language == "sh")
        names = {block.title, block.title.removesuffix(".py") + ":"}
        if block.title == "pyproject.toml":
            names = {"orchestrator-codegen"}
        assert any(name in later for name in names), block.title


@pytest.mark.parametrize("page", CHECKED, ids=name_page)
def test_every_command_of_a_page_that_does_not_run_is_checked(page: Path) -> None:
    for block in list_blocks(page):
        if block.language == "sh":
            for command in iter_commands(block.text):
                (find_check(command.words) or check_options)(command.words)


def test_every_step_of_a_workflow_exists() -> None:
    steps = [
        step
        for page in RUNNABLE
        for block in list_blocks(page)
        if block.language == "yaml"
        for step in yaml.safe_load(block.text).get("steps", ())
    ]
    assert steps
    for step in steps:
        if "run" in step:
            words = next(iter_commands(step["run"])).words
            (check_install if words[0] == "pip" else check_options)(words)
        elif step["uses"].startswith("OWNER/orchestrator-v2/"):
            path, _, tag = step["uses"].removeprefix("OWNER/orchestrator-v2/").partition("@")
            action = yaml.safe_load(read(ROOT / path / "action.yml"))
            assert step.get("with", {}).keys() <= action["inputs"].keys()
            assert tag.startswith("v")


def test_every_hook_exists() -> None:
    (block,) = [
        each for page in RUNNABLE for each in list_blocks(page) if each.title == ".pre-commit-config.yaml"
    ]
    hooks = {each["id"] for each in yaml.safe_load(read(ROOT / ".pre-commit-hooks.yaml"))}
    (repository,) = yaml.safe_load(block.text)["repos"]
    assert repository["repo"] == REPOSITORY
    assert {each["id"] for each in repository["hooks"]} <= hooks


@pytest.mark.parametrize("name", re.findall(r"^\| `([a-z_0-9/]+/)`", read(README), re.MULTILINE))
def test_every_folder_on_the_map_exists(name: str) -> None:
    assert (ROOT / name).is_dir()


@pytest.mark.parametrize("program", COMMANDS)
def test_the_reference_has_every_option_and_no_other(program: str) -> None:
    offered = {option for command in COMMANDS[program] for option in list_options(program, command)}
    text = read(REFERENCE / f"{program}.md")
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) == offered
    assert re.findall(r"^\| \[`([a-z]+)`\]", text, re.MULTILINE) == list(COMMANDS[program])


def test_the_reference_has_every_lint_rule_and_no_other() -> None:
    done = subprocess.run(
        [BIN / "orchestrator-codegen", "lint", "--help"], capture_output=True, text=True, check=True
    )
    rules = done.stdout.partition("rules:\n")[2].partition("\noptions:")[0]
    listed = re.findall(r"^\| `([a-z-]+)`", read(REFERENCE / "lint-rules.md"), re.MULTILINE)
    assert listed == re.findall(r"^  ([a-z]+(?:-[a-z]+)*) ", rules, re.MULTILINE)


def test_the_reference_has_every_feature_and_no_other() -> None:
    command = [BIN / "orchestrator-conformance", "list", "--features"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    listed = re.findall(r"^\| `([a-z-]+)`", read(REFERENCE / "features.md"), re.MULTILINE)
    assert listed == [line.split()[0] for line in done.stdout.splitlines()]


def find_titled(page: Path, title: str) -> str:
    (found,) = [each.text for each in list_blocks(page) if each.title == title]
    return found


@pytest.mark.parametrize(
    ("title", "name"),
    [("backend.py", "backend.py"), ("program.py", "__main__.py"), ("claims.toml", "claims.toml")],
)
def test_the_worked_example_is_the_one_that_is_tested(title: str, name: str) -> None:
    assert find_titled(TUTORIAL, title) == read(EXAMPLE / name)


def test_the_worked_example_is_short() -> None:
    example = find_titled(TUTORIAL, "backend.py") + find_titled(TUTORIAL, "program.py")
    assert sum(bool(line.strip()) for line in example.splitlines()) < 60
