"""The whole site as one archive, for reading where there is no network.

    python -m bookkit.site.offline

Unpacked anywhere it is opened by its index.html; Python in the page and what can be taken along
are in it.
"""

import sys
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bookkit.site import offers

_ARCHIVE = "offline.zip"
INSIDE = "information-theory"  # the folder that appears when it is unpacked
_THEN = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same site


def main():
    """Write the archive beside the other downloads; return what to say if it cannot be done."""
    if not (offers.SITE / "index.html").exists():
        return f"no site in {offers.SITE}: `make book` builds it"
    names = offers.from_settings()
    path = offers.SITE / offers.FOLDER / _ARCHIVE
    path.parent.mkdir(exist_ok=True)
    write(path, offers.SITE, names)
    offers.update(offers.SITE, names)
    print(f"{path}: {offers.size(path.stat().st_size)}")
    return None


def write(path, site, names):
    """Write every file of the site but the archive itself, which its front page does not offer."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in sorted(site.rglob("*")):
            if file.is_dir() or file == path:
                continue
            place = file.relative_to(site)
            content = file.read_bytes()
            if file.suffix == ".html":
                up = "../" * len(place.parent.parts)
                content = offers.offering(
                    content.decode(), site, names, up, without={path.name}
                ).encode()
            entry = ZipInfo(f"{INSIDE}/{place.as_posix()}", _THEN)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, ZIP_DEFLATED, 6)


if __name__ == "__main__":
    sys.exit(main())
