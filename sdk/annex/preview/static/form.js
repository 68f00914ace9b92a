/** The form of a recipe, what is wrong with it, and the recipe's own fault. */
import { fieldsControl } from "./controls.js";
import { make, newId, withCode } from "./dom.js";
import { newsAfter } from "./news.js";

const main = document.getElementById("main");
const isScreen = location.pathname.startsWith("/t/");
const SETTLE_MS = 200;

let state = null;
let form = null;
let timer = null;

/** Ask for what is there and show it; what is typed and still has a place stays. */
async function show() {
  const typed = form?.read();
  state = await (await fetch("/preview/state")).json();
  document.getElementById("where").textContent = `${state.package} ${state.version}`;
  if (isScreen) showFault(true);
  else showForm(typed);
}

async function follow() {
  await show();
  for (let seen = state.generation; ; ) {
    seen = await newsAfter(seen);
    // The annotation screen is at this very address once the fault is mended.
    if (isScreen) return location.reload();
    await show();
  }
}

function showFault(isAlone) {
  const { fault } = state;
  document.title = fault ? "Fault · Annex" : "Preview · Annex";
  const back = make("a", { href: "/", textContent: "To the form" });
  const said = fault ? faultNotice(fault) : null;
  main.replaceChildren(
    ...[said, isAlone ? make("p", { className: "lead" }, back) : null].filter(Boolean),
  );
}

function faultNotice(fault) {
  const excerpt = fault.excerpt.map(([number, line]) =>
    make(
      "div",
      { className: number === fault.line ? "here" : "" },
      make("span", { className: "number" }, String(number)),
      line,
    ),
  );
  return make(
    "section",
    { className: "fault", role: "alert", "aria-label": "Fault" },
    make("h2", {}, fault.message),
    fault.place ? make("p", { className: "place" }, fault.place) : null,
    excerpt.length ? make("pre", { className: "excerpt", tabIndex: 0 }, ...excerpt) : null,
    make("p", {}, "This goes away when a change that mends it is saved."),
    fault.traceback
      ? make(
          "details",
          {},
          make("summary", {}, "Traceback"),
          make("pre", { tabIndex: 0 }, fault.traceback),
        )
      : null,
  );
}

function showForm(typed) {
  showFault(false);
  const [first] = state.recipes;
  const key = typed?.recipe ?? state.chosen ?? first?.key;
  const recipe = state.recipes.find((one) => one.key === key) ?? first;
  if (!recipe) return;
  const from = typed?.recipe === recipe.key ? typed : recipe.typed;
  document.title = `${recipe.title} · Annex`;
  form = recipeForm(recipe, from);
  main.append(
    make("h1", {}, recipe.title),
    make("p", { className: "lead" }, ...withCode(recipe.help)),
    form,
  );
  void judge();
}

function choose(key) {
  form = null;
  showForm({ ...state.recipes.find((one) => one.key === key).typed });
}

function recipeForm(recipe, typed) {
  const fields = fieldsControl(recipe.fields, typed.values, "");
  const task = recipe.kind === "task" ? taskFields(recipe, typed) : null;
  const start = make("button", { type: "submit", className: "primary" }, "Show the first example");
  const error = make("div", { className: "error", role: "alert" });
  const element = make(
    "form",
    { noValidate: true, autocomplete: "off" },
    picker(recipe),
    card("Arguments", recipe.fields.length ? fields : "This recipe has none."),
    task,
    make("div", { className: "field", "data-place": "" }, error),
    make(
      "div",
      { className: "actions" },
      recipe.kind === "task" ? start : null,
      state.screen
        ? make("a", { href: state.screen, className: "button" }, "Back to the example")
        : null,
      state.answered
        ? make("a", { href: "/preview/answers.jsonl" }, `${state.answered} answered, as saved`)
        : null,
    ),
    commandCard(),
  );
  element.read = () => ({
    recipe: recipe.key,
    values: fields.read(),
    ...(task ? task.read() : { labels: [], exclusive: false }),
  });
  element.addEventListener("submit", submit);
  for (const kind of ["input", "change"]) element.addEventListener(kind, judgeSoon);
  return element;
}

function picker(recipe) {
  if (state.recipes.length < 2) return null;
  const id = newId();
  const options = state.recipes.map((one) =>
    make(
      "option",
      { value: one.key, selected: one.key === recipe.key },
      `${one.title} (${one.key})`,
    ),
  );
  const select = make("select", { id, className: "control" }, ...options);
  select.addEventListener("change", (event) => {
    event.stopPropagation();
    choose(select.value);
  });
  return make(
    "div",
    { className: "field" },
    make("label", { className: "title", for: id }, "Recipe"),
    select,
  );
}

const WITHOUT_LABELS = new Set(["text", "compare"]);

/** Such a task has nothing beside its recipe's own fields. */
function withoutLabels() {
  const element = make("div", { hidden: true });
  element.read = () => ({ labels: [], exclusive: false });
  return element;
}

function taskFields(recipe, typed) {
  if (WITHOUT_LABELS.has(recipe.view)) return withoutLabels();
  const id = newId();
  const about = newId();
  const names = make("input", {
    id,
    className: "control",
    value: typed.labels.join(", "),
    "aria-describedby": about,
  });
  const only = make("input", { type: "checkbox", checked: typed.exclusive });
  const hint = "Names between commas. In a project they come from its label scheme.";
  const element = card(
    "Task",
    make(
      "div",
      { className: "field", "data-place": "labels" },
      make("label", { className: "title", for: id }, "Labels"),
      make("div", { className: "hint", id: about }, hint),
      names,
      make("div", { className: "error", role: "alert" }),
    ),
    recipe.view === "choices"
      ? make("label", { className: "check" }, only, "Exactly one label is right")
      : null,
  );
  element.read = () => ({
    labels: names.value
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
    exclusive: only.checked && recipe.view === "choices",
  });
  return element;
}

function commandCard() {
  const code = make("code", { id: "command" });
  const copy = make("button", { type: "button", className: "small" }, "Copy");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    copy.textContent = "Copied";
  });
  return card("The same from the command line", make("pre", { className: "command" }, code), copy);
}

function card(title, ...content) {
  return make("section", { className: "card" }, make("h2", {}, title), ...content);
}

function judgeSoon() {
  clearTimeout(timer);
  timer = setTimeout(judge, SETTLE_MS);
}

/** Show the command as it would be now; what is wrong shows where it was shown before. */
async function judge() {
  const judged = await send("/preview/check", form.read());
  document.getElementById("command").textContent = judged.command ?? "";
  const shown = form.querySelectorAll(".field.wrong, .rows > .wrong").length > 0;
  if (shown && judged.errors) showErrors(judged.errors);
}

async function submit(event) {
  event.preventDefault();
  clearTimeout(timer);
  const started = await send("/preview/start", form.read());
  if (started.screen) location.assign(started.screen);
  else if (started.errors) showErrors(started.errors, true);
}

function showErrors(errors, moves = false) {
  for (const place of form.querySelectorAll("[data-place]")) {
    place.classList.remove("wrong");
    errorOf(place).textContent = "";
    inputOf(place)?.removeAttribute("aria-invalid");
  }
  const found = errors.map((error) => [placeOf(error.field), error]);
  for (const [place, { field, message }] of found) {
    const inside = place.dataset.place === field ? "" : `${field}: `;
    place.classList.add("wrong");
    errorOf(place).append(`${inside}${message} `);
    inputOf(place)?.setAttribute("aria-invalid", "true");
  }
  if (moves && found.length) inputOf(found[0][0])?.focus();
}

/** The field that an error names, or the nearest around it. */
function placeOf(field) {
  const places = [...form.querySelectorAll("[data-place]")];
  for (let name = field; name; name = name.slice(0, Math.max(name.lastIndexOf("."), 0))) {
    const place = places.find((one) => one.dataset.place === name);
    if (place) return place;
  }
  return form.querySelector('[data-place=""]');
}

function errorOf(place) {
  return place.querySelector(":scope > .error");
}

function inputOf(place) {
  return place.querySelector("input, textarea, select");
}

async function send(path, content) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
  return answer.json();
}

void follow();
