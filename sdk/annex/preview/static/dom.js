/** Make an element: properties by name, `data-` and `aria-` as attributes, then what is in it. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "for" || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Split words for `make`: what stands between backticks is code. */
export function withCode(words) {
  return words.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));
}

let made = 0;

/** Make an id that no other element has. */
export function newId() {
  made += 1;
  return `made-${made}`;
}
