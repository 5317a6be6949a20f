/* Judges replies by the rules that a form carries: the twin of entries.py and rules.py. */

import { PLAIN, Unreadable, normalise, readClosely, show } from "./reader.js";

export const WORDS = {
  correct: "Right.",
  near: "Right so far.",
  wrong: "Not yet.",
  unreadable: "Not counted.",
  read: "Read.",
};

const CONDITIONS = {
  near: ([written, tolerance], number) => {
    const value = Number(written);
    if (!Number.isFinite(value) || !Number.isFinite(number)) return number === value;
    const slack = 1e-9 * tolerance + 1e-12 * Math.abs(value);
    return Math.abs(number - value) <= tolerance + slack;
  },
  // A number with fewer digits than the tolerance asks for has to be the value itself.
  recognised: ([value, tolerance], number, step) =>
    !(step / 2 > tolerance * (1 + 1e-9)) || CONDITIONS.near([value, 0], number),
  rounds: ([value, digits], number, step) => {
    const size = Math.abs(Number(value));
    if (!step || !(size > 0 && size < Infinity)) return false;
    if (value % 1 && digits === 1 && step === 1 && !isRound(number)) step = 10 ** /0*$/.exec(number)[0].length;
    const least = 10 ** (Math.floor(Math.log10(size)) - digits + 1);
    if (step > least * (1 + 1e-9)) return false;
    const cut = digits > 1 && size > Math.abs(number) && number * value > 0;
    return Math.abs(number - value) <= step * (cut ? 1 - 1e-9 : 0.5 + 1e-9);
  },
  below: (limit, number) => number < Number(limit),
  above: (limit, number) => number > Number(limit),
  is: (wanted, reply) => String(wanted) === String(reply),
  before: ([first, second], order) => order.indexOf(first) < order.indexOf(second),
  lacks: (step, ticked) => !ticked.includes(step),
};

const holds = (rule, reply, step) => Object.entries(CONDITIONS).every(
  ([name, test]) => !(name in rule) || test(rule[name], reply, step));

export class NotAnAttempt extends Error {}

const ENTRIES = {
  text: ({ unit, example, counted, words }, [{ value: text }]) => {
    try {
      const reading = readClosely(text, unit, counted, words);
      return { ...reading, isPlain: PLAIN.test(normalise(text)) };
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
  slide: ({ nothing }, [range]) => {
    if (!("moved" in range.dataset)) throw new NotAnAttempt(nothing);
    return { value: Number(range.value) };
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

const UNCLEAR = "A comma or dot before three digits can mean two things; write 1.2340 or 1234.";

const isThousands = (size) => size >= 999.5 && size < Infinity;
const isDotted = ({ value, step }) => step === 0.001 && Math.abs(value) >= 1 && Math.abs(value) < 1000;

/* Whether a whole number has one digit and zeros, as guesses have. */
const isRound = (value) => /^-?[0-9](?:0*|e\+[0-9]+)$/.test(value);

/* The place of the first rule that holds; for a number that nothing knows, of the one mistake that it
   is with fewer digits, if it is that of a single one. A round number may be a guess. */
function speaks(rules, value, step) {
  const index = rules.findIndex((rule) => holds(rule, value, step));
  if (rules[index].verdict !== "wrong" || rules[index].near || (step >= 1 && isRound(value))) return index;
  const rounded = [...rules.keys()].filter((i) => rules[i].verdict === "wrong" && rules[i].near &&
    CONDITIONS.rounds([rules[i].near[0], 2], value, step));
  return rounded.length === 1 ? rounded[0] : index;
}

/* Returns the place of the rule that speaks, and what the reply was taken for. Of two numbers that
   can be meant by a comma, the right one is. */
function decide({ rules, thousands }, entered) {
  const { value, step, other = null, isFormula } = entered;
  const index = speaks(rules, value, step);
  const { verdict, near } = rules[index];
  if (verdict === "correct" || verdict === "near") return [index, value];
  let isUnclear = isDotted(entered) && !near && isThousands(Math.abs(rules[0].near[0]));
  if (other !== null) {
    const second = rules.findIndex((rule) => holds(rule, other, 0));
    if (rules[second].verdict === "correct") return [second, other];
    isUnclear = isFormula || thousands;
  }
  if (isUnclear) throw new NotAnAttempt(UNCLEAR);
  return [index, value];
}

/* What is guessed: of any size, so a comma is asked about. */
export function enterGuess(form, data) {
  const entered = enter(form, data);
  if ((entered.other ?? null) !== null || (data.thousands && isDotted(entered))) throw new NotAnAttempt(UNCLEAR);
  return entered;
}

/* What is filled in, or a NotAnAttempt. */
function enter(form, data) {
  const name = data.entry === "code" ? "tested" : "answer";
  return ENTRIES[data.entry](data, [...form.querySelectorAll(`[name="${name}"]`)]);
}

/**
 * Judges what is filled in. Another script may judge a kind of exercise in its place:
 * `bookkit.judges[kind](form)` gives a promise of the same, and is asked when Check is pressed.
 * @param {HTMLFormElement} form
 * @param {import("../../types.js").ExerciseData} data
 * @returns {{verdict: string, message: string|Node, readAs: string, read?: boolean, reply: string}} the message is
 *   a text, or the content of a <template>
 */
export function judge(form, data) {
  try {
    const entered = enter(form, data);
    const [index, value] = decide(data, entered);
    const template = form.querySelectorAll(".exercise-body > template")[index];
    const message = template.content.cloneNode(true);
    const readAs = entered.isPlain === false ? show(value) : "";
    const { verdict } = data.rules[index];
    return { verdict, message, readAs, read: entered.read, reply: String(value) };
  } catch (problem) {
    if (!(problem instanceof NotAnAttempt)) throw problem;
    return { verdict: "unreadable", message: problem.message, readAs: "", reply: "" };
  }
}
