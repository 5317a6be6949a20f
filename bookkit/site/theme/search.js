// Finds the sections of the book that have most of what a reader asks for.
// `searchData` is {sections, same}, written by the build: [address, page title, section title, text, what lists call
// it] of each section, and groups of words that mean one thing. A term or a function has null in the place of the last.
"use strict";
{
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const MOST = 30;
  const MOST_WORDS = 16; // each is looked for in the whole book: a page that was pasted would take a minute

  // --- one spelling of everything: what is typed and what is printed become the same words ---

  const SIGNS = [[/[’‘ʼ′`´]/g, "'"], [/[\u0300-\u036f\u00ad\u2061-\u2064]/g, ""]];
  const folded = (text) => SIGNS.reduce((now, [sign, plain]) => now.replace(sign, plain), text.normalize("NFKD").toLowerCase());
  const WORD = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu;
  // Normalize and normalise, color and colour, center and centre, labeled and labelled are one word each.
  const SPELLINGS = [[/(?<=\p{L}{2}[iy])z(?=[aei])/u, "s"], [/(?<=\p{L}{2}o)u(?=r)/u, ""], [/(?<=\p{L}t)re(?=s?$)/u, "er"],
    [/(?<=\p{L}{3}el)l(?=ed|ing)/u, ""], [/'s$/, ""]];
  const wordsOf = (text) => (folded(text).match(WORD) || [])
    .map((word) => SPELLINGS.reduce((now, [there, here]) => now.replace(there, here), word));
  const line = (text) => ` ${wordsOf(text).join(" ")} `;
  // Without the ending of a plural; what begins so is found too.
  const stem = (word) => (word.length > 4 ? word.replace(/ies$|(?<!s)s$/, "") : word);
  const key = (words) => ` ${[...words.slice(0, -1), stem(words.at(-1))].join(" ")}`;

  // Words that say nothing of the subject, when others are there.
  const SMALL = new Set("a an and are as at be between by can do does for from how i in is it its my of on or than that the to use versus vs what when which why with".split(" "));

  // A number before a title marks the text itself, against lists that lead to it; it is no word of the title.
  const NUMBER = /^[\d.]+\s/;
  const titleOf = (section, page) => line((section || page).replace(NUMBER, ""));
  const often = new Map(); // titles that chapters share, as Exercises and Sources: they mark what asks or leads on
  for (const [, page, section] of searchData.sections) {
    const title = titleOf(section, page);
    if (NUMBER.test(page)) often.set(title, (often.get(title) || 0) + 1);
  }
  const weightOf = (page, title, names) => (names === null ? 0.5 : often.get(title) > 3 ? 0.8 : NUMBER.test(page) ? 1.5 : 1);
  const index = searchData.sections.map(([address, page, section, text, names = ""]) => {
    const title = titleOf(section, page);
    return {
      address, page, section, text, title, weight: weightOf(page, title, names),
      above: section ? line(page.replace(NUMBER, "")) : " ", called: line(names || ""), body: line(text),
      code: names === null ? address.split("#")[1] : "",
    };
  });
  const usual = searchData.sections.reduce((sum, [, , , text]) => sum + text.length, 0) / index.filter(({ code }) => !code).length;
  const groups = searchData.same.map((group) => group.map(wordsOf));

  // --- what was meant: the word of the book that is one slip of the fingers away ---

  const vocabulary = new Map();
  for (const { title, body } of index) {
    for (const word of `${title}${body}`.split(" ")) vocabulary.set(word, (vocabulary.get(word) || 0) + 1);
  }
  const synonyms = new Set(groups.flat(2));

  // A letter too many, too few or another one; or two in the wrong order.
  function isSlip(one, other) {
    let start = 0, end = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    const rest = Math.min(one.length, other.length) - start;
    while (end < rest && one.at(-1 - end) === other.at(-1 - end)) end += 1;
    const [a, b] = [one, other].map((word) => word.slice(start, word.length - end));
    return (a.length < 2 && b.length < 2) || (a.length === 2 && a === b[1] + b[0]);
  }

  function meant(word) {
    const known = [...vocabulary];
    if (word.length < 5 || synonyms.has(word) || known.some(([other]) => other.startsWith(stem(word)))) return word;
    const near = known.filter(([other]) => other[0] === word[0] && isSlip(word, other)).sort(([, a], [, b]) => b - a);
    return near.length ? near[0][0] : word;
  }

  // --- what is asked for: terms, each of them one or several ways to say a thing ---

  function termsOf(words) {
    const terms = [];
    for (let at = 0; at < words.length;) {
      const said = groups.flatMap((group) => group.filter((way) => way.every((word, i) => stem(word) === stem(words[at + i] || ""))).map((way) => [way.length, group]));
      const length = Math.max(1, ...said.map(([own]) => own));
      const own = words.slice(at, at + length);
      const ways = said.filter(([other]) => other === length).flatMap(([, group]) => group);
      terms.push({ words: own, ways: [...new Set([own, ...ways].map(key))] });
      at += length;
    }
    return terms;
  }

  // How often a text says a word: whole words count, and half as much what only begins with it. One letter is a whole word.
  function times(text, way, short = 2) {
    const whole = text.split(`${way} `).length - 1;
    return way.length <= short ? whole : whole + (text.split(way).length - 1 - whole) / 2;
  }
  const shut = (way, short = 2) => (way.length <= short ? `${way} ` : way);
  // Another way to say it counts less than the words asked for; an abbreviation, which much begins with or contains, still less.
  const SHORT = 4; // a space and three letters
  const most = (text, [own, ...others]) => Math.max(times(text, own),
    ...others.map((way) => times(text, way, SHORT) * (way.length > SHORT ? 0.8 : 0.4)));

  // What is written as code: with an underscore, after a dot or before a bracket.
  const codeOf = (text) => (text.match(/[\w.]+\(?/g) || []).filter((name) => /_|\.\w|\($/.test(name)).map((name) => name.replace("(", ""));

  function rank(words, code) {
    const telling = words.filter((word) => !SMALL.has(word));
    const terms = termsOf(telling.length ? telling : words).map((term) => {
      const hits = index.map(({ title, above, called, body }) => ({
        title: most(title, term.ways), above: most(above, term.ways), called: most(called, term.ways), body: most(body, term.ways),
      }));
      const count = hits.filter((hit) => hit.title || hit.called || hit.body).length;
      return { ...term, hits, count, rare: Math.log(1 + index.length / (count + 1)) };
    });
    // One letter tells nothing where the word beside it is nowhere.
    const lost = terms.some(({ count }) => !count);
    const told = terms.filter(({ words: own, count }) => count && !(lost && own.join("").length === 1));
    const all = told.reduce((sum, { rare }) => sum + rare, 0);
    const phrase = key(words);
    const scored = index.map((entry, i) => {
      let points = 0, covered = 0;
      for (const { hits, rare } of told) {
        const { title, above, called, body } = hits[i];
        if (title || called || body) covered += rare;
        points += rare * (body / (body + 0.4 + entry.body.length / usual)
          + Math.max((entry.section ? 2.5 : 3.5) * Math.min(title, 1), 1.5 * Math.min(called, 1)) + Math.min(above, 1));
      }
      if (told.length > 1 && covered) points += all * (1.2 * Math.min(times(entry.body, phrase), 1) + 2 * Math.min(times(entry.title, phrase), 1));
      // A page whose whole title is what was asked for, or another word for it, is that page.
      if (!entry.section && told.length === 1 && told.some(({ ways }) => ways.some((way) => way.trim() === entry.title.trim()))) points += all;
      if (entry.title.startsWith(phrase)) points += all * (entry.section ? 1 : 4);
      // A function by its name is that function.
      if (code.some((name) => `.${entry.code}`.endsWith(`.${name}`))) [points, covered] = [points + all * 9, all];
      return { entry, points: points * entry.weight * (all && covered / all), covered };
    });
    const best = Math.max(0, ...scored.map(({ covered }) => covered));
    return {
      hits: scored.filter(({ covered }) => covered && covered >= best * 0.6).sort((a, b) => b.points - a.points).map(({ entry }) => entry),
      ways: told.flatMap(({ ways: [own, ...others] }) => [shut(own), ...others.map((way) => shut(way, SHORT))]),
      nowhere: terms.filter(({ count }) => !count).map(({ words: own }) => own.join(" ")),
    };
  }

  // --- what is shown: the text around the first words found, built from text nodes only ---

  function marks(text, ways) {
    const places = [...text.matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu)];
    const words = places.map((place) => line(place[0]).trimEnd());
    return places.flatMap((_, i) => {
      const length = Math.max(0, ...ways.map((way) => {
        const own = way.trim().split(" ").length;
        return `${words.slice(i, i + own).join("")} `.startsWith(way) ? own : 0;
      }));
      return length ? places.slice(i, i + length).map((p) => [p.index, p.index + p[0].length]) : [];
    });
  }

  function excerpt({ text, code }, ways) {
    const spans = marks(text, ways);
    const first = spans.length && !code ? densest(spans) : 0; // a term or a function begins with what it is
    const start = first > 60 ? text.lastIndexOf(" ", first - 60) + 1 : 0;
    const end = text.length > start + 240 ? text.lastIndexOf(" ", start + 240) : text.length;
    const paragraph = document.createElement("p");
    let at = start;
    for (const [from, to] of spans) {
      if (from < at || to > end) continue;
      paragraph.append(text.slice(at, from), Object.assign(document.createElement("mark"), { textContent: text.slice(from, to) }));
      at = to;
    }
    paragraph.append(text.slice(at, end));
    if (start) paragraph.prepend("… ");
    if (end < text.length) paragraph.append(" …");
    return paragraph;
  }

  // Where most of what is looked for stands close together.
  function densest(spans) {
    const near = spans.map(([from]) => spans.filter(([other]) => other >= from && other < from + 160).length);
    return spans[near.indexOf(Math.max(...near))][0];
  }

  function item(entry, ways) {
    const link = document.createElement("a");
    link.href = entry.address;
    link.textContent = entry.section || entry.page;
    const heading = document.createElement("h2");
    heading.append(link);
    const place = document.createElement("small");
    place.textContent = entry.section ? entry.page : "";
    heading.append(" ", place);
    const element = document.createElement("li");
    element.append(heading, excerpt(entry, ways));
    return element;
  }

  function search() {
    const said = wordsOf(query.value), typed = said.slice(0, MOST_WORDS);
    const words = typed.map(meant);
    const slips = typed.filter((word, i) => word !== words[i]);
    const { hits, ways, nowhere } = words.length ? rank(words, codeOf(query.value)) : { hits: [], ways: [], nowhere: [] };
    results.replaceChildren(...hits.slice(0, MOST).map((entry) => item(entry, ways)));
    const count = (hits.length === 1 ? "1 section" : `${hits.length || "No"} sections`) + (slips.length ? ` for ${words.join(" ")}` : "");
    const lost = [...slips, ...nowhere];
    const missing = hits.length && lost.length ? `; nowhere in the book: ${lost.join(", ")}` : "";
    const asked = query.value.trim();
    const first = said.length > MOST_WORDS ? `, by the first ${MOST_WORDS} words` : "";
    found.textContent = !words.length && asked ? "No sections: only words and numbers can be found" : asked && count + first + missing;
  }

  // The address keeps what was asked, for whoever comes back from a section.
  function keep() {
    try { history.replaceState(null, "", `?${new URLSearchParams({ q: query.value })}`); } catch { /* not allowed here */ }
  }

  query.value = new URLSearchParams(location.search).get("q") || "";
  query.addEventListener("input", search);
  query.addEventListener("change", keep);
  query.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  search();
  query.focus();
}
