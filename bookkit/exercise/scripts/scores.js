/* The reader's own scores as a forecaster of right answers: in words, as a curve and as a table.
   A script of its own for the pages that have such a block; exercise.js comes first. */

import { element } from "./element.js";

const { attempts, names } = window.bookkit.record;

const FEWEST = 10; // answers from which on a curve is drawn
const ENOUGH = 5; // answers at one level from which on advice is given
const LEVELS = [0.5, 0.75, 0.95];
const SVG = "http://www.w3.org/2000/svg";

const percent = (p) => `${Math.round(100 * p)} %`;
const answers = (count) => (count === 1 ? "one answer" : `${count} answers`);
const logLoss = (p, hits, count) => -(hits * Math.log(p) + (count - hits) * Math.log(1 - p)) / count;

/* Mean log loss in nats, Brier score and hits by stated confidence; null without any. Who looked at
   the solution forecast nothing. */
function calibration(tries) {
  const said = tries.filter(({ sure, how }) => sure > 0 && sure < 100 && how !== "looked")
    .map(({ sure, how }) => ({ p: sure / 100, hit: how === "first" || how === "helped" }));
  if (!said.length) return null;
  const mean = (f) => said.reduce((sum, one) => sum + f(one), 0) / said.length;
  const levels = [...new Set(said.map(({ p }) => p))].toSorted((a, b) => a - b);
  return {
    count: said.length,
    loss: mean(({ p, hit }) => -Math.log(hit ? p : 1 - p)),
    brier: mean(({ p, hit }) => (hit - p) ** 2),
    levels: levels.map((p) => {
      const own = said.filter((one) => one.p === p);
      return { p, count: own.length, hits: own.filter(({ hit }) => hit).length };
    }),
  };
}

function drawn(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

/* What was right against what was said; on the diagonal both agree. */
function curve(levels) {
  const x = (p) => 44 + 250 * (p - 0.4) / 0.6;
  const y = (share) => 190 - 170 * share;
  const label = levels.map(({ p, count, hits }) => `${percent(p)} said: ${hits} of ${count} right`).join("; ");
  const svg = drawn("svg", { viewBox: "0 0 310 232", role: "img", "aria-label": `Calibration curve. ${label}.` });
  const line = (x1, y1, x2, y2, name) => svg.append(drawn("line", { x1, y1, x2, y2, class: name }));
  line(x(0.4), y(0), x(1), y(0), "axis");
  line(x(0.4), y(0), x(0.4), y(1), "axis");
  line(x(0.4), y(0.4), x(1), y(1), "honest");
  const text = (at, up, words, anchor) =>
    svg.append(drawn("text", { x: at, y: up, "text-anchor": anchor }, words));
  for (const share of [0, 0.5, 1]) text(x(0.4) - 6, y(share) + 4, percent(share), "end");
  for (const p of LEVELS) text(x(p), y(0) + 16, percent(p), "middle");
  text(x(0.7), y(0) + 34, "so sure you were", "middle");
  text(x(0.4) + 6, y(1) + 2, "so often right", "start");
  const points = levels.map(({ p, hits, count }) => [x(p), y(hits / count)]);
  svg.append(drawn("polyline", { points: points.map(String).join(" "), class: "curve" }));
  levels.forEach(({ count }, i) =>
    svg.append(drawn("circle", { cx: points[i][0], cy: points[i][1], r: Math.min(9, 3 + Math.sqrt(count)), class: "point" })));
  return svg;
}

function table(levels) {
  const rows = levels.map(({ p, count, hits }) =>
    element("tr", element("td", percent(p)), element("td", `${hits} of ${count}`)));
  const head = element("tr", element("th", "You were so sure"), element("th", "and right"));
  return element("table", element("thead", head), element("tbody", ...rows));
}

/* Where another of the levels would have cost less, the worst case first. */
function advice(levels) {
  const losses = levels.filter(({ count }) => count >= ENOUGH).map(({ p, hits, count }) => {
    const best = LEVELS.toSorted((a, b) => logLoss(a, hits, count) - logLoss(b, hits, count))[0];
    return { p, hits, count, best, gain: logLoss(p, hits, count) - logLoss(best, hits, count) };
  }).filter(({ p, best }) => p !== best).toSorted((a, b) => b.gain - a.gain);
  if (!losses.length) return [];
  const { p, hits, count, best, gain } = losses[0];
  return [element("p", `Where you said ${percent(p)} you were right in ${hits} of ${count}: ` +
    `${percent(best)} would have cost ${gain.toFixed(3)} nats less an answer.`)];
}

function shown(score) {
  if (!score) return [element("p", "You have not yet said how sure you are.")];
  const { count, loss, brier, levels } = score;
  const words = `Over ${answers(count)} your mean log loss is ${loss.toFixed(3)} nats, ` +
    `your Brier score ${brier.toFixed(3)}.`;
  const picture = count < FEWEST
    ? element("p", `That is too few for a curve; it is drawn from ${FEWEST} answers on.`)
    : curve(levels);
  return [element("p", words), ...advice(levels), picture, table(levels)];
}

function refresh() {
  const score = calibration(names().flatMap(attempts));
  for (const block of document.querySelectorAll(".own-scores-shown")) block.replaceChildren(...shown(score));
}

refresh();
for (const event of ["storage", "bookkit:noted"]) window.addEventListener(event, refresh);
