"use strict";
// Leaves the rows that have every word that is typed; it reads nothing but the page, so that it works from a folder, too.
(() => {
  const form = document.querySelector("form.filter");
  const rows = [...document.querySelectorAll("[data-text]")].map(row => [row, row.dataset.text.toLowerCase()]);
  if (!form || rows.length === 0) return;
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const groups = [...document.querySelectorAll("tbody")].filter(group => group.querySelector("tr.group"));
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every(word => text.includes(word));
      left += !row.hidden;
    }
    for (const group of groups) group.hidden = !group.querySelector("tr[data-text]:not([hidden])");
    status.textContent = words.length ? `${left} of ${rows.length}` : "";
  };
  form.addEventListener("submit", event => event.preventDefault());
  input.addEventListener("input", show);
  form.hidden = false;
  if (input.value) show();
})();
