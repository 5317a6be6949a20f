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
  division: () =>
    "This can mean two things; say with parentheses what is divided by what.",
  power: () => "“e” right after a number starts a power of ten; write 2*e for the product.",
  separators: () => "These dots and commas do not make one number.",
  name: (word) => `“${word}” is not a number.`,
  unit: (word, unit) => `You wrote ${word}, this asks for ${unit || ASKS_FOR_NONE}.`,
  undefined: () => "That has no value.",
  large: () => "That is too large to compute with.",
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
  [/[\t\n\r\u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u2060\ufeff]/g, " "],
  [/[\u2212\u2010-\u2013\uff0d]/g, "-"],
  [/[\u00d7\u00b7\u22c5\u2219\u2217]/g, "*"],
  [/[\u00f7\u2215\u2044]/g, "/"],
  [/[A-Z]/g, (letter) => letter.toLowerCase()],
];
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

const TOKEN = new RegExp(
  "(?<number>(?:[0-9][0-9.,]*|[.,][0-9][0-9.,]*)(?:e[+-]?[0-9]+)?)" +
    "|log(?:_?(?<base>[0-9]{1,3})(?![0-9.,])|_\\{(?<braced>[0-9]{1,3})\\}" +
    "|(?<below>[₀-₉]{1,3}))" +
    "|(?<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})" +
    "|(?<name>[a-z]+|[√π∞])" +
    "|(?<mark>\\*\\*|[-+*/^()!%])",
  "y",
);
const UNFINISHED_POWER = /e(?![a-z])/y;
export const PLAIN = /^[+-]?(?:[0-9]+\.?|[0-9]*\.[0-9]+)$/;
const UNIT = /^(?:%|[a-z]+(?:[ /]+[a-z]+)*)$/;
const GROUPED = /^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;

const log = (logarithm) => (x) => (x < 0 ? refuse("undefined") : logarithm(x));
const root = (x) => (x < 0 ? refuse("undefined") : Math.sqrt(x));
const CONSTANTS = new Map([
  ["pi", Math.PI], ["π", Math.PI], ["e", Math.E],
  ["inf", Infinity], ["infinity", Infinity], ["∞", Infinity],
]);
const FUNCTIONS = new Map([
  ["ln", log(Math.log)], ["exp", (x) => finite(Math.exp(x), x)], ["sqrt", root], ["√", root],
]);

export function read(text, unit = "") {
  text = normalise(text);
  if (!text) refuse("empty");
  if ([...text].length > MOST_CHARACTERS) refuse("long");
  if (unit === "%") text = text.replace(/ *(?:%|percent)$/, "");
  const parser = new Parser(text, unit === "%");
  const value = parser.expression();
  checkRest(parser, unit);
  return value + 0; // adding 0 turns -0 into 0
}

export function normalise(text) {
  for (const [lookalikes, plain] of LOOKALIKES) text = text.replace(lookalikes, plain);
  const trim = (spaced) => spaced.replace(/^ +| +$/g, "");
  text = trim(text);
  return /^[=≈~]/.test(text) ? trim(text.slice(1)) : text;
}

export function show(value) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const [mantissa, power] = Math.abs(value).toExponential(5).split("e");
  const digits = mantissa.replace(/\.?0+$/, "");
  const exponent = Number(power);
  const size = exponent >= -5 && exponent < 15
    ? shift(digits.replace(".", ""), exponent)
    : `${digits}e${exponent}`;
  return `${value < 0 ? "−" : ""}${size.replace("-", "−")}`;
}

/* Puts the decimal point of "258496" behind the digit that counts 10^exponent. */
function shift(digits, exponent) {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const rest = digits.slice(exponent + 1);
  return rest ? `${whole}.${rest}` : whole;
}

function checkRest(parser, unit) {
  const token = parser.next;
  if (token.kind === "end") return;
  if (token.kind !== "name") refuse("syntax");
  const word = parser.text.slice(token.start);
  if (!UNIT.test(word)) refuse("name", token.value);
  if (!sameUnit(word, unit)) refuse("unit", word, unit);
}

function sameUnit(word, unit) {
  const words = unitWords(word).join(" ");
  const wanted = unitWords(unit);
  return unit !== "" && (words === wanted.join(" ") || words === wanted[0]);
}

function unitWords(unit) {
  const spaced = unit.toLowerCase().replace(/ *(?:\/| per ) */g, " / ");
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
    tokens.push(makeToken(match));
    position = UNFINISHED_POWER.lastIndex = TOKEN.lastIndex;
    const { kind } = tokens[tokens.length - 1];
    if (kind === "number" && UNFINISHED_POWER.test(text)) refuse("power");
    if (kind === "%" && percentIsUnit) refuse("syntax");
  }
  tokens.push({ kind: "end", start: text.length });
  return tokens;
}

function makeToken({ groups, index: start }) {
  const { number, base, braced, below, raised, name, mark } = groups;
  if (number) return { kind: "number", value: parseNumber(number), start };
  if (raised) return { kind: "raised", value: parseRaised(raised), start };
  if (mark) return { kind: mark === "**" ? "^" : mark, start };
  if (!name) {
    const digits = base || braced || below.replace(/./g, (x) => SUBSCRIPTS.indexOf(x));
    return { kind: "function", value: logarithm(Number(digits)), start };
  }
  if (name === "log") refuse("base");
  if (FUNCTIONS.has(name)) return { kind: "function", value: FUNCTIONS.get(name), start };
  if (name === "percent") return { kind: "%", start };
  return { kind: CONSTANTS.has(name) ? "constant" : "name", value: name, start };
}

function parseRaised(raised) {
  const digits = raised.replace(/[⁺⁻]/, "").replace(/./g, (x) => SUPERSCRIPTS.indexOf(x));
  return raised[0] === "⁻" ? -digits : +digits;
}

function parseNumber(written) {
  const [digits, exponent = "0"] = written.split("e");
  let mantissa = digits;
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
  return finite(Number(`${mantissa}e${exponent}`));
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
  constructor(text, percentIsUnit) {
    this.text = text;
    this.tokens = tokenise(text, percentIsUnit);
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
        if (bare && this.next.kind !== "function") refuse("argument");
        divided = mark.kind === "/";
      } else if (["constant", "function", "("].includes(this.next.kind)) {
        if (bare) refuse("argument");
        if (divided) refuse("division");
      } else {
        return value;
      }
      const right = this.factor();
      value = mark && divided ? quotient(value, right) : finite(value * right, value, right);
    }
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
    if ((token = this.take("number"))) return token.value;
    if ((token = this.take("constant"))) return CONSTANTS.get(token.value);
    if (this.take("(")) return this.group();
    if ((token = this.take("function"))) return token.value(this.argument());
    if ((token = this.take("name"))) refuse("name", token.value);
    return refuse("syntax");
  }

  group() {
    const value = this.expression();
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
