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

let made = 0;

/** Make an id that no other element has. */
export function newId() {
  made += 1;
  return `made-${made}`;
}
