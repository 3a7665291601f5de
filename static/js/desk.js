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
    return row;
  };
  add.hidden = false;
  add.addEventListener("click", () => fieldsOf(bring())[0].focus());
  own(list).forEach(tools);
  if (!own(list).length && !list.matches(".deep")) bring();
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

for (const list of all("[data-rowed] [data-rows]")) if (!list.parentElement.closest("[data-rows]")) {
  all("[data-rows]", list).forEach((inner) => !isBlank(inner.closest("[data-row]")) && enliven(inner));
  enliven(list);
}

for (const select of all("[data-submits]")) {
  select.form.querySelector("[data-hides]").hidden = true;
  select.addEventListener("change", () => select.form.requestSubmit());
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
