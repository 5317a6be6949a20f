"""What the book holds, chapter by chapter: sections, minutes, exercises, what each chapter needs."""

import re
from dataclasses import dataclass, field

from docutils import nodes

from bookkit.site.doctrees import as_read

_WORDS_A_MINUTE = 150  # of a text with formulas, read to be understood
_NEEDS = "You need"  # a paragraph that begins with these words in bold links what comes before
_FORM = re.compile(
    r'(?P<form><form class="exercise" id="ex-(?P<name>[\w-]+)" data-kind="(?P<kind>\w+)".*?'
    r'<p class="exercise-head"><strong>(?:<a [^>]*>)?Exercise[^<:]*(?:</a>)?(?P<title>.*?)</strong>.*?'
    r"difficulty (?P<stars>\d) of 3.*?about (?P<minutes>\d+) min.*?"
    r'<div class="exercise-question"[^>]*>(?P<question>.*?)</div>\n.*?</form>\n)',
    re.DOTALL,
)


@dataclass
class Exercise:
    """One exercise where it stands: what an index or a plan of lessons says of it."""

    form: str  # HTML, all of it, without its number
    name: str
    kind: str
    title: str  # HTML, "" without one
    stars: int
    minutes: int
    question: str  # HTML
    section: str = ""  # the title of the section it stands in
    label: str = ""  # its number: 4.3 for the third one of chapter 4


@dataclass
class Section:
    """A section of a chapter, with the minutes its text and its exercises take."""

    ident: str
    title: str
    words: int = 0
    exercises: list[Exercise] = field(default_factory=list)

    @property
    def reading(self):
        """Minutes to read it, at least one."""
        return max(1, round(self.words / _WORDS_A_MINUTE))

    @property
    def practice(self):
        """Minutes for its exercises."""
        return sum(exercise.minutes for exercise in self.exercises)


@dataclass
class Chapter:
    """A page of the book whose title carries a number."""

    page: str
    number: str
    title: str
    needs: list[str]  # pages
    sections: list[Section]
    summary: list[nodes.Node]  # the items of its summary

    @property
    def exercises(self):
        """All exercises, in the order of the page."""
        return [exercise for section in self.sections for exercise in section.exercises]

    @property
    def reading(self):
        """Minutes to read it."""
        return sum(section.reading for section in self.sections)

    @property
    def practice(self):
        """Minutes for all its exercises."""
        return sum(section.practice for section in self.sections)


def chapters(env):
    """Return the numbered chapters of a book that has been read, in their order."""
    return [
        chapter_of(as_read(env, page), page, number)
        for page in in_order(env)
        if (number := number_of(env, page))
    ]


def in_order(env):
    """Return all pages: those with a number first, by their numbers, then the others by name."""
    return sorted(env.found_docs, key=lambda page: (number_of(env, page) or (1e9,), page))


def number_of(env, page):
    """Return the number of a page, (4,) for that of chapter 4; () for a page without one."""
    return env.toc_secnumbers.get(page, {}).get("", ())


def on_page(env, page):
    """Return the exercises of a page with their numbers, which are places where the page has none."""
    return labelled(exercises([as_read(env, page)]), number_of(env, page))


def labelled(found, number):
    """Give exercises their numbers, in the order of their page."""
    for place, exercise in enumerate(found, start=1):
        exercise.label = ".".join(map(str, (*number, place)))
    return found


def chapter_of(doctree, page, number):
    """Return what is to be known of one chapter."""
    top = next(iter(doctree.findall(nodes.section)))
    parts = [child for child in top.children if isinstance(child, nodes.section)]
    opening = Section("", "", words(child for child in top.children if child not in parts))
    opening.exercises = exercises(child for child in top.children if child not in parts)
    sections = [
        Section(part["ids"][0], part[0].astext(), words([part]), exercises([part]))
        for part in parts
    ]
    for section in (opening, *sections):
        for exercise in section.exercises:
            exercise.section = section.title
    label = ".".join(map(str, number))
    found = Chapter(page, label, top[0].astext(), needs(top), [opening, *sections], summary(parts))
    labelled(found.exercises, number)
    return found


def needs(section):
    """Return the pages that the paragraph "You need" links, none if there is no such paragraph."""
    for paragraph in section.findall(nodes.paragraph):
        bold = next(iter(paragraph.findall(nodes.strong)), None)
        if bold is not None and bold.astext() == _NEEDS and paragraph.astext().startswith(_NEEDS):
            return [page for link in paragraph.findall(_is_link) if (page := _target(link))]
    return []


def summary(sections):
    """Return the items of the section "Summary"."""
    found = [section for section in sections if section[0].astext() == "Summary"]
    return [item for section in found for item in section.findall(nodes.list_item)]


def words(elements):
    """Return how many words are read: text and code, not what forms and pictures hold."""
    texts = (
        text.astext()
        for element in elements
        for text in element.findall(nodes.Text)
        if not isinstance(text.parent, nodes.raw)
    )
    return sum(len(text.split()) for text in texts)


def exercises(elements):
    """Return the exercises below some elements."""
    return [
        Exercise(
            **found.groupdict()
            | {
                "title": found["title"].removeprefix(": "),
                "stars": int(found["stars"]),
                "minutes": int(found["minutes"]),
            }
        )
        for element in elements
        for node in element.findall(nodes.raw)
        for found in _FORM.finditer(node.astext())
    ]


def _is_link(node):
    return isinstance(node, nodes.reference) or type(node).__name__ == "pending_xref"


def _target(link):
    """Return the page a link leads to, before and after Sphinx has resolved it."""
    if link.get("refdomain") == "doc":
        return link["reftarget"].removeprefix("/")
    return re.sub(r"\.(html|ipynb|md)(#.*)?$", "", link.get("refuri", ""))
