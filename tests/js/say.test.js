import assert from "node:assert/strict";
import { test } from "node:test";

import { list, many, refusal, say, speak } from "../../static/js/lib/say.js";

test("without a translation the English sentence is said, with its facts", () => {
  speak("en", {});
  assert.equal(say("With {names}", { names: "Ada" }), "With Ada");
  assert.equal(say("{unknown} stays"), "{unknown} stays");
  assert.deepEqual([0, 1, 2].map((n) => many(n, "{n} card", "{n} cards")), ["0 cards", "1 card", "2 cards"]);
  assert.equal(list(["Ada", "Bo", "Cem"]), "Ada, Bo, and Cem");
});

test("plural forms follow the language, not English", () => {
  speak("ar", { "{n} card": { zero: "zero", one: "one", two: "two", few: "few {n}", many: "many", other: "other" } });
  assert.deepEqual([0, 1, 2, 11, 100].map((n) => many(n, "{n} card", "{n} cards")), ["zero", "one", "two", "many", "other"]);
  speak("fr", { "{n} card": { one: "{n} carte", other: "{n} cartes" } });
  assert.deepEqual([0, 1, 2].map((n) => many(n, "{n} card", "{n} cards")), ["0 carte", "1 carte", "2 cartes"]);
});

test("a refusal is a sentence with its facts; one without a sentence is a bug's", () => {
  speak("en", {
    "refused.section-full": { one: "takes {limit} card", other: "takes {limit} cards" },
    "refused.card-changed": "It says “{text}”.",
    "refused.bug": "Something went wrong.",
  });
  assert.equal(refusal({ code: "section-full", facts: { section: "s", limit: 3 } }), "takes 3 cards");
  assert.equal(refusal({ code: "section-full", facts: { section: "s", limit: 1 } }), "takes 1 card");
  assert.equal(refusal({ code: "card-changed", facts: { text: "{text} $&" } }), "It says “{text} $&”.");
  assert.equal(refusal({ code: "never-heard-of" }), "Something went wrong.");
});
