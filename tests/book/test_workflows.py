"""What runs on a server: pinned, with no more rights than it needs, by the commands of everybody."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
# Who may write what: only to publish.
WRITES = {("publish", "pages"): {"pages", "id-token"}, ("publish", "notebooks"): {"contents"}}


def jobs(path):
    return yaml.safe_load(path.read_text("utf-8"))["jobs"]


def steps(path):
    return [step for job in jobs(path).values() for step in job["steps"]]


@every_workflow
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path):
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))

    assert used
    assert [] == [
        use for use in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v[\d.]+", use)
    ]


def test_one_action_has_one_pin():
    used = {use for path in WORKFLOWS for use in re.findall(r"uses: (.*)", path.read_text("utf-8"))}

    assert len(used) == len({use.partition("@")[0] for use in used})


@every_workflow
def test_a_job_may_write_only_what_it_publishes(path):
    rights = yaml.safe_load(path.read_text("utf-8"))["permissions"]

    assert set() == {right for right, may in rights.items() if may != "read"}
    for name, job in jobs(path).items():
        written = {right for right, may in job.get("permissions", {}).items() if may == "write"}

        assert WRITES.get((path.stem, name), set()) == written


@every_workflow
def test_the_commands_are_those_of_the_makefile(path):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    made = set(
        re.findall(
            r"^make ([\w-]+)", "\n".join(s.get("run", "") for s in steps(path)), re.MULTILINE
        )
    )

    assert [] == sorted(made - targets)


def test_what_is_published_is_what_make_book_builds():
    """With the PDF and the archive, which the front page then offers, and no word of secrets."""
    (publish,) = (path for path in WORKFLOWS if path.stem == "publish")
    build = jobs(publish)["build"]["steps"]
    made = [step["run"] for step in build if step.get("run", "").startswith("make ")]

    assert ["make book", "make pdf", "make offline"] == made
    assert "secrets." not in publish.read_text("utf-8")
    assert "_build/html" in [step.get("with", {}).get("path") for step in build]


def test_the_branch_of_notebooks_holds_them_and_nothing_older(tmp_path):
    """The step that pushes it, run twice against a repository in a folder."""
    (publish,) = (path for path in WORKFLOWS if path.stem == "publish")
    script = jobs(publish)["notebooks"]["steps"][-1]["run"]
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "remote"], check=True)
    for name in ("old.ipynb", "new.ipynb"):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        (folder / name).write_text("{}")
        environment = {
            **os.environ,
            "GH_TOKEN": "t",
            "GITHUB_SHA": "0123",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "owner/name",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{tmp_path / 'remote'}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://x-access-token:t@github.com/owner/name",
        }
        subprocess.run(["bash", "-euc", script], cwd=folder, env=environment, check=True)
    listed = ["git", "-C", tmp_path / "remote", "ls-tree", "--name-only", "notebooks"]

    assert (
        "new.ipynb\n" == subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    )


def test_the_monthly_job_tries_all_that_is_asked_for_by_name_without_jupyter_book():
    """Each as new as it comes: a name, and no version."""
    (test,) = (path for path in WORKFLOWS if path.stem == "test")
    assert "make newest" in [step.get("run") for step in jobs(test)["newest"]["steps"]]

    said = subprocess.run(
        ["make", "--dry-run", "newest"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    (line,) = (line for line in said.splitlines() if "pip install" in line and "sphinx" in line)
    installed = {word for word in line.split() if re.fullmatch(r"[A-Za-z][\w-]*", word)}
    lines = (ROOT / "requirements.txt").read_text("utf-8").partition("# --- the book")[0]
    asked = set(re.findall(r"^([\w-]+)==", lines, re.MULTILINE))

    assert {"jupyter-book", "jupyterlab", "jupyterlab-myst"} == asked - installed
    assert {"sphinx", "myst-nb", "sphinx-external-toc"} <= installed
