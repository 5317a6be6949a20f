// Runs the page's own Python in Node, to compile the modules that bytecode.py left in a folder.
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const [folder] = process.argv.slice(2);
const { loadPyodide } = createRequire(import.meta.url)(path.join(folder, "pyodide.js"));
try {
  // No columns in tracebacks, of which pages show none; the same order of sets every time.
  const env = { HOME: "/home", PYTHONNODEBUGRANGES: "1", PYTHONHASHSEED: "0" };
  const pyodide = await loadPyodide({ indexURL: folder + path.sep, env });
  pyodide.FS.mkdirTree("/here");
  pyodide.mountNodeFS("/here", folder);
  pyodide.runPython("import sys; sys.path.append('/here'); import bytecode; bytecode.compile_in('/here')");
} catch (problem) {
  process.stderr.write(`${String(problem?.message ?? problem).trim()}\n`);
  process.exitCode = 1;
}
