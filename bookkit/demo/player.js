// Replays the baked demos of a page. It looks numbers up and draws them; it computes none.
// The data of a demo is a script of its own, added when the demo comes near the view:
// that works from a web server and from disk alike.
(() => {
  "use strict";

  // ---- reading tables: the twin of codec.py ----

  const ALPHABET = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i))
    .filter((c) => c !== "\\").join("");
  const SINGLES = 70, PREFIXES = ALPHABET.length - SINGLES;
  const DIGIT = new Int16Array(128);
  for (let i = 0; i < ALPHABET.length; i++) DIGIT[ALPHABET.charCodeAt(i)] = i;

  function decode(orders, text, shape) {
    const values = new Int32Array(shape.reduce((a, b) => a * b, 1));
    let high = 0, n = 0;
    for (let i = 0; i < text.length; i++) {
      const digit = DIGIT[text.charCodeAt(i)];
      if (digit < SINGLES) {
        const number = high * SINGLES + digit;
        values[n++] = number % 2 ? -(number + 1) / 2 : number / 2;
        high = 0;
      } else {
        high = high * PREFIXES + digit - SINGLES + 1;
      }
    }
    orders.forEach((order, axis) => {
      const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
      const block = stride * shape[axis];
      while (order-- > 0) {
        for (let start = 0; start < values.length; start += block) {
          for (let i = start + stride; i < start + block; i++) values[i] += values[i - stride];
        }
      }
    });
    return values;
  }

  class Table {
    constructor({ depends, shape, orders, text, gaps, texts }) {
      this.depends = depends;
      this.texts = texts;
      this.length = shape[shape.length - 1];
      this.values = decode(orders, text, shape);
      this.gaps = gaps && decode(gaps[0], gaps[1], shape);
      this.strides = depends.map((_, k) => shape.slice(k + 1).reduce((a, b) => a * b, 1));
    }
    place(state) {
      return this.depends.reduce((sum, control, k) => sum + state[control] * this.strides[k], 0);
    }
    cell(state) { // null where there is no finite number
      const place = this.place(state);
      return this.gaps && this.gaps[place] ? null : this.values[place];
    }
    row(state) {
      const place = this.place(state);
      let end = place + this.length;
      if (this.gaps) while (end > place && this.gaps[end - 1]) end--;
      return this.values.subarray(place, end);
    }
    words(state) { return this.texts[this.cell(state)]; }
  }

  // ---- drawing marks: the twins of `shapes` in marks.py, by the name of the mark ----

  const MISSING = -1e6;
  const get = (channel, i) => channel.length > 1 ? channel[i] : channel[0];
  const count = (...channels) => Math.max(...channels.map((channel) => channel.length));
  const paths = (...texts) => texts.map((d) => ({ d }));

  function polyline(xs, ys, n, backwards) {
    let d = "", pen = "M";
    for (let k = 0; k < n; k++) {
      const i = backwards ? n - 1 - k : k, x = get(xs, i), y = get(ys, i);
      if (x === MISSING || y === MISSING) {
        pen = "M";
      } else {
        d += pen + x + " " + y;
        pen = "L";
      }
    }
    return d;
  }

  function tiles({ edges: [xs, ys], levels }, valueAt) {
    const texts = levels.map(() => "");
    for (let j = 0; j < ys.length - 1; j++) {
      let start = 0, before = -1;
      for (let i = 0; i < xs.length; i++) {
        let level = -1;
        if (i < xs.length - 1) {
          const value = valueAt(i, j);
          level = value === null ? levels.length : levels.findIndex((top) => value <= top);
          if (level < 0) level = levels.length;
        }
        if (level !== before) {
          if (i > 0 && before < levels.length) {
            texts[before] += `M${xs[start]} ${ys[j]}H${xs[i]}V${ys[j + 1]}H${xs[start]}Z`;
          }
          start = i;
          before = level;
        }
      }
    }
    return paths(...texts);
  }

  // Each gets the tables of the mark by name, the state, and the mark as bake.py wrote it;
  // it gives the attributes of every shape, `text` for the words inside.
  const SHAPES = {
    Curve({ x, y }, state) {
      const xs = x.row(state), ys = y.row(state);
      return paths(polyline(xs, ys, count(xs, ys)));
    },
    Band(tables, state) {
      const [x, low, high] = ["x", "low", "high"].map((name) => tables[name].row(state));
      const n = count(x, low, high);
      return paths(polyline(x, high, n) + "L" + polyline(x, low, n, true).slice(1) + "Z");
    },
    Bars(tables, state) {
      const sides = ["left", "right", "base", "top"].map((name) => tables[name].row(state));
      const texts = ["", ""];
      for (let i = 0, n = count(...sides); i < n; i++) {
        const [x0, x1, y0, y1] = sides.map((side) => get(side, i));
        texts[y1 <= y0 ? 0 : 1] += `M${x0} ${y0}V${y1}H${x1}V${y0}Z`;
      }
      return paths(...texts);
    },
    Points({ x, y }, state, { radius: r }) {
      const xs = x.row(state), ys = y.row(state);
      let d = "";
      for (let i = 0, n = count(xs, ys); i < n; i++) {
        const cx = get(xs, i), cy = get(ys, i);
        if (cx === MISSING || cy === MISSING) continue;
        d += `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
      }
      return paths(d);
    },
    Text: ({ x, y, text }, state) =>
      [{ x: x.cell(state), y: y.cell(state), text: text.words(state) }],
    Tiles({ value }, state, mark) {
      const [across, up] = mark.over, at = state.slice();
      return tiles(mark, (i, j) => {
        at[across] = i;
        at[up] = j;
        return value.cell(at);
      });
    },
    Image({ pixels }, state, mark) {
      const row = pixels.row(state), columns = mark.edges[0].length - 1;
      return tiles(mark, (i, j) => mark.levels.length - row[j * columns + i]); // paper, not ink
    },
  };

  function draw(shape, { text, ...attributes }) {
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    if (text !== undefined) shape.textContent = text;
  }

  // ---- numbers: the twin of Readout.text in readouts.py ----

  function readout(digits, unit, cell) {
    if (cell === null) return ("∞ " + unit).trim();
    const figures = String(Math.abs(cell)).padStart(digits + 1, "0");
    const cut = figures.length - digits;
    const number = figures.slice(0, cut) + (digits ? "." : "") + figures.slice(cut);
    return ((cell < 0 ? "−" : "") + number + " " + unit).trim();
  }

  // ---- walking: the twin of `downhill` in readouts.py ----

  function downhill(value, sizes, here) {
    let best = here, lowest = value(here);
    const steps = sizes.reduce((all) => all.flatMap((step) =>
      [-1, 0, 1].map((s) => [...step, s])), [[]]);
    for (const step of steps) {
      const place = here.map((h, k) => h + step[k]);
      if (place.some((p, k) => p < 0 || p >= sizes[k])) continue;
      const there = value(place);
      if (there < lowest) { best = place; lowest = there; }
    }
    return best === here ? null : best;
  }

  // ---- a demo on the page ----

  const demos = new Map();

  // What was chosen in a shared choice, by name; kept in this browser if it lets us.
  const KEPT = "bookkit:choice:";
  const chosen = new Map();

  function recall(name) {
    if (!chosen.has(name)) {
      let value = null;
      try { value = localStorage.getItem(KEPT + name); } catch { /* storage is switched off */ }
      chosen.set(name, value);
    }
    return chosen.get(name);
  }

  function keep(name, value) {
    chosen.set(name, value);
    try { localStorage.setItem(KEPT + name, value); } catch { /* off or full */ }
    demos.forEach((demo) => demo.adopt());
  }

  class Demo {
    constructor(figure) {
      this.figure = figure;
      this.inputs = Array.from(figure.querySelectorAll(".demo-control input, .demo-control select"));
      this.shared = this.inputs.filter((input) => "shared" in input.dataset);
      this.adopt();
      this.here = figure.querySelector("[data-here]");
      if (this.here) {
        this.restore();
        addEventListener("hashchange", () => { this.restore(); this.stopAndShow(); });
      }
      figure.querySelectorAll("[data-alone]").forEach((link) => {
        const page = link.getAttribute("href");
        for (const event of ["pointerdown", "contextmenu", "click"]) { // the left button, any other, a key
          link.addEventListener(event, () => { link.href = page + "#" + this.fragment; });
        }
      });
      this.offerCopy(figure.querySelector("[data-copy]"));
      figure.addEventListener("input", ({ target }) => {
        if (this.shared.includes(target)) keep(target.name, target.value);
        this.stopAndShow();
      });
      figure.addEventListener("click", (event) => this.click(event));
      figure.addEventListener("keydown", (event) => this.leap(event));
      figure.querySelectorAll("[data-drag-x], [data-drag-y]").forEach((panel) => this.drag(panel));
      for (const wake of ["pointerenter", "focusin"]) {
        figure.addEventListener(wake, () => this.load(), { once: true });
      }
    }

    // On a page of its own the state is in the address: #d=3&mu=1, the shared choices too.

    get fragment() {
      return this.inputs.map((input) => encodeURIComponent(input.name) + "=" + encodeURIComponent(
        input.type === "checkbox" ? (input.checked ? "on" : "off") : input.value)).join("&");
    }

    restore() { // what the address does not know, or knows wrong, stays as it is
      const asked = new URLSearchParams(location.hash.slice(1));
      for (const input of this.inputs) {
        const value = asked.get(input.name);
        if (value === null) continue;
        const number = value.trim() ? Number(value) : NaN;
        if (input.type === "checkbox") { if (["on", "off"].includes(value)) input.checked = value === "on"; }
        else if (input.type === "range") { if (Number.isFinite(number)) input.value = number; }
        else if (Array.from(input.options).some((o) => o.value === value)) input.value = value;
      }
    }

    remember() {
      if (!this.here) return;
      this.here.href = "#" + this.fragment;
      clearTimeout(this.writing); // browsers allow so many changes of the address a second
      this.writing = setTimeout(() => {
        try { history.replaceState(null, "", "#" + this.fragment); } catch { /* not allowed here */ }
      }, 250);
    }

    offerCopy(button) {
      if (!button || !navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", () => {
        navigator.clipboard.writeText(location.href.split("#")[0] + "#" + this.fragment)
          .then(() => { button.textContent = "Copied"; }, () => { button.hidden = true; });
      });
    }

    load() {
      if (this.asked) return;
      this.asked = true;
      const script = document.createElement("script");
      script.src = this.figure.dataset.src;
      script.onerror = () => this.fail();
      script.onload = () => { if (!this.tables) this.fail(); };
      document.head.append(script);
    }

    fail() { // the data did not come: say so, and let nothing look as if it worked
      if ("failed" in this.figure.dataset) return;
      this.figure.dataset.failed = "";
      this.figure.querySelectorAll("input, select, button").forEach((c) => { c.disabled = true; });
      const word = document.createElement("p");
      word.className = "demo-failed";
      word.setAttribute("role", "status");
      word.textContent = "The numbers of this demo did not arrive, so it stands still at its start. " +
        "Reload the page; a page that was saved alone lacks them, so open it on its site.";
      this.figure.querySelector(".demo-desk").append(word);
    }

    take(data) {
      this.data = data;
      this.tables = data.tables.map((table) => new Table(table));
      this.shapes = Array.from(this.figure.querySelectorAll("g.mark"),
        (group) => Array.from(group.children));
      this.outputs = data.readouts.map(({ name }) =>
        this.figure.querySelector(`output[name="${name}"]`));
      this.values = this.inputs.map((input) =>
        input.closest(".demo-control").querySelector(".demo-value"));
      this.show();
      this.said = this.words;
      this.figure.dataset.ready = "";
    }

    adopt() { // what the reader chose in another demo
      const before = this.shared.map((input) => input.value);
      for (const input of this.shared) {
        const there = Array.from(input.options).find((o) => o.value === recall(input.name));
        if (there) there.selected = true;
      }
      if (this.tables && this.shared.some((input, i) => input.value !== before[i])) this.show();
    }

    get words() { // what a screen reader hears of each read-out
      return this.outputs.map((output) => `${output.labels[0].textContent} ${output.textContent}`);
    }

    tell() { // what has changed is told once, when the demo has come to rest
      clearTimeout(this.telling);
      this.telling = setTimeout(() => {
        const words = this.words, news = words.filter((text, i) => text !== this.said[i]);
        this.figure.querySelector(".demo-told").textContent = news.join("; ");
        this.said = words;
      }, 700);
    }

    size(k) { return this.data.controls[k].texts.length; }

    get state() { // the stop that every control is at
      return this.inputs.map((input) => {
        if (input.type === "checkbox") return input.checked ? 1 : 0;
        if (input.type === "range") return Math.round((input.value - input.min) / input.step);
        return input.selectedIndex;
      });
    }

    move(k, stop) {
      const input = this.inputs[k];
      if (input.type === "checkbox") input.checked = stop === 1;
      else if (input.type === "range") input.value = +input.min + stop * input.step;
      else input.selectedIndex = stop;
    }

    show() { // draw what changed, and nothing else
      if (!this.tables) return this.load();
      const state = this.state, before = this.shown;
      const changed = (depends) => !before || depends.some((k) => state[k] !== before[k]);
      this.data.readouts.forEach((shown, i) => {
        const table = this.tables[shown.table], k = shown.unitOf;
        if (!changed(k < 0 ? table.depends : [...table.depends, k])) return;
        const unit = k < 0 ? shown.unit : this.data.controls[k].texts[state[k]];
        this.outputs[i].textContent = table.texts
          ? table.words(state) : readout(shown.digits, unit, table.cell(state));
      });
      this.data.marks.forEach((mark, i) => this.redraw(mark, this.shapes[i], state, changed));
      this.data.controls.forEach(({ texts }, k) => {
        const text = texts[state[k]];
        this.values[k].textContent = text;
        if (this.inputs[k].type === "range") this.inputs[k].setAttribute("aria-valuetext", text);
      });
      this.shown = state;
      this.remember();
      if (this.figure.contains(document.activeElement)) this.tell(); // a choice may move other demos too
    }

    redraw(mark, shapes, state, changed) {
      const tables = {};
      for (const [name, i] of Object.entries(mark.tables)) tables[name] = this.tables[i];
      const free = ({ depends }) => depends.filter((k) => !mark.over.includes(k));
      if (!Object.values(tables).some((table) => changed(free(table)))) return;
      SHAPES[mark.kind](tables, state, mark).forEach((shape, i) => draw(shapes[i], shape));
    }

    leap(event) { // Page Up and Page Down: a tenth of the way
      const k = this.inputs.indexOf(event.target);
      const way = { PageUp: 1, PageDown: -1 }[event.key];
      if (!this.tables || !way || event.target.type !== "range") return;
      event.preventDefault();
      const last = this.size(k) - 1, stop = this.state[k] + way * Math.max(1, Math.round(last / 10));
      this.move(k, Math.min(Math.max(stop, 0), last));
      this.stopAndShow();
    }

    // Buttons: walk downhill on a number, play a control, start again.

    stopAndShow() {
      clearTimeout(this.timer);
      this.show();
    }

    click(event) {
      const button = event.target.closest("button");
      if (!button || !this.tables) return;
      clearTimeout(this.timer);
      if ("reset" in button.dataset) this.reset();
      else if (button.dataset.walk) this.walk(button);
      else if (button.dataset.play) this.play(button.dataset.play);
    }

    reset() { // a shared choice is the reader's, not the demo's
      for (const input of this.inputs) {
        if (this.shared.includes(input)) continue;
        if (input.type === "checkbox") input.checked = input.defaultChecked;
        else if (input.type === "range") input.value = input.defaultValue;
        else Array.from(input.options).forEach((o) => { o.selected = o.defaultSelected; });
      }
      this.show();
    }

    step(next) { // calls `next` until it says that there is nothing more to do
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const turn = () => {
        do { if (!next()) return; this.show(); } while (still);
        this.timer = setTimeout(turn, 60);
      };
      turn();
    }

    walk(button) {
      const walks = Array.from(this.figure.querySelectorAll("[data-walk]"));
      const { readout: name, over } = this.data.walks[walks.indexOf(button)];
      const table = this.tables[this.data.readouts.find((shown) => shown.name === name).table];
      const state = this.state, sizes = over.map((k) => this.size(k));
      const value = (places) => {
        const at = state.slice();
        over.forEach((k, i) => { at[k] = places[i]; });
        const cell = table.cell(at);
        return cell === null ? Infinity : cell;
      };
      let here = over.map((k) => state[k]);
      this.step(() => {
        here = downhill(value, sizes, here);
        if (here) over.forEach((k, i) => this.move(k, here[i]));
        return here;
      });
    }

    play(name) {
      const k = this.data.controls.findIndex((control) => control.name === name);
      let stop = -1;
      this.step(() => {
        stop += 1;
        if (stop < this.size(k)) this.move(k, stop);
        return stop < this.size(k);
      });
    }

    // Dragging on a picture moves the sliders that its panel names.

    drag(panel) {
      const axes = ["x", "y"].filter((axis) => panel.dataset["drag" + axis.toUpperCase()])
        .map((axis) => {
          const [name, first, last, low, high, log] =
            panel.dataset["drag" + axis.toUpperCase()].split(" ");
          return { axis, first: +first, last: +last, low: +low, high: +high, log,
            input: this.inputs.find((input) => input.name === name) };
        });
      const svg = panel.querySelector("svg");
      const follow = (event) => {
        const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
        const at = { x: (event.clientX - box.left) * view.width / box.width,
          y: (event.clientY - box.top) * view.height / box.height };
        for (const { axis, first, last, low, high, log, input } of axes) {
          const there = low + (at[axis] - first) / (last - first) * (high - low);
          input.value = log ? 10 ** there : there;
        }
        this.stopAndShow();
      };
      // A finger may want to scroll: it moves the demo when it taps, or once it goes sideways.
      let from = null;
      const begin = (event) => {
        panel.setPointerCapture(event.pointerId);
        from = null;
        follow(event);
      };
      panel.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        this.load();
        if (event.pointerType === "touch") from = { x: event.clientX, y: event.clientY };
        else begin(event);
      });
      panel.addEventListener("pointermove", (event) => {
        if (from) {
          const x = Math.abs(event.clientX - from.x), y = Math.abs(event.clientY - from.y);
          if (x > 6 && x > y) begin(event);
        } else if (panel.hasPointerCapture(event.pointerId) && event.buttons) {
          follow(event);
        }
      });
      panel.addEventListener("pointerup", (event) => { if (from) begin(event); });
      panel.addEventListener("pointercancel", () => { from = null; });
    }
  }

  const baked = (ident, data) => demos.get(ident).take(data);
  window.bookkit = Object.assign(window.bookkit || {}, { baked });

  // Calls for the data of every demo that comes into a view that is larger by a margin.
  function callWithin(margin) {
    const view = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) { view.unobserve(target); demos.get(target.id).load(); }
      }
    }, { rootMargin: margin });
    for (const demo of demos.values()) view.observe(demo.figure);
  }

  function start() {
    document.querySelectorAll("figure.demo[data-src]").forEach((figure) => {
      demos.set(figure.id, new Demo(figure));
    });
    callWithin("0px");
    const further = () => callWithin("600px"); // when what the page shows first has arrived
    if (document.readyState === "complete") further();
    else addEventListener("load", further, { once: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
