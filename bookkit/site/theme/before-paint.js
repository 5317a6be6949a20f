(root => {
  const choose = () => {
    let theme, code;
    try {
      theme = localStorage.getItem("theme");
      code = localStorage.getItem("code");
    } catch { // storage is switched off: what was chosen on this page stays
      if (root.dataset.code) return;
    }
    root.dataset.code = code || "shown";
    const is = query => matchMedia(`(${query})`).matches;
    if (is("forced-colors: active")) theme = ""; // the ground is the reader's, and pictures go by it
    root.dataset.theme = ["dark", "light"].includes(theme) ? theme : is("prefers-color-scheme: dark") ? "dark" : "light";
  };
  choose();
  addEventListener("storage", choose); // chosen in another tab
  addEventListener("pageshow", choose); // or on a page from which one goes back to this one
  root.classList.add("scripted", "waiting"); // until the fonts, which have arrived, are unpacked: then nothing moves
  const show = () => root.classList.remove("waiting");
  Promise.all([...document.fonts].map(font => font.load())).then(show, show);
  setTimeout(show, 1000);
})(document.documentElement);
