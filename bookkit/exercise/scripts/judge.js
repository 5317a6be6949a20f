/* Judges replies by the rules that a form carries: the twin of entries.py and rules.py. */

import { PLAIN, Unreadable, normalise, read, show } from "./reader.js";

export const WORDS = { correct: "Right.", wrong: "Not yet.", unreadable: "Not counted." };

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
};

/* Returns {verdict, message, readAs}; the message is a text or the content of a <template>. */
export function judge(form, data) {
  const fields = [...form.querySelectorAll('[name="answer"]')];
  try {
    const { value, readAs = "" } = ENTRIES[data.entry](data, fields);
    const index = data.rules.findIndex((rule) => holds(rule, value));
    const template = form.querySelectorAll("template")[index];
    const message = template.content.cloneNode(true);
    return { verdict: data.rules[index].verdict, message, readAs, reply: String(value) };
  } catch (problem) {
    if (!(problem instanceof NotAnAttempt)) throw problem;
    return { verdict: "unreadable", message: problem.message, readAs: "" };
  }
}
