// Filters the rows of a fleet, keeps the filter in the address, and moves about in the figures. Only what is seen is drawn.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const form = byId("filter");
  const bar = byId("bar");
  const PAGE = 50;
  const NONE = " none"; // of what has no such thing; no name begins with a space
  const REST = " rest:"; // names from a place on, which a figure tells together
  const OUTCOMES = { f: "fail", u: "unknown", w: "waived", p: "pass", n: "not_applicable" };
  const LETTERS = Object.fromEntries(Object.entries(OUTCOMES).map(([letter, name]) => [name, letter]));
  const WORST = "FUWPNfuwpn";
  const TURNS = { evidence: "p", agreement: "p", waiver: "wW", enforcement: "fu" };
  const NOBODY = {
    team: "no owner",
    platform: "platform not known",
    region: "region not stated",
    data: "no class of data",
    place: "neither repository nor project",
  };
  const STATES = { error: "out of reach", none: "no manifest", has: "has manifests", without: "out of reach or no manifest" };
  const WORDS = { blocks: "blocks", ends: "ends", end: "end", place: "in", kind: "kind", state: "state", case: "case" };

  // Columns

  const manifests = data.manifests;
  const cases = data.cases;
  const total = data.subjects.many.reduce((sum, many) => sum + many, 0);
  const column = (name) => {
    const given = data.subjects[name];
    return Array.isArray(given) ? Int32Array.from(given) : new Int32Array(total).fill(given);
  };
  const subjects = Object.fromEntries(["case", "offering", "usage", "account", "route", "line"].map((name) => [name, column(name)]));
  subjects.manifest = new Int32Array(total);
  {
    let at = 0;
    data.subjects.many.forEach((many, manifest) => {
      subjects.manifest.fill(manifest, at, at + many);
      at += many;
    });
  }
  const sortedSubjects = () => {
    const groups = [...WORST].map(() => []);
    const group = Int32Array.from(cases.worst, (letter) => WORST.indexOf(letter));
    for (let row = 0; row < total; row += 1) groups[group[subjects.case[row]]].push(row);
    return Int32Array.from(groups.flat());
  };
  const upTo = (many) => Int32Array.from({ length: many }, (_, row) => row);

  const pathOf = (manifest) => {
    const path = manifests.path[manifest];
    return path.startsWith(" ") ? data.names.place[manifests.place[manifest]] + path.slice(1) : path;
  };
  const pairs = (list) => list.reduce((found, one, at) => (at % 2 ? found : [...found, [one, list[at + 1]]]), []);
  const policyOf = (id) => data.policies.findIndex((one) => one[0] === id);

  // What the address asks for: each gives a test of a row, or null where the page has no such thing

  /** Which names of a facet are meant. */
  const named = (facet, value) => {
    const names = data.names[facet];
    if (value.startsWith(REST)) {
      const first = Number(value.slice(REST.length));
      return Number.isInteger(first) && first < names.length ? (place) => place >= first : null;
    }
    const at = names.indexOf(value === NONE ? null : value);
    return at < 0 ? null : (place) => place === at;
  };
  const wordsOf = (facet, value) => {
    if (value === NONE) return NOBODY[facet];
    if (value.startsWith(REST)) return `${number(data.names[facet].length - value.slice(REST.length))} more`;
    return value;
  };
  const ofManifest = (facet) => (value) => {
    const is = named(facet, value);
    return is && ((row) => is(manifests[facet][subjects.manifest[row]]));
  };
  const ofCase = (test) => {
    const hits = Uint8Array.from(cases.verdicts, (_, one) => (test(one) ? 1 : 0));
    return (row) => hits[subjects.case[row]] === 1;
  };
  const facetOfCase = (facet) => (value) => {
    const is = named(facet, value);
    return is && ofCase((one) => is(cases[facet][one]));
  };

  /** Whether an end concerns a subject of a case on an offering. */
  const concerns = (end, one, offering) => {
    const [kind, what, of, policies] = end;
    if (of !== null && of !== offering) return false;
    if (kind === "waiver") return pairs(cases.waivers[one]).some(([, words]) => data.words[words] === what);
    return policies.some((policy) => TURNS[kind].includes(cases.verdicts[one][policy]));
  };
  const ending = (ends) => {
    const known = new Map();
    const test = (one, offering) => ends.some((end) => concerns(end, one, offering));
    return (row) => {
      const key = subjects.case[row] * data.texts.length + subjects.offering[row];
      if (!known.has(key)) known.set(key, test(subjects.case[row], subjects.offering[row]));
      return known.get(key);
    };
  };

  const hayOf = new Map();
  const manifestHay = (manifest) => {
    if (!hayOf.has(manifest)) {
      const team = data.names.team[manifests.team[manifest]] ?? "";
      hayOf.set(manifest, `${team}\n${pathOf(manifest)}\n${manifests.project[manifest] ?? ""}`.toLowerCase());
    }
    return hayOf.get(manifest);
  };
  const wordsIn = (value) => value.toLowerCase().split(/\s+/).filter(Boolean);
  const textOfSubjects = (value) => {
    const words = wordsIn(value);
    const names = data.texts.map((one) => one.toLowerCase());
    const ofCases = cases.verdicts.map((_, one) =>
      [data.names.platform[cases.platform[one]], data.names.region[cases.region[one]], ...cases.data[one].map((at) => data.names.data[at])]
        .join("\n")
        .toLowerCase(),
    );
    return (row) =>
      words.every(
        (word) =>
          names[subjects.usage[row]].includes(word) ||
          names[subjects.offering[row]].includes(word) ||
          names[subjects.account[row]].includes(word) ||
          ofCases[subjects.case[row]].includes(word) ||
          manifestHay(subjects.manifest[row]).includes(word),
      );
  };
  const textOf = (rows) => (value) => {
    const words = wordsIn(value);
    return (row) => {
      const hay = rows(row).join("\n").toLowerCase();
      return words.every((word) => hay.includes(word));
    };
  };

  /** Outcome, what blocks and a policy are asked together: of the policy's results, or of the worst. */
  const judged = (filter) => {
    const policy = filter.has("policy") ? policyOf(filter.get("policy")) : -1;
    const outcomes = filter.getAll("outcome").map((one) => LETTERS[one]);
    if (policy < 0 && !outcomes.length && !filter.has("blocks")) return null;
    return ofCase((one) => {
      const letter = policy < 0 ? cases.worst[one] : cases.verdicts[one][policy];
      const plain = letter.toLowerCase();
      if (filter.has("blocks") && letter === plain) return false;
      if (outcomes.length) return outcomes.includes(plain);
      return policy < 0 || plain !== "n";
    });
  };

  const exact = (of, known) => (value) => (known(value) ? (row) => of(row) === value : null);
  const has = (rows, at) => (value) => rows.some((one) => one[at] === value);

  // Lists: what a row is, what it can be asked for, and how it is drawn

  const LONGEST = 120; // characters of a text in a row; the whole of it is its title
  const cut = (text) => (text.length > LONGEST ? text.slice(0, LONGEST - 1) + "…" : text);
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = cut(text);
    if (text?.length > LONGEST) made.title = text;
    if (className) made.className = className;
    return made;
  };
  const link = (text, filter) => {
    const made = element("a", String(text));
    made.href = "#" + new URLSearchParams(filter);
    return made;
  };
  const badge = (letter) => {
    const outcome = OUTCOMES[letter.toLowerCase()];
    const made = element("span", outcome === "not_applicable" ? "n/a" : outcome, `badge mark ${outcome}`);
    if (letter !== letter.toLowerCase()) {
      made.classList.add("blocks");
      made.append(", blocks");
    }
    return made;
  };
  const nameOf = (facet, at) => data.names[facet][at] ?? NOBODY[facet];
  const number = (count) => count.toLocaleString("en-US");

  const whyOf = (one) => {
    const wanting = [...cases.verdicts[one]].map((letter, policy) => [letter, policy]).filter(([letter]) => "fuwFUW".includes(letter));
    if (!wanting.length) return "";
    wanting.sort(([left], [right]) => WORST.indexOf(left) - WORST.indexOf(right));
    const reasons = new Map(pairs(cases.reasons[one]));
    const waivers = new Map(pairs(cases.waivers[one]));
    const details = element("details");
    const summary = element("summary");
    for (const [letter, policy] of wanting.slice(0, 3)) {
      summary.append(element("span", data.policies[policy][0], `mark ${OUTCOMES[letter.toLowerCase()]}`), " ");
    }
    if (wanting.length > 3) summary.append(`and ${wanting.length - 3} more`);
    const list = element("ul", undefined, "why");
    for (const [letter, policy] of wanting) {
      const entry = element("li");
      const blocks = letter !== letter.toLowerCase() ? ", blocks" : "";
      entry.append(element("span", `${OUTCOMES[letter.toLowerCase()]}${blocks}: `, `mark ${OUTCOMES[letter.toLowerCase()]}`));
      entry.append(cut(data.policies[policy][1]));
      if (reasons.get(policy)) entry.append(element("small", data.words[reasons.get(policy)]));
      if (waivers.has(policy)) entry.append(element("small", `waived by ${data.words[waivers.get(policy)]}`));
      list.append(entry);
    }
    details.append(summary, list);
    return details;
  };
  const subjectCells = (row) => {
    const one = subjects.case[row];
    const manifest = subjects.manifest[row];
    const usage = element("div");
    const route = data.texts[subjects.route[row]];
    const account = data.texts[subjects.account[row]];
    usage.append(element("b", data.texts[subjects.usage[row]]), route === "primary" ? "" : ` (${route})`);
    if (account) usage.append(element("small", `account ${account}`));
    const where = element("div");
    where.append(link(nameOf("team", manifests.team[manifest]), { team: data.names.team[manifests.team[manifest]] ?? NONE }));
    const line = subjects.line[row] ? `:${subjects.line[row]}` : "";
    const small = element("small", manifests.project[manifest] ?? "");
    where.append(small, element("code", `${pathOf(manifest)}${line}`));
    const sends = element("div");
    sends.append(element("span", cases.data[one].map((at) => nameOf("data", at)).join(", ")), " → ");
    sends.append(element("span", nameOf("platform", cases.platform[one])));
    sends.append(element("small", `${data.texts[subjects.offering[row]]}, ${nameOf("region", cases.region[one])}`));
    return [badge(cases.worst[one]), usage, where, sends, whyOf(one)];
  };

  const endTests = {
    kind: exact((row) => data.ends[row][0], has(data.ends, 0)),
    when: exact((row) => data.ends[row][6], has(data.ends, 6)),
  };
  const endCells = (row) => {
    const [kind, what, offering, policies, until, reference, , many] = data.ends[row];
    const words = element("div");
    words.append(element("b", `${kind} ${what}`));
    if (reference) words.append(element("small", reference));
    const named = policies.map((policy) => data.policies[policy][0]).join(", ");
    return [until || "not known", words, offering === null ? "every offering" : data.texts[offering], named, link(number(many), { end: row })];
  };
  const noticeCells = (row) => {
    const [id, severity, message, manifest, one, usage] = data.notices[row];
    const where = element("div");
    if (manifest !== null) where.append(element("code", pathOf(manifest)), usage ? ` ${usage}` : "");
    else if (one !== null) where.append(link("its subjects", { case: one }));
    else where.append("the run as a whole");
    return [severity, id, message, where];
  };
  const severityOf = (rows, at) => exact((row) => rows[row][at], has(rows, at));

  const LISTS = {
    subjects: {
      title: "Subjects",
      noun: ["subject", "subjects"],
      heads: ["Outcome", "Usage", "Whose, where", "Sends", "Does not pass"],
      count: total,
      order: sortedSubjects,
      tests: {
        team: ofManifest("team"),
        place: ofManifest("place"),
        platform: facetOfCase("platform"),
        region: facetOfCase("region"),
        data: (value) => {
          const is = named("data", value);
          return is && ofCase((one) => cases.data[one].some(is));
        },
        policy: (value) => (policyOf(value) < 0 ? null : () => true), // asked together with outcomes
        outcome: (value) => (value in LETTERS ? () => true : null),
        blocks: (value) => (value === "yes" ? () => true : null),
        case: (value) => (cases.verdicts[value] === undefined ? null : (row) => subjects.case[row] === Number(value)),
        end: (value) => (data.ends[value] ? ending([data.ends[value]]) : null),
        ends: (value) => {
          const [kind, when] = value.split(":");
          const asked = data.ends.filter((end) => end[0] === kind && end[6] === when);
          return asked.length ? ending(asked) : null;
        },
        text: textOfSubjects,
      },
      cells: subjectCells,
    },
    repositories: {
      title: "Repositories",
      noun: ["repository", "repositories"],
      heads: ["State", "Repository", "Manifests", "Why, what to do", "Gathered"],
      count: data.repositories.length,
      order: () => upTo(data.repositories.length),
      tests: {
        state: (value) =>
          value in STATES ? (row) => (value === "without" ? data.repositories[row][1] !== "has" : data.repositories[row][1] === value) : null,
        text: textOf((row) => data.repositories[row].slice(0, 5)),
      },
      cells: (row) => {
        const [name, state, many, problem, help, gathered] = data.repositories[row];
        const sign = { error: "fail", none: "unknown", has: "pass" }[state];
        const why = element("div", problem);
        if (help) why.append(element("small", help));
        const leads = state === "has" && data.names.place.includes(name) ? link(number(many), { place: name }) : number(many);
        return [element("span", STATES[state], `badge mark ${sign}`), element("b", name), leads, why, gathered];
      },
    },
    manifests: {
      title: "Manifests that were not judged",
      noun: ["manifest", "manifests"],
      heads: ["Manifest", "Mistakes"],
      count: manifests.problems.length,
      order: () => upTo(manifests.problems.length),
      tests: { text: textOf((row) => [pathOf(manifests.problems[row][0]), ...manifests.problems[row][1]]) },
      cells: (row) => {
        const [manifest, problems] = manifests.problems[row];
        const list = element("ul");
        for (const one of problems) list.append(element("li", one));
        return [element("code", pathOf(manifest)), list];
      },
    },
    drift: {
      title: "Drift",
      noun: ["finding", "findings"],
      heads: ["Severity", "Kind", "What", "Where", "Offering"],
      count: data.drift.length,
      order: () => upTo(data.drift.length),
      tests: { kind: severityOf(data.drift, 1), severity: severityOf(data.drift, 2), text: textOf((row) => data.drift[row]) },
      cells: (row) => {
        const [repository, id, severity, message, place, offering] = data.drift[row];
        const where = element("div", repository);
        where.append(element("small", place));
        return [severity, id, message, where, offering];
      },
    },
    notices: {
      title: "Notices",
      noun: ["notice", "notices"],
      heads: ["Severity", "Kind", "What", "Where"],
      count: data.notices.length,
      order: () => upTo(data.notices.length),
      tests: { kind: severityOf(data.notices, 0), severity: severityOf(data.notices, 1), text: textOf((row) => data.notices[row].slice(0, 3)) },
      cells: noticeCells,
    },
    ends: {
      title: "What ends",
      noun: ["end", "ends"],
      heads: ["Last day", "What", "Offering", "Policies", "Subjects"],
      count: data.ends.length,
      order: () => upTo(data.ends.length),
      tests: {
        ...endTests,
        text: textOf((row) => [data.ends[row][1], data.ends[row][4], data.ends[row][5], data.texts[data.ends[row][2]] ?? ""]),
      },
      cells: endCells,
    },
  };
  for (const list of Object.values(LISTS)) {
    let sorted = null;
    const { order } = list;
    list.order = () => (sorted ??= order());
  }

  // Asking

  let asked = new URLSearchParams();
  let found = new Int32Array(0);
  let page = 0;

  const listOf = (filter) => LISTS[filter.get("list") ?? "subjects"];

  /** What of the address the page has, and what it does not have. */
  const understood = (fragment) => {
    const given = [...new URLSearchParams(fragment)].filter(([name, value]) => name !== "list" || value !== "subjects");
    const filter = new URLSearchParams();
    const strange = [];
    const list = LISTS[new URLSearchParams(given).get("list") ?? "subjects"] ?? LISTS.subjects;
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
  const read = () => {
    const fragment = location.hash.slice(1);
    if (fragment && !fragment.includes("=")) return; // a part of the page: the rows stay as they are
    const { filter, strange } = understood(fragment);
    asked = filter;
    fill();
    apply();
    tell(strange);
    if (fragment) {
      byId("rows").scrollIntoView();
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
    byId("rows").scrollIntoView();
    bar.focus({ preventScroll: true });
  });

  // Figures: one stop for the tab key each, and the arrows inside

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

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.('a[href^="#"]');
    const address = anchor?.getAttribute("href");
    if (address && address === location.hash && address.includes("=")) read(); // nothing else would tell
  });
  byId("unscripted").hidden = true;
  for (const one of document.querySelectorAll(".scripted")) one.hidden = false;
  addEventListener("hashchange", read);
  read();
})();
