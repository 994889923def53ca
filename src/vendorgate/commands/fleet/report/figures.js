// Moves about in the figures: one stop for the tab key each, and the arrows inside.

const places = new WeakMap();
const place = (one) => {
  if (!places.has(one)) {
    const box = one.getBBox();
    const matrix = one.getCTM();
    const head = one.querySelector("text[transform]");
    const turned = head ? head.transform.baseVal.consolidate().matrix : null;
    places.set(one, turned ? [turned.e, turned.f] : [box.x + box.width / 2 + matrix.e, box.y + box.height / 2 + matrix.f]);
  }
  return places.get(one);
};
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The nearest in a direction: what lies aside counts three times. */
const nearest = (stops, from, [right, down]) => {
  const [x, y] = place(from);
  let best = null;
  let least = Infinity;
  for (const one of stops) {
    const [otherX, otherY] = place(one);
    const along = (otherX - x) * right + (otherY - y) * down;
    const aside = Math.abs((otherX - x) * down) + Math.abs((otherY - y) * right);
    if (one !== from && along > 0.5 && along + 3 * aside < least) {
      least = along + 3 * aside;
      best = one;
    }
  }
  return best;
};
for (const drawing of document.querySelectorAll(".plot svg")) {
  const stops = [...drawing.querySelectorAll("a")];
  stops.forEach((one, at) => one.setAttribute("tabindex", at ? "-1" : "0"));
  const move = (to) => {
    drawing.querySelector('[tabindex="0"]').setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  };
  drawing.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    const from = event.target.closest("a");
    if (!way || !from || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const next = nearest(stops, from, way);
    if (next) move(next);
  });
}
