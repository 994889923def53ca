// The lists of the page: what a row is, what it can be asked for, and how it is drawn.
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
const isPlace = (value, rows) => /^\d{1,9}$/.test(value) && Number(value) < rows.length;
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
      outcome: (value) => (Object.hasOwn(LETTERS, value) ? () => true : null),
      blocks: (value) => (value === "yes" ? () => true : null),
      case: (value) => (!isPlace(value, cases.verdicts) ? null : (row) => subjects.case[row] === Number(value)),
      end: (value) => (isPlace(value, data.ends) ? ending([data.ends[value]]) : null),
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
        Object.hasOwn(STATES, value) ? (row) => (value === "without" ? data.repositories[row][1] !== "has" : data.repositories[row][1] === value) : null,
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
