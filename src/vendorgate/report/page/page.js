// Filters the results, keeps the filter in the address, and moves about in the matrix. All results stand in the page.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const form = byId("filter");
  const matrix = byId("cells");
  const subjects = [...document.querySelectorAll(".subject")];
  const lists = document.querySelectorAll(".beside");
  const rows = matrix ? [...matrix.tBodies[0].rows] : [];

  /** Every result with its element, its cell in the matrix and what it can be found by; collected when it is wanted. */
  const results = () => (collected ??= subjects.flatMap(resultsOf));
  let collected = null;

  const resultsOf = (subject, row) => {
    const cells = new Map([...rows[row].querySelectorAll("a")].map((cell) => [cell.getAttribute("href"), cell]));
    return [...subject.querySelectorAll(".result")].map((element) => ({
      element,
      subject,
      row,
      list: element.closest(".beside"),
      cell: cells.get("#" + element.id),
      outcome: element.classList[1],
      blocks: element.classList.contains("blocks"),
      project: subject.dataset.project,
      offering: subject.dataset.offering,
      policy: element.dataset.policy,
      text: null,
      shown: true,
    }));
  };

  // Filtering

  /** What the form asks for, without what it leaves open. */
  const asked = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ""));

  const textOf = (result) =>
    (result.text ??= [result.element, rows[result.row].cells[0], result.subject.querySelector(".facts")]
      .map((element) => `${element.textContent} ${element.title}`)
      .join(" ")
      .toLowerCase());

  /** A function that says of a result whether it is asked for. */
  const test = (filter) => {
    const outcomes = new Set(filter.getAll("outcome"));
    const words = (filter.get("text") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const exact = ["project", "offering", "policy"].filter((name) => filter.has(name));
    return (result) =>
      (outcomes.size === 0 || outcomes.has(result.outcome)) &&
      (!filter.has("blocks") || result.blocks) &&
      exact.every((name) => result[name] === filter.get(name)) &&
      words.every((word) => textOf(result).includes(word));
  };

  /** Hide or show an element, only where that changes something. */
  const show = (element, shown) => {
    if (element.hidden === shown) element.hidden = !shown;
  };

  const apply = () => {
    const isAsked = test(asked());
    const shownRows = new Set();
    const shownColumns = new Set();
    const shownLists = new Set();
    let count = 0;
    for (const result of results()) {
      const shown = isAsked(result);
      if (shown !== result.shown) {
        result.shown = shown;
        result.element.hidden = !shown;
        result.cell?.classList.toggle("off", !shown);
      }
      if (shown) {
        count += 1;
        shownRows.add(result.row);
        shownLists.add(result.list);
        if (result.cell) shownColumns.add(result.cell.parentElement.cellIndex);
      }
    }
    subjects.forEach((subject, row) => show(subject, shownRows.has(row)));
    for (const list of lists) show(list, shownLists.has(list));
    showInMatrix(shownRows, shownColumns);
    const total = results().length;
    byId("shown").textContent = `${count} of ${total} ${total === 1 ? "result" : "results"} shown`;
    byId("asked").textContent = [...asked().values()].join(", ");
    show(byId("none"), count === 0 && total > 0);
  };

  let columns = null;
  const showInMatrix = (shownRows, shownColumns) => {
    if (!matrix) return;
    rows.forEach((row, index) => show(row, shownRows.has(index)));
    const key = [...shownColumns].sort().join();
    if (key !== columns) {
      columns = key;
      for (const row of matrix.rows) {
        for (const cell of row.cells) {
          if (cell.cellIndex > 0) show(cell, shownColumns.has(cell.cellIndex));
        }
      }
      matrix.style.setProperty("--policies", shownColumns.size);
      byId("overview").classList.toggle("wide", shownColumns.size > byId("overview").dataset.most);
    }
    rove(matrix.querySelector("tr:not([hidden]) a:not(.off)"));
  };

  // The address

  const write = (result) => {
    const filter = asked();
    if (result) filter.set("result", result);
    const address = filter.toString();
    if (result) location.hash = address;
    else history.replaceState(null, "", address ? "#" + address : location.href.split("#")[0]);
  };

  const read = () => {
    const fragment = location.hash.slice(1);
    if (fragment && !fragment.includes("=")) {
      if (byId(fragment)?.matches(".result")) visit(fragment);
      else if (asked().size) write(); // a section: the filter stays, and in the address, too
      return;
    }
    const filter = new URLSearchParams(fragment);
    for (const control of form.elements) {
      if (control.type === "checkbox") control.checked = filter.getAll(control.name).includes(control.value);
      else if (control.name) control.value = filter.get(control.name) ?? "";
    }
    if (filter.size || collected) apply();
    if (filter.has("result")) visit(filter.get("result"));
  };

  /** Go to a result, open it and let the keyboard go on from there. */
  const visit = (id) => {
    const element = byId(id);
    if (!element?.matches(".result")) return;
    if (element.hidden) {
      form.reset();
      apply();
    }
    element.open = true;
    document.querySelector(".current")?.classList.remove("current");
    element.classList.add("current");
    const target = element.querySelector("summary") ?? element;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  };

  // The matrix: one stop for the tab key, and the arrows inside

  let stop = null;
  const rove = (cell) => {
    if (stop) stop.tabIndex = -1;
    stop = cell;
    if (stop) stop.tabIndex = 0;
  };

  const shownIn = (row) => (row.hidden ? [] : [...row.querySelectorAll("a:not(.off)")]);
  const columnOf = (cell) => cell.parentElement.cellIndex;

  /** The cell before or after another one, as one reads. */
  const along = (cell, step) => {
    const cells = rows.flatMap(shownIn);
    return cells[cells.indexOf(cell) + step];
  };

  /** In the next row that has any, the cell that is nearest to the same column. */
  const across = (cell, step) => {
    const distance = (other) => Math.abs(columnOf(other) - columnOf(cell));
    for (let row = rows.indexOf(cell.closest("tr")) + step; rows[row]; row += step) {
      const cells = shownIn(rows[row]);
      if (cells.length) return cells.reduce((best, other) => (distance(other) < distance(best) ? other : best));
    }
  };

  const MOVES = { ArrowLeft: [along, -1], ArrowRight: [along, 1], ArrowUp: [across, -1], ArrowDown: [across, 1] };

  matrix?.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey || !event.target.matches("td a")) return;
    event.preventDefault();
    const next = move[0](event.target, move[1]);
    if (next) {
      rove(next);
      next.focus();
    }
  });

  matrix?.addEventListener("click", (event) => {
    const cell = event.target.closest("td a");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    rove(cell);
    const id = cell.getAttribute("href").slice(1);
    write(id);
    visit(id);
  });

  // The controls

  let waiting = 0;
  const changed = () => {
    apply();
    write();
  };
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, event.target.name === "text" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  byId("none").querySelector("button").addEventListener("click", () => form.reset());
  byId("folding").addEventListener("click", (event) => {
    if (!event.target.matches("button")) return;
    for (const element of document.querySelectorAll(".subject:not([hidden]) details:not([hidden])")) {
      element.open = event.target.value === "open";
    }
  });

  for (const link of matrix?.querySelectorAll("a") ?? []) link.tabIndex = -1;
  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
  rove(matrix?.querySelector("a"));
  addEventListener("hashchange", read);
  read();
})();
