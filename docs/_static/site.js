"use strict";
/* What the theme leaves out for those who read with a keyboard or a screen reader. */

/** Whatever scrolls can be scrolled by keyboard, and nothing else is a stop on the way. */
function letScrollByKeyboard() {
  for (const one of document.querySelectorAll("article pre, article .table-wrapper")) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
    else one.removeAttribute("tabindex");
  }
}

addEventListener("DOMContentLoaded", () => {
  for (const caption of document.querySelectorAll(".caption[role=heading]")) caption.ariaLevel = "2";
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "Site");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "Page");
  const found = document.querySelector("#search-results");
  if (found !== null && document.querySelector("h1") === null) {
    const title = document.createElement("h1");
    title.textContent = "Search";
    found.before(title);
  }
  letScrollByKeyboard();
  addEventListener("resize", letScrollByKeyboard);
});
