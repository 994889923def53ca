// Records what json-logic-js makes of a grid of rules:
//     npm pack json-logic-js@2.0.5 && tar xzf json-logic-js-2.0.5.tgz
//     node reference.js ./package/logic.js > reference.json
// A result that is not finite is {"number": "NaN"}; `undefined` is null; a cell where it throws is {"throws": true}.
"use strict";
const logic = require(require("path").resolve(process.argv[2]));
console.log = () => {};

const VALUES = [
  null, true, false, 0, 1, -1, 2, 10, 1.5, -2.5, 1e21, 1e-7, 12345678901234567890, 9007199254740993,
  "", "0", "1", " 1 ", "\u00a02\n", "10", "a", "abc", "-1", "+1", "1e3", "1.", ".5", "0x10", "1px", "Infinity", "null", "h\u00e9\ud834\udd1e",
  [], [0], [1], ["1"], [1, 2], [null], [[1]], ["a", "abc"], {}, { a: 1 },
];
const MOST = VALUES.filter((value) => ![-2.5, 10, 12345678901234567890, 9007199254740993, "10", "1px", "1.", "+1", "Infinity", "null", 1e-7, "\u00a02\n"].includes(value));
const FEW = [null, true, 0, -1, 2.5, "", "1", "ab", [2]];
const UNARY = ["!", "!!", "and", "or", "if", "?:", "cat", "+", "-", "*", "min", "max", "merge", "log", "==", "===", "!=",
  "!==", "<", "<=", ">", ">=", "/", "%", "in", "substr", "filter", "map", "all", "some", "none", "missing"];
const BINARY = ["==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "cat", "substr", "+", "-", "*", "/", "%", "max",
  "merge", "and", "or"];
const TERNARY = ["<", "<=", "substr", "if", "?:", "and", "or", "cat", "+", "*"];

const person = {
  a: 1, b: { c: "deep", n: null, l: [10, [20, 21], { x: "y" }], "": "empty" }, "": "nothing", s: "text", u: "h\ud834\udd1e",
  z: 0, f: false, e: "", n: null, o: {}, l: [], path: "b.c", index: 1, length: 7, "1": "one", "a.b": "dotted", true: "yes",
  people: [{ n: "x", age: 3 }, { n: "y", age: 20 }, { n: "z" }], numbers: [1, 2, 3, 4, 5], mixed: [0, 1, "", "a", null, [], [0], {}],
};
const one = (rule, data = person) => [rule, data];
const v = (path) => ({ var: path });
const PATHS = ["", null, "a", "b", "b.c", "b.n", "b.n.x", "b.l", "b.l.0", "b.l.1.1", "b.l.2.x", "b.l.3", "b.l.01", "b.l.-1", "b.l.1e0",
  "b.l.length", "b.", ".", "..", "s.0", "s.4", "s.length", "s.x", "u.1", "u.length", "u.3", "a.x", "z", "f", "e", "n", "o", "o.x", "l",
  "l.0", "l.length", "a.b", "a.length", "index", "length", 1, 1.0, 1.5, -1, 0, true, false, "nope", "people.1.n", "people.n"];
const KEYS = ["a", "b.c", "n", "e", "z", "f", "l", "o", "nope", "b.l.5", "b.n", "", null, 1, 2];
const CASES = [
  ...PATHS.flatMap((p) => [one(v(p)), one(v([p])), one(v([p, "default"])), one(v([p, null])), one(v([p, v("a")]))]),
  ...PATHS.filter((p) => p !== null).map((p) => one(v({ cat: [p] }))),
  ...[null, 0, "abc", [1, [2, 3]], true].flatMap((d) => ["", "0", 0, "1.0", "length", "a", null].map((p) => one(v([p, "d"]), d))),
  one(v([])), one(v([[]])), one(v([["a"]])), one(v([["b", "c"]])), one(v({ var: "path" })), one(v({ var: "nope" })), one(v({})),
  one(v([v("index"), 5])), one(v([v("path"), { "+": [1, 2] }])), one(v(["nope", { "+": [1, 2] }])), one(v(["nope", [1, v("a")]])),
  one([v("a"), [v("b.c"), 3], {}]), one({}), one({ a: 1, b: v("a") }), one([]), one("text"), one(null), one(1.5), one([[]]),
  ...KEYS.flatMap((k) => [one({ missing: k }), one({ missing: [k] }), one({ missing: [[k]] }), one({ missing: ["nope", k] })]),
  one({ missing: [] }), one({ missing: KEYS }), one({ missing: [KEYS] }), one({ missing: [["a"], "nope"] }), one({ missing: v("l") }),
  one({ missing: { merge: ["nope", ["a", "x.y"]] } }), one({ missing: { if: [v("a"), ["q"], ["r"]] } }), one({ missing: ["a"] }, null),
  ...[0, 1, 2, 3, -1, "1", "x", null, true, [], [2], 1.5].flatMap((n) =>
    [[], ["a"], ["nope"], ["a", "nope"], ["a", "z", "nope", "e"]].map((k) => one({ missing_some: [n, k] }))),
  one({ missing_some: [v("a"), { merge: ["a", "nope", "x"] }] }), one({ missing_some: [2, v("l")] }),
  ...["==", "===", "!=", "!==", "<=", "in"].flatMap((o) => [one({ [o]: [v("l"), v("l")] }), one({ [o]: [v("o"), v("o")] }),
    one({ [o]: [v("l"), []] }), one({ [o]: [{}, {}] }), one({ [o]: [v("b.l.2"), v("b.l")] }), one({ [o]: [v("people.0"), v("people")] }),
    one({ [o]: [{ "-": ["x"] }, { "-": ["x"] }] }), one({ [o]: [{ "-": ["x"] }, [{ "-": ["x"] }]] })]),
  ...["map", "filter", "all", "some", "none"].flatMap((o) =>
    [v("numbers"), v("mixed"), v("people"), v("l"), v("n"), v("s"), v("o"), [[]], [0, 1, v("a")], true]
      .flatMap((l) => [v(""), v([]), { ">": [v(""), 2] }, { ">=": [v("age"), 18] }, { "%": [v(""), 2] }, v("n"), v("a"), true, [], [0], null,
        { "!": [v("")] }].map((body) => one({ [o]: [l, body] })))),
  ...["map", "filter", "all", "some", "none", "reduce"].flatMap((o) => [one({ [o]: [] }), one({ [o]: v("numbers") }), one({ [o]: [[1, 2]] })]),
  ...[v("numbers"), v("mixed"), v("l"), v("s"), [v("a"), "x"]].flatMap((l) =>
    [v("accumulator"), v("current"), { "+": [v("current"), v("accumulator")] }, { "*": [v("current"), v("accumulator")] },
      { max: [v("current"), v("accumulator")] }, { cat: [v("accumulator"), v("current")] }, { merge: [v("accumulator"), v("current")] },
      v("a"), v("current.0"), v(""), { ">": [v("current"), v("accumulator")] }]
      .flatMap((body) => [undefined, 0, "", v("a")].map((start) => one({ reduce: start === undefined ? [l, body] : [l, body, start] })))),
  one({ map: [v("people"), { map: [[v("n"), v("age")], { cat: [v(""), "!"] }] }] }),
  one({ all: [v("people"), { some: [[v("n")], { in: [v(""), "xyz"] }] }] }),
  one({ filter: [{ map: [v("numbers"), { "*": [v(""), 2] }] }, { in: [v(""), [4, 8]] }] }),
  ...["if", "?:"].flatMap((o) => [[], [1], [0], [[]], [0, 1], [1, 2], [0, 1, 2], [0, 1, 0, 2], [0, 1, 1, 2], [0, 1, 0, 2, 3],
    [0, 1, 0, 2, 0, 3, 4], ["0", 1, 2], [[], 1, [0], 2, 3], [v("nope"), 1, v("o"), 2], [v("a"), v("b.c"), { "+": ["x"] }],
    [v("z"), 1, v("f"), 2, v("e"), 3, v("n"), 4, v("l"), 5, "end"],
    [{ "<": [v("a"), 0] }, "freezing", { "<": [v("a"), 100] }, "liquid", "gas"]].map((a) => one({ [o]: a }))),
  ...["and", "or"].flatMap((o) => [[], [[]], [0, [], ""], ["a", [0], {}], [v("nope"), v("a")], [v("a"), v("z"), "end"], [v("z"), v("a"), "end"]]
    .map((a) => one({ [o]: a }))),
  ...[-5, -3, -1, 0, 2, 9, 1.7, "1"].flatMap((s) => ["text", "h\ud834\udd1e", 12345].flatMap((t) =>
    [undefined, -9, -1, -1.5, 0, 2.9, "2", null].map((n) => one({ substr: n === undefined ? [t, s] : [t, s, n] })))),
  ...["+", "*", "cat", "min", "max", "merge", "!", "!!", "==", "===", "<", ">", "/", "%", "in", "log"].flatMap((o) =>
    [[], [1, 2, 3], [1, 2, 3, 4], ["3", "20", 1], [[1], [2], 3], [1, "x", 2], [[[1]], []], [null, null, null], [3, 1, 2], [1, 1, 1]]
      .map((a) => one({ [o]: a }))),
  ...["-", "/", "%", "+", "*", "cat"].flatMap((o) => [[5, 3], [-5, 3], [5, -3], [-5, -3], [5.5, 2], [0, 5], [0, 0], [-1, 0], [1e300, 1e-300],
    [0.1, 0.2], [1e16, 1], ["5", "2"], [9007199254740992, 1], [1e20, 10], [5e-324, 2], [1e21, 1], [123456789, 1e-16], [0.000001, 1], [100, 0.7]]
    .map((a) => one({ [o]: a }))),
  ...[1e21, 123e18, 1e-6, 1e-7, 1.25e-9, 0.1, 100, 1e100, 5e-324, 1.7976931348623157e308, 123456.789, -0.00001234, 1.0]
    .map((n) => one({ cat: [n, "|", [n]] })),
  ...["!=", "!==", "<=", ">=", "substr", "-", "log"].map((o) => one({ [o]: [] })),
  one({ "/": [1, { "*": [0, -1] }] }), one({ "/": [1, { "-": [0] }] }), one({ "/": [1, { "%": [-4, 2] }] }), one({ cat: { "-": [0] } }),
  one({ min: [0, { "-": [0] }] }), one({ "<": [{ "-": [0] }, 0] }), one({ "===": [{ "-": [0] }, 0] }),
  one({ missing: ["a", ["nope", "default"]] }), one({ missing: ["nope", ["a"]] }), one({ missing_some: [1, "nope"] }), one({ missing_some: [1, "a"] }),
  one({ missing_some: [1, [["a", "nope"]]] }), one({ missing_some: [1] }), one({ missing_some: [] }), one({ missing_some: [1, null] }),
  one({ substr: ["text", 0, "-1"] }), one({ min: [1, { and: [] }] }), one({ "+": [1, 2], x: 1 }), one({ "-": [5, 3, 1] }), one({ "/": [8, 2, 2] }), one({ ">": [3, 2, 5] }), one({ "==": [1, 1, 2] }),
  one({ substr: ["text", 0, 1, 9] }), one({ "!": [0, 1] }), one({ var: ["a", 1, 2] }), one({ in: ["a", "abc", 1] }), one({ "<": [1, 2, null] }),
  ...["nope", "toString", "constructor", "Var", "", "a.b", "and ", "var.x", "known", "subset", "not"].map((o) => one({ [o]: [1] })),
];

function plain(value) {
  if (value === undefined) return null;
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  return value;
}
function applied(rule, data) {
  try {
    return plain(logic.apply(rule, data));
  } catch (error) {
    return { throws: true };
  }
}
// A row of truths is a text of T and F.
const row = (cells) => (cells.every((cell) => typeof cell === "boolean") ? cells.map((cell) => (cell ? "T" : "F")).join("") : cells);
const copy = (value) => JSON.parse(JSON.stringify(value));
const grid = (operators, cells) => Object.fromEntries(operators.map((o) => [o, cells(o)]));
const recorded = {
  source: "json-logic-js 2.0.5, recorded with `node reference.js package/logic.js > reference.json`",
  values: VALUES,
  most: MOST,
  few: FEW,
  data: person,
  unary: grid(UNARY, (o) => VALUES.map((a) => applied({ [o]: [v("a")] }, { a }))),
  binary: grid(BINARY, (o) => MOST.map((a) => row(MOST.map((b) => applied({ [o]: [v("a"), v("b")] }, copy({ a, b })))))),
  ternary: grid(TERNARY, (o) => FEW.map((a) => FEW.map((b) => row(FEW.map((c) => applied({ [o]: [v("a"), v("b"), v("c")] }, copy({ a, b, c }))))))),
  cases: CASES.map(([rule, data]) => (data === person ? [rule, applied(rule, copy(data))] : [rule, applied(rule, copy(data)), data])),
};
const body = Object.entries(recorded).map(([key, value]) => {
  if (Array.isArray(value) && key === "cases") return `"cases":[\n${value.map((c) => JSON.stringify(c)).join(",\n")}\n]`;
  if (["unary", "binary", "ternary"].includes(key))
    return `"${key}":{\n${Object.entries(value).map(([o, c]) => `${JSON.stringify(o)}:${JSON.stringify(c)}`).join(",\n")}\n}`;
  return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
});
process.stdout.write(`{${body.join(",\n")}}\n`);
