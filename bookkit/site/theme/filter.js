/* Narrows the table below a form down to the rows that have what its fields say. */

const counted = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;

export function startFilter(form) {
  const rows = [...form.nextElementSibling.querySelectorAll("tbody tr")];
  const told = form.querySelector("output");
  const narrow = () => {
    const wanted = [...form.querySelectorAll("select")].filter(({ value }) => value);
    for (const row of rows) row.hidden = wanted.some(({ name, value }) => row.dataset[name] !== value);
    const shown = rows.filter(({ hidden }) => !hidden);
    const minutes = shown.reduce((sum, row) => sum + Number(row.lastElementChild.textContent), 0);
    told.textContent = shown.length
      ? `${counted(shown.length, "exercise")}, about ${minutes < 120 ? counted(minutes, "minute") : `${Math.round(minutes / 60)} hours`}`
      : "No exercises";
  };
  form.hidden = false;
  form.addEventListener("input", narrow);
  narrow();
  // Who comes back finds in the fields what was chosen, and some browsers fill it in later than this.
  addEventListener("pageshow", narrow);
}
