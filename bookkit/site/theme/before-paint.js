(root => {
  let chosen;
  try { chosen = localStorage.getItem("theme"); } catch { /* storage is switched off */ }
  root.dataset.theme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.classList.add("scripted", "waiting"); // until the fonts, which have arrived, are unpacked: then nothing moves
  const show = () => root.classList.remove("waiting");
  Promise.all([...document.fonts].map(font => font.load())).then(show, show);
  setTimeout(show, 1000);
})(document.documentElement);
