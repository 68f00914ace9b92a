/**
 * The inputs of a recipe's fields. Each control is an element with `read()`: the value as typed, or
 * undefined where nothing is. What is typed is judged by the server alone.
 */
import { make, newId, withCode } from "./dom.js";

const SEEN = "The control plane sees this value.";
const UNSEEN = "Stays on the cluster; the control plane sees an id.";

const HINTS = {
  asset: "An asset; here a file, by its path from the package's folder.",
  model: "A model; here a spaCy pipeline's folder, by its path from the package's folder.",
  dataset: "A dataset; here JSON lines, by their path from the package's folder.",
  label: "One of the labels below, by its name.",
  secret: "A secret of the cluster; here any words.",
  endpoint: "An LLM server of the cluster; a preview has none.",
};

/** A group's fields under each other; reads an object. */
export function fieldsControl(fields, values, place) {
  const controls = fields.map((field) => {
    const at = place ? `${place}.${field.name}` : field.name;
    return [field.name, fieldControl(field, valueOf(field, values), at)];
  });
  const element = make("div", { className: "fields" }, ...controls.map(([, control]) => control));
  element.read = () => {
    const read = controls.map(([name, control]) => [name, control.read()]);
    return Object.fromEntries(read.filter(([, value]) => value !== undefined));
  };
  return element;
}

function valueOf(field, values) {
  if (values && field.name in values) return values[field.name];
  return field.required ? undefined : field.default;
}

function fieldControl(field, value, place) {
  const { type } = field;
  const about = newId();
  const control = controlFor(type, value, place, field.title, about);
  const words = [sentence(field.help), hintOf(type)].filter(Boolean).join(" ");
  const hint = make("div", { className: "hint", id: about }, ...withCode(words));
  const error = make("div", { className: "error", role: "alert" });
  // A box to tick stands before its title, and what there is to say of it after.
  const isBox = type.kind === "boolean" || type.kind === "optional";
  const parts = isBox ? [control, hint] : [headOf(field, control), hint, control];
  const element = make("div", { className: "field", "data-place": place }, ...parts, error);
  element.read = control.read;
  return element;
}

function headOf({ title }, control) {
  const id = control.dataset.input;
  if (!id) return make("span", { className: "title" }, title);
  return make("label", { className: "title", for: id }, title);
}

function sentence(words) {
  return words && !/[.!?]$/.test(words) ? `${words}.` : words;
}

function hintOf(type) {
  switch (type.kind) {
    case "string":
      return `Matches ${type.pattern}. ${SEEN}`;
    case "text":
      return UNSEEN;
    case "resource":
      return `${HINTS[type.resource]}${type.of.length ? ` Kind: ${type.of.join(", ")}.` : ""}`;
    case "integer":
    case "number":
      return boundsOf(type);
    case "uuid":
      return "An id.";
    case "optional":
      return hintOf(type.inner);
    case "list":
      return hintOf(type.item);
    default:
      return "";
  }
}

function boundsOf({ ge, gt, le, lt }) {
  const low = ge !== null ? `from ${ge}` : gt !== null ? `above ${gt}` : "";
  const high = le !== null ? `to ${le}` : lt !== null ? `below ${lt}` : "";
  const isRange = ge !== null && le !== null;
  const words = [low, high].filter(Boolean).join(isRange ? " " : " and ");
  return words ? `${words[0].toUpperCase()}${words.slice(1)}.` : "";
}

function controlFor(type, value, place, title, about) {
  switch (type.kind) {
    case "boolean":
      return booleanControl(value, title, about);
    case "choice":
      return choiceControl(type, value, about);
    case "optional":
      return optionalControl(type, value, place, title, about);
    case "list":
      return listControl(type, value, place, title);
    case "group":
      return groupControl(type, value, place);
    case "variant":
      return variantControl(type, value, place, title, about);
    default:
      return lineControl(type, value, about);
  }
}

function lineControl(type, value, about) {
  const id = newId();
  const isLong = type.kind === "text";
  const input = make(isLong ? "textarea" : "input", {
    id,
    className: "control",
    value: value ?? "",
    "aria-describedby": about,
    autocomplete: "off",
    spellcheck: false,
  });
  if (isLong) input.rows = 2;
  if (type.kind === "integer" || type.kind === "number") input.inputMode = "decimal";
  input.dataset.input = id;
  input.read = () => (input.value === "" ? undefined : input.value);
  return input;
}

function booleanControl(value, title, about) {
  const box = make("input", {
    type: "checkbox",
    checked: value === true,
    "aria-describedby": about,
  });
  const element = make("label", { className: "check" }, box, title);
  element.read = () => box.checked;
  return element;
}

function choiceControl(type, value, about) {
  const id = newId();
  const options = type.choices.map((choice, index) =>
    make("option", { value: String(index), selected: choice === value }, String(choice)),
  );
  const none = make("option", { value: "", selected: value === undefined }, "Choose…");
  const select = make(
    "select",
    { id, className: "control", "aria-describedby": about },
    ...(value === undefined ? [none] : []),
    ...options,
  );
  select.dataset.input = id;
  select.read = () => (select.value === "" ? undefined : type.choices[Number(select.value)]);
  return select;
}

function optionalControl(type, value, place, title, about) {
  const isGiven = value !== null && value !== undefined;
  const box = make("input", { type: "checkbox", checked: isGiven, "aria-describedby": about });
  const inner = controlFor(type.inner, value ?? undefined, place, title, about);
  if (!["group", "variant", "list", "boolean"].includes(type.inner.kind)) {
    inner.setAttribute("aria-label", title);
  }
  const rest = make("div", { className: "inner", hidden: !isGiven }, inner);
  box.addEventListener("change", () => {
    rest.hidden = !box.checked;
  });
  const element = make("div", {}, make("label", { className: "check" }, box, title), rest);
  element.read = () => (box.checked ? inner.read() : null);
  return element;
}

function listControl(type, value, place, title) {
  const rows = make("div", { className: "rows" });
  const renumber = () =>
    [...rows.children].forEach((row, index) => {
      row.dataset.place = `${place}.${index}`;
    });
  const add = (each) => {
    const about = newId();
    const control = controlFor(type.item, each, `${place}.${rows.children.length}`, title, about);
    if (control.matches("input, textarea, select")) control.setAttribute("aria-label", title);
    const remove = make("button", { type: "button", className: "small", textContent: "Remove" });
    const line = make("div", { className: "row" }, control, remove);
    const row = make("div", {}, line, make("div", { className: "error", role: "alert" }));
    row.read = () => control.read() ?? "";
    remove.addEventListener("click", () => {
      row.remove();
      renumber();
      rows.dispatchEvent(new Event("input", { bubbles: true }));
    });
    rows.append(row);
    renumber();
    return control;
  };
  for (const each of value ?? []) add(each);
  const more = make("button", { type: "button", className: "small", textContent: "Add one" });
  more.addEventListener("click", () => {
    const control = add(undefined);
    (control.querySelector("input, textarea, select") ?? control).focus();
    rows.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const element = make("div", { className: "list" }, rows, more);
  element.read = () => [...rows.children].map((row) => row.read());
  return element;
}

function groupControl(type, value, place) {
  const fields = fieldsControl(type.fields, value, place);
  const help = type.help ? make("div", { className: "hint" }, ...withCode(type.help)) : null;
  const element = make("div", { className: "inner" }, help, fields);
  element.read = fields.read;
  return element;
}

function variantControl(type, value, place, title, about) {
  const names = type.variants.map((variant) => variant.name);
  const first = names.includes(value?.kind) ? value.kind : names[0];
  const options = type.variants.map((variant) =>
    make("option", { value: variant.name, selected: variant.name === first }, variant.title),
  );
  const select = make(
    "select",
    { className: "control", "aria-label": title, "aria-describedby": about },
    ...options,
  );
  const rest = make("div", {});
  const show = (values) => {
    const variant = type.variants.find((one) => one.name === select.value);
    rest.replaceChildren(groupControl(variant, values, place));
  };
  select.addEventListener("change", () => show({}));
  show(value ?? {});
  const element = make("div", {}, select, rest);
  element.read = () => ({ kind: select.value, ...rest.firstElementChild.read() });
  return element;
}
