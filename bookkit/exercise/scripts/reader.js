/* Reads the numbers that readers type: the twin of reading.py, whose grammar it has.
   tests/bookkit/exercise/readings.json holds the two together. */

const MOST_CHARACTERS = 200;
const DEEPEST = 20;
const ASKS_FOR_NONE = "a number without a unit";

const PROBLEMS = {
  empty: () => "There is no answer yet.",
  long: () => `That is longer than ${MOST_CHARACTERS} characters.`,
  deep: () => "That is nested too deeply.",
  base: () => "“log” alone can mean three things; name the base: log2, ln or log10.",
  argument: () => "Say with parentheses what the function is taken of.",
  second: () => "This can mean two things; write log(8, 2), with a space, for the base 2, or log(8.2).",
  division: () =>
    "This can mean two things; say with parentheses what is divided by what.",
  power: () => "“e” right after a number starts a power of ten; write 2*e for the product.",
  separators: () => "These dots and commas do not make one number.",
  name: (word) => `“${word}” is not a number.`,
  unit: (word, unit) => `You wrote ${word}, this asks for ${unit || ASKS_FOR_NONE}.`,
  undefined: () => "That has no value.",
  large: () => "That is too large to compute with.",
  recurring: () => "This can mean two things; write * for a product, or one number and no parentheses.",
  "lost power": () => "This can mean two things; write 10^-3 for a power of ten.",
  syntax: () => "This does not read as a number.",
};

export class Unreadable extends Error {
  constructor(problem, word = "", unit = "") {
    super(PROBLEMS[problem](word, unit));
    this.problem = problem;
  }
}

const refuse = (problem, word, unit) => {
  throw new Unreadable(problem, word, unit);
};

const LOOKALIKES = [
  [/[\n\r]/g, "  "], // a formula of the page has one between its parts
  [/[\t\u3000\u00a0\u2002-\u200b\u202f\u2060-\u2064\ufeff]/g, " "],
  [/[\u2018\u2019\u02bc]/g, "'"],
  [/[\u2212\u2010-\u2014]/g, "-"],
  [/[\u00d7\u00b7\u22c5\u2219\u2217\u2022]/g, "*"],
  [/[\u00f7\u2215\u2044]/g, "/"],
];
/* What stands in parentheses, without commas of its own and with any; parentheses in it are balanced. */
const ARGUMENT = "(?:[^(),]|\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))*";
const ARGUMENTS = ARGUMENT.replace(",", "");
const TWO_ARGUMENTS = [
  new RegExp(`((?:np|numpy|math)\\.log *\\(${ARGUMENT}),(?! )(?=${ARGUMENT}\\))`, "g"), "$1, ",
];
/* What stands in the braces of LaTeX, which may have braces of its own. */
const BRACES = "\\{((?:[^{}]|\\{[^{}]*\\})*)\\}";
const OPERAND = ` *(?:${BRACES}|([0-9]))`;
const BRACED = [new RegExp(`(\\^|_[0-9]+ *|\\\\[a-z]+) *${BRACES}`, "g"), "$1($2)"];
const FRACTION = [
  new RegExp(`(?<![0-9])(?<![0-9] )\\\\[dt]?frac${OPERAND}${OPERAND}`, "g"), "(($1$2)/($3$4))",
];
/* How readers and pages write what the grammar knows by another name. */
const COPIED = [
  [/log[ \n\r]*([0-9]{1,3})[ \n\r]*\u2061/g, "log_$1 "], // a formula that was copied from the page
  [/(?<![0-9.,])0\u00b7(?=[0-9])/g, "0."], // the British decimal point
  [/(?<![a-z])per ?cent(?![a-z])/g, "%"],
  // LaTeX
  [/\$([^$]*)\$/g, "$1 "],
  [/\{,\}/g, ","],
  [/_(?:\{([0-9]{1,3})\}|([0-9]{1,3})(?= *\\))/g, "_$1$2  "],
  FRACTION, FRACTION, // one may stand within another
  [/\\(?:text|math)[a-z]* *\{([^{}]*)\}/g, " $1"],
  BRACED, BRACED,
  [/\\(?:cdot|times)(?![a-z])/g, "*"],
  [/\\approx/g, "≈"],
  [/\\infty/g, "inf"],
  [/\\(?:[,;:!()]|(?:left|right|quad)(?![a-z])|(?=[ a-z%]))/g, " "],
];
const REWRITTEN = [
  [/(?<=[a-zπ)!]),(?=[0-9])/g, ", "], // no decimal sign: none stands behind a value
  TWO_ARGUMENTS, TWO_ARGUMENTS, // one may stand within another
  [new RegExp(`(?<![a-z])(?:np|numpy|math)\\.log(?=[ (])(?! *\\(${ARGUMENTS}, )`, "g"), "ln"],
  [/(?<![a-z])(?:np|numpy|math)\.(?:float[0-9]+ *(?=\()|(?=[a-z]))/g, ""],
  [/(?<=[0-9.)])(?<!^0) *x *(?=[0-9.(])/g, "*"], // 0x10 is no product
];
/* What readers put before a number: its name, or that they have rounded. */
const ABOUT = /^(?:(?:[a-zα-ω][a-z0-9_{}α-ω ²₀-₉]*(?:\([^()]*\) *)?)?[=≈~] *)?(?:(?:about|around|roughly|approximately|approx\.?|circa|ca\.?)(?: +|$))?/;
const LOST_POWER = /[x\u00d7\u00b7\u22c5\u2022] *10[-\u2212\u2010-\u2014][0-9]/;
const VULGAR = new Map(Object.entries({
  "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
  "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}));
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

const TOKEN = new RegExp(
  "(?<mixed>[0-9]+ [1-9][0-9]* ?/ ?[0-9]+(?![0-9.,]| *(?:\\*\\*|[\\^!⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹])))" +
    "|(?<vulgar>(?:[0-9]+ ?)?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])" +
    "|(?<number>(?:[1-9][0-9]{0,2}(?:[ '][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?" +
    "|[0-9](?:[0-9.]|,(?! ))*|[.,][0-9](?:[0-9.]|,(?! ))*)(?:e[+-]?[0-9]+)?)" +
    "|log(?:_?(?<base>[0-9]{1,3})(?![0-9.,])|(?<below>[₀-₉]{1,3}))" +
    "|(?<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})" +
    "|(?<name>[a-z]+|[√π∞])" +
    "|(?<mark>\\*\\*|[-+*/^()!%,])",
  "y",
);
const UNFINISHED_POWER = /^e(?![a-z])/;
const SPLIT_POWER = /^ +e(?: ?[+-])?[0-9]/;
const RECURRING = /^[0-9]*[.,][0-9]*\([0-9]+\)/;
export const PLAIN = /^[+-]?(?:[0-9]+\.?|[0-9]*\.[0-9]+)$/;
const UNIT = /^(?:%|(?!half|third|quarter)[a-z]+(?:[ /]+[a-z]+)*)$/;
const WRAPPED_UNIT = /^(.*[^ (]) *[([]([a-z]+(?:[ /]+[a-z]+)*|%)[)\]]$/;
const GROUP = /^[1-9][0-9]{0,2} [0-9]{3}(?![0-9])/;
const AMBIGUOUS = /^[1-9][0-9]{0,2},[0-9]{3}$/;
/* A number that was written out: sign, number, power of ten; in parentheses, perhaps. */
const WRITTEN_OUT =
  /^\(*[+-]?\(*number(?:\*\(?number(?:raised|\^[+-]?number|\^\([+-]?number\)))?\)*%?$/;
const GROUPED = /^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;

const log = (logarithm) => (x) => (x < 0 ? refuse("undefined") : logarithm(x));
const root = (x) => (x < 0 ? refuse("undefined") : Math.sqrt(x));
const CONSTANTS = new Map([
  ["pi", Math.PI], ["π", Math.PI], ["e", Math.E],
  ["inf", Infinity], ["infinity", Infinity], ["infinite", Infinity], ["∞", Infinity],
]);
const SPELLED = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const FUNCTIONS = new Map([
  ["ln", log(Math.log)], ["lb", log(Math.log2)], ["ld", log(Math.log2)], ["exp", (x) => finite(Math.exp(x), x)], ["sqrt", root], ["√", root],
]);

/**
 * Reads a text; the reading has the members that reading.py's has.
 * @param {string} text
 * @param {string} [unit] what the number is asked for in
 * @param {string[]} [counted] what the question counts
 * @param {string[]} [words] all its words
 * @returns {{value: number, step: number, other: number|null, isFormula: boolean}}
 */
export function readClosely(text, unit = "", counted = [], words = []) {
  if (LOST_POWER.test(lower(text))) refuse("lost power");
  text = normalise(text);
  if (!text) refuse("empty");
  if ([...text].length > MOST_CHARACTERS) refuse("long");
  const sides = text.split(/ *[=≈] */);
  const last = sides.pop();
  const result = readSide(sides.length ? last.replace(ABOUT, "") : last, unit, counted, words);
  return sides.map((side) => readWorth(side, result, unit, counted, words))
    .reduce((best, one) => (one.step < best.step ? one : best), result);
}

/* What a step before the result is, as in 31/12 = 2.583, if it comes to the result. */
function readWorth(side, { value, step }, ...context) {
  let reading = { value: NaN };
  try {
    reading = readSide(side, ...context);
  } catch {} // the sentence is about the whole reply
  if (!(Math.abs(reading.value - value) <= Math.min(step, 0.5) + 1e-9)) refuse("syntax");
  return reading;
}

/* The number that one side of an equation is. */
function readSide(text, unit, counted, words) {
  if (!text) refuse("syntax");
  text = text.replace(WRAPPED_UNIT, (whole, number, word) =>
    (word === "%" || sameUnit(word, unit, counted, words) ? `${number} ${word}` : whole));
  if (unit === "%") text = text.replace(/ *%$/, "");
  const tokens = tokenise(text, unit === "%");
  const value = evaluate(text, tokens, unit, counted, words);
  const written = tokens.slice(0, tokens.findIndex(({ kind }) => kind === "name" || kind === "end"));
  const isFormula = !isWrittenOut(written);
  const step = isFormula ? stepOfSum(written) : lastStep(written);
  const grouped = tokens.map((token) => ({ ...token, value: token.other ?? token.value }));
  const isAmbiguous = tokens.some(({ other }) => other !== undefined);
  const other = isAmbiguous ? evaluate(text, grouped, unit, counted, words) : null;
  return { value, step, other, isFormula };
}

/* What tokens come to, whatever the base of a logarithm without one. */
function evaluate(text, tokens, unit, counted, words) {
  const values = [];
  let parser;
  for (const logarithm of [Math.log, Math.log2]) {
    parser = new Parser(text, tokens, logarithm);
    values.push(parser.expression() + 0); // adding 0 turns -0 into 0
    checkRest(parser, unit, counted, words);
    if (!parser.unnamed) return values[0];
  }
  const [one, two] = values;
  const near = one === two || Math.abs(one - two) <= 1e-12 * Math.abs(one);
  if (parser.unnamed === "second" || !near) refuse(parser.unnamed);
  return one;
}

const kindsOf = (tokens) => tokens.map(({ kind }) => kind).join("");

/* Whether these are a number and perhaps a power of ten, not of another base. */
function isWrittenOut(tokens) {
  const base = tokens.filter(({ kind }) => kind === "number")[1];
  return WRITTEN_OUT.test(kindsOf(tokens)) && (!base || base.value === 10);
}

/* What the last digit of a sum of decimals counts; of any other formula 0, as for exact ones. */
function stepOfSum(tokens) {
  const least = Math.min(...tokens.map(({ step = 1 }) => step));
  return least < 1 && /^[+-]?number(?:[+-]number)+$/.test(kindsOf(tokens)) ? least : 0;
}

/* What the last digit counts in a number that is written out. */
function lastStep(tokens) {
  const [first, ten, exponent] = tokens.filter(({ kind }) => kind === "number" || kind === "raised");
  const step = tokens.some(({ kind }) => kind === "%") ? first.step / 100 : first.step;
  if (!ten) return step;
  const negative = tokens.some(({ kind, start }) => kind === "-" && start > ten.start);
  const size = negative ? -exponent.value : exponent.value;
  return step * ten.value ** Math.min(Math.max(size, -300), 300);
}

/* Small letters; what an East Asian keyboard makes as wide as a sign of writing is what it shows. */
const lower = (text) => text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
  // Digits as phones have them for Arabic, Persian, Hindi and Bengali, and an Arabic decimal sign.
  .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]/g, (digit) => (digit.charCodeAt(0) - 6 * (digit > "\u0900")) & 15)
  .replace(/\u066b/g, ".").replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export function normalise(text) {
  const change = (pairs) => {
    for (const [pattern, plain] of pairs) text = text.replace(pattern, plain);
  };
  const trim = () => change([[/^ +| +$/g, ""]]);
  text = lower(text);
  change(COPIED);
  change(LOOKALIKES);
  trim();
  change(REWRITTEN);
  change([[/(?<=[^ .,]) *(?:[.,]|\.{3}|…)$/, ""], [ABOUT, ""]]);
  return text;
}

export function show(value) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const isWhole = Number.isInteger(value) && Math.abs(value) < 1e15;
  const rounded = Math.abs(value).toExponential(isWhole ? 14 : 5);
  const [mantissa, power] = rounded.split("e");
  const size = power >= -5 && power < 15
    ? String(+rounded)
    : `${mantissa.replace(/\.?0+$/, "")}e${+power}`;
  return `${value < 0 ? "−" : ""}${size.replace("-", "−")}`;
}

function checkRest(parser, unit, counted, words) {
  const token = parser.next;
  if (token.kind === "end") return;
  if (token.kind !== "name") refuse("syntax");
  const word = parser.text.slice(token.start);
  if (!UNIT.test(word)) refuse("name", token.value);
  if (!sameUnit(word, unit, counted, words)) refuse("unit", word, unit);
}

function sameUnit(word, unit, counted, words) {
  const typed = unitWords(word).join(" ");
  const wanted = unitWords(unit);
  if (unit !== "" && (typed === wanted.join(" ") || typed === wanted[0])) return true;
  const [head, ...rest] = typed.split(" / ");
  const among = (text, known) =>
    text.split(" ").every((part) => part === "" || part === "/" || known.includes(part));
  const isUnit = unit !== "" && head === wanted[0];
  return (isUnit || among(head, counted)) && among(rest.join(" / "), words);
}

function unitWords(unit) {
  const spaced = unit.toLowerCase().replace(/ *(?:\/| per | an? ) */g, " / ");
  return spaced.split(" ").filter(Boolean).map((word) => word.replace(/s$/, ""));
}

function tokenise(text, percentIsUnit) {
  const tokens = [];
  let position = 0;
  while (position < text.length) {
    if (text[position] === " ") {
      position += 1;
      continue;
    }
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (!match) refuse("syntax");
    const before = tokens.length ? tokens[tokens.length - 1].kind : "";
    if (match.groups.mixed || match.groups.vulgar) {
      if (before === "/") refuse("division");
      if (before === "^" || before === "function") refuse("argument");
    }
    tokens.push(makeToken(match));
    position = TOKEN.lastIndex;
    const { kind, start } = tokens[tokens.length - 1];
    if (kind === "number") requireClearEnd(text.slice(start), text.slice(position));
    if (kind === "%" && percentIsUnit) refuse("syntax");
  }
  tokens.push({ kind: "end", start: text.length });
  return tokens;
}

/* Asks about what stands behind a number and may still be a part of it. */
function requireClearEnd(number, rest) {
  if (UNFINISHED_POWER.test(rest)) refuse("power");
  if (SPLIT_POWER.test(rest)) refuse("lost power");
  if (RECURRING.test(number)) refuse("recurring");
}

function makeToken({ groups, index: start, input, 0: written }) {
  const { mixed, vulgar, number, base, below, raised, name, mark } = groups;
  if (number) return { kind: "number", ...parseNumber(number), start };
  if (mixed && GROUP.test(mixed)) refuse("division");
  if (mixed) return { kind: "fraction", value: parseMixed(mixed), start };
  if (vulgar) {
    const whole = Number(vulgar.slice(0, -1));
    return { kind: "fraction", value: finite(whole + VULGAR.get(vulgar.slice(-1))), start };
  }
  if (raised) return { kind: "raised", value: parseRaised(raised), start };
  if (mark) return { kind: mark === "**" ? "^" : mark, start };
  if (!name) {
    const digits = base || below.replace(/./g, (x) => SUBSCRIPTS.indexOf(x));
    return { kind: "function", value: logarithm(Number(digits)), start };
  }
  if (name === "log") {
    if (input[start + written.length] === "_") refuse("base");
    return { kind: "log", start };
  }
  if (FUNCTIONS.has(name)) return { kind: "function", value: FUNCTIONS.get(name), start };
  if (SPELLED.includes(name)) {
    return { kind: "number", value: SPELLED.indexOf(name), step: 1, start };
  }
  return { kind: CONSTANTS.has(name) ? "constant" : "name", value: name, start };
}

function parseRaised(raised) {
  const digits = raised.replace(/[⁺⁻]/, "").replace(/./g, (x) => SUPERSCRIPTS.indexOf(x));
  return raised[0] === "⁻" ? -digits : +digits;
}

/* 1.5 for 1 1/2 */
function parseMixed(written) {
  const [whole, above, below] = written.match(/[0-9]+/g).map(Number);
  if (!(above > 0 && above < below)) refuse("syntax");
  return finite(whole + above / below);
}

function parseNumber(written) {
  const [digits, exponent = "0"] = written.replace(/[ ']/g, "").split("e");
  let mantissa = digits;
  const other = AMBIGUOUS.test(written) ? Number(written.replace(",", "")) : undefined;
  const dots = mantissa.split(".").length - 1;
  const commas = mantissa.split(",").length - 1;
  if (dots + commas <= 1) {
    mantissa = mantissa.replace(",", ".");
  } else {
    // Several separators group thousands; the rightmost may be a decimal sign of the other kind.
    if (commas === 0 || (dots && mantissa.lastIndexOf(",") > mantissa.lastIndexOf("."))) {
      mantissa = mantissa.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));
    }
    if (!GROUPED.test(mantissa)) refuse("separators");
    mantissa = mantissa.replaceAll(",", "");
  }
  const places = Number(exponent) - (mantissa.split(".")[1] || "").length;
  const step = Math.abs(places) < 308 ? 10 ** places : 0;
  return { value: finite(Number(`${mantissa}e${exponent}`)), step, other };
}

/* Gives back a value, unless it has none or grew beyond all numbers out of finite ones. */
function finite(value, ...operands) {
  if (Number.isNaN(value)) refuse("undefined");
  if (!Number.isFinite(value) && operands.every(Number.isFinite)) refuse("large");
  return value;
}

const quotient = (a, b) => (b === 0 ? refuse("undefined") : finite(a / b, a, b));

function power(base, exponent) {
  if ((base === 0 && exponent < 0) || (base < 0 && !Number.isInteger(exponent)) ||
      (base === 1 && !Number.isFinite(exponent))) refuse("undefined");
  return finite(base ** exponent, base, exponent);
}

function factorial(value) {
  if (!(value >= 0 && Number.isInteger(value))) refuse("undefined");
  if (value > 170) refuse("large");
  let product = 1;
  for (let factor = 2; factor <= value; factor += 1) product *= factor;
  return product;
}

function logarithm(base) {
  if (base < 2) refuse("base");
  if (base === 2) return log(Math.log2);
  if (base === 10) return log(Math.log10);
  return log((x) => Math.log(x) / Math.log(base));
}

/* A recursive descent over the tokens; each method is one line of the grammar. */
class Parser {
  constructor(text, tokens, logarithm) {
    this.text = text;
    this.tokens = tokens;
    this.logarithm = logarithm; // what a bare log is taken for
    this.unnamed = ""; // which problem it is that it was taken for anything
    this.position = 0;
    this.depth = 0;
    this.bare = false; // whether the last factor was a function without parentheses
  }

  get next() {
    return this.tokens[this.position];
  }

  take(...kinds) {
    const token = this.next;
    if (!kinds.includes(token.kind)) return null;
    this.position += 1;
    return token;
  }

  expression() {
    let value = this.term();
    for (let sign; (sign = this.take("+", "-")); ) {
      const right = this.term();
      value = finite(sign.kind === "+" ? value + right : value - right, value, right);
    }
    return value;
  }

  term() {
    let value = this.factor();
    let divided = false;
    for (;;) {
      const { bare } = this;
      const mark = this.take("*", "/");
      if (mark) {
        if (bare && !["function", "log"].includes(this.next.kind)) refuse("argument");
        divided = mark.kind === "/";
      } else if (["constant", "function", "log", "("].includes(this.next.kind)) {
        if (bare) refuse("argument");
        if (divided && !this.followsAFraction()) refuse("division");
      } else {
        return value;
      }
      // A parenthesis may say where the number is from: 0.75 (3/4).
      const explains = !mark && this.next.kind === "(" && this.tokens[this.position - 1].kind !== ")";
      const right = this.factor();
      if (explains && Math.abs(right - value) <= 0.01 * Math.abs(value)) refuse("recurring");
      value = mark && divided ? quotient(value, right) : finite(value * right, value, right);
    }
  }

  /* Whether a logarithm stands behind the first fraction of a term: `1/2 ln 3`. */
  followsAFraction() {
    const before = this.tokens.slice(Math.max(0, this.position - 4), this.position);
    const [above, line, below] = before.slice(-3);
    const first = before.length === 3 || ["+", "-", "("].includes(before[0].kind);
    const whole = (token) => token.kind === "number" && token.step === 1;
    return first && whole(above) && line.kind === "/" && whole(below) &&
      this.text[this.next.start] === "l"; // ln, lb, log
  }

  factor() {
    const sign = this.take("+", "-");
    this.bare = false;
    let value = this.power();
    if (this.next.kind === "%") {
      if (this.bare) refuse("argument");
      this.take("%");
      value /= 100;
    }
    return sign && sign.kind === "-" ? -value : value;
  }

  power() {
    this.depth += 1; // every parenthesis and every exponent comes through here
    if (this.depth > DEEPEST) refuse("deep");
    let value = this.primary();
    if (this.take("!")) value = factorial(value);
    const raised = this.take("raised");
    if (raised) {
      value = power(value, raised.value);
    } else if (this.take("^")) {
      const sign = this.take("+", "-");
      const exponent = this.power();
      value = power(value, sign && sign.kind === "-" ? -exponent : exponent);
    }
    this.depth -= 1;
    return value;
  }

  primary() {
    let token;
    if ((token = this.take("number", "fraction"))) return token.value;
    if ((token = this.take("constant"))) return CONSTANTS.get(token.value);
    if (this.take("(")) return this.group();
    if ((token = this.take("function"))) return token.value(this.argument());
    if (this.take("log")) return this.log();
    if ((token = this.take("name"))) refuse("name", token.value);
    return refuse("syntax");
  }

  /* A logarithm to the base that stands behind a comma, or to none in particular. */
  log() {
    if (!this.take("(")) {
      if (!["number", "constant"].includes(this.next.kind)) refuse("base");
      this.unnamed = "base";
      return log(this.logarithm)(this.argument());
    }
    const value = this.expression();
    if (!this.take(",")) {
      const last = this.text.slice(this.tokens[this.position - 1].start, this.next.start);
      this.unnamed = this.unnamed !== "base" && /^[1-9][0-9]*,[1-9]/.test(last) ? "second" : "base";
      return log(this.logarithm)(this.group(value));
    }
    const base = this.group();
    if (!(base > 0 && base < Infinity) || base === 1) refuse("base");
    return quotient(log(Math.log)(value), Math.log(base));
  }

  group(inner) {
    const value = inner === undefined ? this.expression() : inner;
    if (this.next.kind === "name") refuse("name", this.next.value);
    if (!this.take(")")) refuse("syntax");
    this.bare = false;
    return value;
  }

  argument() {
    if (this.take("(")) return this.group();
    if (!["number", "constant"].includes(this.next.kind)) refuse("argument");
    const value = this.power();
    this.bare = true;
    return value;
  }
}
