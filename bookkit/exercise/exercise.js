/* Makes the exercises of a page answer: reads what was typed, judges it by the rules that the
   form carries, shows the message that waits in a <template>, and remembers what is solved.
   The grammar is that of reading.py, the rules are those of rules.py; tests hold them together. */
(() => {
  "use strict";

  /* Reading numbers ------------------------------------------------------------------------ */

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

  class Unreadable extends Error {
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
  const PLAIN = /^[+-]?(?:[0-9]+\.?|[0-9]*\.[0-9]+)$/;
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

  function read(text, unit = "") {
    text = normalise(text);
    if (!text) refuse("empty");
    if ([...text].length > MOST_CHARACTERS) refuse("long");
    if (unit === "%") text = text.replace(/ *(?:%|percent)$/, "");
    const parser = new Parser(text, unit === "%");
    const value = parser.expression();
    checkRest(parser, unit);
    return value + 0; // adding 0 turns -0 into 0
  }

  function normalise(text) {
    for (const [lookalikes, plain] of LOOKALIKES) text = text.replace(lookalikes, plain);
    const trim = (spaced) => spaced.replace(/^ +| +$/g, "");
    text = trim(text);
    return /^[=≈~]/.test(text) ? trim(text.slice(1)) : text;
  }

  function show(value) {
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
    let [mantissa, exponent = "0"] = written.split("e");
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

  /* Judging replies ------------------------------------------------------------------------ */

  const WORDS = { correct: "Right.", wrong: "Not yet.", unreadable: "Not counted.", read: "Read." };

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
    order: (data, [{ value: letters }]) => ({ value: letters.split(" ") }),
    tick: ({ nothing }, boxes) => {
      const ticked = boxes.filter((box) => box.checked).map((box) => Number(box.value));
      if (!ticked.length) throw new NotAnAttempt(nothing);
      return { value: ticked };
    },
  };

  // A function that was typed is judged by Python, if the page runs it; here are the ticks of those
  // who do without. They count as read.
  ENTRIES.code = (data, boxes) => ({ ...ENTRIES.tick(data, boxes), read: true });

  /*
    Returns {verdict, message, readAs, reply}; the message is a text or the content of a <template>.
    Other scripts may judge a kind of exercise in its place: `bookkit.judges[kind](form)` gives a
    promise of the same, and is asked when the reader presses Check.
  */
  function judge(form, data) {
    const fields = [...form.querySelectorAll(data.entry === "code" ? '[name="tested"]' : '[name="answer"]')];
    try {
      const { value, readAs = "", read = false } = ENTRIES[data.entry](data, fields);
      const index = data.rules.findIndex((rule) => holds(rule, value));
      const template = form.querySelectorAll("template")[index];
      const message = template.content.cloneNode(true);
      return { verdict: data.rules[index].verdict, message, readAs, read, reply: String(value) };
    } catch (problem) {
      if (!(problem instanceof NotAnAttempt)) throw problem;
      return { verdict: "unreadable", message: problem.message, readAs: "" };
    }
  }

  /* Remembering ---------------------------------------------------------------------------- */

  const PREFIX = "bookkit:solved:";
  const READ = "bookkit:read:"; // ticked off without Python

  /* Storage may be switched off, full or gone; then a page remembers until it is left. */
  const memory = new Set();
  const attempt = (action, otherwise) => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };
  const isKnown = (key) =>
    memory.has(key) || attempt(() => localStorage.getItem(key) !== null, false);
  const isSolved = (name) => isKnown(PREFIX + name);
  const isRead = (name) => isKnown(READ + name);

  function remember(key) {
    memory.add(key);
    attempt(() => localStorage.setItem(key, "1"));
  }

  function forgetAll() {
    memory.clear();
    attempt(() => {
      Object.keys(localStorage)
        .filter((key) => key.startsWith(PREFIX) || key.startsWith(READ))
        .forEach((key) => localStorage.removeItem(key));
    });
  }

  /* The page ------------------------------------------------------------------------------- */

  const nameOf = (form) => form.id.replace(/^ex-/, "");
  const forms = () => [...document.querySelectorAll("form.exercise")];

  function span(name, ...content) {
    const element = document.createElement("span");
    element.className = name;
    element.append(...content);
    return element;
  }

  function tell(output, { verdict, message, readAs, read }, hintOpened) {
    const word = WORDS[read && verdict === "correct" ? "read" : verdict];
    const parts = [span("exercise-word", word), span("exercise-message", message)];
    if (readAs) parts.push(span("exercise-echo", `Read as ${readAs}.`));
    if (hintOpened) parts.push(span("exercise-echo", "The hint is open now."));
    output.dataset.verdict = verdict;
    output.replaceChildren(...parts.flatMap((part) => [part, " "]));
  }

  function start(form) {
    const data = JSON.parse(form.dataset.exercise);
    const output = form.querySelector("output");
    const hint = form.querySelector(".exercise-hint");
    let attempts = 0;
    let last = null;

    function settle(result) {
      if (result.verdict === "wrong" && result.reply !== last) {
        attempts += 1;
        last = result.reply;
      }
      const open = result.verdict === "wrong" && attempts === data.patience && !hint.open;
      if (open) hint.open = true;
      tell(output, result, open);
      if (result.verdict === "correct") {
        remember((result.read ? READ : PREFIX) + nameOf(form));
        showProgress();
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const other = window.bookkit.judges?.[form.dataset.kind];
      if (other && event.submitter?.value !== "ticks") other(form).then(settle);
      else settle(judge(form, data));
    });
    if (data.entry === "order") startOrder(form);
    form.querySelectorAll('[type="submit"]').forEach((button) => { button.disabled = false; });
  }

  function startOrder(form) {
    const list = form.querySelector(".exercise-order");
    const reply = form.querySelector('[name="answer"]');
    const moved = form.querySelector(".exercise-moved");
    const mark = () => {
      const items = [...list.children];
      items.forEach((item, i) => {
        const [up, down] = item.querySelectorAll("button");
        // Not `disabled`: that would drop the focus of someone who moves an item to the end.
        up.setAttribute("aria-disabled", i === 0);
        down.setAttribute("aria-disabled", i === items.length - 1);
        up.hidden = down.hidden = false;
      });
      reply.value = items.map((item) => item.dataset.letter).join(" ");
    };

    list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || button.getAttribute("aria-disabled") === "true") return;
      const item = button.closest("li");
      if (button.dataset.move === "-1") item.previousElementSibling.before(item);
      else item.nextElementSibling.after(item);
      button.focus();
      mark();
      const place = [...list.children].indexOf(item) + 1;
      moved.textContent = `Now number ${place} of ${list.children.length}.`;
    });
    mark();
  }

  function showProgress() {
    for (const form of forms()) {
      const mark = form.querySelector(".exercise-solved");
      const name = nameOf(form);
      mark.hidden = !isSolved(name) && !isRead(name);
      mark.textContent = isSolved(name) ? "solved" : "read";
    }
    for (const line of document.querySelectorAll(".exercise-progress")) {
      const { exercises } = line.dataset;
      const names = exercises === undefined
        ? forms().map(nameOf)
        : exercises.split(" ").filter(Boolean);
      line.textContent = `${names.filter(isSolved).length} of ${names.length} solved`;
      line.hidden = names.length === 0;
    }
  }

  /* The first click asks, the second one forgets: no dialog, and no solved book lost by a slip. */
  function startForgetting(button) {
    const label = button.textContent;
    let asked = false;
    const reset = () => {
      asked = false;
      button.textContent = label;
    };
    button.hidden = false;
    button.addEventListener("blur", reset);
    button.addEventListener("click", () => {
      if (!asked) {
        asked = true;
        button.textContent = "Click again to forget them all";
        return;
      }
      forgetAll();
      reset();
      button.textContent = "Forgotten";
      showProgress();
    });
  }

  /* On paper nothing unfolds: hints stay closed, solutions and steps are printed. */
  let unfolded = [];
  function unfold() {
    unfolded = [...document.querySelectorAll(
      ".exercise-solution:not([open]), .exercise-steps:not([open])")];
    for (const details of unfolded) details.open = true;
  }
  function refold() {
    for (const details of unfolded) details.open = false;
    unfolded = [];
  }

  forms().forEach(start);
  document.querySelectorAll(".exercise-forget").forEach(startForgetting);
  showProgress();
  window.addEventListener("storage", showProgress);
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", refold);
  window.bookkit = Object.assign(window.bookkit || {}, { readNumber: read, showNumber: show });
})();
