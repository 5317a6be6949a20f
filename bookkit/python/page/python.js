/* Python in this page: its parts, loaded when somebody asks, and the worker that runs it.
   The parts and the tests reach it as `bookkit.python`. */

const FOLDER = new URL("python/", document.currentScript.src).href;

/* Parts: scripts that hand over a piece of base64 ------------------------------------------ */

const bytes = Uint8Array.fromBase64 ? (text) => Uint8Array.fromBase64(text) : (text) => {
  const raw = atob(text);
  const array = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) array[i] = raw.charCodeAt(i);
  return array;
};

function whole(all) {
  const found = new Uint8Array(all.reduce((sum, piece) => sum + piece.length, 0));
  let place = 0;
  for (const piece of all) {
    found.set(piece, place);
    place += piece.length;
  }
  return found;
}

const pieces = {}; // of each part, as far as they are here
let list; // what parts there are, as parts.js says
const arrived = new Set();

const script = (name) => new Promise((resolve, reject) => {
  const element = document.createElement("script");
  element.src = FOLDER + name;
  element.addEventListener("load", () => {
    element.remove();
    resolve();
  });
  element.addEventListener("error", () => {
    element.remove();
    reject(new Error("a part of Python did not arrive; Run tries again"));
  });
  document.head.append(element);
});

const watching = new Set(); // functions that are told how much is here, from 0 to 1, and 2 once it is asked
const report = (share) => watching.forEach((watch) => watch(share));

async function fetched() {
  report(0);
  // Its name never changes, so it is asked for anew; those of the others change with their content.
  await script(`parts.js?${Date.now()}`);
  const size = list.parts.reduce((sum, [, length]) => sum + length, 0);
  let here = 0;
  const count = (length) => {
    here += length;
    report(here / size);
  };
  const results = await Promise.allSettled(list.parts.map(async ([name, length]) => {
    if (!arrived.has(name)) await script(name);
    arrived.add(name);
    count(length);
  }));
  const failed = results.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
  const parts = Object.fromEntries(Object.entries(pieces).map(([kind, all]) => [kind, whole(all)]));
  for (const kind of Object.keys(pieces)) delete pieces[kind];
  return { ...parts, code: await address(parts.code) };
}

/* The address of the worker's script. No Blob is read: WebKit cannot do that for pages from a disk. */
async function address(code) {
  const stream = new ReadableStream({
    start(queue) {
      queue.enqueue(code);
      queue.close();
    },
  });
  const text = await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).text();
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

let loading; // a promise of all parts; kept for every worker of this page
function load() {
  loading ??= fetched();
  loading.catch(() => { loading = undefined; }); // a later click tries again
  return loading;
}

/* The worker ------------------------------------------------------------------------------- */

let worker;
let running; // a promise of the worker, once somebody asked for it
let ready = false; // whether the worker takes what is asked
let compiled; // once, for every worker of this page
let generation = 0; // grows whenever all names are lost
let asked = 0;
const waiting = new Map(); // what was asked and is not answered yet

function start() {
  running ??= (async () => {
    const mine = generation;
    const { code, ...parts } = await load();
    if (mine !== generation) throw new Error("Stopped");
    await boot(code, parts);
  })();
  const mine = running;
  mine.catch(() => { if (running === mine) running = undefined; });
  return mine;
}

function boot(code, parts) {
  return new Promise((resolve, reject) => {
    const { absent, standIns, first } = list;
    const mine = new Worker(code);
    worker = mine;
    report(1);
    mine.addEventListener("error", (event) => {
      reject(new Error(event.message || "this browser cannot start Python"));
    });
    mine.addEventListener("message", ({ data }) => {
      if (mine !== worker) return; // a late word of one that was stopped
      if (data.kind === "ready") {
        compiled = data.compiled;
        ready = true;
        resolve();
      } else if (data.kind === "output") {
        waiting.get(data.id)?.output(data.text);
      } else if (data.kind === "done") {
        settle(data.id, data);
      } else if (data.id === undefined) {
        reject(new Error(`Python does not start in this browser (${data.text})`));
      } else {
        stop("broken", inWords(data.text));
      }
    });
    const needed = compiled ? { ...parts, wasm: undefined } : parts;
    mine.postMessage({ kind: "start", parts: needed, compiled, absent, standIns, first });
  });
}

function inWords(problem) {
  if (/call stack|recursion/i.test(problem)) return "The recursion went too deep for this browser.";
  if (/memory|allocation/i.test(problem)) return "The memory of this page is full.";
  return "Python has ended.";
}

function settle(id, answer) {
  waiting.get(id)?.done(answer);
  waiting.delete(id);
}

/* Ends Python, whatever it is doing; the next question starts a new one. */
function stop(kind = "stopped", text = "Stopped.") {
  worker?.terminate();
  worker = running = undefined;
  generation += 1;
  let begun = ready; // true of the first alone: the others waited for it
  ready = false;
  for (const id of waiting.keys()) {
    settle(id, { kind, text, begun });
    begun = false;
  }
}

/*
  Asks Python something: { kind: "run", source, name } or { kind: "check", source, module, name }.
  Gives a promise of its answer, whose kind is "done", "stopped" or "broken"; the latter two have `begun`,
  whether Python was at this very question.
  `output` is told what is printed, `progress` how much of Python is here, and 2 once it has the question.
*/
function ask(question, { output = () => {}, progress = () => {} } = {}) {
  asked += 1;
  const id = asked;
  watching.add(progress);
  const answer = new Promise((done, reject) => {
    waiting.set(id, { output, done });
    start().then(() => {
      if (!waiting.has(id)) return;
      worker.postMessage({ ...question, id });
      progress(2);
    }, (problem) => {
      waiting.delete(id);
      reject(problem);
    });
  });
  return answer.finally(() => watching.delete(progress));
}

export const python = {
  ask,
  stop,
  get generation() { return generation; },
  // What the parts call.
  parts(found) { list = found; },
  part(kind, number, text) { (pieces[kind] ??= [])[number] = bytes(text); },
};
window.bookkit = Object.assign(window.bookkit || {}, { python });
