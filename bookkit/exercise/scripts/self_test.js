/* Self-tests: questions of a part, mixed and without help, then the result by skill.
   A script of its own for the page of tests; exercise.js comes first and judges. */

import { element } from "./element.js";

const { judge, startEntry, tell } = window.bookkit.forms;
const { attempts, note } = window.bookkit.record;

const AGAIN = "Look at the question once more."; // of number.py: there is no second time here

const nameOf = (template) => template.content.querySelector("form").id.replace(/^ex-/, "");

function shuffled(list) {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

function grouped(list, key) {
  const groups = new Map();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) || []), one]);
  return groups;
}

/* From each chapter in turn, what was answered least comes first; then all are mixed. */
function choose(templates, count) {
  const tries = new Map(templates.map((one) => [one, attempts(nameOf(one)).length]));
  const seldom = shuffled(templates).toSorted((a, b) => tries.get(a) - tries.get(b));
  const chapters = shuffled([...grouped(seldom, ({ dataset }) => dataset.chapter).values()]);
  const chosen = [];
  for (let turn = 0; chosen.length < count; turn += 1) {
    chosen.push(...chapters.filter((one) => turn < one.length).map((one) => one[turn]));
  }
  return shuffled(chosen.slice(0, count));
}

const link = (href, text) => Object.assign(element("a", text), { href });

/* A table: each chapter with its skills, how many of their questions went well, the way back. */
function bySkill(answered) {
  const inOrder = answered.toSorted((a, b) => parseInt(a.item.chapter, 10) - parseInt(b.item.chapter, 10));
  const rows = [...grouped(inOrder, ({ item }) => item.chapter)].flatMap(([chapter, inChapter]) =>
    [...grouped(inChapter, ({ item }) => item.skill)].map(([skill, own]) => {
      const right = own.filter((one) => one.right).length;
      const { chapterHref, skillHref } = own[0].item;
      const back = own.filter((one) => !one.right)
        .flatMap(({ item }, i) => [i ? ", " : "", link(item.href, item.label)]);
      const row = element("tr", element("td", link(chapterHref, chapter)), element("td", link(skillHref, skill)),
        element("td", `${right} of ${own.length}`), element("td", ...back));
      return [right / own.length, row];
    }));
  const head = element("tr", ...["Chapter", "Skill", "Right", "To go back to"].map((text) => element("th", text)));
  const body = rows.toSorted(([a], [b]) => a - b).map(([, row]) => row);
  const box = element("div", element("table", element("thead", head), element("tbody", ...body)));
  box.className = "table-box";
  box.tabIndex = 0;
  return box;
}

/** @param {HTMLElement} root */
function startTest(root) {
  const part = (name) => root.querySelector(`.self-test-${name}`);
  const templates = [...root.querySelectorAll(":scope > template")];
  const count = Number(root.dataset.questions);
  let left = [];
  let answered = [];

  function next() {
    part("item").replaceChildren();
    if (!left.length) {
      finish();
      return;
    }
    const template = left.pop();
    const form = template.content.querySelector("form").cloneNode(true);
    const solution = form.querySelector(".exercise-solution");
    solution.remove();
    form.querySelector(".exercise-sure")?.remove();
    form.querySelector(".exercise-head").replaceChildren(`Question ${count - left.length} of ${count}`);
    part("place").textContent = "";
    const data = JSON.parse(form.dataset.exercise);
    startEntry(form, data);
    const button = form.querySelector('[type="submit"]');
    button.textContent = "Answer";
    button.disabled = false;
    const close = (result) => {
      const right = result.verdict === "correct";
      note(nameOf(template), { how: right ? "first" : "wrong", reply: result.reply });
      for (const control of form.elements) control.disabled = true;
      answered.push({ item: template.dataset, form, solution, result, right });
      next();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const result = judge(form, data);
      if (["correct", "wrong"].includes(result.verdict)) close(result);
      else tell(form.querySelector("output"), result);
    });
    part("skip").onclick = () => close({ verdict: "wrong", message: "You left it out.", readAs: "", reply: "" });
    part("item").append(form);
    form.querySelector('input:not([type="hidden"]), [data-move="1"]').focus();
  }

  function finish() {
    const right = answered.filter((one) => one.right).length;
    part("skip").hidden = true;
    part("begin").hidden = false;
    part("begin").textContent = "Take another one";
    part("place").textContent = `${right} of ${count} right.`;
    const looks = answered.map(({ item, form, solution, result, right: isRight }, i) => {
      const output = form.querySelector("output");
      const isPlain = result.message.textContent?.trim() === AGAIN;
      tell(output, isPlain ? { ...result, message: "See the solution." } : result);
      if (!isRight) output.querySelector(".exercise-word").textContent = "Not right.";
      form.querySelector(".exercise-head").replaceChildren(`Question ${i + 1}: `, link(item.href, item.label));
      form.append(solution);
      return form;
    });
    const fold = element("details", element("summary", "Your answers, and the solutions"), ...looks);
    part("result").replaceChildren(bySkill(answered), fold);
    part("result").focus();
  }

  part("begin").addEventListener("click", () => {
    left = choose(templates, count);
    answered = [];
    part("begin").hidden = true;
    part("skip").hidden = false;
    part("result").replaceChildren();
    next();
  });
  part("begin").disabled = false;
}

document.querySelectorAll(".self-test").forEach(startTest);
