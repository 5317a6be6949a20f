"""What is kept is made once, and read whole by whoever asks at the same time."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial

from bookkit.store import remembered, write


def test_it_is_made_once_and_the_newest_stays(tmp_path):
    """Of each kind."""
    made = []

    def make():
        made.append(1)
        return bytes(len(made))

    folder = tmp_path / "a" / "b"
    assert b"\0" == remembered(folder, "one", b"x", make) == remembered(folder, "one", b"x", make)
    other = remembered(folder, "other", b"x", make)
    assert b"\0\0\0" == remembered(folder, "one", b"y", make)
    assert 2 == len(list(folder.iterdir()))
    assert other == remembered(folder, "other", b"x", make)
    assert 3 == len(made)


def _asked(folder, round_):
    """Return whether what is read is whole; the content changes all the time."""
    size = 100_000 + round_ % 3
    return size == len(remembered(folder, "one", str(size).encode(), partial(bytes, size)))


def test_several_processes_read_whole_files(tmp_path):
    """Though each takes away what the others have just written."""
    with ProcessPoolExecutor(3) as pool:
        assert all(pool.map(partial(_asked, tmp_path), range(300)))


def test_a_file_is_replaced(tmp_path):
    write(tmp_path / "x", b"1")
    write(tmp_path / "x", b"22")

    assert [b"22"] == [path.read_bytes() for path in tmp_path.iterdir()]
