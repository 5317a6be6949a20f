// Finds sections of the book that contain every word of the query, in any order.
// `searchData` is a list of [address, page title, section title, text], written by the build.
"use strict";
{
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const MOST = 30;

  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[-‐‑–—]/g, " ");
  const index = searchData.map(([address, page, section, text]) =>
    ({ address, page, section, text, title: " " + plain(page + " " + section), body: " " + plain(text) }));

  function score(entry, words, phrase) {
    if (!words.every((word) => entry.title.includes(" " + word) || entry.body.includes(word))) return 0;
    const inTitle = words.filter((word) => entry.title.includes(" " + word)).length;
    return 1 + 10 * inTitle + (entry.title.includes(phrase) ? 100 : 0) + (entry.body.includes(phrase) ? 20 : 0);
  }

  // The text around the first hit, with every hit marked; built from text nodes only.
  function excerpt(entry, words, phrase) {
    const body = entry.body.slice(1);
    const first = body.includes(phrase) ? body.indexOf(phrase) : Math.min(...words.map((w) => body.indexOf(w)).filter((i) => i >= 0), body.length);
    const start = first < body.length ? Math.max(0, entry.text.lastIndexOf(" ", Math.max(0, first - 60))) : 0;
    const piece = entry.text.slice(start, start + 240);
    const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const line = document.createElement("p");
    piece.split(new RegExp(`(${escaped.join("|")})`, "i")).forEach((part, i) => {
      line.append(i % 2 ? Object.assign(document.createElement("mark"), { textContent: part }) : part);
    });
    if (start) line.prepend("… ");
    if (start + 240 < entry.text.length) line.append(" …");
    return line;
  }

  function item(entry, words, phrase) {
    const link = document.createElement("a");
    link.href = entry.address;
    link.textContent = entry.section || entry.page;
    const heading = document.createElement("h2");
    heading.append(link);
    const place = document.createElement("small");
    place.textContent = entry.section ? entry.page : "";
    heading.append(" ", place);
    const element = document.createElement("li");
    element.append(heading, excerpt(entry, words, phrase));
    return element;
  }

  function search() {
    const phrase = plain(query.value).trim().replace(/\s+/g, " ");
    const words = phrase.split(" ").filter(Boolean);
    const hits = words.length
      ? index.map((entry) => [score(entry, words, phrase), entry]).filter(([points]) => points).sort((a, b) => b[0] - a[0])
      : [];
    results.replaceChildren(...hits.slice(0, MOST).map(([, entry]) => item(entry, words, phrase)));
    found.textContent = !words.length ? "" : hits.length === 1 ? "1 section" : `${hits.length || "No"} sections`;
  }

  query.value = new URLSearchParams(location.search).get("q") || "";
  query.addEventListener("input", search);
  query.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  search();
  query.focus();
}
