// Python itself. It stands in one Blob behind Pyodide's own scripts, so it loads nothing.
"use strict";
{
  const PAUSE = 50; // milliseconds between two messages with output: a loop that prints must not flood the page
  const HOME = "https://pyodide.invalid/"; // where Pyodide believes its files to be

  const tell = self.postMessage.bind(self); // a program may replace what stands in `self`

  // Pyodide reports its own end to the console, at length; a page says it to its reader, in words.
  const silent = () => {};
  console.error = silent;
  // A worker that ends itself tells nobody, and the page would wait for its answer.
  self.close = () => {
    throw new Error("Stop ends Python, not a program");
  };

  /* A part as it was before it was compressed. No Blob is read: WebKit cannot do that for pages from a disk. */
  async function unpacked(bytes) {
    const stream = new ReadableStream({
      start(queue) {
        queue.enqueue(bytes);
        queue.close();
      },
    });
    const plain = stream.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  }

  /* The files of an archive: the length of an index, the index, then one after the other. */
  function* entries(bytes) {
    const length = new DataView(bytes.buffer).getUint32(0);
    let start = 4 + length;
    for (const [name, size] of JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)))) {
      yield [name, bytes.subarray(start, start + size)];
      start += size;
    }
  }

  /* Answers the three questions that Pyodide asks the network; whatever else asks it gets an error. */
  function answerFor(library) {
    const answers = {
      "python_stdlib.zip": () => new Response(library),
      "pyodide.asm.wasm": () => new Response(null), // it is compiled already
      "pyodide-lock.json": () => new Response(self.lock), // the build wrote it before this script
    };
    self.fetch = async (request) => {
      const name = String(request.url ?? request).replace(HOME, "");
      if (!Object.hasOwn(answers, name)) throw new TypeError("this page loads nothing");
      return answers[name]();
    };
  }

  function write(pyodide, folder, files) {
    const made = new Set();
    for (const [name, bytes] of files) {
      const path = folder + name;
      const parent = path.slice(0, path.lastIndexOf("/"));
      if (!made.has(parent)) pyodide.FS.mkdirTree(parent);
      made.add(parent);
      pyodide.FS.writeFile(path, bytes);
    }
  }

  /* A text as a notebook shows it: what follows a carriage return replaces its line, and colours are left out. */
  const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g");
  const shown = (text) => text.replace(/^[^\n]*\r(?=[^\r\n])/gm, "").replace(COLOUR, "");

  /* What the running cell has printed; the page gets all of it each time. */
  const output = {
    begin(id) {
      Object.assign(this, { id, text: "", told: "", sent: performance.now() });
    },
    add(text) {
      output.text += text;
      if (performance.now() - output.sent > PAUSE) output.flush();
    },
    flush() {
      output.text = shown(output.text);
      if (output.text === output.told) return;
      tell({ kind: "output", id: output.id, text: output.text });
      output.told = output.text;
      output.sent = performance.now();
    },
  };
  output.begin(0);

  let python; // the module inpage.py
  let names; // what the cells of the page have defined

  /* What is compiled, by its name. The page keeps it for the next worker, which then compiles nothing. Bytes are
     their own name, long ones by their length, which no two libraries share. */
  const modules = new Map();
  const nameOf = (bytes) => (bytes.length < 1000 ? String(bytes) : bytes.length);
  const compile = async (name, bytes) => {
    if (!modules.has(name)) modules.set(name, await WebAssembly.compile(bytes));
  };
  WebAssembly.Module = new Proxy(WebAssembly.Module, {
    construct(Module, [bytes]) {
      const name = nameOf(bytes);
      if (!modules.has(name)) modules.set(name, new Module(bytes));
      return modules.get(name);
    },
  });

  async function start({ parts, compiled, absent, standIns, first }) {
    compiled?.forEach((module, name) => modules.set(name, module));
    // All is compiled before anything runs. In WebKit a library that is asked for later would wait for seconds, since
    // what has run often by then is made faster first.
    const itself = parts.wasm && unpacked(parts.wasm).then((wasm) => compile("wasm", wasm));
    const [files, book] = await Promise.all([unpacked(parts.files), unpacked(parts.book)]);
    const all = new Map(entries(files));
    const libraries = [...all].filter(([name]) => name.endsWith(".so"));
    await Promise.all([itself, ...libraries.map(([, bytes]) => compile(bytes.length, bytes))]);
    answerFor(all.get("lib/python312.zip"));
    all.delete("lib/python312.zip");
    const module = modules.get("wasm");
    WebAssembly.instantiateStreaming = async (_, imports) =>
      ({ module, instance: await WebAssembly.instantiate(module, imports) });
    const pyodide = await self.loadPyodide({ indexURL: HOME, env: { HOME: "/home" }, stdout: silent, stderr: silent });
    // Python looks there for an interrupt every now and then, and none ever comes. But WebKit ends a worker only
    // where its program calls a script: without these calls an endless loop would outlive Stop.
    pyodide.setInterruptBuffer(new Int32Array(1));
    write(pyodide, "/", all);
    write(pyodide, "/book/", entries(book));
    pyodide.runPython("import sys; sys.path.append('/book'); sys.dont_write_bytecode = True");
    python = pyodide.pyimport("bookkit.python.inpage");
    python.prepare(pyodide.toPy(absent), pyodide.toPy(standIns), output.add);
    python.mend_numpy(pyodide.pyimport("numpy"));
    pyodide.runPython(first);
    names = python.main();
    tell({ kind: "ready", compiled: modules });
  }

  const TASKS = {
    run({ id, source, name }) {
      const [state, text] = python.run(source, name, names).toJs();
      if (text && /[^\n]$/.test(output.text)) output.add("\n"); // a value has lines of its own
      output.flush();
      tell({ kind: "done", id, state, text });
    },
    check({ id, source, module, name }) {
      const [verdict, rule, text] = python.check(source, module, name).toJs();
      tell({ kind: "done", id, verdict, rule, text });
    },
  };

  self.addEventListener("message", async ({ data }) => {
    try {
      if (data.kind === "start") {
        await start(data);
      } else {
        output.begin(data.id);
        TASKS[data.kind](data);
      }
    } catch (problem) { // Pyodide itself is broken: too deep a recursion, or no memory
      output.flush();
      tell({ kind: "broken", id: data.id, text: String(problem?.message || problem?.type || problem) });
    }
  });
}
