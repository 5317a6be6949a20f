/* Judges replies by the rules that a form carries: the twin of entries.py and rules.py. */

import { PLAIN, Unreadable, normalise, read, show } from "./reader.js";

export const WORDS = { correct: "Right.", wrong: "Not yet.", unreadable: "Not counted.", read: "Read." };

const CONDITIONS = {
  near: ([written, tolerance], number) => {
    const value = Number(written);
    if (!Number.isFinite(value) || !Number.isFinite(number)) return number === value;
    const slack = 1e-9 * tolerance + 1e-12 * Math.abs(value);
    return Math.abs(number - value) <= tolerance + slack;
  },
  below: (limit, number) => number < Number(limit),
  above: (limit, number) => number > Number(limit),
  is: (wanted, reply) => String(wanted) === String(reply),
  before: ([first, second], order) => order.indexOf(first) < order.indexOf(second),
  lacks: (step, ticked) => !ticked.includes(step),
};

const holds = (rule, reply) =>
  Object.entries(CONDITIONS).every(([name, test]) => !(name in rule) || test(rule[name], reply));

class NotAnAttempt extends Error {}

const ENTRIES = {
  text: ({ unit, example }, [{ value: text }]) => {
    try {
      const value = read(text, unit);
      return { value, readAs: PLAIN.test(normalise(text)) ? "" : show(value) };
    } catch (problem) {
      if (!(problem instanceof Unreadable)) throw problem;
      throw new NotAnAttempt(`${problem.message} Write for example ${example}.`);
    }
  },
  pick: ({ nothing }, radios) => {
    const picked = radios.find((radio) => radio.checked);
    if (!picked) throw new NotAnAttempt(nothing);
    return { value: picked.value };
  },
  order: (_, [{ value: letters }]) => ({ value: letters.split(" ") }),
  tick: ({ nothing }, boxes) => {
    const ticked = boxes.filter((box) => box.checked).map((box) => Number(box.value));
    if (!ticked.length) throw new NotAnAttempt(nothing);
    return { value: ticked };
  },
  // What a function does, ticked by those who run no Python: it counts as read.
  code: (data, boxes) => ({ ...ENTRIES.tick(data, boxes), read: true }),
};

/* Returns {verdict, message, readAs, read, reply}; the message is a text or the content of a
   <template>. Another script may judge a kind of exercise in its place: `bookkit.judges[kind](form)`
   gives a promise of the same, and is asked when the reader presses Check. */
export function judge(form, data) {
  const name = data.entry === "code" ? "tested" : "answer";
  const fields = [...form.querySelectorAll(`[name="${name}"]`)];
  try {
    const { value, readAs = "", read: onlyRead = false } = ENTRIES[data.entry](data, fields);
    const index = data.rules.findIndex((rule) => holds(rule, value));
    const template = form.querySelectorAll("template")[index];
    const message = template.content.cloneNode(true);
    const { verdict } = data.rules[index];
    return { verdict, message, readAs, read: onlyRead, reply: String(value) };
  } catch (problem) {
    if (!(problem instanceof NotAnAttempt)) throw problem;
    return { verdict: "unreadable", message: problem.message, readAs: "" };
  }
}
