/* An element with what stands in it. */

export function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}
