"""The other variants of a page's exercises, in a script that comes when a reader comes near one.

They are a fifth of a chapter's bytes, and most readers of a page ask for none of them. A script,
because a page from disk can load nothing else.
"""

import json
import re

from bookkit.site.assets import named

FOLDER = "_exercises"
_BEGIN, _FORM = '<form class="exercise" id="', re.compile(r'[\w-]+"')
_DATA = ' data-exercise="'
_WAITING, _MORE = '<template class="exercise-variant"', '<p class="exercise-more"'
_CALL = "bookkit.variants({});\n"
_IN_USE = re.compile(r'data-variants="[^"]*?([^"/]+)"')


def set_apart(out, pages):
    """Write the variants of all pages; write, and return as {name: HTML}, those that had them.

    Of a page that was written by an earlier build they are apart already.
    """
    folder = out / FOLDER
    folder.mkdir(exist_ok=True)
    changed = {}
    for page, html in pages.items():
        if _WAITING in html:
            stem = page.rpartition("/")[2].removesuffix(".html")
            found = bodies(html)
            script = _CALL.format(json.dumps(found, ensure_ascii=False))
            name = named(f"{stem}.js", script)
            (folder / name).write_text(script, "utf-8", newline="\n")
            changed[page] = without(html, f"{'../' * page.count('/')}{FOLDER}/{name}")
            (out / page).write_text(changed[page], "utf-8", newline="\n")
    used = {name for html in (pages | changed).values() for name in _IN_USE.findall(html)}
    for file in folder.iterdir():
        if file.name not in used:
            file.unlink()
    return changed


def texts(out):
    """Return the HTML of all variants that are apart."""
    before, after = (len(part) for part in _CALL.split("{}"))
    scripts = (file.read_text("utf-8") for file in sorted((out / FOLDER).glob("*.js")))
    return [html for script in scripts for html in json.loads(script[before:-after]).values()]


def bodies(html):
    """Return {identity: templates} of the exercises that have variants.

    >>> bodies('<form class="exercise" id="ex-a" x><template class="exercise-variant">1</template>'
    ...        '<p class="exercise-more"></p></form><form class="exercise" id="ex-b"></form>')
    {'ex-a': '<template class="exercise-variant">1</template>'}
    """
    return {
        _FORM.match(form)[0][:-1]: form[form.index(_WAITING) : form.index(_MORE)]
        for form in html.split(_BEGIN)[1:]
        if _WAITING in form
    }


def without(html, address):
    """Return a page whose exercises find their variants at an address.

    >>> without('<form class="exercise" id="ex-a" data-exercise="{}">'
    ...         '<template class="exercise-variant"></template><p class="exercise-more"></p>', "a.js")
    '<form class="exercise" id="ex-a" data-variants="a.js" data-exercise="{}"><p class="exercise-more"></p>'
    """
    first, *forms = html.split(_BEGIN)
    for i, form in enumerate(forms):
        if _WAITING in form:
            rest = form[: form.index(_WAITING)] + form[form.index(_MORE) :]
            forms[i] = rest.replace(_DATA, f' data-variants="{address}"{_DATA}', 1)
    return _BEGIN.join([first, *forms])
