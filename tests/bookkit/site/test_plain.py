"""Markdown for notebooks that know no MyST."""

import pytest
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from bookkit.site.plain import plain

EXTENSIONS = {"colon_fence", "deflist", "dollarmath", "substitution", "tasklist"}
PARSER = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)
ANSWERS = {
    "{term}`entropy`": "[entropy](https://a.org/g.html#entropy)",
    "{term}`mutual information`": "mutual information",
    "{eq}`ent-sum`": "[(2.1)](https://a.org/entropy.html#equation-ent-sum)",
    "{cite}`shannon1948`": "[[Shannon, 1948](https://a.org/b.html#id1)]",
    "[·](kl.ipynb)": "[·](https://a.org/kl.html)",
    "[·](glossary.md)": "·",
}


def made_of(source):
    """The plain form of a text."""
    return plain(source, PARSER, ANSWERS.__getitem__)


@pytest.mark.parametrize(
    ("wanted", "source"),
    [
        ("A **[entropy](https://a.org/g.html#entropy)**, twice: [entropy](https://a.org/g.html#entropy).",
         "A **{term}`entropy`**, twice: {term}`entropy`."),
        ("what is mutual information good for", "what is {term}`mutual\ninformation` good for"),
        ("- see [[Shannon, 1948](https://a.org/b.html#id1)]", "- see {cite}`shannon1948`"),
        ("`{term}` and `{x}` stay, entropy's [entropy](https://a.org/g.html#entropy) not",
         "`{term}` and `{x}` stay, entropy's {term}`entropy` not"),
        ("$[a](kl.ipynb)$ is no link, [*this*](https://a.org/kl.html) is one, that was one",
         "$[a](kl.ipynb)$ is no link, [*this*](kl.ipynb) is one, [that](glossary.md) was one"),
        ("<https://b.org> and [far](https://b.org) stay", "<https://b.org> and [far](https://b.org) stay"),
        ("## Bits\n\nWords.", "(bits)=\n## Bits\n\n% not for readers\n\nWords."),
        ("$$\nH = 1 \\tag{2.1}\n$$\n\nsays", "$$\nH = 1\n$$ (ent-sum)\n\nsays"),
        ("$$\nH = 1\n$$", "$$\nH = 1\n$$"),
    ],
)  # fmt: skip
def test_what_is_myst_becomes_plain_and_all_else_stays(wanted, source):
    assert wanted == made_of(source)


def test_an_admonition_is_a_quotation_with_a_bold_title():
    """With roles in it, its options gone, and a formula on one line, for JupyterLab."""
    source = """Before.

```{admonition} Where *people* stumble
:class: warning

A sum:

$$
H = 1
$$ (ent-sum)

and {term}`entropy`.
```
After."""
    wanted = """Before.

> **Where *people* stumble**
>
> A sum:
>
> $$ H = 1 \\tag{2.1} $$
>
> and [entropy](https://a.org/g.html#entropy).

After."""

    assert wanted == made_of(source)


def test_a_note_in_a_list_stays_in_the_list():
    assert "1. one\n\n   > **Note**\n   >\n   > two\n\n2. three" == made_of(
        "1. one\n\n   :::{note}\n   two\n   :::\n\n2. three"
    )


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("```{table} a\n```", "no plain form for the directive table"),
        ("term\n: what it is", "no plain form for dl_open"),
    ],
)
def test_what_has_no_plain_form_is_named(source, complaint):
    with pytest.raises(ValueError, match=complaint):
        made_of(source)
