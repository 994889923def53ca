"use strict";
// Finds words in all pages by Pagefind's index, which lies beside them. A browser lets no page of a folder read it: then
// the names of pages are all that is looked through, and the page says so.
(() => {
  const section = document.querySelector("#found");
  const input = document.querySelector("form.filter input");
  const said = section.querySelector("#how");
  const list = section.querySelector("ol");
  const most = 20;
  section.hidden = false;
  if (location.protocol === "file:") {
    said.textContent = "Opened from a folder, only the names below are looked through: every word is found once the " +
      "folder is served, for example by python3 -m http.server.";
    return;
  }
  let index = null;
  let asked = 0;
  const loaded = () => index ??= import("../pagefind/pagefind.js").then(async found => {
    await found.options({ excerptLength: 24 });
    return found;
  });
  // What Pagefind hands out is text as HTML, with <mark> around what was sought: it becomes text and elements again.
  const entities = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&#34;": '"' };
  const plain = text => text.replace(/&(?:lt|gt|amp|quot|#39|#x27|#34);/g, one => entities[one]);
  const marked = html => html.split(/(<mark>.*?<\/mark>)/s).map(part => {
    const inside = /^<mark>(.*)<\/mark>$/s.exec(part);
    if (!inside) return document.createTextNode(plain(part));
    const mark = document.createElement("mark");
    mark.textContent = plain(inside[1]);
    return mark;
  });
  const entry = data => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `../${data.raw_url.replace(/^\/+/, "")}`;
    link.textContent = data.meta.title ?? data.raw_url;
    const words = document.createElement("p");
    words.append(...marked(data.excerpt));
    item.append(link, words);
    return item;
  };
  const search = async () => {
    const number = ++asked;
    const words = input.value.trim();
    if (!words) {
      said.textContent = "";
      list.replaceChildren();
      return;
    }
    try {
      const found = await (await loaded()).debouncedSearch(words, {}, 200);
      if (!found || number !== asked) return;
      const entries = await Promise.all(found.results.slice(0, most).map(one => one.data()));
      if (number !== asked) return;
      const more = found.results.length > most ? `, the first ${most} of them` : "";
      said.textContent = found.results.length ? `On ${found.results.length} pages${more}` : "On no page";
      list.replaceChildren(...entries.map(entry));
    } catch (error) {
      said.textContent = "The index of words cannot be read here, so only the names below are looked through.";
    }
  };
  input.addEventListener("input", search);
  if (input.value) search();
})();
