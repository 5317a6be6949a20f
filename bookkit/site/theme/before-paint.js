(root => {
  let chosen, code;
  try { chosen = localStorage.getItem("theme"); code = localStorage.getItem("code"); } catch { /* storage is switched off */ }
  root.dataset.code = code || "shown";
  root.dataset.theme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.classList.add("scripted", "waiting"); // until the fonts, which have arrived, are unpacked: then nothing moves
  const show = () => root.classList.remove("waiting");
  Promise.all([...document.fonts].map(font => font.load())).then(show, show);
  setTimeout(show, 1000);
})(document.documentElement);
