// The rows that the page carries, as columns, and what of them the address can ask for. No other part reads the columns.
"use strict";
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

const word = (at) => data.words[at];
data.drift = data.drift.map((cells) => cells.map(word));
data.notices = data.notices.map(([id, severity, message, manifest, one, usage]) => [
  word(id),
  word(severity),
  word(message),
  manifest,
  one,
  word(usage),
]);

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
  const [kind, what, of, policies] = end; // whose manifests are meant, `ending` says
  if (of !== null && of !== offering) return false;
  if (kind === "waiver") return pairs(cases.waivers[one]).some(([, words]) => data.words[words] === what);
  return policies.some((policy) => TURNS[kind].includes(cases.verdicts[one][policy]));
};
const ending = (ends) => {
  const known = new Map();
  const everybody = ends.filter((end) => end[8] === null);
  const byManifest = new Map();
  for (const end of ends) {
    for (const manifest of end[8] ?? []) {
      if (!byManifest.has(manifest)) byManifest.set(manifest, []);
      byManifest.get(manifest).push(end);
    }
  }
  const test = (one, offering) => everybody.some((end) => concerns(end, one, offering));
  const isOfSome = (row) =>
    byManifest.get(subjects.manifest[row])?.some((end) => concerns(end, subjects.case[row], subjects.offering[row])) ?? false;
  return (row) => {
    const key = subjects.case[row] * data.texts.length + subjects.offering[row];
    if (!known.has(key)) known.set(key, test(subjects.case[row], subjects.offering[row]));
    return known.get(key) || isOfSome(row);
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
