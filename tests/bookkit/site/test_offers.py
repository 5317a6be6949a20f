"""What can be taken along as a whole: the list on the front page, and the archive of the site."""

from zipfile import ZipFile

import pytest

from bookkit.site import offers, offline

NAMES = {"book.pdf": "The book & more", "offline.zip": "The site"}
FRONT = "<article><h1>Book</h1><!--downloads--><!--/downloads--></article>"


@pytest.fixture
def site(tmp_path):
    """A site whose front page stands at two addresses, with files to take along."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "downloads").mkdir()
    for page in ("index.html", "chapters/index.html"):
        (tmp_path / page).write_text(FRONT)
    (tmp_path / "chapters" / "bits.html").write_text("<article>bits</article>")
    return tmp_path


def front(site):
    return (site / "index.html").read_text(), (site / "chapters/index.html").read_text()


def test_without_files_nothing_is_offered(site):
    (site / "downloads" / "notes.txt").write_text("not for readers")
    offers.update(site, NAMES)

    assert (FRONT, FRONT) == front(site)


def test_what_is_there_is_offered_in_order_with_its_size_at_both_addresses(site):
    """What has no name of its own goes by that of its file."""
    for name, size in (("zoo.csv", 10), ("offline.zip", 2_500_000), ("book.pdf", 40_000)):
        (site / "downloads" / name).write_bytes(bytes(size))
    offers.update(site, NAMES)
    items = [
        ("book.pdf", "The book &amp; more", "40 kB"),
        ("offline.zip", "The site", "2.5 MB"),
        ("zoo.csv", "zoo.csv", "1 kB"),
    ]
    for up, page in zip(("", "../"), front(site), strict=True):
        for name, words, size in items:
            assert f'<li><a download href="{up}downloads/{name}">{words}</a>, {size}</li>' in page
        places = [page.index(name) for name, _, _ in items]

        assert sorted(places) == places


def test_a_file_that_is_gone_is_offered_no_longer(site):
    file = site / "downloads" / "book.pdf"
    file.write_bytes(b"pdf")
    offers.update(site, NAMES)
    file.unlink()
    offers.update(site, NAMES)

    assert (FRONT, FRONT) == front(site)


def test_the_archive_holds_the_site_and_does_not_offer_itself(site):
    """And is the same, byte for byte, when it is made again."""
    (site / "downloads" / "book.pdf").write_bytes(b"pdf")
    path = site / "downloads" / "offline.zip"
    offline.write(path, site, NAMES)
    first = path.read_bytes()
    offers.update(site, NAMES)
    offline.write(path, site, NAMES)

    assert first == path.read_bytes()
    with ZipFile(path) as archive:
        inside = {name: archive.read(name).decode() for name in archive.namelist()}
    names = ("chapters/bits.html", "chapters/index.html", "downloads/book.pdf", "index.html")

    assert [f"{offline.INSIDE}/{name}" for name in names] == list(inside)
    assert "book.pdf" in inside[f"{offline.INSIDE}/index.html"]
    assert "offline.zip" not in inside[f"{offline.INSIDE}/index.html"]
    assert "offline.zip" in front(site)[0]
