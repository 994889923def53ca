// Filters the rows, keeps the filter in the address, and draws a page of them: only what is seen is there.

let asked = new URLSearchParams();
let found = new Int32Array(0);
let page = 0;

const listOf = (filter) => (Object.hasOwn(LISTS, filter.get("list")) ? LISTS[filter.get("list")] : LISTS.subjects);

/** What of the address the page has, and what it does not have. */
const understood = (fragment) => {
  const given = [...new URLSearchParams(fragment)].filter(([name, value]) => name !== "list" || value !== "subjects");
  const filter = new URLSearchParams();
  const strange = [];
  const list = listOf(new URLSearchParams(given));
  for (const [name, value] of given) {
    const single = name !== "outcome" && filter.has(name);
    if (name === "list" && Object.hasOwn(LISTS, value) && !single) filter.append(name, value);
    else if (name === "page" && /^[1-9]\d{0,8}$/.test(value) && !single) filter.append(name, value);
    else if (!single && Object.hasOwn(list.tests, name) && list.tests[name](value)) filter.append(name, value);
    else strange.push([name, value]);
  }
  return { filter, strange };
};

const apply = () => {
  const list = listOf(asked);
  const tests = [...asked].flatMap(([name, value]) => (["list", "page", "policy", "outcome", "blocks"].includes(name) ? [] : [list.tests[name](value)]));
  const together = list === LISTS.subjects ? judged(asked) : null;
  if (together) tests.unshift(together);
  const rows = list.order();
  found = tests.length ? rows.filter((row) => tests.every((test) => test(row))) : rows;
  page = Math.min(Number(asked.get("page") ?? 1) - 1, Math.max(0, Math.ceil(found.length / PAGE) - 1));
  draw(list);
};

const draw = (list) => {
  const count = `${number(found.length)} of ${number(list.count)} ${list.noun[list.count === 1 ? 0 : 1]}`;
  const status = byId("shown");
  if (status.textContent !== count) status.textContent = count;
  const table = element("table");
  const head = table.createTHead().insertRow();
  table.append(element("caption", list.title, "hidden"));
  for (const words of list.heads) head.append(Object.assign(element("th", words), { scope: "col" }));
  const body = table.createTBody();
  for (const row of found.subarray(page * PAGE, (page + 1) * PAGE)) {
    const drawn = body.insertRow();
    for (const cell of list.cells(row)) drawn.insertCell().append(cell);
  }
  byId("table").replaceChildren(...(found.length ? [table] : [element("p", "No row is left.", "none")]));
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  byId("pages").hidden = pages < 2;
  byId("pages").querySelector("span").textContent = `Page ${number(page + 1)} of ${number(pages)}`;
  const [back, on] = byId("pages").querySelectorAll("button");
  back.disabled = page === 0;
  on.disabled = page === pages - 1;
  drawAsked(list);
};

/** Each thing that is asked for is a button that takes it away. */
const drawAsked = (list) => {
  const chips = [...asked].flatMap(([name, value], at) => {
    if (name === "list" || name === "page" || name === "text") return [];
    const words = name in data.names ? wordsOf(name, value) : name === "state" ? STATES[value] : value.replace("not_applicable", "n/a");
    const text = name === "blocks" ? "blocks" : `${name === "platform" ? "vendor" : (WORDS[name] ?? name)}: ${words}`;
    const chip = element("button", text);
    chip.type = "button";
    chip.title = `Do not ask for ${text}`;
    chip.addEventListener("click", () => {
      asked = new URLSearchParams([...asked].filter((_, other) => other !== at && _[0] !== "page"));
      changed();
      bar.focus({ preventScroll: true });
    });
    return [chip];
  });
  byId("asked").replaceChildren(...chips);
};

// The address

const write = () => {
  const address = asked.toString();
  history.replaceState(null, "", address ? "#" + address : location.href.split("#")[0]);
};
const tell = (strange) => {
  const words = strange.slice(0, 5).map(([name, value]) => {
    const shown = value.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
    return `${name.slice(0, 40)} \u201c${shown.length > 80 ? shown.slice(0, 80) + "\u2026" : shown}\u201d`;
  });
  if (strange.length > words.length) words.push(`${strange.length - words.length} more`);
  byId("strange").firstElementChild.textContent = words.length
    ? `The address asks for what this page does not have, and that is left out of the filter: ${words.join(", ")}.`
    : "";
  byId("strange").hidden = words.length === 0;
};
/** Go to a part of the page, and stay there while what is laid out on the way still changes its height. */
const goTo = (part, frames = 8) => {
  part.scrollIntoView();
  if (frames) requestAnimationFrame(() => goTo(part, frames - 1));
};
const read = () => {
  const fragment = location.hash.slice(1);
  if (fragment && !fragment.includes("=")) {
    const part = byId(fragment); // the rows stay as they are
    if (part) goTo(part);
    return;
  }
  const { filter, strange } = understood(fragment);
  asked = filter;
  fill();
  apply();
  tell(strange);
  if (fragment) {
    goTo(byId("rows"));
    bar.focus({ preventScroll: true });
  }
};

// The form

const option = (select, value, words) => {
  const made = element("option", words.length > 60 ? words.slice(0, 59) + "…" : words);
  made.value = value;
  select.append(made);
};
const MOST = 500;
for (const [name, list] of Object.entries(LISTS)) {
  if (list.count || name === "subjects") option(form.elements.list, name === "subjects" ? "" : name, list.title);
}
for (const facet of ["team", "platform", "data", "region"]) {
  const select = form.elements[facet];
  option(select, "", "every");
  for (const name of data.names[facet].slice(0, MOST)) option(select, name ?? NONE, name ?? NOBODY[facet]);
}
option(form.elements.policy, "", "every");
for (const [id] of data.policies) option(form.elements.policy, id, id);

/** Set the controls to what is asked for. */
const fill = () => {
  for (const control of form.elements) {
    if (control.type === "checkbox") control.checked = asked.getAll(control.name).includes(control.value);
    else if (control instanceof HTMLSelectElement) {
      const value = asked.get(control.name) ?? "";
      const known = [...control.options].some((one) => one.value === value);
      if (!known) option(control, value, wordsOf(control.name, value));
      control.value = value;
    } else if (control.name) control.value = asked.get(control.name) ?? "";
  }
  for (const one of form.querySelectorAll(".of-subjects")) one.hidden = listOf(asked) !== LISTS.subjects;
};
const changed = () => {
  fill();
  apply();
  write();
  tell([]);
};
let waiting = 0;
form.addEventListener("input", (event) => {
  clearTimeout(waiting);
  waiting = setTimeout(
    () => {
      const control = event.target.name;
      const given = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
      const kept = control === "list" ? given.filter(([name]) => name === "list") : given;
      const others = control === "list" ? [] : [...asked].filter(([name]) => name !== "page" && !form.elements[name]);
      asked = understood(new URLSearchParams([...kept, ...others]).toString()).filter;
      changed();
    },
    event.target.name === "text" ? 150 : 0,
  );
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () =>
  setTimeout(() => {
    asked = new URLSearchParams([...asked].filter(([name]) => name === "list"));
    changed();
  }),
);
byId("strange").querySelector("button").addEventListener("click", () => {
  write();
  tell([]);
});
byId("pages").addEventListener("click", (event) => {
  if (!event.target.matches("button")) return;
  const to = page + 1 + Number(event.target.value);
  asked.delete("page");
  if (to > 1) asked.set("page", to);
  apply();
  write();
  goTo(byId("rows"));
  bar.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.('a[href^="#"]');
  const address = anchor?.getAttribute("href");
  if (address && address === location.hash && address.includes("=")) read(); // nothing else would tell
});
byId("unscripted").hidden = true;
for (const one of document.querySelectorAll(".scripted")) one.hidden = false;
addEventListener("hashchange", read);
read();
