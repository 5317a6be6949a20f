"""What a page may load, directive by directive."""

from bookkit.site.head import policy


def test_the_policy_is_what_it_is():
    """A page takes everything from its own site, sends nothing away, and is moved by no <base>."""
    directives = dict(part.split(" ", 1) for part in policy("f()").split("; "))

    assert {
        "default-src": "'none'",
        "script-src": "'self' file: 'sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo='",
        "style-src": "'self' file:",
        "img-src": "'self' file: data:",
        "font-src": "'self' file: data:",
        "form-action": "'self' file:",
        "base-uri": "'none'",
    } == directives
