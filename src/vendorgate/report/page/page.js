// Filters the results, keeps the filter in the address, and moves about in the matrix. All results stand in the page.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const form = byId("filter");
  const bar = byId("bar");
  const matrix = byId("cells");
  const subjects = [...document.querySelectorAll(".subject")];
  const rows = matrix ? [...matrix.tBodies[0].rows] : [];
  const facets = [...form.querySelectorAll("select")].map((select) => select.name);
  const NONE = " none"; // of a result that has no such thing; no text of the page begins with a space
  const RESULT = ".result, .beside li";

  /** Every result with its element, its cell in the matrix and what it can be found by; collected when it is wanted. */
  const results = () => (collected ??= subjects.flatMap(resultsOf));
  let collected = null;

  const columns = new Map(
    [...(matrix?.tHead.rows[0].cells ?? [])].map((head, index) => [head.textContent, index]).slice(1),
  );

  const resultsOf = (subject, row) =>
    [...subject.querySelectorAll(RESULT)].map((element) => {
      const list = element.closest(".beside");
      const policy = list ? element.textContent : element.querySelector(".name").textContent;
      return {
        ...subject.dataset,
        element,
        subject,
        row,
        list,
        cell: rows[row]?.cells[columns.get(policy)]?.firstElementChild,
        outcome: list ? "not_applicable" : element.classList[1],
        blocks: element.classList.contains("blocks"),
        policy,
        cause: element.dataset.cause,
        claims: element.dataset.claims,
        text: null,
        shown: true,
      };
    });

  // Filtering

  /** What the form asks for, without what it leaves open. */
  const asked = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ""));

  const textOf = (result) =>
    (result.text ??= [result.element, result.subject.querySelector("h3"), result.subject.querySelector(".facts")]
      .map((element) => element.textContent)
      .join(" ")
      .toLowerCase());

  /** A function that says of a result whether it is asked for. */
  const test = (filter) => {
    const outcomes = new Set(filter.getAll("outcome"));
    const words = (filter.get("text") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const exact = facets.filter((name) => filter.has(name));
    return (result) =>
      (outcomes.size === 0 || outcomes.has(result.outcome)) &&
      (!filter.has("blocks") || result.blocks) &&
      (!filter.has("claims") || result.claims) &&
      exact.every((name) => (result[name] ?? NONE) === filter.get(name)) &&
      words.every((word) => textOf(result).includes(word));
  };

  /** Hide or show an element, only where that changes something. */
  const show = (element, shown) => {
    if (element.hidden === shown) element.hidden = !shown;
  };

  const number = (count) => count.toLocaleString("en-US");

  const apply = () => {
    const filter = asked();
    const isAsked = test(filter);
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
    subjects.forEach((subject, row) => {
      show(subject, shownRows.has(row));
      const list = subject.querySelector(".beside");
      if (list) {
        show(list, shownLists.has(list));
        if (filter.getAll("outcome").includes("not_applicable")) list.open = true;
      }
    });
    showInMatrix(shownRows, shownColumns);
    const total = results().length;
    byId("shown").textContent = `${number(count)} of ${number(total)} ${total === 1 ? "result" : "results"} shown`;
    byId("asked").textContent = [...filter.keys()].map(wordOf(filter)).join(", ");
    show(bar.querySelector("p:last-child button"), filter.size > 0);
    show(byId("none"), count === 0 && total > 0);
  };

  /** A part of the filter as the form says it. */
  const wordOf = (filter) => {
    const outcomes = filter.getAll("outcome").values();
    return (name) => {
      const select = form.elements[name];
      if (name === "outcome") return outcomes.next().value.replace("not_applicable", "n/a");
      if (name === "blocks") return "blocks";
      if (name === "claims") return "on claims alone";
      return select instanceof HTMLSelectElement ? select.selectedOptions[0].textContent : filter.get(name);
    };
  };

  let drawn = null;
  const showInMatrix = (shownRows, shownColumns) => {
    if (!matrix) return;
    rows.forEach((row, index) => show(row, shownRows.has(index)));
    const key = [...shownColumns].sort().join();
    if (key !== drawn) {
      drawn = key;
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
    tell([]);
  };

  /** Say what the address names and the page does not have; nothing where it has all of it. */
  const tell = (strange) => {
    const words = strange.slice(0, 5).map(([name, value]) => {
      const shown = value.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
      return `${name} \u201c${shown.length > 80 ? shown.slice(0, 80) + "\u2026" : shown}\u201d`;
    });
    if (strange.length > words.length) words.push(`${strange.length - words.length} more`);
    const line = byId("strange");
    line.firstElementChild.textContent = words.length
      ? `The address asks for what this page does not have, and that is left out of the filter: ${words.join(", ")}.`
      : "";
    show(line, words.length > 0);
  };

  /** Whether the filter holds only one value by a name. */
  const holdsOne = (name) => !["outcome", "blocks", "claims"].includes(name);

  /** Whether a control can be set to what the address asks for. */
  const isSet = (name, value) => {
    const control = form.elements[name];
    if (name === "result") return Boolean(byId(value)?.matches(RESULT));
    if (!name || !control) return false;
    if (name === "text") return true;
    if (control instanceof HTMLSelectElement) return [...control.options].some((option) => option.value === value);
    return [...form.querySelectorAll(`[type="checkbox"]`)].some((box) => box.name === name && box.value === value);
  };

  /** Go to a section, and stay there while what is drawn on the way still changes its height. */
  const goTo = (section, frames = 8) => {
    section.scrollIntoView();
    if (frames) requestAnimationFrame(() => goTo(section, frames - 1));
  };

  const read = () => {
    const fragment = location.hash.slice(1);
    if (fragment && !fragment.includes("=")) {
      if (byId(fragment)?.matches(RESULT)) visit(fragment);
      else if (asked().size) {
        write(); // a section: the filter stays, and in the address, too
        if (byId(fragment)) goTo(byId(fragment)); // the address no longer says where
      }
      tell(byId(fragment) ? [] : [["place", fragment]]);
      return;
    }
    const filter = new URLSearchParams(fragment);
    const known = new URLSearchParams([...filter].filter(([name, value]) => isSet(name, value)));
    for (const control of form.elements) {
      if (control.type === "checkbox") control.checked = known.getAll(control.name).includes(control.value);
      else if (control.name) control.value = known.get(control.name) ?? "";
    }
    if (known.size || collected) apply();
    const isLeftOut = ([name, value]) => !isSet(name, value) || (holdsOne(name) && known.get(name) !== value);
    tell([...filter].filter(isLeftOut));
    if (known.has("result")) visit(known.get("result"));
    else if (filter.size) {
      form.scrollIntoView({ block: "start" });
      bar.focus({ preventScroll: true });
    }
  };

  /** Go to a result, open it and let the keyboard go on from there. */
  const visit = (id) => {
    const element = byId(id);
    if (!element?.matches(RESULT)) return;
    if (element.hidden) {
      form.reset();
      apply();
    }
    const around = element.closest("details");
    if (around) around.open = true;
    document.querySelector(".current")?.classList.remove("current");
    element.classList.add("current");
    const target = element.querySelector(":scope > summary") ?? element;
    if (target === element) target.tabIndex = -1;
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

  const isPlain = (event) => !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);

  matrix?.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move || !isPlain(event) || !event.target.matches("td a")) return;
    event.preventDefault();
    const next = move[0](event.target, move[1]);
    if (next) {
      rove(next);
      next.focus();
    }
  });

  matrix?.addEventListener("click", (event) => {
    const cell = event.target.closest("td a");
    if (!cell || !isPlain(event)) return;
    event.preventDefault();
    rove(cell);
    const id = cell.getAttribute("href").slice(1);
    write(id);
    visit(id);
  });

  // Names in the totals, and causes, become ways to their results

  const link = (element, ...filter) => {
    const anchor = document.createElement("a");
    anchor.href = "#" + new URLSearchParams(filter);
    anchor.append(...element.childNodes);
    element.append(anchor);
  };
  for (const table of document.querySelectorAll("[data-facet]")) {
    for (const name of table.querySelectorAll("tbody th")) {
      link(name, [table.dataset.facet, name.dataset.value ?? name.textContent]);
    }
  }
  const claimed = document.querySelector(".claimed");
  if (claimed) link(claimed, ["claims", "alone"]);
  for (const cause of document.querySelectorAll(".cause")) {
    if (cause.dataset.cause) link(cause.querySelector(".many"), ["blocks", "yes"], ["cause", cause.dataset.cause]);
  }
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest('a[href^="#"]');
    if (anchor && anchor.hash === location.hash && anchor.hash.includes("=")) read(); // nothing else would tell
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
  byId("strange").querySelector("button").addEventListener("click", () => write());
  for (const button of [byId("none").querySelector("button"), bar.querySelector("p:last-child button")]) {
    button.addEventListener("click", () => form.reset());
  }
  byId("folding").addEventListener("click", (event) => {
    if (!event.target.matches("button")) return;
    for (const element of document.querySelectorAll(".subject:not([hidden]) details:not([hidden])")) {
      element.open = event.target.value === "open";
    }
  });

  for (const cell of matrix?.querySelectorAll("a") ?? []) cell.tabIndex = -1;
  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
  rove(matrix?.querySelector("a"));
  addEventListener("hashchange", read);
  read();
})();
