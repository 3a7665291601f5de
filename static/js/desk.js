/** Makes the desk's forms comfortable; every one of them works without it. */

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const own = (list) => [...list.children].filter((row) => row.matches("[data-row]"));

/** The fields of a row are named by its place: give every row below `form` the names of where it stands now. */
function renumber(list) {
  const { rows: prefix } = list.dataset;
  own(list).forEach((row, n) => {
    const before = new RegExp(`^${prefix.replaceAll(".", "\\.")}\\.\\d+`);
    const now = `${prefix}.${n}`;
    for (const field of all("[name], [id], [for]", row)) {
      for (const key of ["name", "id", "for"]) {
        if (field.hasAttribute(key)) field.setAttribute(key, field.getAttribute(key).replace(before, now));
      }
    }
    for (const inner of all("[data-rows]", row)) inner.dataset.rows = inner.dataset.rows.replace(before, now);
  });
}

const fieldsOf = (row) => all("input:not([type=hidden]), textarea", row);
const isBlank = (row) => fieldsOf(row).every((field) => !field.value.trim());

/** Rows to fill in are sent along blank, so that forms work without scripts; with them *Add* brings one when wanted. */
function enliven(list) {
  const add = list.parentElement.querySelector(":scope > [data-add]");
  const blanks = own(list).filter(isBlank);
  const pattern = blanks.at(-1)?.cloneNode(true);
  blanks.forEach((row) => row.remove());
  if (!pattern) return;
  const bring = () => {
    const row = pattern.cloneNode(true);
    list.append(row);
    renumber(list);
    all("[data-rows]", row).forEach(enliven);
    tools(row);
    showLanguages();
    return row;
  };
  add.hidden = false;
  add.addEventListener("click", () => fieldsOf(bring()).find((field) => field.offsetParent)?.focus());
  own(list).forEach(tools);
  if (!own(list).length && !list.matches(".deep")) bring();
}

/** Texts in several languages: one language at a time, with the first one's words to translate from. */
function languages(form) {
  const bar = form.querySelector("[data-languages]");
  if (!bar) return () => {};
  const first = bar.querySelector("button").value;
  let chosen = form.querySelector("[aria-invalid]") ? "" : first;
  const show = () => {
    for (const button of all("button", bar)) button.setAttribute("aria-pressed", String(button.value === chosen));
    for (const said of all(".said", form)) {
      const field = said.querySelector(".field");
      said.hidden = chosen !== "" && field.lang !== chosen;
      if (field.lang !== first) field.placeholder = said.parentElement.querySelector(`.field[lang="${first}"]`)?.value ?? "";
    }
  };
  bar.hidden = false;
  bar.addEventListener("click", ({ target }) => {
    if (target.value === undefined) return;
    chosen = target.value;
    show();
  });
  show();
  return show;
}

function tools(row) {
  const list = row.parentElement;
  const box = row.querySelector(":scope > [data-tools]");
  box.hidden = false;
  const on = (name, act) => box.querySelector(`[data-${name}]`)?.addEventListener("click", (event) => {
    act();
    renumber(list);
    if (row.isConnected) event.currentTarget.focus();
    else (list.parentElement.querySelector(":scope > [data-add]") ?? list).focus();
  });
  on("up", () => row.previousElementSibling?.before(row));
  on("down", () => row.nextElementSibling?.after(row));
  on("remove", () => row.remove());
}

let showLanguages = () => {};
for (const form of all("[data-rowed]")) showLanguages = languages(form);

for (const list of all("[data-rowed] [data-rows]")) if (!list.parentElement.closest("[data-rows]")) {
  all("[data-rows]", list).forEach((inner) => !isBlank(inner.closest("[data-row]")) && enliven(inner));
  enliven(list);
}

document.querySelector(".pages [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

for (const field of all("[data-submits]")) {
  field.form.querySelector("[data-hides]").hidden = true;
  field.addEventListener("change", () => field.form.requestSubmit());
}

for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

/** Elements from what the server made of Markdown: words, or [tag, {attribute: value}, children]. */
const built = (nodes) => nodes.map((node) => {
  if (typeof node === "string") return node;
  const element = document.createElement(node[0]);
  for (const [name, value] of Object.entries(node[1])) element.setAttribute(name, value);
  element.append(...built(node[2]));
  return element;
});

for (const text of all("[data-previewed]")) {
  const preview = document.getElementById("preview");
  let asked = 0;
  let waiting;
  const show = async () => {
    const mine = ++asked;
    const form = new FormData();
    form.set("form", text.form.elements.form.value);
    form.set("text", text.value);
    const response = await fetch("/desk/preview", { method: "POST", body: form });
    if (response.ok && mine === asked) preview.replaceChildren(...built((await response.json()).elements));
  };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show().catch(() => {}), 300);
  });
}

for (const button of all("[data-sure]")) {
  button.addEventListener("click", (event) => confirm(button.dataset.sure) || event.preventDefault());
}

for (const button of all("[data-copy]")) {
  const address = button.parentElement.querySelector("[data-address]");
  const says = button.querySelector("[data-said]");
  button.hidden = false;
  button.addEventListener("click", () => {
    address.select();
    // navigator.clipboard is there on https only; a laptop in a hall is usually served by http.
    if (document.execCommand("copy")) says.textContent = says.dataset.said;
  });
}

for (const finder of all("[data-finder]")) {
  finder.hidden = false;
  const list = document.querySelector("[data-found]");
  finder.querySelector("input").addEventListener("input", ({ target }) => {
    const wanted = target.value.trim().toLowerCase();
    for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(wanted);
  });
}
